"""Where a part of a chapter has nothing to show: one sentence says so, and the words about it stay away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from demarche.blocks import Block
from demarche.rendering.citations import plain


class Piece(NamedTuple):
    """A block of a chapter, and whether a cell showed it; what none showed is prose."""

    block: Block
    is_shown: bool


def what_is_there(pieces: Sequence[Piece]) -> list[Block]:
    """The blocks of a chapter, which begins with its heading, without prose about what is absent.

    A section that shows absences alone keeps its heading and those that the chapter has not named before;
    with none of these it stays away whole. A chapter that shows nothing else is `brief`, without sections.
    """
    chapter_head, sections = pieces[0].block, list(_sections(pieces))
    showing = [section for section in sections if any(piece.is_shown for piece in section)]
    if showing and all(map(_is_bare, showing)):
        return [{**chapter_head, "brief": True}, *_new_absences(pieces, set())]
    said: set[str] = set()
    left = [chapter_head]
    for section in sections:
        head = [] if section[0].block is chapter_head else [section[0].block]
        new = _new_absences(section, said)
        if not _is_bare(section):
            left += [*head, *(piece.block for piece in section[1:])]
        elif new:
            left += [*head, *new]
    return left


def _sections(pieces: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """The pieces up to the first heading below the chapter's own, then from each such heading to the next."""
    heads = [
        place for place, (block, _) in enumerate(pieces) if block["t"] == "heading" and block["level"] <= 2
    ]
    cuts = [0, *(place for place in heads if place), len(pieces)]
    for start, end in pairwise(cuts):
        yield pieces[start:end]


def _is_bare(section: Sequence[Piece]) -> bool:
    """Whether a section shows something, and all of it absences."""
    shown = [piece.block for piece in section if piece.is_shown]
    return bool(shown) and all(block.get("absent", False) for block in shown)


def _new_absences(pieces: Sequence[Piece], said: set[str]) -> list[Block]:
    """The absences that were not `said` yet, each once; they are then."""
    new: list[Block] = []
    for block, _ in pieces:
        if block.get("absent", False) and plain(block["c"]) not in said:
            said.add(plain(block["c"]))
            new.append(block)
    return new
