"""Documents that repeat one another: one text in two papers is one source.

Nothing here reads or writes.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from demarche.documents import Document, publication_order

SHARE = 0.9
"""The share of the shorter text's runs of words from which it counts as the same text."""
PART = 0.5
"""The part of a later, longer text that an earlier one must make up; a smaller part is only quoted there."""
RUN = 5
FEWEST_RUNS = 20
"""Texts with fewer runs repeat another only word for word."""

# A word; of a script without spaces, a character.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
_INDEX_ALL = 1000
_KEEP_EACH = 8
_LONGEST_ROW = 20


def find_repeats(documents: Sequence[Document]) -> dict[str, str]:
    """By id of each document that repeats an earlier one, the id of the earliest of its family.

    White space, case and punctuation do not count. A document repeats an earlier one where all words are
    the same, or where at least 90 % of the shorter text's runs of five words stand in the other; a later
    text that is more than twice as long as the earlier one has more to say than that, and repeats nothing.
    What repeats a repeat belongs to its family.
    """
    in_order = sorted(documents, key=publication_order)
    words = [_words(document.text) for document in in_order]
    earliest: dict[int, int] = {}
    for earlier, later in sorted(_same_words(words) | _near_pairs(words), key=lambda pair: pair[::-1]):
        if later not in earliest and _is_repeat(words[earlier], words[later]):
            earliest[later] = earliest.get(earlier, earlier)
    return {in_order[later].doc_id: in_order[first].doc_id for later, first in earliest.items()}


def shared_words(one: Document, two: Document) -> float:
    """The share (0–1) of the shorter text's runs of five words that stand in the other."""
    return _share(_words(one.text), _words(two.text))


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


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


def _is_repeat(earlier: list[str], later: list[str]) -> bool:
    if earlier == later:
        return True
    is_long_enough = len(earlier) >= PART * len(later)
    has_runs = min(_n_runs(earlier), _n_runs(later)) >= FEWEST_RUNS
    return is_long_enough and has_runs and _share(earlier, later) >= SHARE


def _share(one: list[str], two: list[str]) -> float:
    if one == two:
        return 1.0
    first, second = set(_runs(one)), set(_runs(two))
    return len(first & second) / max(1, min(len(first), len(second)))


def _runs(words: list[str]) -> Iterator[str]:
    return (" ".join(run) for run in zip(*(islice(words, start, None) for start in range(RUN)), strict=False))


def _n_runs(words: list[str]) -> int:
    return max(0, len(words) - RUN + 1)
