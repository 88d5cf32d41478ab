"""The figure of stances: where each party stands on each demand, and where the sources disagree."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure

from demarche.briefing import Briefing
from demarche.figures.rows import (
    COMPACT,
    FULL,
    Form,
    demand_rows,
    draw_labels,
    height_of,
    hidden_demands,
    remainder,
)
from demarche.figures.style import (
    INK,
    MUTED,
    PAPER,
    SMALL,
    TINTS,
    WIDTH,
    Page,
    draw_box,
    new_page,
    shortened,
    width_of,
    wrapped,
    write,
)
from demarche.findings.positions import principal_asker
from demarche.prose import counted, in_quotes, listed, sentence
from demarche.records import POSITIONS
from demarche.rendering.marks import mark

MOST_DEMANDS = 20
MOST_PARTIES = 12
LEGEND = 30.0
SIGN_LINE = 8.8
LEVEL_UP_TO = 6
"""Up to so many parties their names stand level, above that they lean."""
LEAN, LONGEST = 50.0, 130.0
WORDS = {"demands": "demands", "supports": "supports", "open": "is open", "rejects": "refuses"}
DISAGREE = "sources disagree"
NO_ANSWER = "asked, no answer reported"


def stance_figure(briefing: Briefing) -> Figure:
    """Demands as rows, parties as columns; signs with numbers, framed where the sources disagree."""
    return _figure(briefing, FULL)


def compact_stance_figure(briefing: Briefing) -> Figure:
    """The figure of stances with one line a demand."""
    return _figure(briefing, COMPACT)


def _figure(briefing: Briefing, form: Form) -> Figure:
    rows = demand_rows(briefing, form, most=MOST_DEMANDS)
    parties = parties_shown(briefing)
    names = [briefing.codebook.actor_name(party) for party in parties]
    head, margin = _head_size(names, form)
    page = new_page(head + height_of(rows) + LEGEND)
    middles = draw_labels(page, rows, form, page.height - head)
    step = (WIDTH - form.label - margin) / max(3, len(parties))
    columns = {party: form.label + step * (place + 0.5) for place, party in enumerate(parties)}
    for party, name in zip(parties, names, strict=True):
        _write_name(page, (columns[party], page.height - head + 7), name, step if not margin else None)
    size = min(step - 3, 50.0), form.row - 5
    for cell in briefing.tables.stances.to_dict("records"):
        if cell["party"] in columns and cell["demand"] in middles:
            _draw_cell(page, (columns[cell["party"]], middles[cell["demand"]]), size, cell)
    for reply in briefing.tables.ledger.to_dict("records"):
        if reply["reply"] == "silent" and reply["party"] in columns and reply["demand"] in middles:
            _draw_silence(page, columns[reply["party"]], middles[reply["demand"]])
    hidden_parties = briefing.tables.stances["party"].nunique() - len(parties)
    _draw_legend(
        page, remainder(hidden_parties, "party", hidden_demands(briefing, middles), plural="parties")
    )
    return page.figure


def parties_shown(briefing: Briefing) -> list[str]:
    """The parties of the figure: the principal asker, then the others by number of statements."""
    counts = briefing.told["party"].value_counts()
    asker = principal_asker(briefing.told)
    order = (
        [asker, *(str(party) for party in counts.index if party != asker)] if asker else list(counts.index)
    )
    return order[:MOST_PARTIES]


def _head_size(names: list[str], form: Form) -> tuple[float, float]:
    """The height above the rows that the parties' names need, and the margin to the right where they lean."""
    step = (WIDTH - form.label) / max(3, len(names))
    if len(names) <= LEVEL_UP_TO:
        n_lines = max((len(wrapped(name, step - 6, size=SMALL, most=3)) for name in names), default=1)
        return 9.0 * n_lines + 8, 0.0
    longest, last = max(width_of(name, SMALL) for name in names), width_of(names[-1], SMALL)
    angle = math.radians(LEAN)
    margin = min(last, LONGEST) * math.cos(angle) - step / 2 + 4
    return min(longest, LONGEST) * math.sin(angle) + 16, max(1.0, margin)


def _write_name(page: Page, place: tuple[float, float], name: str, step: float | None) -> None:
    """A party's name above its column: level in lines no wider than `step`, or leaning."""
    x, y = place
    if step is None:
        write(page, x, y, shortened(name, LONGEST, size=SMALL), size=SMALL, rotation=LEAN)
        return
    for line_number, line in enumerate(reversed(wrapped(name, step - 6, size=SMALL, most=3))):
        write(page, x, y + line_number * 9, line, size=SMALL, align="center")


def _draw_silence(page: Page, x: float, y: float) -> None:
    write(page, x, y, mark("silent").glyph, size=SMALL, colour=mark("silent").ink, align="center")


def _draw_cell(
    page: Page, place: tuple[float, float], size: tuple[float, float], cell: Mapping[Any, Any]
) -> None:
    """One position: its sign and number; where the sources disagree, each with its number, in a frame."""
    (x, y), (width, height) = place, size
    counts = {position: cell[f"n_{position}"] for position in POSITIONS if cell[f"n_{position}"]}
    position = str(cell["position"])
    is_contested = bool(cell["contested"])
    draw_ground(page, x, y, (width, height - 2 * is_contested), position, is_contested=is_contested)
    shown = sorted(counts, key=lambda name: (name != position, -counts[name], POSITIONS.index(name)))
    if not cell["contested"]:
        shown, counts = [position], {position: sum(counts.values())}
    _write_signs(page, place, size, [(name, counts[name]) for name in shown], position)


def draw_ground(  # noqa: PLR0913 - where, and what it stands for
    page: Page, x: float, y: float, size: tuple[float, float], position: str, *, is_contested: bool
) -> None:
    """The ground of a position: dark for a refusal, white for openness, in a frame where contested."""
    width, height = size
    edge = mark(position).ink if position == "open" else "none"
    ground = mark(position).ink if position == "rejects" else TINTS[position]
    draw_box(
        page, x - width / 2, y - height / 2, width=width, height=height, ground=ground, edge=edge, line=0.8
    )
    if is_contested:
        width, height = width + 3.6, height + 3.6
        draw_box(
            page, x - width / 2, y - height / 2, width=width, height=height, ground="none", edge=INK, line=1.2
        )


def ink_on(position: str, ground: str) -> str:
    """The colour of a position's sign on the ground of a position."""
    return PAPER if ground == "rejects" else mark(position).ink


def _write_signs(
    page: Page,
    place: tuple[float, float],
    size: tuple[float, float],
    signs: list[tuple[str, int]],
    ground: str,
) -> None:
    """Signs with their numbers in as many lines as the cell holds; the tables have what does not fit."""
    (x, y), (width, height) = place, size
    lines: list[list[tuple[str, int]]] = [[]]
    for sign in signs:
        if lines[-1] and _width_of_signs([*lines[-1], sign]) > width - 2:
            lines.append([])
        lines[-1].append(sign)
    lines = lines[: max(1, int(height // SIGN_LINE))]
    for number, line in enumerate(lines):
        middle = y + SIGN_LINE * ((len(lines) - 1) / 2 - number)
        left = x - _width_of_signs(line) / 2
        for position, n in line:
            write(page, left, middle, mark(position).glyph, size=SMALL, colour=ink_on(position, ground))
            colour = PAPER if ground == "rejects" else INK
            write(page, left + 9.5, middle, str(n), size=SMALL, colour=colour)
            left += 12.5 + width_of(str(n), SMALL)


def _width_of_signs(signs: list[tuple[str, int]]) -> float:
    return sum(12.5 + width_of(str(n), SMALL) for _, n in signs) - 3


def _draw_legend(page: Page, remainder_words: str) -> None:
    x, y = 0.0, LEGEND / 2 - 4
    for position, words in WORDS.items():
        draw_ground(page, x + 6.5, y, (13, 12), position, is_contested=False)
        glyph = mark(position).glyph
        write(page, x + 6.5, y, glyph, size=SMALL, colour=ink_on(position, position), align="center")
        write(page, x + 17, y, words, size=SMALL, colour=MUTED)
        x += 17 + width_of(words, SMALL) + 14
    draw_box(page, x, y - 6, width=13, height=12, ground="none", edge=INK, line=1.1)
    write(page, x + 17, y, DISAGREE, size=SMALL, colour=MUTED)
    x += 17 + width_of(DISAGREE, SMALL) + 14
    _draw_silence(page, x + 4, y)
    write(page, x + 12, y, NO_ANSWER, size=SMALL, colour=MUTED)
    write(page, 0, page.height - 8, remainder_words, size=SMALL, colour=MUTED)


def describe_stances(briefing: Briefing) -> str:
    """What the figure of stances shows, for those who do not see it."""
    stances = briefing.tables.stances
    if stances.empty:
        return "No source reports a position."
    book, contested = briefing.codebook, stances[stances["contested"]]
    parts = [_describe_party(briefing, party) for party in parties_shown(briefing)]
    disagreeing = [
        f"{book.actor_name(row['party'])} on {in_quotes(book.demand_label(row['demand']))}"
        for row in contested.to_dict("records")
    ]
    ending = f" The sources disagree on {listed(disagreeing, most=4)}." if disagreeing else ""
    n_demands = counted(stances["demand"].nunique(), "demand")
    n_parties = counted(stances["party"].nunique(), "party", "parties")
    return f"A matrix of {n_demands} against {n_parties}. {' '.join(parts)}{ending}"


def _describe_party(briefing: Briefing, party: str) -> str:
    own = briefing.tables.stances[briefing.tables.stances["party"] == party]
    words = {"demands": "makes", "supports": "supports", "open": "is open to", "rejects": "refuses"}
    counts = own["position"].value_counts()
    said = [f"{words[p]} {counted(int(counts[p]), 'demand')}" for p in POSITIONS if counts.get(p, 0)]
    return sentence(f"{briefing.codebook.actor_name(party)}: {listed(said)}")
