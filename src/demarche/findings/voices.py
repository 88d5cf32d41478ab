"""Findings on who speaks: missing voices, direct speech, and the dates that the sources span."""

from __future__ import annotations

import re
from datetime import date

from demarche.briefing import Briefing
from demarche.edtf_dates import bounds, readable
from demarche.findings.finding import Finding, count_of_sources, leading
from demarche.findings.positions import principal_asker
from demarche.measures.accounts import attributions
from demarche.measures.gaps import silent_parties
from demarche.measures.rows import selected
from demarche.measures.voices import own_voices
from demarche.prose import (
    actor_in_sentence,
    actors_in_sentence,
    counted,
    in_quotes,
    listed,
    number,
    sentence,
    share,
    verb,
)
from demarche.records import AUTHOR


def missing_voices(briefing: Briefing) -> list[Finding]:
    """Which parties the sources concern without letting them speak."""
    if briefing.filters.actors or briefing.told.empty:
        return []
    silent = silent_parties(briefing.told, briefing.tables.events, briefing.codebook)
    if silent.empty:
        return []
    first, others = silent.iloc[0], list(silent["party"].iloc[1:4])
    text = (
        f"{actor_in_sentence(briefing.codebook, first['party'])} "
        f"{'speaks' if _is_one(briefing, first['party']) else 'speak'} in no source"
    )
    reasons = _reasons(first["n_named"], first["n_addressed"], first["n_events"])
    text += f", though {reasons}" if reasons else ""
    if others:
        named = listed(actor_in_sentence(briefing.codebook, party) for party in others)
        text += f"; nor {verb(len(others), 'does', 'do')} {named}"
    ids = [record for record in f"{first['statement_ids']};{first['event_ids']}".split(";") if record]
    return [count_of_sources("missing voices", sentence(text), weight=68, record_ids=ids)]


def _is_one(briefing: Briefing, party: str) -> bool:
    actor = briefing.codebook.actors[party]
    return actor.kind != "group" or not re.search(r"s\b", actor.name)


def _reasons(n_named: int, n_addressed: int, n_events: int) -> str:
    reasons = []
    if n_named:
        reasons.append(f"{counted(n_named, 'demand')} {verb(n_named, 'names', 'name')} it")
    if n_addressed:
        reasons.append(
            f"{counted(n_addressed, 'statement')} {verb(n_addressed, 'is', 'are')} addressed to it"
        )
    if n_events:
        reasons.append(f"it takes part in {counted(n_events, 'event')}")
    return listed(reasons)


def primary_texts(briefing: Briefing) -> list[Finding]:
    """Whether any source is a text of a party itself, and whether the party that asks most is among them."""
    if briefing.told.empty or len(briefing.sources) < 2:
        return []
    voices = own_voices(briefing.tables.documents, briefing.codebook)
    own = {s: voices[s] for s in briefing.sources if not voices[s].startswith(f"{AUTHOR}:")}
    n_all, asker = len(briefing.sources), principal_asker(briefing.told)
    if not own:
        text = f"no source is a text of a party itself: {share(n_all, n_all, 'source')} tell at second hand"
    else:
        parties = list(dict.fromkeys(own[doc_id] for doc_id in briefing.documents if doc_id in own))
        text = (
            f"{share(len(own), n_all, 'source')} {verb(len(own), 'is a text', 'are texts')} of a party "
            f"itself, of {actors_in_sentence(briefing.codebook, parties)}"
        )
        if asker and asker not in parties:
            name = actor_in_sentence(briefing.codebook, asker)
            text += f"; what {name} {_wants(briefing, asker)} is told by others"
    return [count_of_sources("primary texts", sentence(text), weight=66)]


def _wants(briefing: Briefing, party: str) -> str:
    return "wants" if _is_one(briefing, party) else "want"


def direct_speech(briefing: Briefing) -> list[Finding]:
    """How much of what is reported is told in the speakers' own words."""
    if briefing.told.empty:
        return []
    counts = attributions(briefing.told).sum()
    n_all, n_quoted, n_reported = len(briefing.told), int(counts["quoted"]), int(counts["reported"])
    n_own = n_all - n_quoted - n_reported
    parts = [
        f"{_so_many(n_quoted)} {verb(n_quoted, 'is a direct quotation', 'are direct quotations')}",
        f"{_so_many(n_reported)} {verb(n_reported, 'is', 'are')} reported speech",
        f"{_so_many(n_own)} {verb(n_own, 'is', 'are')} told in a text’s own voice",
    ]
    quoted = briefing.told[briefing.told["attribution"] == "quoted"]
    text = f"of {counted(n_all, 'statement')}, {listed(parts)}"
    return [
        count_of_sources(
            "direct speech", sentence(text), weight=40, record_ids=list(briefing.told["statement_id"]),
            leading_ids=leading(quoted),
        )
    ]  # fmt: skip


def _so_many(count: int) -> str:
    """How many of them: `none` where there is none."""
    return number(count) if count else "none"


def span_of_dates(briefing: Briefing) -> list[Finding]:
    """When the sources were published, and from when to when the events they date run."""
    dated = [d for d in briefing.in_order() if d.published and not d.repeats]
    if not dated:
        return [count_of_sources("span of dates", "No source says when it was published.", weight=30)]
    first, last = dated[0], dated[-1]
    text = f"the sources were published between {readable(first.published)} and {readable(last.published)}"
    if bounds(first.published) == bounds(last.published):
        text = f"the sources were published on one date, {readable(first.published)}"
    unknown = len(briefing.sources) - len(dated)
    if unknown:
        text += f", {counted(unknown, 'source')} on a date unknown"
    events = briefing.tables.events.sort_values(["earliest", "latest"], kind="stable")
    events = events[events["earliest"] != ""]
    ids = list(events["event_id"].iloc[[0, -1]]) if len(events) > 1 else []
    if ids:
        text += (
            f"; the events that they date begin with {readable(events['date'].iloc[0])} "
            f"and end with {readable(events['date'].iloc[-1])}"
        )
    return [count_of_sources("span of dates", sentence(text), weight=30, record_ids=ids)]


def still_ahead(briefing: Briefing) -> list[Finding]:
    """What the sources report as fixed for a day after the cut-off, or that nothing is."""
    scheduled = briefing.tables.events[briefing.tables.events["status"] == "scheduled"]
    if not briefing.study.as_of or scheduled.empty:
        return []
    as_of = str(briefing.study.as_of)
    is_ahead = (
        middle_day(*days) > as_of for days in zip(scheduled["earliest"], scheduled["latest"], strict=True)
    )
    ahead = selected(scheduled, is_ahead).sort_values("earliest", kind="stable")
    cut_off = readable(str(briefing.study.as_of))
    if ahead.empty:
        last = scheduled.sort_values(["latest", "event_id"]).iloc[-1]
        named = readable(last["date"])
        text = f"no source names a date fixed for after {cut_off}; the last that any names is {named}"
        return [count_of_sources("still ahead", sentence(text), weight=50, record_ids=[last["event_id"]])]
    dates = [f"{readable(row['date'])} ({in_quotes(row['quote'])})" for row in ahead.to_dict("records")]
    text = f"fixed for after {cut_off}, according to the sources: {listed(dates, most=2)}"
    return [count_of_sources("still ahead", sentence(text), weight=50, record_ids=list(ahead["event_id"]))]


def middle_day(earliest: str, latest: str) -> str:
    """The day in the middle of what a date allows (ISO); of an open date the end it has.

    >>> middle_day("2022-01-31", "2022-02-06")
    '2022-02-03'
    """
    if not earliest or not latest:
        return earliest or latest
    first, last = date.fromisoformat(earliest).toordinal(), date.fromisoformat(latest).toordinal()
    return date.fromordinal((first + last) // 2).isoformat()


def last_word(briefing: Briefing) -> list[Finding]:
    """What the latest dated source says of the reply to the demand most spoken of."""
    told = briefing.told[(briefing.told["day"] != "") & (briefing.told["position"] != "demands")]
    if told.empty:
        return []
    demand = str(briefing.told["demand"].value_counts().index[0])
    about = told[told["demand"] == demand]
    if about.empty:
        return []
    latest = about[about["until"] == about["until"].max()]
    words = {"rejects": "refused", "open": "left open", "supports": "supported"}
    by_party = latest.groupby("party", sort=False)["position"].agg(lambda cell: tuple(dict.fromkeys(cell)))
    parts = []
    for party, positions in by_party.items():
        said = listed(words[position] for position in positions)
        parts.append(f"{said} by {actor_in_sentence(briefing.codebook, str(party))}")
    document = briefing.documents[latest["source"].iloc[-1]]
    label = in_quotes(briefing.codebook.demand_label(demand))
    text = (
        f"the latest dated reply to {label}, the demand most spoken of, is of {readable(document.published)}"
    )
    text += f": {listed(parts)}"
    return [
        count_of_sources(
            "last word",
            sentence(text),
            weight=72,
            record_ids=list(latest["statement_id"]),
            leading_ids=leading(latest),
        )
    ]
