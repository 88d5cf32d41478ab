"""The chapter on the dates: what happened, is set to happen or may; what is known from elsewhere."""

from __future__ import annotations

from demarche import blocks as b
from demarche.briefing import Briefing
from demarche.chapters.page import NONE, citation, date_words, show, source_link
from demarche.figures.marks_in_time import marks_of, reference_events
from demarche.figures.timeline import describe_timeline, timeline_figure
from demarche.prose import counted, listed
from demarche.rendering.display import Display
from demarche.rendering.svg import svg_of


def figure(briefing: Briefing) -> Display:
    """The events that the sources date, beside those known from elsewhere."""
    marks = marks_of(briefing)
    if not marks:
        return show(briefing, b.paragraph("No source dates any event asked for."))
    picture = b.figure(
        svg_of(timeline_figure(marks)),
        anchor="timeline",
        alt=describe_timeline(marks),
        caption="What the sources date, beside what is known from elsewhere. A bar spans the days that a "
        "date allows. The scale is broken where nothing happens for long, and widens where events crowd. "
        "E numbers are evidence, R numbers rows of the table of what is known from elsewhere.",
    )
    return show(briefing, picture)


def events(briefing: Briefing) -> Display:
    """One row an event that the sources date, in order of time, with its evidence."""
    table = briefing.tables.events.sort_values(["earliest", "latest", "doc_id", "start"], kind="stable")
    rows: list[list[b.Inlines]] = [
        [
            date_words(row["date"]),
            [f"“{row['quote']}”", *citation(briefing, [row["event_id"]])],
            b.chip(row["status"], row["status"]),
            listed(briefing.codebook.actor_name(actor) for actor in row["actors"].split(";") if actor)
            or NONE,
            source_link(briefing, row["doc_id"]),
        ]
        for row in table.to_dict("records")
    ]
    columns = [
        b.column("Date", width=1.3),
        b.column("In the words of the source", width=3.2),
        b.column("Status", width=1.1),
        b.column("Actors", width=1.2),
        b.column("Source", width=1.6),
    ]
    return show(briefing, b.table(columns, rows, anchor="events", caption="The events that the sources date"))


def known_events(briefing: Briefing) -> Display:
    """One row an event known from elsewhere up to the cut-off, and which source dates the same."""
    shown = reference_events(briefing)
    if shown.empty:
        return show(briefing, b.paragraph("This study has no list of events known from elsewhere."))
    dates = briefing.tables.events.groupby("date")["event_id"].agg(list).to_dict()
    rows: list[list[b.Inlines]] = [
        [
            row["code"],
            date_words(row["date"]),
            row["what"],
            citation(briefing, dates.get(row["date"], [])) or NONE,
            row["sure"],
        ]
        for row in shown.to_dict("records")
    ]
    columns = [
        b.column("No.", width=0.5),
        b.column("Date", width=1.3),
        b.column("What is known from elsewhere", width=4),
        b.column("Dated alike by sources", width=1.4),
        b.column("How sure", width=0.8),
    ]
    n_others = len(briefing.reference.known_events) - len(shown)
    others = counted(n_others, "event")
    remark = f"Left out: {others} after the cut-off or outside the dates asked for." if n_others else ""
    caption = "Events known from elsewhere, up to the cut-off"
    return show(briefing, b.table(columns, rows, anchor="known-events", caption=caption, remark=remark))
