"""Rows of bars: a name to the left of each, a rule below each name, and bars in columns beside it."""

from __future__ import annotations

from collections.abc import Iterable

from demarche.figures.style import FAINT, SMALL, Page, draw_box, draw_rule, shortened, write

ROW = 15.0
BAR = 6.8


def middle(top: float, place: int) -> float:
    """The middle of a row, counted from `top`, where the rows begin."""
    return top - ROW * (place + 0.5)


def draw_names(page: Page, names: Iterable[str], top: float, *, room: float) -> None:
    """Write the names of the rows, cut to the room there is, with a rule below each."""
    for place, name in enumerate(names):
        y = middle(top, place)
        write(page, 0, y, shortened(name, room - 8, size=SMALL), size=SMALL)
        draw_rule(page, (0, page.width), (y - ROW / 2,) * 2, colour=FAINT, width=0.6)


def draw_bar(page: Page, place: tuple[float, float], width: float, *, colour: str) -> None:
    """Draw a bar from its left end, around the middle of its row; none of no width."""
    if width:
        x, y = place
        draw_box(page, x, y - BAR / 2, width=width, height=BAR, ground=colour, rounding=0.6)
