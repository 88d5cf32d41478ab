"""The chapter on the dates and figures: what happened, is set to happen or may; how much of what is told."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from demarche import blocks as b
from demarche.briefing import Briefing
from demarche.chapters.differences import NO_FIGURE, no_event, told_figures
from demarche.chapters.page import NONE, and_more, citation, date_words, show, source_link, teller, weightiest
from demarche.evidence import amount_words
from demarche.figures.marks_in_time import marks_of
from demarche.figures.timeline import describe_timeline, timeline_figure
from demarche.figures.timeline_layout import layout
from demarche.measures.days import near_in_time
from demarche.prose import counted, listed
from demarche.readers.rules.quantities import CONFIDENCE
from demarche.rendering.display import Display
from demarche.rendering.svg import svg_of

SAME_DAYS = (
    "Same days: up to three rows of the table of what is known from elsewhere that share a day and a party; "
    "whether they are the same occurrence is for the reader to say."
)
PROPOSED_FIGURES = (
    "Proposed figures stand below those decided on. They say what they count in the words of the source, and "
    "are not held against each other. Where that was measured, "
    f"{CONFIDENCE['digits']:.0%} of those in digits were right, {CONFIDENCE['words']:.0%} of those in words."
)
MOST_EVENTS = 80
"""How many rows a table of events or figures has; more than the picture names."""


def figure(briefing: Briefing) -> Display:
    """The events that the sources date, by who acts, beside those known from elsewhere."""
    marks = marks_of(briefing)
    if not marks:
        return show(briefing, no_event(briefing))
    picture = b.figure(
        svg_of(timeline_figure(marks)),
        anchor="timeline",
        alt=describe_timeline(marks),
        caption="What the sources date, by the party named first, beside what is known from elsewhere. A bar "
        "spans the days that a date allows. The scale is broken where nothing happens for long, and widens "
        "where events crowd. E numbers are evidence, R numbers rows of the table of what is known from "
        "elsewhere.",
    )
    return show(briefing, picture)


def events(briefing: Briefing) -> Display:
    """One row an event that the sources date, in order of time; of many those that the figure names."""
    if briefing.tables.events.empty:
        return show(briefing, no_event(briefing))
    every = briefing.tables.events.sort_values(["earliest", "latest", "doc_id", "start"], kind="stable")
    table = _of_many(every, _badged(briefing), [f"E{briefing.numbers[one]}" for one in every["event_id"]])
    known = _known_shown(briefing)
    codes = dict(zip(known["event"], known["code"], strict=True))
    near = near_in_time(table, known, briefing.codebook)
    rows: list[list[b.Inlines]] = [
        [
            date_words(row["date"]),
            [f"“{row['quote']}”", *citation(briefing, [row["event_id"]])],
            b.chip(row["status"], row["status"]),
            listed(briefing.codebook.actor_name(actor) for actor in row["actors"].split(";") if actor)
            or NONE,
            source_link(briefing, row["doc_id"]),
            ", ".join(codes[event] for event in near.get(row["event_id"], [])[:3]) or NONE,
        ]
        for row in table.to_dict("records")
    ]
    columns = [
        b.column("Date", width=1.3),
        b.column("In the words of the source", width=3.2),
        b.column("Status", width=1.1),
        b.column("Actors", width=1.2),
        b.column("Source", width=1.4),
        b.column("Same days", width=0.8),
    ]
    more = and_more(len(every), len(table), "event", "in tables/events.csv")
    remark = " ".join(filter(None, (SAME_DAYS if len(known) else "", more)))
    caption = "The events that the sources date"
    return show(briefing, b.table(columns, rows, anchor="events", caption=caption, remark=remark))


def _badged(briefing: Briefing) -> set[str]:
    """The codes of the events that the figure names; of many events the tables keep these."""
    marks = marks_of(briefing)
    return {mark.code for mark in layout(marks).badged} if len(marks) > MOST_EVENTS else set()


def _of_many(events: pd.DataFrame, badged: set[str], codes: Sequence[str]) -> pd.DataFrame:
    """At most MOST_EVENTS events: those that the figure names, then the earliest of the others."""
    places = weightiest(range(len(events)), lambda place: codes[place] in badged, most=MOST_EVENTS)
    return events.iloc[places]


def _known_shown(briefing: Briefing) -> pd.DataFrame:
    known = briefing.known_events
    return _of_many(known, _badged(briefing), list(known["code"]))


def known_events(briefing: Briefing) -> Display:
    """One row an event known from elsewhere up to the cut-off, and which sources date an event alike."""
    shown = _known_shown(briefing)
    up_to_cut_off = briefing.known_events
    n_others = len(briefing.reference.known_events) - len(up_to_cut_off)
    others = f"Left out: {counted(n_others, 'event')} after the cut-off or outside the dates asked for."
    if shown.empty:
        none = "This study has no list of events known from elsewhere."
        return show(briefing, b.absence(others if n_others else none))
    near = near_in_time(briefing.tables.events, shown, briefing.codebook)
    told = {event: [own for own, others in near.items() if event in others] for event in shown["event"]}
    rows: list[list[b.Inlines]] = [
        [
            row["code"],
            date_words(row["date"]),
            row["what"],
            citation(briefing, told[row["event"]]) or NONE,
            row["sure"],
        ]
        for row in shown.to_dict("records")
    ]
    columns = [
        b.column("No.", width=0.5),
        b.column("Date", width=1.3),
        b.column("What is known from elsewhere", width=4),
        b.column("Sources on the same days", width=1.4),
        b.column("How sure", width=0.8),
    ]
    more = and_more(len(up_to_cut_off), len(shown), "event", "in the study’s own list")
    remark = " ".join(filter(None, (others if n_others else "", more)))
    caption = "Events known from elsewhere, up to the cut-off"
    return show(briefing, b.table(columns, rows, anchor="known-events", caption=caption, remark=remark))


def quantities(briefing: Briefing) -> Display:
    """One row a figure that the sources tell: of what, how much, as of when, by whom."""
    figures = told_figures(briefing)
    if figures.empty:
        return show(briefing, b.absence(NO_FIGURE))
    ranked = figures.assign(is_proposed=~figures["figure_id"].isin(briefing.decided))
    told = ranked.sort_values(["is_proposed", "what", "earliest"], kind="stable").to_dict("records")
    tellings = figures["what"].value_counts()
    shown = weightiest(told, lambda row: tellings[row["what"]], most=MOST_EVENTS)
    rows: list[list[b.Inlines]] = [
        [
            [amount_words(row), *citation(briefing, [row["figure_id"]])],
            row["what"],
            date_words(row["as_of"]) if row["as_of"] else NONE,
            teller(briefing, row),
        ]
        for row in shown
    ]
    columns = [
        b.column("How much", width=2),
        b.column("Of what", width=2.4),
        b.column("As of", width=1.3),
        b.column("Told by", width=2),
    ]
    proposed = PROPOSED_FIGURES if ranked["is_proposed"].any() else ""
    more = and_more(len(told), len(shown), "figure", "in tables/figures.csv")
    remark = " ".join(filter(None, (proposed, more)))
    caption = "The figures that the sources tell"
    return show(briefing, b.table(columns, rows, anchor="figures-told", caption=caption, remark=remark))
