"""Words reduced to what a text and a codebook may share: endings off, synonyms by their lines."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from demarche.readers.rules.confidence import kept
from demarche.readers.rules.lexicons import lexicon, words_of


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A lower-case word without its endings, at most seven letters.

    >>> stem("payments") == stem("pay"), stem("withdrew") == stem("withdraws")
    (True, True)
    """
    word = lexicon("stems")["irregular"].get(word, word)
    for suffix in _suffixes():
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word[:7]


@cache
def synonyms() -> dict[str, frozenset[str]]:
    """The stems that may stand for a stem."""
    found: dict[str, set[str]] = {}
    for line in lexicon("synonyms")["groups"]:
        stems = {stem(word) for word in line.split()}
        for one in stems:
            found.setdefault(one, set()).update(stems - {one})
    return {one: frozenset(others) for one, others in found.items()}


def rarity(word: str) -> float:
    """How telling a stem is by itself, 0–1: rare in disputes of all kinds (`weights/background.json`).

    >>> rarity(stem("arbitration")) > rarity(stem("people"))
    True
    """
    background = _background()
    n_disputes, counts = background["disputes"], background["stems"]
    return math.log((n_disputes + 1) / (counts.get(word, 0) + 1)) / math.log(n_disputes + 1)


@cache
def everyday_words() -> frozenset[str]:
    """Words (lower case) that many disputes share, whatever they are about."""
    return frozenset(_background().get("everyday", ()))


def _background() -> Mapping[str, Any]:
    """How many disputes there are, in how many each stem stands, and the words of many (by script)."""
    return kept("background.json")


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(sorted(words_of("stems", "suffixes"), key=lambda suffix: (-len(suffix), suffix)))
