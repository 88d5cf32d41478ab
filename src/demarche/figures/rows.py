"""The left side of a figure with demands as rows: labels in groups by theme, with a line for each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from demarche.briefing import Briefing
from demarche.figures.style import (
    FAINT,
    INK,
    MUTED,
    RULE,
    SIZE,
    SMALL,
    WIDTH,
    Page,
    draw_rule,
    shortened,
    wrapped,
    write,
)
from demarche.prose import counted

THEME = 17.0
LINE = 9.2


@dataclass(frozen=True)
class Form:
    """How rows are set: width and lines of the labels, height of a row, whether themes head them.

    `width` is that of the whole figure, in points, `columns` how many it has beside the labels at most.
    """

    label: float
    lines: int
    row: float
    has_themes: bool
    width: float = WIDTH
    columns: int = 14


FULL = Form(166.0, 2, 23.0, has_themes=True)
COMPACT = Form(212.0, 1, 14.5, has_themes=False)
NARROW = Form(92.0, 3, 32.0, has_themes=True, width=250.0, columns=6)
NARROW_COMPACT = Form(92.0, 2, 22.0, has_themes=False, width=250.0, columns=6)
"""For a phone: letters as large as beside them in the text, at the width of its screen."""


@dataclass(frozen=True)
class Row:
    """A demand or, without one, the heading of a theme; `top` counts in points from the top of the rows."""

    label: str
    demand: str
    top: float
    height: float


def demand_rows(briefing: Briefing, form: Form, *, most: int) -> list[Row]:
    """The demands spoken of, in the codebook's order by theme; beyond `most` only those spoken of most."""
    counts = briefing.told["demand"].value_counts()
    kept = set(counts.head(most).index)
    demands = [demand for demand in briefing.codebook.demands.values() if demand.demand_id in kept]
    rows: list[Row] = []
    top = 0.0
    for theme in dict.fromkeys(demand.theme for demand in demands):
        if form.has_themes:
            rows.append(Row(theme or "Other demands", "", top, THEME))
            top += THEME
        for demand in (demand for demand in demands if demand.theme == theme):
            rows.append(Row(demand.label, demand.demand_id, top, form.row))
            top += form.row
    return rows


def hidden_demands(briefing: Briefing, shown: Collection[str]) -> int:
    """How many of the demands spoken of a figure does not show."""
    return len(set(briefing.told["demand"]) - set(shown))


def remainder(n_columns: int, noun: str, n_demands: int, *, plural: str = "") -> str:
    """What a figure leaves out, in words; nothing where it shows all.

    >>> remainder(24, "source", 3)
    'and 24 sources, three demands more'
    """
    parts = [
        counted(n, *words) for n, words in ((n_columns, (noun, plural)), (n_demands, ("demand", ""))) if n > 0
    ]
    return f"and {', '.join(parts)} more" if parts else ""


def draw_remainder(page: Page, words: str, form: Form) -> None:
    """Write what a figure leaves out above its labels, in lines where it is narrow."""
    for place, line in enumerate(wrapped(words, form.label - 4, size=SMALL, most=4)):
        write(page, 0, page.height - 8 - place * LINE, line, size=SMALL, colour=MUTED)


def height_of(rows: list[Row]) -> float:
    """The height of all rows together."""
    return rows[-1].top + rows[-1].height if rows else 0.0


def draw_labels(page: Page, rows: list[Row], form: Form, top: float) -> dict[str, float]:
    """Write the labels below `top`; the middle of each demand's row, by demand."""
    middles = {}
    for row in rows:
        middle = top - row.top - row.height / 2
        if not row.demand:
            theme = shortened(row.label.upper(), 0.9 * page.width, size=SMALL)
            write(page, 0, middle - 1.5, theme, size=SMALL, colour=MUTED, weight="bold")
            draw_rule(page, (0, page.width), (middle - THEME / 2,) * 2, colour=RULE, width=0.6)
            continue
        lines = wrapped(row.label, form.label - 8, most=form.lines)
        for place, line in enumerate(lines):
            write(page, 0, middle + (len(lines) - 1) * LINE / 2 - place * LINE, line, size=SIZE, colour=INK)
        draw_rule(page, (0, page.width), (middle - row.height / 2,) * 2, colour=FAINT, width=0.6)
        middles[row.demand] = middle
    return middles
