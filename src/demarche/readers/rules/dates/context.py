"""What a date rule stands in: its words, the verb beside it, the publication date, the dates before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from demarche.edtf_dates import is_edtf
from demarche.readers.rules.dates import calendar
from demarche.readers.rules.dates.grammar import Match, value_of
from demarche.readers.rules.dates.published import Published, completed_day, completed_month, weekday_near
from demarche.readers.rules.dates.tense import tense_at
from demarche.readers.rules.dates.words import Token, lexicon

PREPOSITIONS = frozenset((
    "since", "until", "till", "by", "from", "for", "before", "after", "on", "in", "at", "of", "during",
    "over", "through", "between", "within",
))  # fmt: skip
SKIPPED = frozenset((
    "the", "about", "around", "early", "late", "at", "least", "ever", "a", "year", "years", "exactly",
    "only",
))  # fmt: skip
"""Words that may stand between a preposition and its date."""
AHEAD = frozenset((
    "until", "till", "by", "for", "before", "within",
))  # fmt: skip
SHIFTS = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}


@cache
def nouns_ahead() -> frozenset[str]:
    """Nouns of which a date may tell that lies ahead (lexicon/dates.yaml)."""
    return frozenset(lexicon("dates")["ahead"])


@dataclass
class Memory:
    """The dates read so far in one text: the last one, and the last one at the head of an entry."""

    anchor: str = ""
    heading: str = ""


@dataclass
class Found:
    """One rule found in a text, with all that its value may depend on."""

    match: Match
    tokens: list[Token]
    published: Published | None
    memory: Memory
    is_heading: bool = False
    is_tag: bool = False
    relation: str = field(init=False, default="")
    tense: str = field(init=False, default="")

    def __post_init__(self) -> None:
        self.relation = relation_before(self.tokens, self.match)
        self.tense = self._tense()

    def _tense(self) -> str:
        if self.is_tag or self.relation == "since":
            return "past"
        said = tense_at(self.tokens, self.match.first, self.match.last)
        if self.relation == "of" and not self._of_what_is_ahead() and not self._of_a_part():
            return "past"
        if self.relation == "for" or (self.relation in AHEAD and said != "past"):
            return "future"
        return said

    def _of_what_is_ahead(self) -> bool:
        """Whether a date tells of which meeting, vote or deadline is spoken: those may lie ahead."""
        before = self.tokens[max(0, self.match.first - 3) : self.match.first]
        return any(token.lower in nouns_ahead() for token in before)

    def _of_a_part(self) -> bool:
        """Whether `of` only joins a part of the day to its date: the evening of the 14th."""
        parts = {"evening", "night", "morning", "afternoon", "dawn", "eve", "week", "end", "hours", "day"}
        before = self.tokens[max(0, self.match.first - 3) : self.match.first]
        return any(token.lower in parts for token in before)

    @property
    def kind_is_open(self) -> bool:
        """Whether `from` before it opens an interval: a month or season that lies ahead."""
        return self.match.resolver in ("month", "season") and self.tense == "future"

    @property
    def today(self) -> date | None:
        """The day of publication, where it is known to the day."""
        return self.published.day if self.published else None

    def has(self, name: str) -> bool:
        """Whether the rule has named that word."""
        return name in self.match.names

    def word(self, name: str) -> str:
        """A named word in lower case; '' where it is not there."""
        return self.tokens[self.match.names[name]].lower if self.has(name) else ""

    @property
    def words(self) -> set[str]:
        """All words of the expression, in lower case."""
        return {token.lower for token in self.tokens[self.match.first : self.match.last]}

    def value(self, name: str, *classes: str) -> Any:
        """What a named word stands for."""
        return value_of(self.tokens[self.match.names[name]], *classes)

    def month(self, name: str) -> int:
        """The number of a named month."""
        return int(self.value(name, "MONTH", "NAMELIKE"))

    def number(self, name: str) -> int:
        """A named number, in figures or words; `a` is one."""
        word = self.word(name)
        if digits := re.match(r"\d+", word):
            return int(digits.group())
        known = self.value(name, "NUM", "ORDINAL", "QUARTER")
        return int(known) if known else 1

    def part(self) -> str:
        """`early`, `mid`, `late` or `end`, as the rule has named it (e, i, l, f)."""
        names = {"e": "early", "i": "mid", "l": "late", "f": "end"}
        return next((part for name, part in names.items() if self.has(name)), "")

    def shift(self, name: str) -> int:
        """-1 for last, 1 for next, 0 for this."""
        return SHIFTS.get(self.word(name), 0)

    def said_year(self) -> int | None:
        """The year that goes with a month or season: in figures, or from `last year`, `that year`."""
        if self.has("y"):
            return int(self.word("y"))
        word = self.word("yr")
        if word in ("that", "same", "following", "previous"):
            anchor = self.anchor_first()
            return anchor.year + self.shift("yr") if anchor else None
        year = self.published.year if self.published else None
        return year + self.shift("yr") if year else None

    def day(self, number: int, month: int) -> str | None:
        """A day of a month: in the year that is said, or completed; None where there is no such day."""
        if self.has("y") or self.has("yr"):
            year = self.said_year()
            return self.day_or_none(year, month, number) if year else None
        if self.is_heading and (entry := self._after_heading(number, month)):
            return entry.isoformat()
        if self.published:
            value = completed_day(month, number, self._direction(), self.published)
            return value.isoformat() if value else None
        days = (calendar.day_or_none(year, month, number) for year in self._years_on())
        start = self.anchor_first()
        found = next((value for value in days if value and start and value >= start), None)
        return found.isoformat() if found else None

    def _direction(self) -> str:
        """The tense for completing a day; a deadline lies ahead however far, an entry's head in the past."""
        if self.tense == "future" and self.relation in AHEAD:
            return "deadline"
        return self.tense or ("past" if self.is_heading else "")

    def _after_heading(self, number: int, month: int) -> date | None:
        """The first such day from the entry before on, in a chronology; none in the future of the text."""
        start = calendar.first_of(self.memory.heading) if self.memory.heading else None
        if not start:
            return None
        days = (calendar.day_or_none(year, month, number) for year in (start.year, start.year + 1))
        return next((value for value in days if value and value >= start), None)

    def month_value(self, number: int) -> str | None:
        """A month: in the year that is said, or completed."""
        if self.has("y") or self.has("yr"):
            year = self.said_year()
            return calendar.as_month(year, number) if year else None
        if self.published:
            return completed_month(number, self.tense, self.published)
        start = self.anchor_first()
        return calendar.as_month(start.year + (number < start.month), number) if start else None

    def _years_on(self) -> range:
        start = self.anchor_first()
        return range(start.year, start.year + 9) if start else range(0)

    def weekday(self, tense: str, *, strictly: bool = False) -> str | None:
        """The named weekday before or after the day of publication."""
        if not self.today:
            return None
        return self.about(weekday_near(self.value("wd", "WEEKDAY"), tense, self.today, strictly=strictly))

    def about(self, value: date) -> str:
        """A day counted from the day of publication; about, where that is."""
        return value.isoformat() + ("~" if self.published and self.published.about else "")

    def day_or_none(self, year: int, month: int, day: int) -> str | None:
        """That day as EDTF, where the calendar has it."""
        value = calendar.day_or_none(year, month, day)
        return value.isoformat() if value else None

    def anchor_day(self) -> date | None:
        """The date before, where it is one day."""
        value = self.memory.anchor.removesuffix("/..").rstrip("~")
        return date.fromisoformat(value) if len(value) == 10 and is_edtf(value) and "X" not in value else None

    def anchor_first(self) -> date | None:
        """The first day of the date before."""
        return calendar.first_of(self.memory.anchor) if self.memory.anchor else None

    def anchor_last(self) -> date | None:
        """The last day of the date before; its first where it is open."""
        return calendar.last_of(self.memory.anchor) if self.memory.anchor else None


Resolver = Callable[[Found], str | None]
RESOLVERS: dict[str, Resolver] = {}


def resolver(function: Resolver) -> Resolver:
    """Register a resolver under the name of its function, by which the lexicon calls it."""
    RESOLVERS[function.__name__] = function
    return function


def relation_before(tokens: list[Token], match: Match) -> str:
    """The preposition that governs a date: the first word of the match, or the one right before it."""
    for position in range(match.first, match.last):
        word = tokens[position].lower
        if word in PREPOSITIONS:
            return word
        if word not in SKIPPED:
            break
    position = match.first - 1
    while position >= 0 and tokens[position].lower in SKIPPED:
        position -= 1
    word = tokens[position].lower if position >= 0 else ""
    return word if word in PREPOSITIONS else ""
