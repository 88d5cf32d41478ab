"""A scale of time that is broken where nothing happens for long, so that the dense weeks stay readable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

LAST_DAY = date.max.toordinal()
GAP = 150
"""Days without any event after which the scale is broken."""
WIDENING = 1.2
"""How many weeks' width each event adds to the week it begins in."""
CROWDING = 1.6
"""A stretch with twice the events is more than twice as wide, for its badges would stand on each other."""
BREAK = 16.0
LEAST = 30.0
"""The width of a break, and the least width of a stretch between breaks, in points."""


@dataclass(frozen=True)
class Stretch:
    """An unbroken piece of the scale: days (ordinals) and where they stand, from left to right."""

    days: tuple[int, ...]
    places: tuple[float, ...]
    pad: int = 0

    @property
    def first(self) -> int:
        """Its first day."""
        return self.days[0]

    @property
    def last(self) -> int:
        """Its last day."""
        return self.days[-1]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.places[0]

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.places[-1]

    def x(self, day: float) -> float:
        """The place of a day."""
        return float(np.interp(day, self.days, self.places))


@dataclass(frozen=True)
class TimeScale:
    """The stretches of a scale, from left to right."""

    stretches: tuple[Stretch, ...]

    def x(self, day: float) -> float:
        """The place of a day; a day inside a break stands at the nearer edge of it."""
        inside = [s for s in self.stretches if s.first <= day <= s.last]
        if inside:
            return inside[0].x(day)
        nearest = min(self.stretches, key=lambda s: min(abs(day - s.first), abs(day - s.last)))
        return nearest.x(min(max(day, nearest.first), nearest.last))

    def breaks(self) -> list[float]:
        """The middles of the breaks."""
        return [(a.right + b.left) / 2 for a, b in pairwise(self.stretches)]


def time_scale(spans: Sequence[tuple[int, int]], *, left: float, right: float) -> TimeScale:
    """A scale for spans of days (ordinals): stretches the wider the more events they hold, and breaks."""
    groups = _groups(spans)
    room = right - left - BREAK * (len(groups) - 1) - LEAST * len(groups)
    while room < 0 and len(groups) > 1:
        groups = _without_narrowest_gap(groups)
        room = right - left - BREAK * (len(groups) - 1) - LEAST * len(groups)
    weights = [len(group) ** CROWDING for group in groups]
    total = sum(weights)
    stretches = []
    for group, weight in zip(groups, weights, strict=True):
        width = LEAST + room * weight / total
        stretches.append(_stretch(group, left, left + width))
        left += width + BREAK
    return TimeScale(tuple(stretches))


def _stretch(group: Sequence[tuple[int, int]], left: float, right: float) -> Stretch:
    """A stretch for a group of spans, its weeks the wider the more events begin in them."""
    first, last = min(a for a, _ in group), max(b for _, b in group)
    pad = max(1, round((last - first) * 0.02))
    first, last = max(1, first - pad), min(LAST_DAY, last + pad)
    days = [*range(first, last, max(3, (last - first) // 80)), last]
    weights = [
        (end - start) / 7 + WIDENING * sum(start <= day < end or day == end == last for day, _ in group)
        for start, end in pairwise(days)
    ]
    shares = [sum(weights[:place]) / sum(weights) for place in range(len(days))]
    return Stretch(tuple(days), tuple(left + share * (right - left) for share in shares), pad)


def _groups(spans: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The spans in groups with less than GAP days between them."""
    groups: list[list[tuple[int, int]]] = []
    reach = None
    for first, last in sorted(spans):
        if reach is None or first - reach > GAP:
            groups.append([])
            reach = last
        groups[-1].append((first, last))
        reach = max(reach, last)
    return groups


def _without_narrowest_gap(groups: list[list[tuple[int, int]]]) -> list[list[tuple[int, int]]]:
    gaps = [min(a for a, _ in later) - max(b for _, b in earlier) for earlier, later in pairwise(groups)]
    place = gaps.index(min(gaps))
    return [*groups[:place], groups[place] + groups[place + 1], *groups[place + 2 :]]


def ticks(stretch: Stretch, *, room: float) -> list[tuple[int, str, str]]:
    """Days to mark on a stretch: the firsts of months, quarters or years, on average `room` points apart.

    Each with what to write there, in short and, for the first that is written, with its year.
    """
    for months in (1, 3, 12, 60, 120, 600, 1200):
        days = _starts(stretch, months)
        if len(days) * room <= stretch.right - stretch.left + room:
            return [(day, *_said(date.fromordinal(day), months)) for day in days]
    return []


def _starts(stretch: Stretch, months: int) -> list[int]:
    """The first days of every so many months on a stretch."""
    first, last = date.fromordinal(stretch.first), date.fromordinal(stretch.last)
    count = -(-(first.year * 12 + first.month - 1) // months) * months
    found = []
    while count // 12 <= min(last.year, 9998):
        day = date(count // 12, count % 12 + 1, 1)
        found += [day.toordinal()] if first <= day <= last else []
        count += months
    return found


def _said(day: date, months: int) -> tuple[str, str]:
    if months >= 12:
        return str(day.year), str(day.year)
    long = f"{day:%b} {day.year}"
    return (long if day.month == 1 else f"{day:%b}"), long
