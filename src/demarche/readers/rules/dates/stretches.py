"""Where a text may have dates: the stretches around the words that a date needs; most prose has none.

What decides on a date stands in its sentence, or is a bracket that opens shortly before it.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence

from demarche.readers.rules.dates.words import Vocabulary
from demarche.readers.rules.words import Token, find_tokens

STOPS = frozenset((".", "!", "?", ";", ":"))
BEFORE = 16
"""A stretch begins at least so many tokens before such a word."""


def find_stretches(text: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """The stretches of a text in order, none overlapping another: from stop to stop around each signal."""
    tokens = find_tokens(text)
    stops = _stops(tokens, vocabulary.abbreviations)
    end = n_passed = 0
    for place, (start, last, _, _) in enumerate(tokens):
        if place >= n_passed and vocabulary.is_signal(text[start:last]):
            behind = bisect(stops, place)
            first = min(stops[behind - 1], place - BEFORE) if behind else 0
            n_passed = stops[behind] + 1 if behind < len(stops) else len(tokens)
            yield max(end, tokens[first].start if first > 0 else 0), tokens[n_passed - 1].end
            end = tokens[n_passed - 1].end


def _stops(tokens: Sequence[Token], abbreviations: frozenset[str]) -> list[int]:
    """The places of marks that end what is said, the stop of an abbreviation or of figures aside."""
    marks = [place for place, token in enumerate(tokens) if token.text in STOPS]
    return [place for place in marks if not place or _ends(tokens[place - 1], abbreviations)]


def _ends(before: Token, abbreviations: frozenset[str]) -> bool:
    return "." not in before.text and before.lower not in abbreviations
