"""Packing: intervals on as few levels as it takes, so that none on a level overlaps another."""

from __future__ import annotations

from collections.abc import Sequence


def levels_of(spans: Sequence[tuple[float, float]], *, gap: float) -> list[int]:
    """The lowest free level of each span, taken from left to right; spans of one level are `gap` apart.

    >>> levels_of([(0, 10), (5, 15), (12, 20)], gap=1)
    [0, 1, 0]
    """
    ends: list[float] = []
    levels = [0] * len(spans)
    for place in sorted(range(len(spans)), key=lambda index: spans[index]):
        start, end = spans[place]
        free = next((level for level, taken in enumerate(ends) if taken + gap <= start), len(ends))
        if free == len(ends):
            ends.append(end)
        ends[free] = end
        levels[place] = free
    return levels
