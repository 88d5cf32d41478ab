"""What decisions say about the reader whose proposals they answer, and how the decided share grew.

An answer is one coder's verdict on one proposal. Which proposals were decided on is no chance: the doubtful
and weighty come first, so that shares of them are not those of all proposals. Nothing here reads or writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from demarche.fields import ACTORS, FIELDS
from demarche.kinds import Kind, kind_of
from demarche.records import BY_PEOPLE, METHODS, Coded
from demarche.reviewing.replay import Verdict
from demarche.scoring.calibration import EDGES, Bin, Outcome, reliability

RANGE = "range"
READERS = frozenset(METHODS).difference(BY_PEOPLE)
MOST_PERIODS = 12
"""Beyond so many days weeks are counted together; beyond so many weeks, months."""


@dataclass(frozen=True)
class Answer:
    """What a coder said of a proposal: `proposed` as it was, as sure as it `claimed` to be, `decided` now."""

    coder: str
    on: str
    claimed: float
    proposed: Coded
    decided: Coded

    @property
    def kind(self) -> Kind:
        """The kind of what was proposed."""
        return kind_of(self.proposed)

    @property
    def reader(self) -> str:
        """Which kind of reader proposed it: `rules`, `model` or `llm`."""
        return reader_of(self.proposed)

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields in which what was accepted differs from what was proposed."""
        names = fields_of(self.kind)
        return tuple(name for name in names if self.value(name) != self.value(name, now=True))

    @property
    def fate(self) -> str:
        """`accepted`, `corrected` or `rejected`."""
        if self.decided.decision == "rejected":
            return "rejected"
        return "corrected" if self.changed else "accepted"

    def value(self, field: str, *, now: bool = False) -> object:
        """A field as it was proposed, or as it is now."""
        record = self.decided if now else self.proposed
        if field == RANGE:
            return record.start, record.end
        value = getattr(record, field)
        return tuple(sorted(value)) if isinstance(value, tuple) else value


class Confusion(NamedTuple):
    """How often a field was proposed as one value and decided to be another."""

    field: str
    proposed: str
    decided: str
    n: int


class Growth(NamedTuple):
    """How many proposals had been decided on at the end of a period: by each coder, and by anybody."""

    period: str
    by_coder: dict[str, int]
    together: int


def fields_of(kind: Kind) -> tuple[str, ...]:
    """What can be corrected in a proposal of a kind: its fields and its range."""
    return (*kind.fields, RANGE)


def answers_of(verdicts: Iterable[Verdict]) -> list[Answer]:
    """The answers to proposals of readers, among all that coders said."""
    return [
        Answer(verdict.coder, _day(verdict.on), verdict.claimed, verdict.answered, verdict.outcome)
        for verdict in verdicts
        if verdict.answered and not verdict.answered.coder and reader_of(verdict.answered) in READERS
    ]


def reader_of(record: Coded) -> str:
    """The reader's name, without that of its model."""
    return record.method.split(":")[0]


def _day(text: str) -> str:
    """An ISO day; empty where a journal has something else there."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def holds(answer: Answer, party: Callable[[str], str]) -> bool:
    """Whether that held of which the reader was sure, as its kind says; of an actor, the party."""

    def claimed(name: str, *, now: bool) -> object:
        value = answer.value(name, now=now)
        return party(str(value)) if FIELDS[name].names is ACTORS else value

    if answer.fate == "rejected":
        return False
    return all(claimed(name, now=False) == claimed(name, now=True) for name in answer.kind.claims)


def bands(answers: Sequence[Answer], party: Callable[[str], str]) -> list[Bin]:
    """Claimed confidence against the share that held, by band; texts are drawn again for the intervals."""
    texts = sorted({answer.proposed.doc_id for answer in answers})
    units = [
        [Outcome(each.claimed, holds(each, party)) for each in answers if each.proposed.doc_id == text]
        for text in texts
    ]
    return reliability(units, (0.0, *EDGES))


def is_inside(answer: Answer, band: Bin) -> bool:
    """Whether an answer's claim lies in a band; the highest band holds its upper end."""
    return band.low <= answer.claimed and (answer.claimed < band.high or band.high == EDGES[-1])


def confusions(answers: Iterable[Answer]) -> list[Confusion]:
    """Values that were corrected, by field and value, the most frequent first; ranges and words have none."""
    counts = Counter(
        (field, str(answer.value(field)), str(answer.value(field, now=True)))
        for answer in answers
        if answer.fate == "corrected"
        for field in answer.changed
        if field != RANGE and not FIELDS[field].is_free and not FIELDS[field].is_list
    )
    return [Confusion(*key, n) for key, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def growth(answers: Sequence[Answer]) -> list[Growth]:
    """How many proposals had been decided on, period by period; a day is the period if it can be."""
    named = next(
        name for name in (_as_day, _as_week, _as_month, _as_year) if name is _as_year or _few(answers, name)
    )
    first: dict[str, dict[tuple[object, ...], str]] = {}
    for answer in answers:
        for who in (answer.coder, ""):
            own = first.setdefault(who, {})
            period = named(answer.on)
            own[_thing(answer)] = min(own.get(_thing(answer), period), period)
    coders = sorted(first.keys() - {""})
    return [
        Growth(
            period,
            {coder: _until(period, first[coder].values()) for coder in coders},
            _until(period, first[""].values()),
        )
        for period in sorted({named(answer.on) for answer in answers})
    ]


def _thing(answer: Answer) -> tuple[object, ...]:
    return answer.kind.name, answer.proposed.record_id


def _until(period: str, periods: Iterable[str]) -> int:
    return sum(each <= period for each in periods)


def _few(answers: Iterable[Answer], named: Callable[[str], str]) -> bool:
    return len({named(answer.on) for answer in answers}) <= MOST_PERIODS


def _as_day(day: str) -> str:
    return day


def _as_week(day: str) -> str:
    """A week as ISO 8601 writes it, `2030-W23`."""
    return "{:04}-W{:02}".format(*date.fromisoformat(day).isocalendar()) if day else ""


def _as_month(day: str) -> str:
    return day[:7]


def _as_year(day: str) -> str:
    return day[:4]
