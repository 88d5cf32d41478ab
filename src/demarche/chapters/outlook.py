"""The chapter on what is expected: who foresees what, on which condition, by when, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    show,
    teller,
)
from demarche.measures.voices import told_with_voices
from demarche.outcomes import Outcome
from demarche.prose import counted, listed, sentence, share, verb
from demarche.records import AUTHOR, STRENGTHS
from demarche.rendering.display import Display

NOBODY = "Nobody has coded what the sources expect, or no source expects anything."


def summary(briefing: Briefing) -> Display:
    """How many expectations there are, of how many voices in how many sources, and how many are settled."""
    forecasts = briefing.tables.forecasts
    if forecasts.empty:
        return show(briefing, b.absence(NOBODY))
    told = told_with_voices(forecasts, briefing.tables.documents, briefing.codebook)
    strengths = told["strength"].value_counts()
    counts = [f"{n} {strength}" for strength in STRENGTHS if (n := int(strengths.get(strength, 0)))]
    text = (
        f"{counted(len(told), 'expectation')} of {counted(told['voice'].nunique(), 'independent voice')} "
        f"{verb(len(told), 'stands', 'stand')} in "
        f"{share(told['source'].nunique(), len(briefing.sources), 'source')}: {listed(counts)}"
    )
    n_settled = len({outcome.forecast_id for outcome in _settling(briefing)})
    if n_settled:
        text += f"; {counted(n_settled, 'of them is', 'of them are')} settled by later events"
    return show(briefing, b.paragraph(sentence(text)))


def expectations(briefing: Briefing) -> Display:
    """One table a question: who expects what, how firmly, if what, by when, and what came of it."""
    forecasts = briefing.tables.forecasts
    blocks = [
        _question(briefing, str(about), rows, place)
        for place, (about, rows) in enumerate(forecasts.groupby("about", sort=False), start=1)
    ]
    return show(briefing, *(blocks or [b.absence(NOBODY)]))


def _question(briefing: Briefing, about: str, rows: pd.DataFrame, place: int) -> b.Block:
    order = {strength: rank for rank, strength in enumerate(STRENGTHS)}
    ranked = rows.assign(
        rank=rows["strength"].map(order), number=rows["forecast_id"].map(dict(briefing.numbers))
    )
    table_rows: list[list[b.Inlines]] = [
        [
            teller(briefing, row),
            [b.chip(row["strength"], row["strength"]), f" {row['expects']}", *_cited(briefing, row)],
            row["condition"] or NONE,
            date_words(row["horizon"]) if row["horizon"] else NONE,
            _became(briefing, row["forecast_id"]),
        ]
        for row in ranked.sort_values(["rank", "number"], kind="stable").head(MOST_ROWS).to_dict("records")
    ]
    columns = [
        b.column("Who", width=1.7),
        b.column("Expects", width=3.2),
        b.column("If", width=1.7),
        b.column("By", width=1.1),
        b.column("Since then", width=1.5),
    ]
    more = and_more(len(rows), len(table_rows), "expectation", "in tables/forecasts.csv")
    return b.table(columns, table_rows, anchor=anchor("expectations", str(place)), caption=about, remark=more)


def _cited(briefing: Briefing, row: Mapping[Any, Any]) -> list[b.Inline]:
    return citation(briefing, [row["forecast_id"]])


def _settling(briefing: Briefing) -> list[Outcome]:
    """The outcomes of the forecasts that stand in the briefing."""
    shown = set(briefing.tables.forecasts["forecast_id"])
    return [outcome for outcome in briefing.outcomes if outcome.forecast_id in shown]


def _became(briefing: Briefing, forecast_id: str) -> b.Inlines:
    of = [outcome for outcome in _settling(briefing) if outcome.forecast_id == forecast_id]
    if not of:
        return NONE
    parts: list[str | b.Inline] = []
    for outcome in of:
        parts += [b.line_break()] if parts else []
        parts += [b.chip(outcome.outcome, outcome.outcome), f" {_event(briefing, outcome)['when']}"]
    return parts


def outcomes(briefing: Briefing) -> Display:
    """One row an event that settled expectations: when, what happened, and what it bore out or did not."""
    by_event: dict[str, list[Outcome]] = {}
    for outcome in _settling(briefing):
        by_event.setdefault(outcome.event_id, []).append(outcome)
    rows: list[list[b.Inlines]] = []
    for of_one in by_event.values():
        event = _event(briefing, of_one[0])
        rows.append(
            [[event["when"], event["after"]], [event["what"], *event["cited"]], _settled(briefing, of_one)]
        )
    if not rows:
        nothing = "No expectation is held to be settled by a later event."
        return show(briefing, b.absence(NOBODY if briefing.tables.forecasts.empty else nothing))
    columns = [
        b.column("When", width=1.1),
        b.column("What happened", width=2.2),
        b.column("What it settled", width=4.4),
    ]
    remark = "Judged by who coded it, from what is known from elsewhere; no source of this briefing says so."
    caption = "Events that have settled expectations"
    return show(briefing, b.table(columns, rows, anchor="outcomes", caption=caption, remark=remark))


def _settled(briefing: Briefing, outcomes: Sequence[Outcome]) -> b.Inlines:
    """A line for each expectation: how it was settled, who held it, what it was."""
    forecasts = {row["forecast_id"]: row for row in briefing.tables.forecasts.to_dict("records")}
    parts: list[str | b.Inline] = []
    for outcome in outcomes:
        row = forecasts[outcome.forecast_id]
        is_own = row["speaker"] == AUTHOR
        who = briefing.outlet(row["doc_id"]) if is_own else briefing.codebook.actor_name(row["speaker"])
        remark = f" – {outcome.note}" if outcome.note else ""
        parts += [b.line_break()] if parts else []
        parts += [b.chip(outcome.outcome, outcome.outcome), f" {who}: {row['expects']} ({row['strength']})"]
        parts += [*citation(briefing, [outcome.forecast_id]), remark]
    return parts


def _event(briefing: Briefing, outcome: Outcome) -> dict[str, Any]:
    """The event that settles a forecast: when, whether after the cut-off, what, and what it cites."""
    events = briefing.tables.events
    own = events[events["event_id"] == outcome.event_id]
    known = briefing.reference.known_events
    row = (own if len(own) else known[known["event"] == outcome.event_id]).to_dict("records")
    if not row:
        return {"when": "", "after": "", "what": "an event that this selection leaves out", "cited": []}
    late = briefing.study.as_of and str(row[0]["earliest"]) > briefing.study.as_of
    return {
        "when": date_words(row[0]["date"]),
        "after": ", after the cut-off" if late else "",
        "what": row[0].get("what") or f"“{row[0]['quote']}”",
        "cited": citation(briefing, [outcome.event_id]) if len(own) else [],
    }
