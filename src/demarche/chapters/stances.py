"""The chapter on the positions: who stands where, what was answered, where accounts differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from demarche import blocks as b
from demarche.briefing import Briefing
from demarche.chapters.page import (
    MOST_ROWS,
    NONE,
    anchor,
    and_more,
    citation,
    date_words,
    demand_link,
    leading_citation,
    of_all_readings,
    of_positions,
    show,
    source_link,
    weightiest,
)
from demarche.figures.stances import describe_stances, narrow_stance_figure, stance_figure
from demarche.measures.accounts import changes, contested
from demarche.measures.gaps import unasked, uncovered_demands
from demarche.prose import actors_in_sentence, counted, listed, number
from demarche.rendering.display import Display
from demarche.rendering.svg import svg_of
from demarche.tables import REPLIES

KINDS_OF_NOTHING = (
    "Silent: the demand is reported and is made of this party, and no source reports its answer. Not "
    "covered: no source speaks of the demand at all. Where only a bloc to which a party belongs has "
    "answered, the answer of the bloc stands for it. What a voice is, stands with the key findings."
)
NO_ASKER = "No source reports anybody making a demand, and so there is none to be answered."
SIDES = {"for": "for it", "open": "open to it", "against": "against it"}
MOST_CARDS, MOST_ACCOUNTS, MOST_ANSWERS, MOST_ASKERS = 20, 12, 8, 6
"""How many disagreements are set out, accounts of one side, answers to a demand, and parties that make it."""


@of_positions
def figure(briefing: Briefing) -> Display:
    """Where each party stands on each demand."""
    picture = b.figure(
        svg_of(stance_figure(briefing)),
        anchor="stances",
        alt=describe_stances(briefing),
        caption="Where each party stands on each demand, by the position most statements report. The number "
        "is that of statements; a frame marks a position on which the sources disagree.",
    )
    return show(briefing, b.with_narrow(picture, svg_of(narrow_stance_figure(briefing))))


@of_positions
def ledger(briefing: Briefing) -> Display:
    """One row a demand that somebody makes: by whom, and what each party answers, every account of it.

    Of many demands those are shown that most statements speak of, and of many parties those that say most.
    """
    made = list(briefing.tables.ledger.groupby("demand", sort=False))
    spoken = briefing.told["demand"].value_counts()
    shown = weightiest(made, lambda each: spoken.get(each[0], 0))
    rows: list[list[b.Inlines]] = [
        [
            demand_link(briefing, str(demand)),
            _made(briefing, str(demand), cell["asked_by"].iloc[0]),
            _answers(briefing, cell),
        ]
        for demand, cell in shown
    ]
    missing = uncovered_demands(briefing.tables.demands)
    rows += [
        [briefing.codebook.demand_label(demand), NONE, b.chip("not covered", "not covered")]
        for demand in missing[: max(0, MOST_ROWS - len(shown))]
    ]
    if not rows:
        return show(briefing, b.absence(NO_ASKER))
    columns = [
        b.column("Demand", width=2.2),
        b.column("Made by", width=2),
        b.column("Answers, each account with its sources and voices", width=4),
    ]
    more = and_more(len(made) + len(missing), len(rows), "demand", "in tables/ledger.csv")
    remark = f"{KINDS_OF_NOTHING} {more}".strip()
    caption = "What was asked and what was answered"
    return show(briefing, b.table(columns, rows, anchor="ledger", caption=caption, remark=remark))


def _made(briefing: Briefing, demand: str, asked_by: str) -> b.Inlines:
    parts: list[str | b.Inline] = []
    made = briefing.told[(briefing.told["demand"] == demand) & (briefing.told["position"] == "demands")]
    askers = [party for party in asked_by.split(";") if party]
    times = made["party"].value_counts()
    shown = weightiest(askers, lambda party: times.get(party, 0), most=MOST_ASKERS)
    for party in shown:
        own = made[made["party"] == party]
        parts += [b.line_break()] if parts else []
        parts += [
            f"{briefing.codebook.actor_name(party)}, in {_in_how_many(own)}",
            *_few(briefing, own, demand),
        ]
    n_more = len(askers) - len(shown)
    more = f"and {counted(n_more, 'more party', 'more parties')}"
    return [*parts, b.line_break(), more] if n_more else parts or NONE


def _in_how_many(rows: pd.DataFrame) -> str:
    """Both counts: sources, and voices that are independent of each other."""
    sources, voices = rows["source"].nunique(), rows["voice"].nunique()
    return f"{counted(sources, 'source')}, {counted(voices, 'voice')}"


def _few(briefing: Briefing, rows: pd.DataFrame, demand: str) -> list[b.Inline]:
    return leading_citation(briefing, list(rows["statement_id"]), more=anchor("demand", demand))


def _answers(briefing: Briefing, cell: pd.DataFrame) -> b.Inlines:
    """A line for each party: its answers as the sources have them, or its silence."""
    parts: list[str | b.Inline] = []
    answers = cell.to_dict("records")
    shown = weightiest(answers, lambda row: len(row["statement_ids"]), most=MOST_ANSWERS)
    for row in shown:
        parts += [b.line_break()] if parts else []
        parts.append(f"{briefing.codebook.actor_name(row['party'])}: ")
        parts += list(_accounts_of(briefing, row))
    n_more = len(answers) - len(shown)
    return [*parts, b.line_break(), _rest(n_more, answers, shown)] if n_more else parts


def _rest(n_more: int, answers: Sequence[Mapping[Any, Any]], shown: Sequence[Mapping[Any, Any]]) -> str:
    """How many parties more there are, and how many of these are silent."""
    n_silent = sum(not row["statement_ids"] for row in answers)
    n_silent -= sum(not row["statement_ids"] for row in shown)
    silent = f", {number(n_silent)} of them silent" if n_silent else ""
    return f"and {counted(n_more, 'more party', 'more parties')}{silent}"


def _accounts_of(briefing: Briefing, row: Mapping[Any, Any]) -> Iterator[str | b.Inline]:
    told = briefing.told[briefing.told["statement_id"].isin(row["statement_ids"].split(";"))]
    if told.empty:
        yield b.chip("silent", "silent")
    for place, (position, rows) in enumerate(told.groupby("position", sort=False)):
        yield from ["; "] if place else []
        yield b.chip(REPLIES[str(position)], REPLIES[str(position)])
        yield f" in {_in_how_many(rows)}"
        yield from _few(briefing, rows, row["demand"])
    blocs = [party for party in dict.fromkeys(told["party"]) if party != row["party"]]
    if blocs:
        yield f", through {actors_in_sentence(briefing.codebook, blocs)}"


@of_positions
def movements(briefing: Briefing) -> Display:
    """One row a party and a demand on which its position in the latest source is not that of the first."""
    turned = changes(briefing.told).to_dict("records")
    shown = weightiest(turned, lambda row: len(row["first_ids"]) + len(row["last_ids"]))
    rows: list[list[b.Inlines]] = [
        [
            briefing.codebook.actor_name(row["party"]),
            demand_link(briefing, row["demand"]),
            _then(briefing, row, "first"),
            _then(briefing, row, "last"),
        ]
        for row in shown
    ]
    if not rows:
        text = (
            "No party is put on another side of a demand by the latest dated source than by the first one. "
            "Where one source alone speaks of a position, no change could show."
        )
        return show(briefing, b.paragraph(text))
    columns = [
        b.column("Party", width=1.3),
        b.column("Demand", width=2.4),
        b.column("First", width=2.4),
        b.column("Latest", width=2.4),
    ]
    more = and_more(len(turned), len(shown), "position", "on which fewer statements speak")
    caption = "Positions that are others in the latest source than in the first"
    return show(briefing, b.table(columns, rows, anchor="movements", caption=caption, remark=more))


def _then(briefing: Briefing, row: Mapping[Any, Any], which: str) -> b.Inlines:
    document = briefing.documents[row[f"{which}_doc"]]
    ids = row[f"{which}_ids"].split(";")
    words = f"{SIDES[row[f'{which}_side']]}, {date_words(document.published)}, in "
    return [words, source_link(briefing, document.doc_id), *citation(briefing, ids)]


@of_all_readings
@of_positions
def offers(briefing: Briefing) -> Display:
    """The demands that somebody is open to or supports though no source reports anybody making them."""
    items: list[list[str | b.Inline]] = []
    for demand, cell in unasked(briefing.told).groupby("demand", sort=False):
        parties = actors_in_sentence(briefing.codebook, list(dict.fromkeys(cell["party"])))
        label = briefing.codebook.demand_label(str(demand))
        text = f"{label}: {parties}, in {_in_how_many(cell)}"
        items.append([text, *_few(briefing, cell, str(demand))])
    if not items:
        return show(
            briefing, b.paragraph("No source reports an offer that nobody is reported to have asked for.")
        )
    return show(briefing, b.listing(items))


@of_positions
def disagreements(briefing: Briefing) -> Display:
    """Both accounts of each position on which the sources do not agree."""
    cells = contested(briefing.told)
    if cells.empty:
        return show(
            briefing, b.paragraph("The sources do not put any party on different sides of one demand.")
        )
    groups = list(cells.groupby(["party", "demand"], sort=False))
    blocks = []
    for (party, demand), cell in groups[:MOST_CARDS]:
        title = f"{briefing.codebook.actor_name(str(party))}: {briefing.codebook.demand_label(str(demand))}"
        facts = [
            (SIDES[str(side)].capitalize(), _accounts(briefing, rows))
            for side, rows in cell.groupby("side", sort=False)
        ]
        blocks.append(b.card(title, facts, [], anchor=anchor("disagreement", str(party), str(demand))))
    return show(briefing, *blocks, *_and_more(len(groups) - MOST_CARDS))


def _and_more(n_more: int) -> list[b.Block]:
    text = (
        f"And {counted(n_more, 'more position')} on which the sources disagree, framed in the figure above."
    )
    return [b.paragraph(text)] if n_more > 0 else []


def _accounts(briefing: Briefing, rows: pd.DataFrame) -> b.Inlines:
    parts: list[str | b.Inline] = []
    for row in rows.head(MOST_ACCOUNTS).to_dict("records"):
        parts += ["; "] if parts else []
        parts += [source_link(briefing, row["source"]), f" ({_tellers(briefing, row['voices'])})"]
        parts += citation(briefing, row["statement_ids"].split(";"))
    n_more = len(rows) - MOST_ACCOUNTS
    return [*parts, f"; and {counted(n_more, 'more source')}"] if n_more > 0 else parts


def _tellers(briefing: Briefing, voices: str) -> str:
    names = [
        "in its own voice"
        if voice.startswith("author:")
        else f"according to {briefing.codebook.actor_name(voice)}"
        for voice in voices.split(";")
    ]
    return listed(names)
