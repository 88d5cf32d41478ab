"""Dates with their vagueness, as EDTF level 0 and 1 (ISO 8601-2): what they allow, and how they are said.

Days, months, years, seasons (21 spring to 24 winter), digits left open (`195X`, `2022-01-XX`), `~` about, `?`
uncertain, `%` both, and intervals with a known, open (`..`) or unknown (empty) end; years 0001 to 9999, no
times of day. The grammar is our own: the package `edtf` widens `2022-01-20~` by more than a year, ends an
open-ended interval ten years on, takes intervals that end before they begin, knows no `2022-21~`, and needs
10 ms a date; the tests hold us against it where it is right. Nothing here reads or writes.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
FIRST_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}
"""Meteorological seasons of the north; a winter is counted to the year it begins in, and ends in the next."""
MARGIN_OF_ABOUT = {"day": 3, "month": 15, "season": 30, "year": 183}
"""How many days `~` adds on either side. EDTF leaves it open; half of the unit, for a day half a week."""

_POINT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?([~?%]?)", re.ASCII)


class Point(NamedTuple):
    """One date without an interval: its unit, its first and last day before any margin, and its qualifier."""

    unit: str
    first: date
    last: date
    year: str
    month: str
    day: str
    qualifier: str


def is_edtf(text: str) -> bool:
    """Whether a text is a date of EDTF level 0 or 1 that exists.

    >>> [is_edtf(text) for text in ("2022-01-26", "2014/..", "2022-02-30", "2022-21~", "next week")]
    [True, True, False, True, False]
    """
    try:
        _ends(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def bounds(text: str) -> tuple[str, str]:
    """The earliest and the latest day that a date allows, as ISO days; '' for an open or unknown end.

    What is about a time (`~`, `%`) is wider by MARGIN_OF_ABOUT; no date at all ('') allows every day.
    ValueError where the text is no date.

    >>> bounds("2022-01"), bounds("2014/.."), bounds("2022-01-20~")
    (('2022-01-01', '2022-01-31'), ('2014-01-01', ''), ('2022-01-17', '2022-01-23'))
    """
    if not text:
        return "", ""
    first, last = _ends(text)
    earliest = _shifted(first.first, -_margin(first)).isoformat() if first else ""
    latest = _shifted(last.last, _margin(last)).isoformat() if last else ""
    return earliest, latest


@lru_cache(maxsize=4096)
def readable(text: str) -> str:
    """A date as it is said in a sentence.

    >>> [readable(text) for text in ("2022-01-26", "2022-21", "2022-01/2022-03", "2022-01-20~", "2014/..")]
    ['26 January 2022', 'spring 2022', 'January–March 2022', 'about 20 January 2022', 'since 2014']
    """
    first, last = _ends(text)
    if "/" not in text:
        return _said(_known(first))
    if first and last:
        return _span(first, last)
    if first:
        return "since " + _said(first)
    return "until " + _said(_known(last))


@lru_cache(maxsize=4096)
def _ends(text: str) -> tuple[Point | None, Point | None]:
    """The ends of a date: twice the same where it is no interval, None for an end that is open or unknown."""
    if "/" not in text:
        point = _point(text)
        return point, point
    first, last = (None if end in ("", "..") else _point(end) for end in text.split("/", 1))
    if not (first or last) or (first and last and first.first > last.last):
        raise ValueError(f"not an interval of EDTF level 1: {text!r}")
    return first, last


def _known(point: Point | None) -> Point:
    if point is None:
        raise ValueError("an interval without any date")
    return point


def _point(text: str) -> Point:
    match = _POINT.fullmatch(text)
    if not match:
        raise ValueError(f"not a date of EDTF level 0 or 1: {text!r}")
    year, month, day, qualifier = match[1], match[2] or "", match[3] or "", match[4]
    if (month == "XX" and day not in ("", "XX")) or ("X" in year and month):
        raise ValueError(f"not a date of EDTF level 1: {text!r}")
    return Point(*_days(year, month, day), year, month, day, qualifier)


def _days(year: str, month: str, day: str) -> tuple[str, date, date]:
    """The unit of a date, and its first and last day; ValueError for what the calendar does not have."""
    first_year, last_year = int(year.replace("X", "0")) or int("X" in year), int(year.replace("X", "9"))
    if not month or month == "XX":
        return "year", date(first_year, 1, 1), date(last_year, 12, 31)
    number = int(month)
    if number in SEASONS and not day:
        start = FIRST_MONTH[number]
        end_year, end = divmod(first_year * 12 + start + 1, 12)
        return "season", date(first_year, start, 1), _last_of(end_year, end + 1)
    if not day or day == "XX":
        return "month", date(first_year, number, 1), _last_of(first_year, number)
    exact = date(first_year, number, int(day))
    return "day", exact, exact


def _last_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1]) if year <= 9999 else date.max


def _margin(point: Point) -> int:
    return MARGIN_OF_ABOUT[point.unit] if point.qualifier in ("~", "%") else 0


def _shifted(day: date, days: int) -> date:
    """A day moved by some days, held inside the calendar."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal())) if days else day


def _said(point: Point, form: str = "") -> str:
    about = "about " if point.qualifier in ("~", "%") else ""
    doubt = " (uncertain)" if point.qualifier in ("?", "%") else ""
    return about + (form or _plain(point)) + doubt


def _plain(point: Point) -> str:
    year = point.year.lstrip("0") or "0"
    if point.year.endswith("XX"):
        return f"between {point.first.year} and {point.last.year}"
    if point.year.endswith("X"):
        return f"the {year[:-1]}0s"
    if point.month == "XX":
        return f"a day in {year}" if point.day else f"a month of {year}"
    if not point.month:
        return year
    name = SEASONS.get(int(point.month)) or MONTHS[int(point.month) - 1]
    if point.day == "XX":
        return f"a day in {name} {year}"
    return f"{int(point.day)} {name} {year}" if point.day else f"{name} {year}"


def _span(first: Point, last: Point) -> str:
    """An interval, naming the year and the month once where both ends share them."""
    plain = not (first.qualifier or last.qualifier or "X" in first.year + first.month + first.day)
    if plain and first.unit == last.unit and first.year == last.year and first.unit in ("day", "month"):
        shared = first.unit == "day" and first.month == last.month
        head = str(int(first.day)) if shared else _plain(first).removesuffix(f" {first.year.lstrip('0')}")
        return f"{head}–{_said(last)}" if " " not in head else f"{head} – {_said(last)}"
    if plain and first.unit == last.unit == "year" and not last.qualifier:
        return f"{_said(first)}–{_said(last)}"
    return f"{_said(first)} – {_said(last)}"
