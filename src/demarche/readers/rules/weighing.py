"""What features are worth: sums of weights, each made once for all candidates that share it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

from demarche.readers.rules.confidence import BIAS, worth
from demarche.readers.rules.matches import Features, Surroundings, Told, match_features
from demarche.records import POSITIONS

Answer = TypeVar("Answer")
MOST_KEPT = 20000
HOPELESS = -4.0
"""Candidates whose features sum up to less are neither rated nor rivals."""
ByPosition = tuple[float, float, float, float]
Met = tuple[str, str]
"""How a party stands to a demand, and the level of its roles."""


class Weighed(NamedTuple):
    """Features and the sum of their weights; callers do not change them."""

    features: Features
    worth: float


class Scale:
    """Weighs features by a table; without one all are worth nothing, and no candidate is hopeless."""

    def __init__(self, table: Mapping[str, float] | None = None, least: float = HOPELESS) -> None:
        self.table = table or {}
        self.bias = self.table.get(BIAS, 0.0)
        self.least = least if table else float("-inf")
        self._kept: dict[Hashable, Any] = {}
        self._endings = Endings(self.table)

    def worth(self, features: Features) -> float:
        """The summed weight of features."""
        return worth(features, self.table)

    def weighed(self, features: Features) -> Weighed:
        """Features with their worth."""
        return Weighed(features, self.worth(features))

    def once(self, make: Callable[..., Answer], *key: Hashable) -> Answer:
        """What `make` says of the scale and a key, made once; so that many candidates share it."""
        kept: Answer | None = self._kept.get((make, key))
        if kept is None:
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            kept = self._kept[make, key] = make(self, *key)
        return kept

    def terms(self, features: Features) -> list[float]:
        """What each feature is worth that is worth anything."""
        return [self.table[name] * value for name, value in features.items() if value and name in self.table]

    def by_position(self, endings: Iterable[str]) -> ByPosition:
        """For each position the summed weight of the features whose names are the position and an ending."""
        demands = supports = open_ = rejects = 0.0
        known = self._endings
        for ending in endings:
            one, two, three, four = known[ending]
            demands, supports, open_, rejects = demands + one, supports + two, open_ + three, rejects + four
        return demands, supports, open_, rejects


class Endings(dict[str, ByPosition]):
    """For each position the weight of the feature whose name is the position and an ending."""

    def __init__(self, table: Mapping[str, float]) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, ending: str) -> ByPosition:
        one, two, three, four = (self._table.get(position + ending, 0.0) for position in POSITIONS)
        found = self[ending] = one, two, three, four
        return found


class Match(dict[Met, float]):
    """By a party's standing and the level of its roles: the worth of a match, summed when asked for."""

    def __init__(self, told: Told, table: Mapping[str, float]) -> None:
        super().__init__()
        self._told, self._table = told, table
        self._features: dict[Met, Features] = {}

    def __missing__(self, met: Met) -> float:
        total = self[met] = worth(match_features(self._told, *met), self._table)
        return total

    def features(self, met: Met) -> Features:
        """The features of a match; callers do not change them."""
        if met not in self._features:
            self._features[met] = match_features(self._told, *met)
        return self._features[met]


class Matches(dict[Met, tuple[float, ...]]):
    """What several positions match, each told of in its own way: the worth of all, summed when asked for."""

    def __init__(self, matches: Iterable[Match]) -> None:
        super().__init__()
        self.each = tuple(matches)

    def __missing__(self, met: Met) -> tuple[float, ...]:
        found = self[met] = tuple([match[met] for match in self.each])
        return found


def matches_of(scale: Scale, surroundings: Surroundings, levels: tuple[str, ...]) -> Matches:
    """What each position may match, told of in some surroundings, with where stances favour it."""
    told = [Told(*each, surroundings) for each in zip(POSITIONS, levels, strict=True)]
    return Matches(scale.once(_match, one) for one in told)


def _match(scale: Scale, told: Told) -> Match:
    return Match(told, scale.table)
