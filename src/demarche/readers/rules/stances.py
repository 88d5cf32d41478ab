"""What the words of a clause are worth for each position; written out as features only when asked for."""

from __future__ import annotations

from typing import NamedTuple

from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.matches import Features
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.stance_features import (
    Kinds,
    Labels,
    Taken,
    stance_endings,
    stance_features,
    taken_features,
    taken_of,
    word_endings,
)
from demarche.readers.rules.weighing import Scale


class Stance(NamedTuple):
    """How a clause takes a position: where stances favour it; the worth of its stances and everyday words."""

    position: str
    level: str
    stances: float
    words: float


class Stances(dict[str, tuple[Features, Features]]):
    """By position: the features of a clause's stances and of its everyday words; and `worth`, in order."""

    def __init__(self, scene: Scene, clause: Clause, labels: Labels, scale: Scale) -> None:
        super().__init__()
        self._labels, self._words = labels, word_endings(scene, clause)
        self.worth = [
            Stance(position, level, stances, words)
            for (position, level, stances), words in zip(
                scale.once(_weighed, labels), scale.by_position(self._words), strict=True
            )
        ]

    def __missing__(self, position: str) -> tuple[Features, Features]:
        taken = next(one for one in taken_of(Kinds.of(self._labels)) if one.position == position)
        words = {position + ending: 1.0 for ending in self._words}
        self[position] = stance_features(self._labels, taken), words
        return self[position]


def _weighed(scale: Scale, labels: Labels) -> list[tuple[str, str, float]]:
    """Each position with where stances favour it, and what they are worth."""
    rows, marks = [], scale.by_position(stance_endings(labels))
    for taken, worth in zip(taken_of(Kinds.of(labels)), marks, strict=True):
        for term in scale.once(_terms, taken):
            worth += term
        rows.append((taken.position, taken.level, worth))
    return rows


def _terms(scale: Scale, taken: Taken) -> list[float]:
    return scale.terms(taken_features(taken))
