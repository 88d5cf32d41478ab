"""What training left behind: weights of wordings, vectors of words, trees, as arrays in two files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from demarche.readers.model.columns import Lenses
from demarche.readers.model.sureness import Sureness
from demarche.readers.model.trees import Trees
from demarche.readers.model.vectors import WordVectors
from demarche.readers.model.wording import Wording
from demarche.readers.rules.weighing import Scale

EPOCH = (1980, 1, 1, 0, 0, 0)
LEAST_SUM = -4.7
"""Candidates whose first sum of weights is less are not rated by trees."""
WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True)
class Knowledge:
    """What the reader has learned; `places` are the columns of named features."""

    first: Scale
    lenses: Lenses
    trees: Trees
    places: dict[str, int]
    sureness: Sureness


@cache
def learned() -> Knowledge:
    """The weights beside this module, read once."""
    kept = _arrays("learned.npz")
    return Knowledge(
        Scale(dict(zip(_names(kept["first names"]), kept["first weights"].tolist(), strict=True)), LEAST_SUM),
        Lenses(Wording.of_arrays(kept), word_vectors()),
        Trees.of_arrays(kept),
        {name: place for place, name in enumerate(_names(kept["names"]))},
        Sureness(kept["sureness"]),
    )


@cache
def word_vectors() -> WordVectors:
    """The vectors of words, read once."""
    return WordVectors.of_arrays(_arrays("vectors.npz"))


def _names(kept: npt.NDArray[np.uint8]) -> list[str]:
    return kept.tobytes().decode().split("\n")


def kept_names(names: Iterable[str]) -> npt.NDArray[np.uint8]:
    """Names as an array that can be kept."""
    return np.frombuffer("\n".join(names).encode(), np.uint8)


def _arrays(name: str) -> dict[str, npt.NDArray[Any]]:
    with np.load(WEIGHTS / name) as kept:
        return {key: kept[key] for key in kept.files}


def write_arrays(path: Path, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Write arrays under their names: the same bytes for the same arrays."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in sorted(arrays):
            content = io.BytesIO()
            np.save(content, arrays[name], allow_pickle=False)
            kept.writestr(zipfile.ZipInfo(f"{name}.npy", EPOCH), content.getvalue(), zipfile.ZIP_DEFLATED)
