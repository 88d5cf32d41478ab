"""The figure of stances: where each party stands on each demand, and where the sources disagree."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import Any

from matplotlib.figure import Figure

from demarche.briefing import Briefing
from demarche.figures.grounds import Ground, draw_frame, draw_ground, ground_of
from demarche.figures.legend import Entry, draw_legend, legend_height, legend_lines
from demarche.figures.rows import (
    COMPACT,
    FULL,
    NARROW,
    NARROW_COMPACT,
    Form,
    demand_rows,
    draw_labels,
    draw_remainder,
    height_of,
    hidden_demands,
    remainder,
)
from demarche.figures.style import (
    MUTED,
    PAPER,
    SMALL,
    Page,
    new_page,
    shortened,
    width_of,
    wrapped,
    write,
)
from demarche.findings.positions import principal_asker
from demarche.prose import counted, in_quotes, listed, sentence, verb
from demarche.records import POSITIONS
from demarche.rendering.marks import mark

MOST_DEMANDS = 20
MOST_PARTIES = 12
SIGN_LINE = 8.8
LEVEL_UP_TO = 6
"""Up to so many parties their names stand level, above that they lean."""
LEAN, LONGEST = 50.0, 130.0
WORDS = {"demands": "demands", "supports": "supports", "open": "is open", "rejects": "refuses"}
DISAGREE = "sources disagree"
NO_ANSWER = "unanswered"
PROPOSED = "proposed only"


def stance_figure(briefing: Briefing) -> Figure:
    """Demands as rows, parties as columns; signs with numbers, framed where the sources disagree."""
    return _figure(briefing, FULL)


def compact_stance_figure(briefing: Briefing) -> Figure:
    """The figure of stances with one line a demand."""
    return _figure(briefing, COMPACT)


def narrow_stance_figure(briefing: Briefing) -> Figure:
    """The figure of stances for a phone: fewer parties, labels in more lines."""
    return _figure(briefing, NARROW)


def narrow_compact_stance_figure(briefing: Briefing) -> Figure:
    """The figure of stances for a phone, without the headings of themes."""
    return _figure(briefing, NARROW_COMPACT)


def _figure(briefing: Briefing, form: Form) -> Figure:
    rows = demand_rows(briefing, form, most=MOST_DEMANDS)
    parties = parties_shown(briefing)[: form.columns]
    names = [briefing.codebook.actor_name(party) for party in parties]
    head, margin = _head_size(names, form)
    unread = proposed_cells(briefing)
    legend = legend_lines(_legend(has_proposals=bool(unread)), form.width)
    page = new_page(head + height_of(rows) + legend_height(legend), width=form.width)
    middles = draw_labels(page, rows, form, page.height - head)
    step = (form.width - form.label - margin) / max(3, len(parties))
    columns = {party: form.label + step * (place + 0.5) for place, party in enumerate(parties)}
    for party, name in zip(parties, names, strict=True):
        _write_name(page, (columns[party], page.height - head + 7), name, step if not margin else None)
    size = min(step - 3, 50.0), form.row - 5
    for cell in briefing.tables.stances.to_dict("records"):
        if cell["party"] in columns and cell["demand"] in middles:
            ground = ground_of(cell["position"], is_proposed=(cell["party"], cell["demand"]) in unread)
            _draw_cell(page, (columns[cell["party"]], middles[cell["demand"]]), size, cell, ground)
    for reply in briefing.tables.ledger.to_dict("records"):
        if reply["reply"] == "silent" and reply["party"] in columns and reply["demand"] in middles:
            _draw_silence(page, columns[reply["party"]], middles[reply["demand"]])
    hidden_parties = briefing.tables.stances["party"].nunique() - len(parties)
    draw_legend(page, legend)
    more = remainder(hidden_parties, "party", hidden_demands(briefing, middles), plural="parties")
    draw_remainder(page, more, form)
    return page.figure


def proposed_cells(briefing: Briefing) -> set[tuple[str, str]]:
    """Each party and demand of which nobody has decided on any statement: what is shown is proposed."""
    told = briefing.told
    cells = list(zip(told["party"], told["demand"], told["statement_id"], strict=True))
    decided = {(party, demand) for party, demand, one in cells if one in briefing.decided}
    return {(party, demand) for party, demand, _ in cells} - decided


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
    step = (form.width - form.label) / max(3, len(names))
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
    page: Page,
    place: tuple[float, float],
    size: tuple[float, float],
    cell: Mapping[Any, Any],
    ground: Ground,
) -> None:
    """One position: its sign and number; where the sources disagree, each with its number, in a frame."""
    width, height = size
    counts = {position: cell[f"n_{position}"] for position in POSITIONS if cell[f"n_{position}"]}
    position = str(cell["position"])
    is_contested = bool(cell["contested"])
    draw_ground(page, place, (width, height - 2 * is_contested), ground)
    if is_contested:
        draw_frame(page, place, (width + 3.6, height + 1.6))
    shown = sorted(counts, key=lambda name: (name != position, -counts[name], POSITIONS.index(name)))
    if not is_contested:
        shown, counts = [position], {position: sum(counts.values())}
    _write_signs(page, place, size, [(name, counts[name]) for name in shown], ground)


def _write_signs(
    page: Page,
    place: tuple[float, float],
    size: tuple[float, float],
    signs: list[tuple[str, int]],
    ground: Ground,
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
            colour = PAPER if ground.sign == PAPER else mark(position).ink
            write(page, left, middle, mark(position).glyph, size=SMALL, colour=colour)
            write(page, left + 9.5, middle, str(n), size=SMALL, colour=ground.number)
            left += 12.5 + width_of(str(n), SMALL)


def _width_of_signs(signs: list[tuple[str, int]]) -> float:
    return sum(12.5 + width_of(str(n), SMALL) for _, n in signs) - 3


def _legend(*, has_proposals: bool) -> list[Entry]:
    """The signs and frames with their words; the hollow ground where it occurs."""
    hollow = [Entry(PROPOSED, _draw_hollow)] if has_proposals else []
    signs = [Entry(words, partial(_draw_sign, position)) for position, words in WORDS.items()]
    return [*signs, Entry(DISAGREE, _draw_sample_frame), *hollow, Entry(NO_ANSWER, _draw_silence_at, 12)]


def _draw_sign(position: str, page: Page, x: float, y: float) -> None:
    ground = ground_of(position, is_proposed=False)
    draw_ground(page, (x + 6.5, y), (13, 12), ground)
    write(page, x + 6.5, y, mark(position).glyph, size=SMALL, colour=ground.sign, align="center")


def _draw_sample_frame(page: Page, x: float, y: float) -> None:
    draw_frame(page, (x + 6.5, y), (13, 12))


def _draw_hollow(page: Page, x: float, y: float) -> None:
    draw_ground(page, (x + 6.5, y), (13, 12), Ground(PAPER, MUTED, MUTED, MUTED))


def _draw_silence_at(page: Page, x: float, y: float) -> None:
    _draw_silence(page, x + 4, y)


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
    if n_unread := len(proposed_cells(briefing)):
        ending += f" On proposals alone {verb(n_unread, 'rests', 'rest')} {counted(n_unread, 'position')}."
    n_demands = counted(stances["demand"].nunique(), "demand")
    n_parties = counted(stances["party"].nunique(), "party", "parties")
    return f"A matrix of {n_demands} against {n_parties}. {' '.join(parts)}{ending}"


def _describe_party(briefing: Briefing, party: str) -> str:
    own = briefing.tables.stances[briefing.tables.stances["party"] == party]
    words = {"demands": "makes", "supports": "supports", "open": "is open to", "rejects": "refuses"}
    counts = own["position"].value_counts()
    said = [f"{words[p]} {counted(int(counts[p]), 'demand')}" for p in POSITIONS if counts.get(p, 0)]
    return sentence(f"{briefing.codebook.actor_name(party)}: {listed(said)}")
