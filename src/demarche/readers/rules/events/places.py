"""Which sentence a date dates: mostly its own, sometimes the next, or the first of those before it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from demarche.documents import Document
from demarche.readers.rules.dates.calendar import first_of
from demarche.readers.rules.dates.expressions import DateExpression, find_expressions
from demarche.readers.rules.dates.published import published_of
from demarche.readers.rules.events.facts import Facts

HEAD = 3
"""A dateline stands in one of the first sentences of a text (counted from 0)."""
LONELY = 8
"""A sentence with fewer characters than that besides its date holds nothing but the date."""
APART = 7
"""A source may be this many days younger or older than the act in its sentence."""


class Sentence(Protocol):
    """What is needed of a sentence: its range, its paragraph, and what kind of line it stands in."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def paragraph(self) -> int: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def is_question(self) -> bool: ...  # noqa: D102


class Placed(NamedTuple):
    """A date and the index of the sentence it stands in."""

    date: DateExpression
    home: int


def find_facts(document: Document, sentences: Sequence[Sentence]) -> Iterator[Facts]:
    """Every date of a document with what is known of the sentence that it dates."""
    if not sentences:
        return
    starts = [sentence.start for sentence in sentences]
    found = find_expressions(document.text, document.published)
    placed = [Placed(date, max(bisect_right(starts, date.start) - 1, 0)) for date in found]
    published = published_of(document.published)
    for index, (date, home) in enumerate(placed):
        sentence = _dated_sentence(placed, index, sentences)
        yield Facts(
            document.text,
            date,
            (sentence.start, sentence.end),
            sentences[home].kind,
            sentence.is_question,
            published,
            _has_other_date(placed, index, sentences),
            home <= HEAD,
        )


def _dated_sentence(placed: Sequence[Placed], index: int, sentences: Sequence[Sentence]) -> Sentence:
    """The next sentence for a date that alone heads an entry; for a source, the first it may stand for."""
    date, home = placed[index]
    own = sentences[home]
    if (
        date.is_heading
        and own.end - own.start - (date.end - date.start) < LONELY
        and home + 1 < len(sentences)
    ):
        return sentences[home + 1]
    if not date.is_tag:
        return own
    dated = {other.home for other in placed} - {home}
    first = home
    while first > 0 and first - 1 not in dated and _same_run(sentences[first - 1], own):
        first -= 1
    return sentences[first]


def _same_run(before: Sentence, own: Sentence) -> bool:
    return before.paragraph == own.paragraph and before.kind == "text"


def _has_other_date(placed: Sequence[Placed], index: int, sentences: Sequence[Sentence]) -> bool:
    """Whether a day near this date stands in its sentence; for a source, the same day anywhere before it."""
    date, home = placed[index]
    for other in reversed(placed[:index]) if date.is_tag else placed:
        if date.is_tag and (
            other.date.is_tag or sentences[other.home].paragraph != sentences[home].paragraph
        ):
            break
        if date.is_tag and other.date.date == date.date:
            return True
        if other.home == home and other.date is not date and _is_near(other.date, date):
            return True
    return False


def _is_near(other: DateExpression, date: DateExpression) -> bool:
    """Whether another date is a past day that the date of a source may merely repeat."""
    if other.is_tag or other.tense == "future" or len(other.date) != len("2022-01-26"):
        return False
    first, second = first_of(other.date), first_of(date.date)
    return bool(first and second and abs((second - first).days) <= APART)
