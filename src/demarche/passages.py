"""Passages that stand in two sources in the same words: republished text, and statements copied on.

Nothing here reads or writes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from demarche.documents import Document

RUN = 9
"""So many words in a row, all the same, are no accident."""
MOST_IN_COMMON = 20
"""A run of words that stands in more sources than this is a formula, and says nothing of any two."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Shared:
    """Two documents with words in common: how many, and the longest passage as the later one has it."""

    earlier: Document
    later: Document
    n_words: int
    start: int
    end: int

    @property
    def longest(self) -> str:
        """The words of the longest passage."""
        return self.later.text[self.start : self.end]


def shared_passages(documents: Sequence[Document]) -> list[Shared]:
    """The pairs of documents, in the order given, that share a run of RUN words; most words first."""
    words = [[(m[0].casefold(), m.start(), m.end()) for m in _WORD.finditer(d.text)] for d in documents]
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    places: dict[tuple[int, int], set[int]] = defaultdict(set)
    for later, text in enumerate(words):
        for place in range(len(text) - RUN + 1):
            run = tuple(word for word, _, _ in text[place : place + RUN])
            for earlier in index[run]:
                if earlier != later:
                    places[earlier, later].add(place)
            if later not in index[run] and len(index[run]) < MOST_IN_COMMON:
                index[run].append(later)
    found = [
        _shared(documents[earlier], documents[later], words[later], sorted(starts))
        for (earlier, later), starts in places.items()
    ]
    return sorted(found, key=lambda each: (-each.n_words, each.earlier.doc_id, each.later.doc_id))


def _shared(
    earlier: Document, later: Document, words: Sequence[tuple[str, int, int]], starts: Sequence[int]
) -> Shared:
    """The passages that runs beginning at these words make up together."""
    passages: list[tuple[int, int]] = []
    for start in starts:
        if passages and start <= passages[-1][1]:
            passages[-1] = (passages[-1][0], start + RUN)
        else:
            passages.append((start, start + RUN))
    first, after = max(passages, key=lambda passage: (passage[1] - passage[0], -passage[0]))
    n_words = sum(end - start for start, end in passages)
    return Shared(earlier, later, n_words, words[first][1], words[after - 1][2])
