"""Legends: signs with their words, side by side in as many lines as the width of a figure asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from demarche.figures.style import MUTED, SMALL, Page, width_of, write

LINE, GAP = 14.0, 12.0
HEIGHT, FOOT = 30.0, 11.0
"""Of a legend of one line, and of the middle of its last line above the foot of the figure; in points."""


@dataclass(frozen=True)
class Entry:
    """Words of a legend; `draw` sets their sign at a place (its left end and middle), `room` points wide."""

    words: str
    draw: Callable[[Page, float, float], object] = lambda page, x, y: None
    room: float = 17.0

    @property
    def width(self) -> float:
        """How wide it is with its words, in points."""
        return self.room + width_of(self.words, SMALL)


Lines = list[list[Entry]]


def legend_lines(entries: Sequence[Entry], width: float) -> Lines:
    """The entries in lines no wider than `width` points, where one alone is not."""
    lines: Lines = []
    for entry in entries:
        if lines and sum(each.width + GAP for each in lines[-1]) + entry.width <= width:
            lines[-1].append(entry)
        else:
            lines.append([entry])
    return lines


def legend_height(lines: Lines) -> float:
    """How much of the foot of a figure a legend takes, in points."""
    return HEIGHT + LINE * (len(lines) - 1)


def draw_legend(page: Page, lines: Lines) -> None:
    """Set a legend at the foot of a figure."""
    for place, line in enumerate(reversed(lines)):
        x, y = 0.0, FOOT + LINE * place
        for entry in line:
            entry.draw(page, x, y)
            write(page, x + entry.room, y, entry.words, size=SMALL, colour=MUTED)
            x += entry.width + GAP
