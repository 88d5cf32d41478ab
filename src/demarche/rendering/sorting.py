"""By what a column of a table is sorted: numbers as numbers, dates as dates, all else as its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from demarche.blocks import Block, Inline
from demarche.edtf_dates import FIRST_MONTH, MONTHS, SEASONS
from demarche.rendering.citations import plain

NOTHING = frozenset({"", "–", "-", "not stated", "none", "unknown"})
_STARTS = {
    **{name: number for number, name in enumerate(MONTHS, start=1)},
    **{name: FIRST_MONTH[number] for number, name in SEASONS.items()},
}
_NUMBER = re.compile(r"(-?\d{1,3}(?:,\d{3})+|-?\d+)(\.\d+)?(?: ?%)?")
_DATE = re.compile(
    r"(?:(?:about|since|until|between|the|a|day|month|in|of) )*"
    r"(?:(?P<day>\d\d?)(?:–\d\d?)? (?=[A-Z]))?"
    rf"(?:(?P<month>{'|'.join(_STARTS)})\b(?: |[^\d].*? ))?(?P<year>\d{{4}})"
)


def sort_keys(table: Block) -> list[list[str | None]]:
    """For each column of a table the keys of its rows (see `column_keys`)."""
    return [column_keys(table["rows"], column) for column in range(len(table["columns"]))]


def column_keys(rows: Sequence[Sequence[Sequence[Inline]]], column: int) -> list[str | None]:
    """For each row what its cell in a column is sorted by; None where its words serve.

    A column has keys when every cell that says something is a number, or every one begins with a date.
    Numbers are keyed as decimals, dates as ISO days; a cell that says nothing has an empty key.
    """
    words = [" ".join(plain(row[column]).split()) if column < len(row) else "" for row in rows]
    for key_of in (number_key, date_key):
        keys = ["" if said.lower() in NOTHING else key_of(said) for said in words]
        if any(keys) and None not in keys:
            return keys
    return [None] * len(rows)


def number_key(words: str) -> str | None:
    """A number as a plain decimal; None for what is none.

    >>> number_key("1,234"), number_key("12.5 %"), number_key("12 or so")
    ('1234', '12.5', None)
    """
    match = _NUMBER.fullmatch(words)
    return f"{match[1].replace(',', '')}{match[2] or ''}" if match else None


def date_key(words: str) -> str | None:
    """The first day of the date that words in the form of `edtf_dates.readable` begin with; None for no date.

    >>> date_key("about 20 January 2022"), date_key("30 January – 2 February 2022"), date_key("spring 2021")
    ('2022-01-20', '2022-01-30', '2021-03-01')
    """
    match = _DATE.match(words)
    return (
        f"{match['year']}-{_STARTS.get(match['month'], 1):02d}-{int(match['day'] or 1):02d}"
        if match
        else None
    )
