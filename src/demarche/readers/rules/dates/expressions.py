"""Date expressions of a text, normalised to EDTF level 1.

What a text means by "on Tuesday" or "in May" depends on when it was published, on the verb beside it and on
the dates before it; an unknown publication date leaves only what the text itself settles. The words and the
grammar are data (lexicon/dates.yaml, lexicon/tenses.yaml); nothing here knows what an event is.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from demarche.edtf_dates import is_edtf
from demarche.readers.rules.dates import counted, units, values
from demarche.readers.rules.dates.context import RESOLVERS, Found, Memory
from demarche.readers.rules.dates.grammar import Match, date_grammar, find_matches, tokens_of
from demarche.readers.rules.dates.guards import is_date
from demarche.readers.rules.dates.published import Published, published_of
from demarche.readers.rules.dates.words import Token

__all__ = ["DateExpression", "find_dates", "find_expressions"]
_REGISTERED = (counted, units, values)

BULLETS = frozenset("-–—•*·")


class DateExpression(NamedTuple):
    """A date in a text: its range, its EDTF value, and how it stands there.

    `kind` is the rule's resolver; `relation` the preposition that governs it ('' without one); `tense` the
    time its verb speaks of; a heading opens a line or an entry; a tag stands in brackets behind a sentence.
    """

    start: int
    end: int
    date: str
    kind: str
    relation: str
    tense: str
    is_heading: bool
    is_tag: bool


def find_dates(text: str, published: str = "") -> list[tuple[int, int, str]]:
    """The date expressions of a text in their order, as (start, end, EDTF); `published` is EDTF or ''.

    >>> find_dates("They met on Tuesday and will meet again in early June.", "2022-05-12")
    [(12, 19, '2022-05-10'), (43, 53, '2022-06-01/2022-06-10')]
    """
    return [(found.start, found.end, found.date) for found in find_expressions(text, published)]


@lru_cache(maxsize=2)
def find_expressions(text: str, published: str = "") -> tuple[DateExpression, ...]:
    """The date expressions of a text with all that is known of each; kept for the text read last."""
    tokens = tokens_of(text)
    reference, memory = published_of(published), Memory()
    found = []
    for match in _chosen(tokens):
        expression = _resolved(match, tokens, reference, memory)
        if expression:
            found.append(expression)
            memory.anchor = expression.date
            if expression.is_heading:
                memory.heading = expression.date
    return tuple(found)


def _chosen(tokens: list[Token]) -> list[Match]:
    """The matches that count: the longest first, none overlapping another, in the order of the text."""
    taken: set[int] = set()
    chosen = []
    for match in find_matches(tokens, date_grammar()):
        positions = range(match.first, match.last)
        if taken.isdisjoint(positions) and is_date(tokens, match):
            taken.update(positions)
            chosen.append(match)
    return sorted(chosen, key=lambda match: match.first)


def _resolved(
    match: Match, tokens: list[Token], published: Published | None, memory: Memory
) -> DateExpression | None:
    heading, tag = _is_heading(tokens, match), _is_tag(tokens, match)
    found = Found(match, tokens, published, memory, heading, tag)
    try:
        date = RESOLVERS[match.resolver](found)
    except (ValueError, OverflowError):  # beyond the calendar: year 0, year 10000
        return None
    first, last = match.first, match.last
    if date and found.relation == "from" and found.kind_is_open:
        date = f"{date}/.."
    if date and found.relation == "since" and "/.." not in date and match.resolver != "since_then":
        date = f"{date.split('/')[0]}/.."
        first = _since_at(tokens, first)
    if not date or not is_edtf(date):
        return None
    start, end = tokens[first].start, tokens[last - 1].end
    return DateExpression(start, end, date, match.resolver, found.relation, found.tense, heading, tag)


def _since_at(tokens: list[Token], first: int) -> int:
    """Where the `since` before an expression stands."""
    for position in range(first, max(first - 6, -1), -1):
        if tokens[position].lower == "since":
            return position
    return first


def _is_heading(tokens: list[Token], match: Match) -> bool:
    """Whether a date opens a line, and is set off there by a mark."""
    before = match.first - 1
    while before >= 0 and tokens[before].lower in BULLETS:
        before -= 1
    opens = before < 0 or tokens[before].lower == "\n"
    after = tokens[match.last].lower if match.last < len(tokens) else "\n"
    closed = after in (".", ":", "–", "—", "-", "\n", ")") or tokens[match.last - 1].lower in ("-", ".")
    return opens and closed


def _is_tag(tokens: list[Token], match: Match) -> bool:
    """Whether a date stands last in a pair of brackets, as the day of a source does."""
    after = tokens[match.last].lower if match.last < len(tokens) else ""
    if after != ")":
        return False
    return any(token.lower == "(" for token in tokens[max(0, match.first - 12) : match.first])
