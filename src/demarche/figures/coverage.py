"""The figure of coverage: which source speaks of which demand, and how often."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from demarche.briefing import Briefing
from demarche.figures.legend import Entry, draw_legend, legend_height, legend_lines
from demarche.figures.rows import (
    FULL,
    NARROW,
    Form,
    demand_rows,
    draw_labels,
    draw_remainder,
    height_of,
    hidden_demands,
    remainder,
)
from demarche.figures.style import INK, MUTED, PAPER, SMALL, Page, new_page, wrapped, write
from demarche.measures.accounts import coverage
from demarche.prose import counted, in_quotes, listed, share
from demarche.rendering.marks import BLUE

MOST_DEMANDS = 20
MOST_SOURCES = 14
HEAD_LINE = 9.0
TOTAL = 34.0
NARROWEST_NAME = 36.0
"""Points that a column must have for the name of its source, and not its number alone."""
NAMED_UP_TO = 6


def coverage_figure(briefing: Briefing) -> Figure:
    """Demands as rows, sources as columns; marks with numbers of statements, filled if the demand is made."""
    return _figure(briefing, FULL)


def narrow_coverage_figure(briefing: Briefing) -> Figure:
    """The figure of coverage for a phone: fewer sources, by their short names."""
    return _figure(briefing, NARROW)


def _figure(briefing: Briefing, form: Form) -> Figure:
    rows = demand_rows(briefing, form, most=MOST_DEMANDS)
    sources = most_telling(briefing, form.columns)
    heads = [_head(briefing, doc_id, len(sources), form) for doc_id in sources]
    head = max(map(len, heads), default=1) * HEAD_LINE + 8
    legend = legend_lines(LEGEND, form.width)
    page = new_page(head + height_of(rows) + legend_height(legend), width=form.width)
    middles = draw_labels(page, rows, form, page.height - head)
    columns = _columns(sources, form)
    for doc_id, lines in zip(sources, heads, strict=True):
        for place, line in enumerate(reversed(lines)):
            bold = "bold" if place == len(lines) - 1 else "normal"
            y = page.height - head + 8 + place * HEAD_LINE
            write(page, columns[doc_id], y, line, size=SMALL, align="center", weight=bold)
    write(page, form.width, page.height - head + 8, "sources", size=SMALL, align="right", colour=MUTED)
    cells = coverage(briefing.told)
    _draw_cells(page, cells[cells["source"].isin(sources)], middles, columns, _step(sources, form))
    for demand, count in cells.groupby("demand")["source"].nunique().items():
        if demand in middles:
            write(page, form.width - 10, middles[str(demand)], str(count), align="right", colour=MUTED)
    draw_legend(page, legend)
    more = remainder(len(briefing.sources) - len(sources), "source", hidden_demands(briefing, middles))
    draw_remainder(page, more, form)
    return page.figure


def most_telling(briefing: Briefing, most: int = MOST_SOURCES) -> list[str]:
    """The sources shown, in order of publication: all, or those with most statements."""
    counts = briefing.told["source"].value_counts()
    if len(briefing.sources) <= most:
        return briefing.sources
    kept = set(counts.head(most).index)
    return [doc_id for doc_id in briefing.sources if doc_id in kept]


def _head(briefing: Briefing, doc_id: str, n_sources: int, form: Form) -> list[str]:
    code = briefing.source_code(doc_id)
    width = (form.width - form.label - TOTAL) / max(3, n_sources) - 3
    if n_sources > NAMED_UP_TO or width < NARROWEST_NAME:
        return [code]
    return [code, *wrapped(briefing.outlet(doc_id), width, size=SMALL, most=3)]


def _step(sources: list[str], form: Form) -> float:
    """The width of a column, in points."""
    return (form.width - form.label - TOTAL) / max(3, len(sources))


def _columns(sources: list[str], form: Form) -> dict[str, float]:
    step = _step(sources, form)
    return {doc_id: form.label + step * (place + 0.5) for place, doc_id in enumerate(sources)}


def _draw_cells(
    page: Page, cells: pd.DataFrame, middles: dict[str, float], columns: dict[str, float], step: float
) -> None:
    most = max(cells["n_statements"], default=1)
    room = min(9.0, step / 2 - 0.8) - 5.6
    for cell in cells.to_dict("records"):
        if cell["demand"] not in middles:
            continue
        radius = 5.6 + room * ((cell["n_statements"] - 1) / max(1, most - 1)) ** 0.5
        _draw_mark(
            page,
            columns[cell["source"]],
            middles[cell["demand"]],
            radius,
            cell["n_statements"],
            cell["n_asking"],
        )


def _draw_mark(page: Page, x: float, y: float, radius: float, count: int, n_asking: int) -> None:  # noqa: PLR0913
    is_made = n_asking > 0
    ground = BLUE if is_made else PAPER
    page.axes.add_patch(Circle((x, y), radius, facecolor=ground, edgecolor=BLUE, linewidth=1.0, zorder=3))
    write(page, x, y, str(count), size=SMALL, align="center", colour=PAPER if is_made else INK)


LEGEND = (
    Entry(
        "the source reports the demand being made", lambda page, x, y: _draw_mark(page, x + 6, y, 5.6, 3, 1)
    ),
    Entry("it reports replies only", lambda page, x, y: _draw_mark(page, x + 6, y, 5.6, 2, 0)),
    Entry("numbers: statements", room=0.0),
)


def describe_coverage(briefing: Briefing) -> str:
    """What the figure of coverage shows, for those who do not see it."""
    cells = coverage(briefing.told)
    if cells.empty:
        return "No source speaks of any demand."
    spread = cells.groupby("demand")["source"].nunique().sort_values(ascending=False, kind="stable")
    most = int(spread.max())
    widest = [in_quotes(briefing.codebook.demand_label(str(d))) for d in spread.index if spread[d] == most]
    single = int((spread == 1).sum())
    n_documents = len(briefing.sources)
    return (
        f"A chart of {counted(len(spread), 'demand')} against {counted(n_documents, 'source')}. "
        f"Most widely spoken of: {listed(widest, most=3)}, in {share(most, n_documents, 'source')}. "
        f"Spoken of in one source only: {counted(single, 'demand')}. "
        f"{_each_source(briefing, cells)}"
    )


def _each_source(briefing: Briefing, cells: pd.DataFrame) -> str:
    counts = cells.groupby("source")["demand"].nunique()
    parts = [
        f"{briefing.source_code(doc_id)} {counted(int(counts.get(doc_id, 0)), 'demand')}"
        for doc_id in most_telling(briefing)
    ]
    return f"By source: {', '.join(parts)}."
