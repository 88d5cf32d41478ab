"""The figure of common ground: by theme, which demands are open, divided, unanswered or blocked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from demarche.briefing import Briefing
from demarche.figures.rows import remainder
from demarche.figures.style import (
    FAINT,
    HINTING,
    INK,
    MUTED,
    PAPER,
    RULE,
    SMALL,
    TINTS,
    WIDTH,
    Page,
    draw_box,
    draw_rule,
    new_page,
    wrapped,
    write,
)
from demarche.prose import counted, in_quotes, listed, number, sentence
from demarche.rendering.marks import mark

COLUMNS = ("open", "divided", "unanswered", "blocked")
TITLES = {
    "open": ("Open", "nobody refuses"),
    "divided": ("Divided", "parties differ"),
    "unanswered": ("Unanswered", "no reply reported"),
    "blocked": ("Blocked", "who replies refuses"),
}
SIGNS = {"open": "open", "divided": "contested", "unanswered": "silent", "blocked": "rejects"}
MOST_DEMANDS = 24
HEAD, LEGEND = 30.0, 26.0
THEME = 94.0
HEADS = (THEME - 10) / WIDTH
"""The share of the width that names the rows."""
LINE, FOOT, PAD, GAP = 8.6, 9.4, 4.0, 5.0
LINES = 4


@dataclass(frozen=True)
class Tile:
    """One demand with its standing: its label in lines, and a foot that says how thin its evidence is."""

    lines: tuple[str, ...]
    foot: str
    standing: str
    is_thin: bool

    @property
    def height(self) -> float:
        """How high it stands, in points."""
        return len(self.lines) * LINE + FOOT + 2 * PAD


Rows = dict[str, dict[str, list[Tile]]]


@dataclass(frozen=True)
class Grid:
    """The columns that hold anything, and how wide each is."""

    columns: tuple[str, ...]

    @property
    def step(self) -> float:
        """The width of a column with its gap, in points."""
        return (WIDTH - THEME) / max(1, len(self.columns))

    def left(self, column: str) -> float:
        """Where a column begins."""
        return THEME + self.columns.index(column) * self.step


def ground_figure(briefing: Briefing, space: pd.DataFrame) -> Figure:
    """Themes as rows, standings as columns; a tile for each demand, dashed where one voice carries it.

    `space` is `measures.bargaining_space`.
    """
    shown = _most_spoken_of(briefing, space)
    standings = {_column(row) for row in shown.to_dict("records")}
    grid = Grid(tuple(column for column in COLUMNS if column in standings))
    rows = _rows(briefing, shown, grid)
    heights = {
        theme: max(sum(tile.height + GAP for tile in cell) for cell in cells.values()) + GAP
        for theme, cells in rows.items()
    }
    page = new_page(HEAD + sum(heights.values()) + LEGEND)
    top = page.height - HEAD
    _draw_head(page, grid, top)
    for theme, cells in rows.items():
        _draw_theme(page, grid, theme, cells, top)
        top -= heights[theme]
        draw_rule(page, (0, WIDTH), (top, top), colour=FAINT, width=0.7)
    _draw_legend(page, remainder(0, "", len(space) - len(shown)))
    return page.figure


def _most_spoken_of(briefing: Briefing, space: pd.DataFrame) -> pd.DataFrame:
    counts = briefing.told["demand"].value_counts()
    kept = [demand for demand in counts.index if demand in set(space["demand"])][:MOST_DEMANDS]
    return space[space["demand"].isin(kept)]


def _column(row: Mapping[Any, Any]) -> str:
    return "open" if row["standing"] == "offered" else str(row["standing"])


def _rows(briefing: Briefing, space: pd.DataFrame, grid: Grid) -> Rows:
    order = {demand: place for place, demand in enumerate(briefing.codebook.demands)}
    rows: Rows = {}
    for row in sorted(space.to_dict("records"), key=lambda row: order.get(row["demand"], 0)):
        demand = briefing.codebook.demands.get(row["demand"])
        theme = (demand.theme if demand else "") or "Other demands"
        cells = rows.setdefault(theme, {column: [] for column in grid.columns})
        cells[_column(row)].append(_tile(briefing, row, (grid.step - GAP - 2 * PAD) * (1 - HINTING)))
    return rows


def _tile(briefing: Briefing, row: Mapping[Any, Any], width: float) -> Tile:
    words = briefing.codebook.demand_label(row["demand"])
    lines = tuple(wrapped(words, width, size=SMALL, most=LINES))
    n_voices = row["n_voices"]
    foot = f"{n_voices} {'voice' if n_voices == 1 else 'voices'}" if n_voices else "no answer"
    foot += ", unasked" if row["standing"] == "offered" else ", accounts differ" if row["is_disputed"] else ""
    return Tile(lines, foot, _column(row), n_voices == 1)


def _draw_head(page: Page, grid: Grid, top: float) -> None:
    for column in grid.columns:
        x = grid.left(column)
        title, meaning = TITLES[column]
        sign = mark(SIGNS[column])
        write(page, x, top + 18, sign.glyph, size=SMALL, colour=sign.ink)
        write(page, x + 11, top + 18, title, weight="bold")
        write(page, x, top + 8, meaning, size=SMALL, colour=MUTED)
    draw_rule(page, (0, WIDTH), (top, top), colour=RULE)


def _draw_theme(page: Page, grid: Grid, theme: str, cells: Mapping[str, Sequence[Tile]], top: float) -> None:
    for place, line in enumerate(wrapped(theme, THEME - 22, size=SMALL, most=3)):
        write(page, 0, top - 12 - place * LINE, line, size=SMALL, weight="bold", colour=MUTED)
    for column in grid.columns:
        y = top - GAP
        for tile in cells[column]:
            _draw_tile(page, tile, (grid.left(column), y), grid.step - GAP)
            y -= tile.height + GAP


def _draw_tile(page: Page, tile: Tile, place: tuple[float, float], width: float) -> None:
    x, top = place
    grounds = {"blocked": mark("rejects").ink, "divided": TINTS["demands"]}
    ground = PAPER if tile.is_thin else grounds.get(tile.standing, PAPER)
    edge = mark(SIGNS[tile.standing]).ink
    y, height = top - tile.height, tile.height
    draw_box(page, x, y, width=width, height=height, ground=ground, edge=edge, dashed=tile.is_thin)
    ink = PAPER if ground == mark("rejects").ink else INK
    for number_of_line, line in enumerate(tile.lines):
        write(page, x + PAD, top - PAD - LINE / 2 - number_of_line * LINE, line, size=SMALL, colour=ink)
    foot = top - tile.height + PAD + FOOT / 2 - 1.5
    write(page, x + PAD, foot, tile.foot, size=SMALL, colour=ink if ink == PAPER else MUTED)


def _draw_legend(page: Page, remainder_words: str) -> None:
    draw_box(page, 0, 6, width=16, height=9, ground=PAPER, edge=INK, dashed=True)
    write(page, 21, 10.5, "its answer rests on one voice alone", size=SMALL, colour=MUTED)
    words = "voices: independent voices behind the answers"
    write(page, WIDTH, 10.5, words, size=SMALL, colour=MUTED, align="right")
    write(page, 0, page.height - 22, remainder_words, size=SMALL, colour=MUTED)


def describe_ground(briefing: Briefing, space: pd.DataFrame) -> str:
    """What the figure of common ground shows, for those who do not see it."""
    if space.empty:
        return "No source reports anybody making a demand."
    parts = []
    for standing in ("open", "offered", "divided", "unanswered", "blocked"):
        own = space[space["standing"] == standing]
        if len(own):
            names = listed((in_quotes(briefing.codebook.demand_label(d)) for d in own["demand"]), most=4)
            words = "open without having been asked for" if standing == "offered" else standing
            parts.append(f"{words}: {names}")
    answered = space[space["n_voices"] > 0]
    thin = int((answered["n_voices"] == 1).sum())
    ending = (
        f" {sentence(f'on one voice rests the answer to {number(thin)} of them')}" if len(answered) else ""
    )
    return f"{sentence(counted(len(space), 'demand') + ' by theme')} {sentence('; '.join(parts))}{ending}"
