"""What a timeline shows: events of the sources and events known from elsewhere, in one form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from demarche.briefing import Briefing
from demarche.edtf_dates import readable
from demarche.rendering.marks import mark

REPORTED, REFERENCE = "reported", "reference"


@dataclass(frozen=True, kw_only=True)
class TimeMark:
    """One event: `code` is what stands in the figure (E12 its evidence, R3 the reference table's row).

    `first` and `last` are the days its date allows, as ordinals; None where the date is open on that side.
    `party` names who acts, for an event of the sources; `is_proposed`: nobody has decided on it;
    `is_disputed`: another account has another date for it.
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
    is_disputed: bool = False

    @property
    def label(self) -> str:
        """What stands in the badge: the code, with the sign of a dispute where its date is in one."""
        return f"{self.code} {mark('contested').glyph}" if self.is_disputed else self.code

    @property
    def when(self) -> str:
        """The date as it is read."""
        return readable(self.date)


def marks_of(briefing: Briefing) -> list[TimeMark]:
    """The events of a briefing in order of time: the sources' own, and those known from elsewhere."""
    pairs = briefing.differing_dates
    disputed = {*pairs["event"], *pairs["other"]}
    reported = [
        replace(
            _time_mark(row, f"E{briefing.numbers[row['event_id']]}", REPORTED, row["quote"], row["status"]),
            party=_party(row["actors"], briefing),
            is_proposed=row["event_id"] not in briefing.decided,
            is_disputed=row["event_id"] in disputed,
        )
        for row in briefing.tables.events.to_dict("records")
    ]
    reference = [
        replace(
            _time_mark(row, row["code"], REFERENCE, row["what"], "happened"),
            is_disputed=row["event"] in disputed,
        )
        for row in briefing.known_events.to_dict("records")
    ]
    return sorted([*reported, *reference], key=_in_time)


def _party(actors: str, briefing: Briefing) -> str:
    """The name of the party of the actor named first; '' where nobody is named."""
    first = actors.split(";")[0]
    return briefing.codebook.actor_name(briefing.codebook.party(first)) if first else ""


def _time_mark(row: Mapping[Any, Any], code: str, lane: str, words: str, status: str) -> TimeMark:
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
