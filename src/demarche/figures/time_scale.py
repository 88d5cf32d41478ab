"""A scale of time that is broken where nothing happens for long, so that the dense weeks stay readable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

LAST_DAY = date.max.toordinal()
GAP = 150
"""Days without any event after which the scale is broken."""
CROWDING = 1.6
"""A stretch with twice the events is more than twice as wide, for its badges would stand on each other."""
BREAK = 16.0
LEAST = 30.0
"""The width of a break, and the least width of a stretch between breaks, in points."""


@dataclass(frozen=True)
class Stretch:
    """An unbroken piece of the scale: its days (ordinals), of which `pad` on each side are room, and its place in points."""

    first: int
    last: int
    left: float
    right: float
    pad: int = 0

    def x(self, day: float) -> float:
        """The place of a day."""
        share = (day - self.first) / max(1, self.last - self.first)
        return self.left + share * (self.right - self.left)


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
        return [(a.right + b.left) / 2 for a, b in zip(self.stretches, self.stretches[1:], strict=False)]


def time_scale(spans: Sequence[tuple[int, int]], *, left: float, right: float) -> TimeScale:
    """A scale for spans of days (ordinals): stretches as wide as they hold events, with breaks between them."""
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
        first, last = min(a for a, _ in group), max(b for _, b in group)
        pad = max(1, round((last - first) * 0.02))
        stretches.append(Stretch(max(1, first - pad), min(LAST_DAY, last + pad), left, left + width, pad))
        left += width + BREAK
    return TimeScale(tuple(stretches))


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
    gaps = [
        min(a for a, _ in later) - max(b for _, b in earlier)
        for earlier, later in zip(groups, groups[1:], strict=False)
    ]
    place = gaps.index(min(gaps))
    return [*groups[:place], groups[place] + groups[place + 1], *groups[place + 2 :]]


def ticks(stretch: Stretch, *, room: float) -> list[tuple[int, str, str]]:
    """Days to mark on a stretch, at least `room` points apart: months, quarters or years.

    Each with what to write there, in short and, for the first that is written, with its year.
    """
    for months in (1, 3, 12, 60, 120, 600):
        days = [date.fromordinal(day) for day in _starts(stretch, months)]
        places = [stretch.x(day.toordinal()) for day in days]
        if all(b - a >= room for a, b in zip(places, places[1:], strict=False)):
            return [(day.toordinal(), *_said(day, months)) for day in days]
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
