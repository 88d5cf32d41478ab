"""What a row of a coding says, kind by kind: its fields but for its place, and every check on them."""

from __future__ import annotations

from typing import Any

from demarche.documents import Document
from demarche.edtf_dates import is_edtf
from demarche.inputs.anchoring import find_alike
from demarche.inputs.coding_rows import RowCheck
from demarche.records import (
    ATTRIBUTIONS,
    AUTHOR,
    EVENT_STATUSES,
    NUMBER,
    POSITIONS,
    PRECISIONS,
    STRENGTHS,
)


def statement_fields(check: RowCheck, _: Document | None) -> dict[str, Any]:
    """The fields of a statement. Annotations of old have its decision under `status`."""
    return {
        "demand": check.demand(),
        "actor": check.actor("actor"),
        "position": check.one_of("position", POSITIONS),
        **_told(check),
        "addressee": check.actors("addressee"),
        **check.decided("decision" if check.row.text("decision") else "status"),
    }


def event_fields(check: RowCheck, document: Document | None) -> dict[str, Any]:
    """The fields of an event; the words that carry its date as they stand in the document, if it is known."""
    date = check.row.text("date")
    if not is_edtf(date):
        check.note(f"date is {date!r}, expected EDTF such as 2022-01-26, 2022-01, 2014/.. or 2021-12~")
    return {
        "date": date,
        "date_text": _date_text(check, document),
        "status": check.one_of("status", EVENT_STATUSES, default="happened"),
        "actors": check.actors("actors"),
        **check.decided(),
    }


def figure_fields(check: RowCheck, _: Document | None) -> dict[str, Any]:
    """The fields of a figure."""
    return {
        "what": _words(check, "what"),
        "value": _value(check),
        "unit": _words(check, "unit"),
        "precision": check.one_of("precision", PRECISIONS, default="exact"),
        "as_of": _date(check, "as_of"),
        **_told(check),
        **check.decided(),
    }


def forecast_fields(check: RowCheck, _: Document | None) -> dict[str, Any]:
    """The fields of a forecast."""
    return {
        "about": _words(check, "about"),
        "expects": _words(check, "expects"),
        "condition": check.row.text("condition"),
        "horizon": _date(check, "horizon"),
        "strength": check.one_of("strength", STRENGTHS, default="expected"),
        **_told(check),
        **check.decided(),
    }


def _told(check: RowCheck) -> dict[str, Any]:
    return {
        "speaker": check.actor("speaker", AUTHOR) if check.row.text("speaker") else AUTHOR,
        "attribution": check.one_of("attribution", ATTRIBUTIONS, default="narrator"),
    }


def _words(check: RowCheck, column: str) -> str:
    words = check.row.text(column)
    if not words:
        check.note(f"{column} is empty")
    return words


def _value(check: RowCheck) -> str:
    value = check.row.text("value")
    if not NUMBER.fullmatch(value):
        check.note(f"value is {value!r}, expected a number in digits such as 70000 or 1.5")
    return value


def _date(check: RowCheck, column: str) -> str:
    date = check.row.text(column)
    if date and not is_edtf(date):
        check.note(f"{column} is {date!r}, expected EDTF such as 2022-01-26, 2022-01 or 2021-12~, or nothing")
    return date


def _date_text(check: RowCheck, document: Document | None) -> str:
    """The words that carry a date, as they stand in the document."""
    words = check.row.text("date_text")
    if not words or document is None or words in document.text:
        return words
    if alike := find_alike(document.text, words):
        start, end = alike[0]
        return document.text[start:end]
    check.note(f"date_text {words!r} is not in its document {document.path!r}")
    return words
