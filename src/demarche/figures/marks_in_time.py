"""What a timeline shows: events of the sources and events known from elsewhere, in one form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from demarche.briefing import Briefing
from demarche.edtf_dates import readable

REPORTED, REFERENCE = "reported", "reference"


@dataclass(frozen=True, kw_only=True)
class TimeMark:
    """One event: `code` is what stands in the figure (E12 its evidence, R3 the reference table's row).

    `first` and `last` are the days its date allows, as ordinals; None where the date is open on that side.
    `party` names who acts, for an event of the sources; `is_proposed`: nobody has decided on it.
    """

    code: str
    lane: str
    status: str
    date: str
    words: str
    first: int | None
    last: int | None
    href: str = ""
    party: str = ""
    is_proposed: bool = False

    @property
    def when(self) -> str:
        """The date as it is read."""
        return readable(self.date)


def marks_of(briefing: Briefing) -> list[TimeMark]:
    """The events of a briefing in order of time: the sources' own, and those known from elsewhere."""
    reported = [
        replace(
            _mark(row, f"E{briefing.numbers[row['event_id']]}", REPORTED, row["quote"], row["status"]),
            party=_party(row["actors"], briefing),
            is_proposed=row["event_id"] not in briefing.decided,
        )
        for row in briefing.tables.events.to_dict("records")
    ]
    reference = [
        _mark(row, row["code"], REFERENCE, row["what"], "happened")
        for row in reference_events(briefing).to_dict("records")
    ]
    return sorted([*reported, *reference], key=_in_time)


def _party(actors: str, briefing: Briefing) -> str:
    """The name of the party of the actor named first; '' where nobody is named."""
    first = actors.split(";")[0]
    return briefing.codebook.actor_name(briefing.codebook.party(first)) if first else ""


def reference_events(briefing: Briefing) -> pd.DataFrame:
    """The events known from elsewhere that began by the cut-off, in order of time, with `code` (R1, R2 …)."""
    known = briefing.reference.known_events
    filters = briefing.filters
    last = min(filter(None, (briefing.study.as_of, filters.latest)), default="")
    known = known[(known["earliest"] >= filters.earliest) & ((known["earliest"] <= last) | (last == ""))]
    known = known.sort_values(["earliest", "latest", "event"], kind="stable", ignore_index=True)
    return known.assign(code=[f"R{place + 1}" for place in range(len(known))])


def _mark(row: Mapping[Any, Any], code: str, lane: str, words: str, status: str) -> TimeMark:
    return TimeMark(
        code=code,
        lane=lane,
        status=status,
        date=row["date"],
        words=_without_date(words, str(row.get("date_text", ""))),
        first=_ordinal(row["earliest"]),
        last=_ordinal(row["latest"]),
        href=f"#{code.lower()}",
    )


def _without_date(words: str, date_text: str) -> str:
    """The words without the date at their head, which stands before them anyway."""
    for head in (date_text, f"On {date_text}", f"In {date_text}"):
        if date_text and words.lower().startswith(head.lower()):
            rest = words[len(head) :].lstrip(" ,")
            return rest or words
    return words


def _ordinal(day: str) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None


def _in_time(mark: TimeMark) -> tuple[int, int, str, int]:
    first = mark.first if mark.first is not None else (mark.last or 0)
    last = mark.last if mark.last is not None else first
    return first, last, mark.lane, int(mark.code[1:])
