"""Where accounts part on days and on numbers: what seems one occurrence, and what is one thing counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from demarche import blocks as b
from demarche.briefing import Briefing
from demarche.chapters.page import (
    anchor,
    and_more,
    citation,
    date_words,
    show,
    source_link,
    teller,
    too_unsure,
)
from demarche.evidence import figure_words
from demarche.measures.days import differing_figures
from demarche.measures.voices import told_with_voices
from demarche.prose import counted
from demarche.rendering.display import Display

MOST_PAIRS = 40
"""How many pairs of accounts are shown; the figure marks every event of one."""
NO_EVENT = "No source dates any event asked for."
NO_FIGURE = "No figure that a source tells is among the readings."
SAME_OCCURRENCE = (
    "That both tell of one occurrence is judged from their words, parties and days alone: look at both "
    "before you rely on either."
)
NO_DATE_DIFFERS = (
    "No two accounts date differently what seems, by their words, parties and days, to be one occurrence."
)


def no_event(briefing: Briefing) -> b.Block:
    """That no source dates any event; or, where some were proposed, that none of them is sure enough."""
    return b.absence(too_unsure(briefing, "event") or NO_EVENT)


def dates(briefing: Briefing) -> Display:
    """One row two accounts that seem to tell of one occurrence and give it different dates."""
    if briefing.tables.events.empty:
        return show(briefing, no_event(briefing))
    pairs = briefing.differing_dates
    known = {row["event"]: row for row in briefing.known_events.to_dict("records")}
    own = {row["event_id"]: row for row in briefing.tables.events.to_dict("records")}
    rows: list[list[b.Inlines]] = []
    for pair in pairs.head(MOST_PAIRS).to_dict("records"):
        other = pair["other"]
        another = _known(known[other]) if pair["is_known"] else _account(briefing, own[other])
        rows.append([_account(briefing, own[pair["event"]]), another, counted(pair["days_apart"], "day")])
    if not rows:
        return show(briefing, b.paragraph(NO_DATE_DIFFERS))
    columns = [
        b.column("One account", width=4),
        b.column("Another", width=4),
        b.column("Apart, at least", width=1.2),
    ]
    more = and_more(len(pairs), len(rows), "pair", "which the figure marks")
    remark = " ".join(filter(None, (SAME_OCCURRENCE, more)))
    caption = "What seems to be one occurrence, with different dates"
    return show(briefing, b.table(columns, rows, anchor="dates-differ", caption=caption, remark=remark))


def _account(briefing: Briefing, row: Mapping[Any, Any]) -> b.Inlines:
    said = f"{date_words(row['date'])}: “{row['quote']}”"
    source = source_link(briefing, row["doc_id"])
    return [said, *citation(briefing, [row["event_id"]]), b.line_break(), source]


def _known(row: Mapping[Any, Any]) -> b.Inlines:
    said = f"{date_words(row['date'])}: {row['what']}"
    return [said, b.line_break(), f"known from elsewhere, {row['code']}"]


def figures(briefing: Briefing) -> Display:
    """Where sources give different figures for one thing: each account, and whether both may be right.

    Only decided figures are held against each other: proposals name what they count in words of their own.
    """
    told = told_figures(briefing)
    if told.empty:
        return show(briefing, b.absence(NO_FIGURE))
    told = told[told["figure_id"].isin(briefing.decided)]
    if told.empty:
        return show(briefing, b.paragraph("Nobody has decided on any figure that the sources tell."))
    rows = differing_figures(told)
    if rows.empty:
        return show(briefing, b.paragraph("No two figures that the sources tell of one thing differ."))
    blocks = []
    for place, (what, cell) in enumerate(rows.groupby("what", sort=False), start=1):
        facts = [
            (figure_words(value.to_dict("records")[0]).capitalize(), _accounts(briefing, value))
            for _, value in cell.groupby("value", sort=False)
        ]
        facts.append(("Both right?", _verdict(cell)))
        blocks.append(
            b.card(
                f"{str(what)[:1].upper()}{str(what)[1:]}",
                facts,
                [],
                anchor=anchor("figures-differ", str(place)),
            )
        )
    return show(briefing, *blocks)


def _verdict(cell: pd.DataFrame) -> str:
    if cell["is_dated_apart"].iloc[0]:
        return "They are dated to different days, so that both may be."
    undated = cell["as_of"] == ""
    if undated.any():
        return "It cannot be told: not every one of them is dated."
    return "Hardly: they are dated to the same days."


def _accounts(briefing: Briefing, rows: pd.DataFrame) -> b.Inlines:
    parts: list[str | b.Inline] = []
    for row in rows.to_dict("records"):
        parts += ["; "] if parts else []
        parts += [*teller(briefing, row), f", {_as_of(row)}", *citation(briefing, [row["figure_id"]])]
    parts.append(
        f" ({counted(rows['voice'].nunique(), 'independent voice')} in "
        f"{counted(rows['source'].nunique(), 'source')})"
    )
    return parts


def _as_of(row: Mapping[Any, Any]) -> str:
    return f"as of {date_words(row['as_of'])}" if row["as_of"] else "not dated"


def told_figures(briefing: Briefing) -> pd.DataFrame:
    """The figures with the source and the voice of each."""
    return told_with_voices(briefing.tables.figures, briefing.tables.documents, briefing.codebook)
