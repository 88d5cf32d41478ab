"""From a model's raw answer to proposals: what passes every check, and what does not, counted by kind.

An answer is as little trusted as the document it is about. All it can do is choose among the codebook's ids
and the fixed words, and point at words of the part of the document that it was given; what is quoted is
always the document's own. Nothing here reads or writes.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from demarche.codebook import Codebook
from demarche.edtf_dates import is_edtf
from demarche.readers.llm.locating import Misplaced, find_quotation, find_words
from demarche.readers.llm.questions import Question
from demarche.records import ATTRIBUTIONS, AUTHOR, EVENT_STATUSES, POSITIONS, Event, Statement

NOT_JSON = "the answer is not JSON of the form that was asked for"
NO_ROW = "not a row of the form that was asked for"
OTHER_PARAGRAPH = "paragraph that was not asked about"
UNKNOWN = "{} that is not in the codebook"
OTHER_WORD = "{} that is none of the allowed words"
NO_DATE = "date that is not EDTF"
NO_DATE_WORDS = "words of the date not found in the text"
TOLD_TWICE = "told twice in the answer"

_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_FENCE = re.compile(r"\A```\w*[ \t]*\n(.*)\n```\Z", re.DOTALL)


class RefusedError(Exception):
    """A row that does not pass, and the kind of its fault."""


@dataclass
class Checked:
    """What an answer comes to: proposals, and how many rows were refused for what."""

    statements: list[Statement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)


def check_answer(answer: str, question: Question, codebook: Codebook, confidence: float) -> Checked:
    """The proposals of a raw answer to a question, in the order of the text, and what was refused."""
    checked = Checked()
    rows = answer_rows(answer)
    if rows is None:
        checked.refused[NOT_JSON] += 1
        return checked
    check = _RowCheck(question, codebook, confidence)
    for row in rows.statements:
        checked.statements += _passed(check.statement, row, checked.refused)
    for row in rows.events:
        checked.events += _passed(check.event, row, checked.refused)
    checked.statements = _once(checked.statements, checked.refused)
    checked.events = _once(checked.events, checked.refused)
    return checked


class Rows(NamedTuple):
    """The two lists of an answer, unchecked."""

    statements: list[Any]
    events: list[Any]


def answer_rows(answer: str) -> Rows | None:
    """The rows of a raw answer; None where it is not one object with the two lists.

    A model's thoughts before the object and a fence around it are passed over; nothing else is.

    >>> answer_rows('{"statements": [], "events": []}')
    Rows(statements=[], events=[])
    """
    text = _THOUGHT.sub("", answer).strip()
    if fenced := _FENCE.match(text):
        text = fenced[1]
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    statements, events = (found.get(key) if isinstance(found, dict) else None for key in Rows._fields)
    return Rows(statements, events) if isinstance(statements, list) and isinstance(events, list) else None


class _RowCheck:
    """Checks one row at a time against the question, the document and the codebook; raises RefusedError."""

    def __init__(self, question: Question, codebook: Codebook, confidence: float) -> None:
        self.document = question.document
        self.codebook = codebook
        self.own = {each.number: (each.start, each.end) for each in question.piece.own}
        self.basis: dict[str, Any] = {"method": f"llm:{question.model}", "confidence": confidence}

    def statement(self, row: Any) -> Statement:
        return Statement(
            **self.place(row),
            demand=self.demand(row),
            actor=self.actor(row, "actor"),
            position=_word(row, "position", POSITIONS),
            speaker=AUTHOR if _text(row, "speaker") == AUTHOR else self.actor(row, "speaker"),
            attribution=_word(row, "attribution", ATTRIBUTIONS),
            addressee=self.actors(row, "addressee"),
            **self.basis,
        )

    def event(self, row: Any) -> Event:
        date = _text(row, "date")
        if not is_edtf(date):
            raise RefusedError(NO_DATE)
        return Event(
            **self.place(row),
            date=date,
            date_text=self.date_text(row),
            status=_word(row, "status", EVENT_STATUSES),
            actors=self.actors(row, "actors"),
            **self.basis,
        )

    def place(self, row: Any) -> dict[str, Any]:
        """Where the quotation stands, and the document's own words there."""
        found = find_quotation(self.document.text, _text(row, "quote"), self.paragraph(row))
        if isinstance(found, Misplaced):
            raise RefusedError(found.reason)
        start, end = found
        quote = self.document.text[start:end]
        return {"doc_id": self.document.doc_id, "start": start, "end": end, "quote": quote}

    def paragraph(self, row: Any) -> tuple[int, int]:
        number = row.get("paragraph") if isinstance(row, dict) else None
        if type(number) is not int:
            raise RefusedError(NO_ROW)
        if number not in self.own:
            raise RefusedError(OTHER_PARAGRAPH)
        return self.own[number]

    def date_text(self, row: Any) -> str:
        found = find_words(self.document.text, _text(row, "date_text"), self.paragraph(row))
        if found is None:
            raise RefusedError(NO_DATE_WORDS)
        return self.document.text[slice(*found)]

    def demand(self, row: Any) -> str:
        demand = _text(row, "demand")
        if demand not in self.codebook.demands:
            raise RefusedError(UNKNOWN.format("demand"))
        return self.codebook.current_demand(demand)

    def actor(self, row: Any, key: str) -> str:
        return self.known(_text(row, key), key)

    def actors(self, row: Any, key: str) -> tuple[str, ...]:
        names = row.get(key)
        if not isinstance(names, list):
            raise RefusedError(NO_ROW)
        return tuple(sorted({self.known(name, key) for name in names}))

    def known(self, actor: Any, key: str) -> str:
        if not isinstance(actor, str) or actor not in self.codebook.actors:
            raise RefusedError(UNKNOWN.format(key))
        return self.codebook.current_actor(actor)


def _text(row: Any, key: str) -> str:
    value = row.get(key) if isinstance(row, dict) else None
    if not isinstance(value, str):
        raise RefusedError(NO_ROW)
    return value


def _word(row: Any, key: str, known: Sequence[str]) -> str:
    word = _text(row, key)
    if word not in known:
        raise RefusedError(OTHER_WORD.format(key))
    return word


def _passed(check: Any, row: Any, refused: Counter[str]) -> Iterable[Any]:
    try:
        return [check(row)]
    except RefusedError as fault:
        refused[str(fault)] += 1
        return []


def _once(rows: list[Any], refused: Counter[str]) -> list[Any]:
    """The rows in the order of the text, each reading of overlapping words once: the shortest words."""
    kept: list[Any] = []
    for row in sorted(rows, key=lambda row: (row.end - row.start, row.start, repr(row))):
        if any(_subject(row) == _subject(other) and _overlap(row, other) for other in kept):
            refused[TOLD_TWICE] += 1
        else:
            kept.append(row)
    return sorted(kept, key=lambda row: (row.start, row.end, repr(row)))


def _subject(row: Statement | Event) -> tuple[str, ...]:
    return (row.demand, row.actor, row.position) if isinstance(row, Statement) else (row.date,)


def _overlap(one: Statement | Event, other: Statement | Event) -> bool:
    return one.start < other.end and other.start < one.end
