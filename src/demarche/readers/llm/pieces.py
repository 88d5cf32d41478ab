"""A document in numbered paragraphs, and these in pieces that overlap, one piece for each request.

Each paragraph belongs to one piece; the pieces beside it carry it as context only, so that nothing is
counted twice. Nothing here reads or writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PARAGRAPH = 1_500
"""Characters after which a paragraph is cut, at the end of a sentence where there is one."""
PIECE = 6_000
"""Characters of its own that a piece holds: about a thousand English words, which small models still read."""
CONTEXT = 1_200
"""Characters of the paragraphs before a piece that are given with it: who 'he' is, and what 'that' was."""

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’»)\]]*\s*$")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+")


@dataclass(frozen=True)
class Paragraph:
    """A range of a text, numbered from 1 in its order; without white space at either end."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Piece:
    """Paragraphs that are read in one request: its own, and those around it for context.

    `number` counts from 1 to `of`.
    """

    number: int
    of: int
    before: tuple[Paragraph, ...]
    own: tuple[Paragraph, ...]
    after: tuple[Paragraph, ...]

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All its paragraphs in the order of the text."""
        return self.before + self.own + self.after


def find_pieces(text: str) -> list[Piece]:
    """The pieces of a text in order; none where it holds nothing but white space."""
    paragraphs = find_paragraphs(text)
    groups = _groups(paragraphs)
    return [
        Piece(
            number, len(groups), _before(paragraphs, first), paragraphs[first:after], paragraphs[after:][:1]
        )
        for number, (first, after) in enumerate(groups, start=1)
    ]


def find_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text: blocks of lines, ended by an empty line or by a line that ends a sentence.

    So lines that were broken at a fixed width stay together, and turns of a transcript stand apart.

    >>> [(p.start, p.end) for p in find_paragraphs("Talks went\\non today.\\nA vote follows.")]
    [(0, 20), (21, 36)]
    """
    ranges = (cut for start, end in _blocks(text) for cut in _cut(text, start, end))
    return tuple(Paragraph(number, start, end) for number, (start, end) in enumerate(ranges, start=1))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    start, end = -1, 0
    for line in _LINE.finditer(text):
        words = line.group()
        if not words.strip():
            continue
        is_apart = len(text[end : line.start()].splitlines()) > 1
        if start >= 0 and (is_apart or _ENDS_SENTENCE.search(text[max(start, end - 20) : end])):
            yield start, end
            start = -1
        begins = line.start() + len(words) - len(words.lstrip())
        start, end = (begins if start < 0 else start), begins + len(words.strip())
    if start >= 0:
        yield start, end


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A block in parts of at most PARAGRAPH characters."""
    while end - start > PARAGRAPH:
        ends = [match.end() for match in _SENTENCE_END.finditer(text, start, start + PARAGRAPH)]
        space = text.rfind(" ", start, start + PARAGRAPH) + 1
        at = ends[-1] if ends else space if space > start else start + PARAGRAPH
        yield start, start + len(text[start:at].rstrip())
        start = at + len(text[at:end]) - len(text[at:end].lstrip())
    if end > start:
        yield start, end


def _groups(paragraphs: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """The first place, and the place after the last, of each piece's own paragraphs."""
    groups: list[tuple[int, int]] = []
    first = size = 0
    for place, paragraph in enumerate(paragraphs):
        length = paragraph.end - paragraph.start
        if place > first and size + length > PIECE:
            groups.append((first, place))
            first, size = place, 0
        size += length
    return [*groups, (first, len(paragraphs))] if paragraphs else []


def _before(paragraphs: tuple[Paragraph, ...], first: int) -> tuple[Paragraph, ...]:
    """The paragraphs before a piece, at least one, as far as CONTEXT characters reach."""
    at, size = first, 0
    while at > 0 and (at == first or size + paragraphs[at - 1].end - paragraphs[at - 1].start <= CONTEXT):
        at -= 1
        size += paragraphs[at].end - paragraphs[at].start
    return paragraphs[at:first]
