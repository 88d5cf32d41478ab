"""Documents that repeat one another, so that one voice is not counted as two.

Nothing here reads or writes.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from demarche.documents import Document

SHARE = 0.9
"""The share of the shorter text's runs of words from which it counts as the same text."""
RUN = 5
FEWEST_RUNS = 20
"""Texts with fewer runs repeat another only word for word."""

# A word; of a script without spaces, a character.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
_INDEX_ALL = 1000
_KEEP_EACH = 8
_LONGEST_ROW = 20


class Repeat(NamedTuple):
    """Two documents of which one repeats the other: word for word, or with a share of its runs of words."""

    earlier: Document
    later: Document
    is_same: bool
    share: float


def find_repeats(documents: Sequence[Document]) -> list[Repeat]:
    """Pairs of documents that repeat one another.

    White space, case and punctuation do not count. A pair is found where at least 90 % of the shorter
    text's runs of five words stand in the other, or where all words are the same.
    """
    words = [_WORD.findall(unicodedata.normalize("NFKC", document.text).casefold()) for document in documents]
    pairs = _same_words(words) | _near_pairs(words)
    return [
        Repeat(documents[one], documents[two], words[one] == words[two], share)
        for one, two in sorted(pairs, key=lambda pair: (pair[1], pair[0]))
        if (share := _share(words[one], words[two])) >= SHARE
    ]


def _same_words(words: Sequence[list[str]]) -> set[tuple[int, int]]:
    first: dict[str, int] = {}
    pairs = set()
    for number, text in enumerate(words):
        earlier = first.setdefault(" ".join(text), number)
        if text and earlier != number:
            pairs.add((earlier, number))
    return pairs


def _near_pairs(words: Sequence[list[str]]) -> set[tuple[int, int]]:
    """Pairs that share enough runs to be worth comparing; of many documents only some runs are indexed."""
    each = 1 if len(words) <= _INDEX_ALL else _KEEP_EACH
    index: dict[int, list[int]] = defaultdict(list)
    pairs = set()
    for number, text in enumerate(words):
        runs = {key for run in _runs(text) if (key := zlib.crc32(run.encode("utf-8", "replace"))) % each == 0}
        shared = Counter(other for key in runs for other in index.get(key, ()))
        for other, count in shared.items():
            if count >= SHARE / 2 * min(len(runs), _n_runs(words[other]) / each):
                pairs.add((other, number))
        for key in runs:
            if len(index[key]) < _LONGEST_ROW:
                index[key].append(number)
    return pairs


def _share(one: list[str], two: list[str]) -> float:
    if one == two:
        return 1.0
    first, second = _runs(one), _runs(two)
    fewer = min(len(first), len(second))
    return len(first & second) / fewer if fewer >= FEWEST_RUNS else 0.0


def _runs(words: list[str]) -> set[str]:
    return {" ".join(run) for run in zip(*(islice(words, start, None) for start in range(RUN)), strict=False)}


def _n_runs(words: list[str]) -> int:
    return max(0, len(words) - RUN + 1)
