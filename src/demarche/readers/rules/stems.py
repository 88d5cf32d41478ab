"""Words reduced to what a text and a codebook may share: endings off, synonyms by their lines."""

from __future__ import annotations

from functools import cache, lru_cache

from demarche.readers.rules.lexicons import lexicon, words_of


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A lower-case word without its endings, at most seven letters.

    >>> stem("arbitrator") == stem("arbitration"), stem("withdrew") == stem("withdrawal")
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


@cache
def common_stems() -> frozenset[str]:
    """Stems of words that say little by themselves."""
    return frozenset(map(stem, words_of("stems", "common")))


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(sorted(words_of("stems", "suffixes"), key=lambda suffix: (-len(suffix), suffix)))
