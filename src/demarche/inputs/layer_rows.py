"""One row of the coding of figures or of forecasts: its columns, and every check that needs no text."""

from __future__ import annotations

import re
from typing import Any

from demarche.edtf_dates import is_edtf
from demarche.inputs.coding_rows import RowCheck
from demarche.inputs.rows import Columns
from demarche.records import ATTRIBUTIONS, AUTHOR, PRECISIONS, STRENGTHS

_PLACE = ("doc_id", "start", "end", "quote")
_TOLD = ("speaker", "attribution")
_DECIDED = ("method", "coder", "decision", "note")
FIGURE_COLUMNS = (*_PLACE, "what", "value", "unit", "precision", "as_of", *_TOLD, *_DECIDED)
FORECAST_COLUMNS = (*_PLACE, "about", "expects", "condition", "horizon", "strength", *_TOLD, *_DECIDED)

# What tables carry besides; it follows from the rest and is not read.
_FOLLOWS = ("occurrence", "confidence", "figure_id", "forecast_id", "earliest", "latest")
_DOC = {"doc": "doc_id"}
FIGURES = Columns((*FIGURE_COLUMNS, *_FOLLOWS), required=("quote", "what", "value", "unit"), renamed=_DOC)
FORECASTS = Columns((*FORECAST_COLUMNS, *_FOLLOWS), required=("quote", "about", "expects"), renamed=_DOC)
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?")


def figure_fields(check: RowCheck) -> dict[str, Any]:
    """The fields of a figure, but for its place."""
    return {
        "what": _words(check, "what"),
        "value": _value(check),
        "unit": _words(check, "unit"),
        "precision": check.one_of("precision", PRECISIONS, default="exact"),
        "as_of": _date(check, "as_of"),
        **_told(check),
    }


def forecast_fields(check: RowCheck) -> dict[str, Any]:
    """The fields of a forecast, but for its place."""
    return {
        "about": _words(check, "about"),
        "expects": _words(check, "expects"),
        "condition": check.row.text("condition"),
        "horizon": _date(check, "horizon"),
        "strength": check.one_of("strength", STRENGTHS, default="expected"),
        **_told(check),
    }


def _told(check: RowCheck) -> dict[str, Any]:
    decided = check.decided("decision")
    return {
        "speaker": check.actor("speaker", AUTHOR) if check.row.text("speaker") else AUTHOR,
        "attribution": check.one_of("attribution", ATTRIBUTIONS, default="narrator"),
        **{column: decided[column] for column in _DECIDED},
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
