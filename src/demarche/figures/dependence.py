"""The figure of dependence: what a briefing would lose without each of its sources."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure

from demarche.briefing import Briefing
from demarche.figures.bars import ROW, draw_bar, draw_names, middle
from demarche.figures.style import INK, MUTED, SMALL, WIDTH, Page, new_page, wrapped, write
from demarche.prose import counted
from demarche.rendering.marks import BLUE

MOST_SOURCES = 12
HEAD, FOOT = 28.0, 4.0
REMAINDER = 12.0
LABEL = 132.0
HEADS = (LABEL - 2) / WIDTH
"""The share of the width that names the rows."""
NUMBER = 16.0


def dependence_figure(briefing: Briefing, losses: pd.DataFrame, columns: Sequence[tuple[str, str]]) -> Figure:
    """Sources as rows, kinds of loss as small bar charts of one scale each.

    `losses` has one row a source (`doc_id`); `columns` names what is counted in it, with a title for each.
    """
    names = [name for name, _ in columns]
    ranked = losses.assign(total=losses[names].sum(axis=1)).sort_values(
        "total", ascending=False, kind="stable"
    )
    shown = ranked.head(MOST_SOURCES)
    n_more = len(losses) - len(shown)
    page = new_page(HEAD + ROW * len(shown) + FOOT + REMAINDER * bool(n_more))
    top = page.height - HEAD
    step = (WIDTH - LABEL) / len(columns)
    for place, (name, title) in enumerate(columns):
        x = LABEL + place * step
        for line_place, line in enumerate(reversed(wrapped(title, step - 6, size=SMALL, most=2))):
            write(page, x, top + 9 + line_place * 9, line, size=SMALL, colour=MUTED)
        _draw_bars(page, [int(n) for n in shown[name]], int(losses[name].max()), (x, step), top)
    sources = (f"{briefing.source_code(doc_id)} {briefing.outlet(doc_id)}" for doc_id in shown["doc_id"])
    draw_names(page, sources, top, room=LABEL)
    if n_more:
        write(page, 0, 6, f"and {counted(n_more, 'source')} more that lose less", size=SMALL, colour=MUTED)
    return page.figure


def _draw_bars(page: Page, counts: Sequence[int], most: int, room: tuple[float, float], top: float) -> None:
    x, step = room
    for place, count in enumerate(counts):
        y = middle(top, place)
        width = (step - NUMBER - 10) * count / max(1, most)
        draw_bar(page, (x, y), width, colour=BLUE)
        beside = x + width + (4 if count else 0)
        write(page, beside, y, str(count), size=SMALL, colour=INK if count else MUTED)


def describe_dependence(briefing: Briefing, losses: pd.DataFrame, columns: Sequence[tuple[str, str]]) -> str:
    """What the figure of dependence shows, for those who do not see it."""
    if losses.empty:
        return "No source states a position."
    parts = []
    for name, title in columns:
        most = losses.sort_values(name, ascending=False, kind="stable").iloc[0]
        if most[name]:
            parts.append(f"{title.lower()}, {briefing.source_code(most['doc_id'])} with {most[name]}")
    n_sources = counted(len(losses), "source")
    if not parts:
        return f"Bars for {n_sources}: without any one of them nothing would be lost."
    return f"Bars for {n_sources}. The longest: {'; '.join(parts)}."
