"""How the marks of a timeline look: by status, by who dates them, and by whether anybody decided on them."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from demarche.figures.marks_in_time import REFERENCE, REPORTED, TimeMark
from demarche.figures.style import INK, MUTED, PAPER, SMALL, WIDTH, Page, draw_box, width_of, write
from demarche.figures.timeline_layout import LEGEND_LINE, Layout
from demarche.rendering.marks import BLUE, GREY, mark

STATUSES = {"happened": "happened", "scheduled": "fixed in advance", "possible": "only possible"}
HOLLOW = "the same, proposed by the program, undecided"
DISPUTED = "another account has another date"
COLOURS = {REPORTED: (BLUE, "#d3e3f1"), REFERENCE: (GREY, "#dfe2e5")}


class Look(NamedTuple):
    """How a mark is drawn: its ground, the width of its line in points, whether dashed, its words' colour."""

    ground: str
    line: float
    dashed: bool
    colour: str


def look_of(event: TimeMark) -> Look:
    """Filled if it happened, pale if fixed in advance, pale and dashed if only possible.

    Hollow while nobody has decided on it, in a heavy, a light or a dashed line.
    """
    ink, tint = COLOURS[event.lane]
    happened, is_possible = event.status == "happened", event.status == "possible"
    if event.is_proposed:
        return Look(PAPER, 1.5 if happened else 0.6, is_possible, INK)
    return Look(ink if happened else tint, 0.9, is_possible, PAPER if happened else INK)


def draw_legend(page: Page, plan: Layout, n_dots: int) -> None:
    """Draw the samples of statuses, of proposals where there are any, and how many events have no badge."""
    y, x = plan.legend_height - 13.0, 0.0
    for status, words in STATUSES.items():
        x = _draw_sample(page, (x, y), _sample(status, is_proposed=False), words)
    draw_box(
        page, x, y - 2.2, width=18, height=4.4, ground=COLOURS[REPORTED][1], edge=BLUE, line=0.5, rounding=1
    )
    write(page, x + 22, y, "the days a date allows", size=SMALL, colour=MUTED)
    if n_dots:
        write(page, WIDTH, y, f"and {n_dots} more as dots", size=SMALL, colour=MUTED, align="right")
    x, y = 0.0, y - LEGEND_LINE
    if plan.has_proposals:
        for status in STATUSES:
            x = _draw_sample(page, (x, y), _sample(status, is_proposed=True), "")
        write(page, x, y, HOLLOW, size=SMALL, colour=MUTED)
        x += width_of(HOLLOW, SMALL) + 24
    if plan.has_disputed_dates:
        write(page, x, y, f"{mark('contested').glyph} {DISPUTED}", size=SMALL, colour=MUTED)


def _sample(status: str, *, is_proposed: bool) -> TimeMark:
    empty = TimeMark(code="", lane=REPORTED, status=status, date="2000", words="", first=1, last=1)
    return replace(empty, is_proposed=is_proposed)


def _draw_sample(page: Page, place: tuple[float, float], sample: TimeMark, words: str) -> float:
    """A mark without a code and its words; where the next may stand."""
    (x, y), look = place, look_of(sample)
    draw_box(page, x, y - 4, width=14, height=8, ground=look.ground, edge=BLUE, line=look.line,
             rounding=4, dashed=look.dashed)  # fmt: skip
    write(page, x + 18, y, words, size=SMALL, colour=MUTED)
    return x + 18 + (width_of(words, SMALL) + 14 if words else 0.0)
