"""Pairs of what people decided and what was proposed, or another person decided, and the score of them.

Nothing here reads or writes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from demarche.records import Event, Forecast, Quantity, Statement

Record = TypeVar("Record", Statement, Event, Quantity, Forecast)
Pair = tuple[Record, Record]


@dataclass(frozen=True)
class Score:
    """How many match, how many a system and the gold have, and which.

    `hits` and `false_alarms` are the system's, right and wrong; `missed` are the gold's.
    """

    matched: int = 0
    system: int = 0
    gold: int = 0
    missed: tuple[Hashable, ...] = ()
    false_alarms: tuple[Hashable, ...] = ()
    hits: tuple[Hashable, ...] = ()

    @property
    def precision(self) -> float:
        """The share of what was reported that is right; 0 where nothing was reported."""
        return self.matched / (self.system or 1)

    @property
    def recall(self) -> float:
        """The share of the gold that was found; 0 where there is no gold."""
        return self.matched / (self.gold or 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.matched / (self.system + self.gold or 1)

    def __add__(self, other: Score) -> Score:
        return Score(
            self.matched + other.matched,
            self.system + other.system,
            self.gold + other.gold,
            self.missed + other.missed,
            self.false_alarms + other.false_alarms,
            self.hits + other.hits,
        )


def any_pair(wanted: Record, found: Record) -> tuple[bool, ...]:
    """No preference among the pairs that are possible."""
    return ()


def pairs(
    gold: Sequence[Record],
    found: Sequence[Record],
    key: Callable[[Record], Hashable],
    *,
    worse: Callable[[Record, Record], tuple[bool, ...]] = any_pair,
) -> list[Pair[Record]]:
    """Overlapping records with equal keys, one to one.

    Those that differ least by `worse` go first (True is worse), then the longest overlap.
    """
    by_key: dict[Hashable, list[int]] = defaultdict(list)
    for place, record in enumerate(found):
        by_key[key(record)].append(place)
    possible = sorted(
        (worse(wanted, found[f]), -overlap, g, f)
        for g, wanted in enumerate(gold)
        for f in by_key[key(wanted)]
        if (overlap := min(wanted.end, found[f].end) - max(wanted.start, found[f].start)) > 0
    )
    gold_left, found_left = set(range(len(gold))), set(range(len(found)))
    chosen = []
    for _, _, g, f in possible:
        if g in gold_left and f in found_left:
            gold_left.remove(g)
            found_left.remove(f)
            chosen.append((gold[g], found[f]))
    return chosen


def paired(gold: Sequence[Record], found: Sequence[Record], key: Callable[[Record], Hashable]) -> Score:
    """The score of records that pair by key, the longest overlap first."""
    both = pairs(gold, found, key)
    wanted, given = ({id(record) for record in side} for side in ([g for g, _ in both], [f for _, f in both]))
    return Score(
        len(both),
        len(found),
        len(gold),
        tuple(record for record in gold if id(record) not in wanted),
        tuple(record for record in found if id(record) not in given),
        tuple(record for _, record in both),
    )


def agreeing(both: Sequence[Pair[Record]], field: Callable[[Record], Hashable]) -> Score:
    """Of pairs already made, how many agree in a field: precision, recall and F1 are all that share."""
    wrong = [(wanted, found) for wanted, found in both if field(wanted) != field(found)]
    return Score(
        len(both) - len(wrong),
        len(both),
        len(both),
        tuple(wanted for wanted, _ in wrong),
        tuple(found for _, found in wrong),
        tuple(found for wanted, found in both if field(wanted) == field(found)),
    )


def compared(gold: set[Hashable], found: set[Hashable]) -> Score:
    """The score of two sets of items, by equality."""
    missed, false_alarms, hits = map(_ordered, (gold - found, found - gold, gold & found))
    return Score(len(hits), len(found), len(gold), missed, false_alarms, hits)


def _ordered(items: set[Hashable]) -> tuple[Hashable, ...]:
    return tuple(sorted(items, key=str))
