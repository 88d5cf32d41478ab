"""Sentences of a text, with exact ranges, and what kind of line each stands in.

A sentence's `tokens` carry the repaired words; `norm` joins them in lower case for the lexicons, and
`token_at` leads back from a place in `norm`. Headings and the title are sentences of their own kind.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import log

from demarche.readers.rules.lexicons import words_of
from demarche.readers.rules.words import Token, find_tokens

KINDS = ("text", "title", "heading")
MARKS = frozenset(".!?…") | {"..."}
CLOSERS = frozenset("\"'”’)]»")
OPENERS = frozenset("\"'“‘([«„")
LIST_MARKS = frozenset("-–—•*·▪")
ABBREVIATIONS = words_of("grammar", "abbreviations")
NEEDS_NUMBER = words_of("grammar", "abbreviations_before_numbers")
LONGEST_HEADING = 14
LONGEST_TITLE = 30
USUAL_LENGTH = 20
"""So many words have the sentences of a text that is neither terse nor long-winded."""


@dataclass(frozen=True)
class Sentence:
    """One sentence: its range in the text, its words, its paragraph, and the kind of its line."""

    index: int
    start: int
    end: int
    tokens: tuple[Token, ...]
    paragraph: int
    kind: str = "text"
    listed: bool = False

    @cached_property
    def norm(self) -> str:
        """The repaired words in lower case, one space between any two."""
        return " ".join(self.words)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The repaired words in lower case."""
        return tuple([token.lower for token in self.tokens])

    def token_at(self, place: int) -> int:
        """The index of the token that covers a place of `norm`; no token holds a space."""
        return self.norm.count(" ", 0, place)

    def text_range(self, first: int, last: int) -> tuple[int, int]:
        """The range in the document of tokens `first` up to, not including, `last`."""
        return self.tokens[first].start, self.tokens[last - 1].end

    @cached_property
    def is_question(self) -> bool:
        """Whether it ends with a question mark (closing marks aside)."""
        tail = [token.text for token in self.tokens[-4:] if token.text not in CLOSERS]
        return bool(tail) and tail[-1] == "?"


def find_sentences(text: str) -> list[Sentence]:
    """All sentences of a text in order.

    >>> [sentence.norm for sentence in find_sentences("Talks\\n\\nMr. Tem left. He sighed.")]
    ['talks', 'mr . tem left .', 'he sighed .']
    """
    tokens = find_tokens(text)
    sentences: list[Sentence] = []
    for number, (first, last) in enumerate(_lines(text, tokens)):
        line = tokens[first:last]
        kind, listed = _kind(text, tokens, first, last, number), line[0].text in LIST_MARKS
        ends = [len(line)] if kind != "text" else _ends(text, line)
        begin = 0
        for end in ends:
            piece = tuple(line[begin:end])
            sentences.append(
                Sentence(len(sentences), piece[0].start, piece[-1].end, piece, number, kind, listed)
            )
            begin = end
    return sentences


def _lines(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Runs of tokens between the line breaks that end a paragraph, a heading or an item."""
    starts = [token.start for token in tokens]
    after_breaks = sorted({bisect(starts, match.start()) for match in re.finditer("\n", text)})
    begins = [index for index in after_breaks if 0 < index < len(tokens) and _breaks(text, tokens, index)]
    return list(pairwise([0, *begins, len(tokens)])) if tokens else []


def _breaks(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether a line break before a token ends the line, or merely wraps it."""
    gap = text[tokens[index - 1].end : tokens[index].start]
    if gap.count("\n") != 1:
        return "\n" in gap
    following = tokens[index]
    if following.text in LIST_MARKS or following.text.isdigit():
        return True
    start = text.rfind("\n", 0, tokens[index - 1].end) + 1
    wrapped = tokens[index - 1].end - start >= 50
    return not (wrapped and tokens[index - 1].text not in MARKS) and not following.text[:1].islower()


def _kind(text: str, tokens: Sequence[Token], first: int, last: int, number: int) -> str:
    """`title`, `heading` or `text`, by place, length and the mark at the end; a line alone is text."""
    line = tokens[first:last]
    final = next((token.text for token in reversed(line) if token.text not in CLOSERS), "")
    leads_list = last < len(tokens) and tokens[last].text in LIST_MARKS
    if (first, last) == (0, len(tokens)):
        return "text"
    if number == 0 and not _dated_line(line) and (final not in MARKS or len(line) <= LONGEST_TITLE):
        return "title" if len(line) <= LONGEST_TITLE + 10 and len(_ends(text, line)) <= 2 else "text"
    if final in MARKS or final in {":", ";", ",", '"', "”"} or line[0].text in LIST_MARKS or leads_list:
        return "text"
    if line[0].text[0].isdigit() or any(token.text == ":" for token in line[1:6]):
        return "text"
    return "heading" if len(line) <= LONGEST_HEADING else "text"


def _dated_line(line: Sequence[Token]) -> bool:
    """Whether a line begins like an agency report: TOWN, 3 May (Agency) – …"""
    return len(line) > LONGEST_TITLE and any(token.text in {"–", "—", "-"} for token in line[:16])


def _ends(text: str, line: Sequence[Token]) -> list[int]:
    """After which token each sentence of a line ends."""
    ends = [0]
    for index in [index for index, token in enumerate(line) if token.text in MARKS]:
        if index >= ends[-1] and (end := _end(text, line, index)):
            ends.append(end)
    if ends[-1] < len(line):
        ends.append(len(line))
    return ends[1:]


def _end(text: str, line: Sequence[Token], index: int) -> int:
    """The index after a sentence whose final mark stands at `index`; 0 where the mark ends nothing."""
    end = index + 1
    while end < len(line) and (line[end].text in MARKS or _closes(text, line, end)):
        end += 1
    if end == len(line):
        return end
    gap = line[end].start - line[end - 1].end
    if line[index].text == "." and not _stop(line, index, gap):
        return 0
    following = line[end]
    if following.text == "(" and (source := _source(line, end)):
        return source
    if following.text in OPENERS or following.text in {"-", "–", "—"}:
        following = line[end + 1] if end + 1 < len(line) and following.text in OPENERS else following
    if gap == 0 and not (following.text[:1].isupper() and len(following.text) > 2):
        return 0
    return end if following.text[:1].isupper() or following.text[:1].isdigit() or gap > 1 else 0


def _closes(text: str, line: Sequence[Token], index: int) -> bool:
    mark = line[index]
    if mark.text not in CLOSERS or mark.start != line[index - 1].end:
        return False
    return index + 1 == len(line) or mark.text not in {'"', "'"} or text[mark.end : mark.end + 1].isspace()


def _stop(line: Sequence[Token], index: int, gap: int) -> bool:
    """Whether a full stop ends a sentence rather than an abbreviation, an initial or a list number."""
    before = line[index - 1] if index else None
    if before is None or before.end != line[index].start:
        return index > 0
    word = before.text
    if index == 1 and (word.isdigit() or len(word) == 1):
        return False
    if len(word) == 1 and word.isupper() and word != "I":
        return False
    if word.lower() in ABBREVIATIONS and word[0].isupper() | (word.lower() not in NEEDS_NUMBER):
        following = line[index + 1].text if index + 1 < len(line) else ""
        return word.lower() in NEEDS_NUMBER and not following[:1].isdigit()
    return gap > 0 or len(word) > 1


def _source(line: Sequence[Token], index: int) -> int:
    """The index after a source in brackets, such as (NATO, Jan. 25); 0 where it is none."""
    for end in range(index + 1, min(index + 16, len(line))):
        if line[end].text == ")":
            after = end + 1
            return after + 1 if after < len(line) and line[after].text == "." else after
    return 0


def sentence_length(sentences: Sequence[Sentence]) -> float:
    """How long the sentences of a text are on average: the logarithm of the ratio to the usual.

    Titles and headings do not count; a text without sentences is a usual one.
    """
    counts = [len(sentence.tokens) for sentence in sentences if sentence.kind == "text"]
    return log(sum(counts) / len(counts) / USUAL_LENGTH) if counts else 0.0
