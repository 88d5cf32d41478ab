"""The kinds of record that people decide on: one table, by which files, queue, sheet, journal and form go.

A kind that is listed here is coded by hand, decided on where a reader proposes it, and settled.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from demarche.documents import Document
from demarche.fields import FIELDS
from demarche.inputs.coding_rows import RowCheck
from demarche.inputs.record_rows import event_fields, figure_fields, forecast_fields, statement_fields
from demarche.inputs.rows import Columns
from demarche.inputs.yaml_forms import nearest
from demarche.problems import InputError, Problem
from demarche.records import Coded, Event, Forecast, Quantity, Statement

PLACE = ("doc_id", "start", "end", "quote")
DECIDED = ("method", "coder", "decision", "note")
# What tables and gold annotations carry besides; it follows from the rest and is not read.
_FOLLOWS = ("occurrence", "confidence", "party", "earliest", "latest")
_IDS = ("statement_id", "event_id", "figure_id", "forecast_id")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind, called by its `name` in files, journals and sheets; one record of it by its `noun`.

    fields: what it says, and what can be corrected, in the order of its file.
    subject: of these, what makes two records at one place speak of one thing.
    meaning: what two coders must have alike to say the same; the rest are details.
    claims: what must be right for a reader to have been right; `right_in` says so in words.
    said: a record in a few words.
    read: the fields of a row; `columns_of_old` are columns that it reads besides its own.
    shown: the fields in the order in which a person looks at them, where that is another.
    silenced_by: kinds of which a coding by hand, of a text, leaves nothing to propose there; else its own.
    turn: it is asked about after all kinds of an earlier turn.
    """

    name: str
    noun: str
    record: type[Coded]
    fields: tuple[str, ...]
    subject: tuple[str, ...]
    meaning: tuple[str, ...]
    claims: tuple[str, ...]
    right_in: str
    said: Callable[[Any], str]
    read: Callable[[RowCheck, Document | None], dict[str, Any]]
    columns_of_old: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    silenced_by: tuple[str, ...] = ()
    turn: int = 0

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its file: where it stands, what it says, who decided."""
        return (*PLACE, *self.fields, *DECIDED)

    @property
    def readable(self) -> Columns:
        """What its file may hold, and must."""
        known = (*self.columns, "answers", *self.columns_of_old, *_FOLLOWS, *_IDS)
        usual = self._usual()
        needed = [name for name in self.fields if usual[name] is dataclasses.MISSING]
        return Columns(known, required=("quote", *needed), renamed={"doc": "doc_id"})

    @property
    def blank(self) -> dict[str, Any]:
        """The fields of one that somebody is about to add, in the order shown: what is usual, else empty."""
        usual = self._usual()
        return {name: _filled(name, usual[name]) for name in self.shown or self.fields}

    def _usual(self) -> dict[str, Any]:
        """What each field holds where nothing is said; MISSING where something must be."""
        return {each.name: each.default for each in dataclasses.fields(self.record)}


def _filled(name: str, usual: Any) -> Any:
    if usual is dataclasses.MISSING:
        return next(iter(FIELDS[name].words), "")
    return list(usual) if isinstance(usual, tuple) else usual


def _event_said(event: Event) -> str:
    return f"{event.date} {event.status}"


def _statement_said(statement: Statement) -> str:
    return f"{statement.actor} {statement.position} {statement.demand}"


def _figure_said(figure: Quantity) -> str:
    counted = "" if figure.what == figure.unit else f" ({figure.what})"
    return f"{figure.value} {figure.unit}{counted}"


def _forecast_said(forecast: Forecast) -> str:
    return f"{forecast.strength}: {forecast.expects}"


KINDS = (
    Kind(
        name="statements",
        noun="statement",
        record=Statement,
        fields=("demand", "actor", "position", "speaker", "attribution", "addressee"),
        subject=("demand", "actor"),
        meaning=("demand", "actor", "position"),
        claims=("actor", "demand", "position"),
        right_in="who, what and position",
        said=_statement_said,
        read=statement_fields,
        columns_of_old=("status",),
    ),
    Kind(
        name="events",
        noun="event",
        record=Event,
        fields=("date", "date_text", "status", "actors"),
        subject=("date",),
        meaning=("date", "status"),
        claims=("date",),
        right_in="date",
        said=_event_said,
        read=event_fields,
    ),
    Kind(
        name="figures",
        noun="figure",
        record=Quantity,
        fields=("what", "value", "unit", "precision", "as_of", "speaker", "attribution"),
        subject=("value",),
        meaning=("what", "value", "unit"),
        claims=("value",),
        right_in="number",
        said=_figure_said,
        read=figure_fields,
        shown=("value", "unit", "what", "precision", "as_of", "speaker", "attribution"),
        silenced_by=("statements", "events", "figures", "forecasts"),
        turn=1,
    ),
    Kind(
        name="forecasts",
        noun="forecast",
        record=Forecast,
        fields=("about", "expects", "condition", "horizon", "strength", "speaker", "attribution"),
        subject=("speaker",),
        meaning=("about", "speaker", "strength"),
        claims=("about", "speaker"),
        right_in="question and speaker",
        said=_forecast_said,
        read=forecast_fields,
        shown=("about", "strength", "expects", "horizon", "condition", "speaker", "attribution"),
        silenced_by=("statements", "events", "figures", "forecasts"),
        turn=2,
    ),
)
NAMES = tuple(kind.name for kind in KINDS)
_BY_NAME = {kind.name: kind for kind in KINDS}
_BY_RECORD = {kind.record: kind for kind in KINDS}


def kind_named(name: str) -> Kind:
    """The kind of a name; KeyError where there is none."""
    return _BY_NAME[name]


def check_kinds(names: Sequence[str]) -> None:
    """InputError for a name that no kind has."""
    unknown = [name for name in names if name not in _BY_NAME]
    if unknown:
        raise InputError(
            Problem("kinds", 0, f"{name!r} is no kind of record{nearest(name, NAMES)}") for name in unknown
        )


def kind_of(record: Coded) -> Kind:
    """The kind of a record."""
    return _BY_RECORD[type(record)]


def record_of(kind: Kind, check: RowCheck, place: dict[str, Any], document: Document | None) -> Coded:
    """The record of a row that stands at a place, of a document if that is known; problems are noted."""
    return kind.record(**place, **kind.read(check, document))


def meaning(record: Coded) -> tuple[str, ...]:
    """What two coders must both say to say the same: of whom, what, which position; of an event, when."""
    return tuple(getattr(record, name) for name in kind_of(record).meaning)


def subject(record: Coded) -> tuple[str, ...]:
    """What a record is about: its kind and text, and whose position on what, which date, which number."""
    kind = kind_of(record)
    return (kind.name, record.doc_id, *(getattr(record, name) for name in kind.subject))


def described(record: Coded) -> str:
    """A record in a few words, by its ids."""
    return kind_of(record).said(record)


def shown_fields(record: Coded) -> dict[str, Any]:
    """What a record says, field by field in the order shown; lists as lists."""
    values = {name: getattr(record, name) for name in kind_of(record).blank}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def ids_in(record: Coded) -> list[str]:
    """The ids of the codebook that a record rests on."""
    named = [getattr(record, name) for name in kind_of(record).fields if FIELDS[name].names]
    return [each for value in named for each in (value if isinstance(value, tuple) else (value,))]


def place_order(record: Coded) -> tuple[object, ...]:
    """By what the records of a kind are sorted: text, place, and what they say there."""
    return record.doc_id, record.start, record.end, *(getattr(record, name) for name in record.IDENTITY)
