"""Fixed vectors of words, and of texts as sums of them: what is alike in meaning points the same way.

The vectors are whole numbers, summed and multiplied as such: every machine computes the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from demarche.readers.rules.lexicons import words_of

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class WordVectors:
    """A whole-numbered vector for each piece of a word; a piece inside a word begins with `##`."""

    places: Mapping[str, int]
    table: npt.NDArray[np.int8]
    _words: dict[str, Floats] = field(default_factory=dict, repr=False)

    def sum(self, words: Iterable[str]) -> Floats:
        """The summed vectors of words that tell something."""
        total = np.zeros(self.table.shape[1])
        for word in words:
            total += self.of_word(word)
        return total

    def of_word(self, word: str) -> Floats:
        """The vector of a word, of zeros where it tells nothing; callers do not change it."""
        kept = self._words.get(word)
        if kept is None:
            rows = self.table[self._pieces(word.lower())] if is_telling(word.lower()) else self.table[:0]
            kept = self._words[word] = rows.astype(np.float64).sum(axis=0)
        return kept

    def _pieces(self, word: str) -> list[int]:
        """The longest pieces that make up a word, from its start; what has no piece is left out."""
        found = []
        for part in re.findall(r"\w+", word):
            start = 0
            while start < len(part):
                marks = "##" if start else ""
                end = next(
                    (end for end in range(len(part), start, -1) if marks + part[start:end] in self.places), 0
                )
                if not end:
                    break
                found.append(self.places[marks + part[start:end]])
                start = end
        return found

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """All that makes the vectors, by name, to be kept."""
        text = "\n".join(sorted(self.places, key=self.places.__getitem__)).encode()
        return {"pieces": np.frombuffer(text, np.uint8), "vectors": self.table}

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> WordVectors:
        """The vectors that were kept."""
        known = arrays["pieces"].tobytes().decode().split("\n")
        return cls({piece: place for place, piece in enumerate(known)}, arrays["vectors"])


@lru_cache(maxsize=32768)
def is_telling(word: str) -> bool:
    """Whether a word in small letters tells anything of a subject."""
    return word not in words_of("grammar", "stopwords") and bool(re.search(r"[^\W\d_]", word))
