"""Whether confidence means what it says: of proposals at some confidence, the share that is right.

Where proposals are a reader's own training material, each must come from a reader fitted without its dispute.
Nothing here reads or writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isnan, nan
from typing import NamedTuple

from demarche.records import Event, Statement
from demarche.scoring.intervals import Interval, interval_of_share
from demarche.scoring.pairs import Score

EDGES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
CUT_OFFS = tuple(round(0.30 + 0.01 * step, 2) for step in range(66))
WANTED = 0.80
"""The precision that proposals above the default least confidence have, at the lower end of its interval."""


class Outcome(NamedTuple):
    """A proposal's confidence, and whether it is right."""

    confidence: float
    is_right: bool


@dataclass(frozen=True)
class Bin:
    """Proposals with a confidence from `low` to below `high`: how many, their mean, the share right."""

    low: float
    high: float
    n: int
    mean: float
    right: float
    interval: Interval


def outcomes(score: Score) -> list[Outcome]:
    """The proposals of a score with whether they are right."""
    sides = ((score.hits, True), (score.false_alarms, False))
    return [
        Outcome(record.confidence, is_right)
        for records, is_right in sides
        for record in records
        if isinstance(record, Statement | Event)
    ]


def reliability(units: Sequence[Sequence[Outcome]], edges: Sequence[float] = EDGES) -> list[Bin]:
    """The bins that hold proposals; intervals by drawing units (disputes, documents) again."""
    return [
        found
        for low, high in pairwise(edges)
        if (found := _bin(units, low, high if high < edges[-1] else float("inf"))).n
    ]


def _bin(units: Sequence[Sequence[Outcome]], low: float, high: float) -> Bin:
    inside = [[one for one in unit if low <= one.confidence < high] for unit in units]
    together = [one for unit in inside for one in unit]
    n = len(together)
    mean = sum(one.confidence for one in together) / (n or 1)
    return Bin(low, min(high, 1.0), n, mean, _hits(together) / (n or 1), _interval(inside))


def least_confidence(units: Sequence[Sequence[Outcome]], wanted: float = WANTED) -> float:
    """The least cut-off above which precision is at least `wanted`.

    Where none is, the one that comes nearest.
    """
    precisions = {cut_off: _precision(_above(units, cut_off)) for cut_off in CUT_OFFS}
    known = {cut_off: share for cut_off, share in precisions.items() if not isnan(share)}
    enough = [cut_off for cut_off, share in known.items() if share >= wanted]
    return enough[0] if enough else max(known, key=lambda cut_off: known[cut_off], default=CUT_OFFS[-1])


def _above(units: Iterable[Sequence[Outcome]], cut_off: float) -> list[list[Outcome]]:
    return [[one for one in unit if one.confidence >= cut_off] for unit in units]


def _interval(units: Sequence[Sequence[Outcome]]) -> Interval:
    return interval_of_share([_hits(unit) for unit in units], [len(unit) for unit in units])


def _precision(units: Sequence[Sequence[Outcome]]) -> float:
    n = sum(map(len, units))
    return sum(map(_hits, units)) / n if n else nan


def _hits(unit: Iterable[Outcome]) -> int:
    return sum(one.is_right for one in unit)
