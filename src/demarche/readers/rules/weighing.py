"""What features are worth: sums of weights, each made once for all candidates that share it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

from demarche.readers.rules.confidence import BIAS, worth
from demarche.readers.rules.matches import Features, Told, match_features
from demarche.records import POSITIONS

Answer = TypeVar("Answer")
MOST_KEPT = 20000
HOPELESS = -4.0
"""Candidates whose features sum up to less are neither rated nor rivals."""
ByPosition = tuple[float, float, float, float]


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
        self._endings: dict[str, ByPosition] = {}
        self._matches: dict[Told, Matches] = {}

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
        for ending in endings:
            one, two, three, four = self._endings.get(ending) or self._weights(ending)
            demands, supports, open_, rejects = demands + one, supports + two, open_ + three, rejects + four
        return demands, supports, open_, rejects

    def _weights(self, ending: str) -> ByPosition:
        one, two, three, four = (self.table.get(position + ending, 0.0) for position in POSITIONS)
        found = self._endings[ending] = one, two, three, four
        return found

    def matches(self, told: Told) -> Matches:
        """What a position told of in some way is worth with each kind of party."""
        kept = self._matches.get(told)
        if kept is None:
            if len(self._matches) > MOST_KEPT:
                self._matches.clear()
            kept = self._matches[told] = Matches(told, self.table)
        return kept


class Matches(dict[tuple[str, str], float]):
    """By a party's standing and the level of its roles: the worth of a match, summed when asked for."""

    def __init__(self, told: Told, table: Mapping[str, float]) -> None:
        super().__init__()
        self._told, self._table = told, table
        self._features: dict[tuple[str, str], Features] = {}

    def __missing__(self, party: tuple[str, str]) -> float:
        total = self[party] = worth(match_features(self._told, *party), self._table)
        return total

    def features(self, party: tuple[str, str]) -> Features:
        """The features of a match; callers do not change them."""
        if party not in self._features:
            self._features[party] = match_features(self._told, *party)
        return self._features[party]
