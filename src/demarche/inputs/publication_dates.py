"""The day on which a text says it was published: a dateline, or a line that holds a date.

Deliberately narrow: only the head of the text is looked at, only a full date counts, and only where it stands
as a date of publication does. A date inside a sentence ("On 3 May 2019 the council voted") is none, and two
different ones are none either. Nothing here reads or writes.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from demarche.edtf_dates import MONTHS

HEAD = 400
"""How many characters of a text are looked at."""

_NUMBERS = {month.casefold(): number for number, month in enumerate(MONTHS, 1)}
_NUMBERS |= {month[:3]: number for month, number in list(_NUMBERS.items())} | {"sept": 9}
_MONTH = rf"(?P<month>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_FORMS = [
    re.compile(rf"(?<![\w.-]){form}", re.IGNORECASE)
    for form in (
        r"(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-])",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"(?P<day>\d\d?)\.\s?(?P<number>\d\d?)\.\s?{_YEAR}",
    )
]

# What may stand before a date on its line, and after it, for the date to be one of publication.
_LABEL = re.compile(
    r"(?:first\s+)?(?:published|publication\s+date|date\s+of\s+publication|posted|issued|released|dated?)"
    r"(?:\s+on)?\s*:?\s*",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?=[^\s(]*[A-ZÀ-ÖØ-Þ])[A-ZÀ-ÖØ-Þ][\w'’.\-]*(?:[ /][A-ZÀ-ÖØ-Þ(][\w'’.\-]*\)?){0,4}"
    r"(?:\s*\([^()\n]{1,40}\))?\s*(?:,|[-–—|·•])\s*"
)
_LINE_END = re.compile(
    r"\s*(?:[,|·•–—-]?\s*\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,5}\)?)?)?\s*[.|]?\s*(?=\r|\n|$)",
    re.IGNORECASE,
)
_AGENCY = r"\s*(?:(?:\([^()\n]{1,40}\)|/[^/\n]{1,40}/)\s*)?"
_DATELINE_END = re.compile(_AGENCY + r"(?:[–—:]|--?(?=\s|\D))(?!\s*(?:\d|present\b|today\b))", re.IGNORECASE)
_HEADLINE_END = re.compile(r"[ \t]*(?:\([^()\n]{1,40}\))?[ \t]*(?=\r|\n|$)")
_PLACED_END = re.compile(_AGENCY + r"\.(?=\s)")


class PublicationDate(NamedTuple):
    """An ISO day, and the range of the words that carry it."""

    day: str
    start: int
    end: int


def find_publication_date(text: str) -> PublicationDate | None:
    """The day that the head of a text gives as that of its publication, or None.

    >>> find_publication_date("VELDA, 14 January 2022 (Tern News) — Talks went on.")
    PublicationDate(day='2022-01-14', start=7, end=22)
    >>> find_publication_date("On 14 January 2022 talks went on.")
    """
    labelled, standing = [], []
    for found in _full_dates(text[:HEAD]):
        before = text[_line_start(text, found.start) : found.start]
        before = re.sub(_WEEKDAY + r"$", "", before, flags=re.IGNORECASE)
        if _LABEL.fullmatch(before.strip(" \t*_#|") + " "):
            labelled.append(found)
        elif _stands_as_date(before, text, found.end):
            standing.append(found)
    candidates = labelled or standing
    return candidates[0] if len({found.day for found in candidates}) == 1 else None


def _stands_as_date(before: str, text: str, end: int) -> bool:
    before = before.strip(" \t*_#|")
    if not before:
        return bool(_LINE_END.match(text, end) or _DATELINE_END.match(text, end))
    if _PLACE.fullmatch(before + " "):
        ends = (_LINE_END, _DATELINE_END, _PLACED_END)
        return any(pattern.match(text, end) for pattern in ends)
    is_headline = not text[: max(0, text.find(before))].strip()
    return is_headline and before.endswith(",") and bool(_HEADLINE_END.match(text, end))


def _full_dates(head: str) -> list[PublicationDate]:
    """Every full date of the calendar in a text, in its order."""
    found = []
    for match in (match for form in _FORMS for match in form.finditer(head)):
        parts = match.groupdict()
        month = int(parts["number"]) if parts.get("number") else _NUMBERS[parts["month"].casefold()]
        try:
            day = date(int(parts["year"]), month, int(parts["day"]))
        except ValueError:
            continue
        found.append(PublicationDate(day.isoformat(), match.start(), match.end()))
    return sorted(found, key=lambda each: each.start)


def _line_start(text: str, place: int) -> int:
    return max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1
