"""Common ground, demand by demand: a part of the chapter on the positions."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

import pandas as pd

from demarche import blocks as b
from demarche.briefing import Briefing
from demarche.chapters.page import (
    NONE,
    anchor,
    and_more,
    demand_link,
    leading_citation,
    of_all_readings,
    of_positions,
    show,
    weightiest,
)
from demarche.figures.ground import HEADS, describe_ground, ground_figure
from demarche.findings.positions import is_addressed
from demarche.measures.ground import bargaining_space
from demarche.measures.rows import selected
from demarche.prose import counted, listed, number
from demarche.rendering.display import Display
from demarche.rendering.svg import svg_of

MOST_NAMES = 6
"""How many parties a cell names."""
NO_DEMAND = "No source reports anybody making a demand, so there is no ground."
STANDING = {
    "blocked": "blocked: each party that replies refuses",
    "divided": "divided: some parties refuse, some do not",
    "open": "open: nobody refuses",
    "offered": "open, though nobody is shown asking",
    "unanswered": "unanswered: no reply is reported",
}


@of_all_readings
@of_positions
def figure(briefing: Briefing) -> Display:
    """By theme, which demands are open, divided, unanswered or blocked, and on how many voices that rests."""
    space = _space(briefing)
    if space.empty:
        return show(briefing, b.absence(NO_DEMAND))
    picture = b.figure(
        svg_of(ground_figure(briefing, space)),
        anchor="ground-at-a-glance",
        alt=describe_ground(briefing, space),
        caption="The bargaining space by theme: how each demand stands with the parties of which it is made. "
        "What stands on one voice alone is drawn with a broken line.",
    )
    return show(briefing, b.with_heads(picture, HEADS))


def _space(briefing: Briefing) -> pd.DataFrame:
    ledger = briefing.tables.ledger
    addressed = [
        is_addressed(briefing.codebook, demand, party)
        for demand, party in zip(ledger["demand"], ledger["party"], strict=True)
    ]
    return bargaining_space(selected(ledger, addressed), briefing.told)


@of_all_readings
@of_positions
def table(briefing: Briefing) -> Display:
    """One row a demand: who of those addressed is willing, who blocks it, and how it stands."""
    every = _space(briefing).to_dict("records")
    if not every:
        return show(briefing, b.absence(NO_DEMAND))
    shown = weightiest(every, itemgetter("n_documents"))
    rows: list[list[b.Inlines]] = [
        [
            demand_link(briefing, row["demand"]),
            _names(briefing, row["asked_by"]),
            _names(briefing, row["willing"]),
            _names(briefing, row["blocking"]),
            _standing(briefing, row),
        ]
        for row in shown
    ]
    columns = [
        b.column("Demand", width=2.4),
        b.column("Made by", width=1.6),
        b.column("Open to it or for it", width=1.4),
        b.column("Refused by", width=1.4),
        b.column("How it stands", width=2.2),
    ]
    caption = "Common ground: the answers of the parties of which a demand is made"
    more = and_more(len(every), len(shown), "demand", "on which fewer sources report an answer")
    return show(briefing, b.table(columns, rows, anchor="common-ground", caption=caption, remark=more))


def _standing(briefing: Briefing, row: Mapping[Any, Any]) -> b.Inlines:
    ids = [one for one in row["statement_ids"].split(";") if one]
    if not ids:
        return STANDING[row["standing"]]
    both = f"{counted(row['n_documents'], 'source')}, {counted(row['n_voices'], 'voice')}"
    cited = leading_citation(briefing, ids, more=anchor("demand", row["demand"]))
    differ = "; accounts differ" if row["is_disputed"] else ""
    return [f"{STANDING[row['standing']]} ({both}{differ})", *cited]


def _names(briefing: Briefing, actors: str) -> str:
    names = [briefing.codebook.actor_name(actor) for actor in actors.split(";") if actor]
    n_more = len(names) - MOST_NAMES
    return listed([*names[:MOST_NAMES], f"{number(n_more)} more"] if n_more > 1 else names) or NONE
