"""The chapter on the positions: who stands where, what was answered, where accounts differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from demarche import blocks as b
from demarche.briefing import Briefing
from demarche.chapters.page import NONE, anchor, citation, of_all_readings, show, source_link
from demarche.figures.stances import describe_stances, stance_figure
from demarche.findings.positions import is_addressed
from demarche.gaps import unasked, uncovered_demands
from demarche.measures import common_ground, contested, selected
from demarche.prose import actors_in_sentence, listed
from demarche.rendering.display import Display
from demarche.rendering.svg import svg_of

STANDING = {
    "blocked": "blocked: every reply refuses",
    "divided": "divided: some refuse, some do not",
    "open": "open: nobody refuses",
    "unanswered": "unanswered: no reply is reported",
}
SIDES = {"for": "for it", "open": "open to it", "against": "against it"}


def figure(briefing: Briefing) -> Display:
    """Where each party stands on each demand."""
    picture = b.figure(
        svg_of(stance_figure(briefing)),
        anchor="stances",
        alt=describe_stances(briefing),
        caption="Where each party stands on each demand, by the position most statements report. The number "
        "is that of statements; a frame marks a position on which the sources disagree.",
    )
    return show(briefing, picture)


def ledger(briefing: Briefing) -> Display:
    """One row a demand and a party that answers it, or of which it is made."""
    rows: list[list[b.Inlines]] = [
        [
            briefing.codebook.demand_label(row["demand"]),
            _names(briefing, row["asked_by"]),
            briefing.codebook.actor_name(row["party"]),
            [b.chip(row["reply"], row["reply"]), *_through(briefing, row), *_cited(briefing, row)],
        ]
        for row in briefing.tables.ledger.to_dict("records")
    ]
    rows += [
        [briefing.codebook.demand_label(demand), NONE, NONE, b.chip("not covered", "not covered")]
        for demand in uncovered_demands(briefing.tables.demands)
    ]
    columns = [
        b.column("Demand", width=3),
        b.column("Made by", width=1.5),
        b.column("Answer of", width=1.5),
        b.column("Answer", width=2.4),
    ]
    remark = (
        "Silent: the demand is reported and is made of this party, and no source reports its answer. "
        "Not covered: no source speaks of the demand at all. Where only a bloc to which a party belongs has "
        "answered, the answer of the bloc stands for it."
    )
    return show(
        briefing,
        b.table(
            columns, rows, anchor="ledger", caption="What was asked and what was answered", remark=remark
        ),
    )


def _cited(briefing: Briefing, row: Mapping[Any, Any]) -> list[b.Inline]:
    return citation(briefing, row["statement_ids"].split(";"))


def _through(briefing: Briefing, row: Mapping[Any, Any]) -> list[b.Inline]:
    """That the answer is that of a bloc, where it is."""
    told = briefing.told[briefing.told["statement_id"].isin(row["statement_ids"].split(";"))]
    blocs = [party for party in dict.fromkeys(told["party"]) if party != row["party"]]
    return b.inlines(f" through {actors_in_sentence(briefing.codebook, blocs)}") if blocs else []


@of_all_readings
def offers(briefing: Briefing) -> Display:
    """The demands that somebody is open to or supports though no source reports anybody making them."""
    items: list[list[str | b.Inline]] = []
    for demand, cell in unasked(briefing.told).groupby("demand", sort=False):
        parties = actors_in_sentence(briefing.codebook, list(dict.fromkeys(cell["party"])))
        label = briefing.codebook.demand_label(str(demand))
        items.append([f"{label}: {parties}", *citation(briefing, cell["statement_id"])])
    if not items:
        return show(
            briefing, b.paragraph("No source reports an offer that nobody is reported to have asked for.")
        )
    return show(briefing, b.listing(items))


def disagreements(briefing: Briefing) -> Display:
    """Both accounts of each position on which the sources do not agree."""
    cells = contested(briefing.told)
    if cells.empty:
        return show(
            briefing, b.paragraph("The sources do not put any party on different sides of one demand.")
        )
    blocks = []
    for (party, demand), cell in cells.groupby(["party", "demand"], sort=False):
        title = f"{briefing.codebook.actor_name(str(party))}: {briefing.codebook.demand_label(str(demand))}"
        facts = [
            (SIDES[str(side)].capitalize(), _accounts(briefing, rows))
            for side, rows in cell.groupby("side", sort=False)
        ]
        blocks.append(b.card(title, facts, [], anchor=anchor("disagreement", str(party), str(demand))))
    return show(briefing, *blocks)


def _accounts(briefing: Briefing, rows: pd.DataFrame) -> b.Inlines:
    parts: list[str | b.Inline] = []
    for row in rows.to_dict("records"):
        parts += ["; "] if parts else []
        parts += [source_link(briefing, row["doc_id"]), f" ({_tellers(briefing, row['voices'])})"]
        parts += citation(briefing, row["statement_ids"].split(";"))
    return parts


def _tellers(briefing: Briefing, voices: str) -> str:
    names = [
        "in its own voice"
        if voice.startswith("author:")
        else f"according to {briefing.codebook.actor_name(voice)}"
        for voice in voices.split(";")
    ]
    return listed(names)


@of_all_readings
def ground(briefing: Briefing) -> Display:
    """One row a demand: who of those addressed is willing, who blocks it, and how it stands."""
    ledger = briefing.tables.ledger
    addressed = [
        is_addressed(briefing.codebook, demand, party)
        for demand, party in zip(ledger["demand"], ledger["party"], strict=True)
    ]
    rows: list[list[b.Inlines]] = [
        [
            briefing.codebook.demand_label(row["demand"]),
            _names(briefing, row["asked_by"]),
            _names(briefing, row["willing"]),
            _names(briefing, row["blocking"]),
            [STANDING[row["standing"]], *citation(briefing, row["statement_ids"].split(";"))],
        ]
        for row in common_ground(selected(ledger, addressed), briefing.told).to_dict("records")
    ]
    columns = [
        b.column("Demand", width=2.6),
        b.column("Made by", width=1.3),
        b.column("Open to it or for it", width=1.4),
        b.column("Refused by", width=1.4),
        b.column("How it stands", width=2.2),
    ]
    caption = "Common ground: the answers of the parties of which a demand is made"
    return show(briefing, b.table(columns, rows, anchor="common-ground", caption=caption))


def _names(briefing: Briefing, actors: str) -> str:
    return listed(briefing.codebook.actor_name(actor) for actor in actors.split(";") if actor) or NONE
