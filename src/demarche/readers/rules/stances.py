"""What the words of a clause are worth for each position; written out as features only when asked for."""

from __future__ import annotations

from demarche.readers.rules.matches import Features
from demarche.readers.rules.stance_features import (
    Kinds,
    Labels,
    Taken,
    stance_endings,
    stance_features,
    taken_features,
    taken_of,
)
from demarche.readers.rules.weighing import Scale


class Stances(dict[str, Features]):
    """By position the features of some stances, made when asked for; and what they are worth, in order."""

    def __init__(self, labels: Labels, taken: list[Taken], worth: list[float]) -> None:
        super().__init__()
        self._labels, self._taken = labels, taken
        self.levels, self.worth = tuple([one.level for one in taken]), worth

    def __missing__(self, position: str) -> Features:
        taken = next(one for one in self._taken if one.position == position)
        features = self[position] = stance_features(self._labels, taken)
        return features


def stances_of(scale: Scale, labels: Labels) -> Stances:
    """The stances of all clauses with the same labels."""
    taken, worth = taken_of(Kinds.of(labels)), []
    for one, total in zip(taken, scale.by_position(stance_endings(labels)), strict=True):
        for term in scale.once(_terms, one):
            total += term
        worth.append(total)
    return Stances(labels, taken, worth)


def _terms(scale: Scale, taken: Taken) -> list[float]:
    return scale.terms(taken_features(taken))
