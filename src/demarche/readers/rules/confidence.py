"""How sure a candidate is: a logistic sum of its features' weights, fitted on annotated disputes.

The weights are data (weights/statements.json, made by scripts/fit_confidence.py); each feature is named.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

BIAS = "bias"


@cache
def weights(part: str) -> Mapping[str, float]:
    """The weights by name: of the `features`, or of the gaps to `rivals`."""
    return named(kept("statements.json")[part])


@cache
def kept(name: str) -> Mapping[str, Any]:
    """What a file of weights holds."""
    text = files("demarche.readers.rules").joinpath("weights", name).read_text(encoding="utf-8")
    return dict(json.loads(text))


def named(table: Mapping[str, Any]) -> Mapping[str, float]:
    """Weights by the name of their feature."""
    return {str(name): float(weight) for name, weight in table.items()}


def worth(features: Mapping[str, float], table: Mapping[str, float]) -> float:
    """The summed weight of features; one without a weight counts nothing."""
    total = 0.0
    for name, value in features.items():
        if name in table:
            total += table[name] * value
    return total


def probability(total: float) -> float:
    """The logistic of a sum.

    >>> probability(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
