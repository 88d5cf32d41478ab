"""The vocabulary of a document: its words numbered, and what words say summed up quickly for any span."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from demarche.readers.model.vectors import is_telling
from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.scene import Scene

Integers = npt.NDArray[np.int64]
NO_WORD = ""
"""Stands for what tells nothing of a subject: actors' names, stop words, marks."""


class Vocabulary(NamedTuple):
    """The different words of a document, of each token the place of its word, and where sentences begin."""

    words: list[str]
    places: Integers
    begins: Integers

    @classmethod
    def of(cls, scene: Scene) -> Vocabulary:
        """The words of a document."""
        known = {NO_WORD: 0}
        places: list[int] = []
        begins: list[int] = []
        for sentence, mentions in zip(scene.sentences, scene.mentions, strict=True):
            begins.append(len(places))
            named = {n for mention in mentions for n in range(mention.first, mention.last)}
            for n, token in enumerate(sentence.tokens):
                word = NO_WORD if n in named or not is_telling(token.lower) else token.lower
                places.append(known.setdefault(word, len(known)))
        return cls(list(known), np.array(places, np.int64), np.array(begins, np.int64))

    def sums(self, rows: npt.NDArray[Any], spans: Sequence[Clause]) -> npt.NDArray[np.float64]:
        """For each span the summed rows of its tokens' words; `rows` run along `words`."""
        table = np.zeros((len(self.places) + 1, rows.shape[1]), rows.dtype)
        np.cumsum(rows[self.places], axis=0, out=table[1:])
        span = np.array(spans, np.int64).reshape(-1, 3)
        begins = self.begins[span[:, 0]]
        return np.asarray(table[begins + span[:, 2]] - table[begins + span[:, 1]], np.float64)
