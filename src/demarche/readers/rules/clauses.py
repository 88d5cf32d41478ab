"""Sentences cut into clauses: the units in which somebody takes a position on something.

Cuts are made at strong punctuation, quotation marks, commas, and at conjunctions that begin something new.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from demarche.readers.rules.lexicons import words_of
from demarche.readers.rules.mentions import Mention
from demarche.readers.rules.phrases import Found
from demarche.readers.rules.sentences import Sentence

STRONG = frozenset((";", ":", "–", "—", "(", ")", '"', "...", ".", "?", "!"))
CUTTING = STRONG | {",", "and", "or"}
"""Only behind these, or before a word that breaks a clause, a clause may begin."""
BREAKING = words_of("grammar", "breaks_a_clause")
FEWEST_WORDS = 2


class Clause(NamedTuple):
    """Tokens `first` up to `last` of a sentence."""

    sentence: int
    first: int
    last: int


def find_clauses(sentence: Sentence, found: Sequence[Found], mentions: Sequence[Mention]) -> list[Clause]:
    """The clauses of a sentence in order; together they hold all its words."""
    tokens = sentence.words
    verbs = {one.first for one in found if one.kind in {"ask", "refuse", "accept", "open", "must"}}
    begins = verbs | {mention.first for mention in mentions}
    cuts = [0]
    for index, (before, word) in enumerate(pairwise(tokens), 1):
        if (before in CUTTING or word in BREAKING) and _cut(before, word, index in begins):
            cuts += [index] if index - cuts[-1] >= FEWEST_WORDS else []
    pieces = list(zip(cuts, [*cuts[1:], len(tokens)], strict=True))
    end = _before_source(tokens)
    return [
        Clause(sentence.index, first, last)
        for first, last in pieces
        if first < end and _words(tokens[first:last])
    ]


def _cut(before: str, word: str, begins: bool) -> bool:
    """Whether a clause begins at a word; `begins` where a mention or a verb that asks or answers does."""
    if before in STRONG:
        return word not in STRONG
    if before == "," or word in BREAKING:
        return True
    return begins or word in words_of("grammar", "begins_a_clause_after_and")


def _before_source(tokens: Sequence[str]) -> int:
    """Where a source in brackets behind a sentence begins; the sentence's end where there is none."""
    if "(" in tokens and tokens[-1] in {")", "."} and ")" in tokens[-2:]:
        opening = len(tokens) - 1 - tokens[::-1].index("(")
        if opening and tokens[opening - 1] in {".", "!", "?", '"', "”"}:
            return opening
    return len(tokens)


def _words(tokens: Sequence[str]) -> bool:
    return any(token[0].isalnum() for token in tokens)
