"""How alike a clause and a demand are in meaning: the angle between sums of fixed vectors of their words.

The vectors are whole numbers, summed and multiplied as such: every machine computes the same likeness.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from demarche.codebook import Demand
from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.lexicons import words_of
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.topics import Topics

Floats = npt.NDArray[np.float64]
Alike = tuple[Floats, Floats]
"""For each demand: the likeness to the likest of its texts, and to all its words together."""


class DemandVectors(NamedTuple):
    """A row for each text of each demand, the demand (by number) that it belongs to, and a row per demand."""

    texts: Floats
    owners: npt.NDArray[np.int64]
    sums: Floats


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
            total += self._of_word(word)
        return total

    def _of_word(self, word: str) -> Floats:
        kept = self._words.get(word)
        if kept is None:
            telling = word.lower() not in words_of("grammar", "stopwords") and re.search(r"[^\W\d_]", word)
            rows = self.table[self._pieces(word.lower())] if telling else self.table[:0]
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


def demand_vectors(vectors: WordVectors, topics: Topics) -> DemandVectors:
    """The vectors of a codebook's demands."""
    rows, owners = [], []
    for number, demand in enumerate(topics.demands):
        for text in _texts(demand):
            rows.append(vectors.sum(re.findall(r"[\w'-]+", text)))
            owners.append(number)
    texts, numbers = np.array(rows), np.array(owners)
    sums = np.array([texts[numbers == number].sum(axis=0) for number in range(len(topics.demands))])
    return DemandVectors(texts, numbers, sums)


def _texts(demand: Demand) -> list[str]:
    cues = [re.sub(r'[*|"]', " ", cue) for cue in demand.cues]
    return [demand.label, demand.definition or demand.label, *demand.examples, *cues]


def likeness_columns(
    vectors: WordVectors, demands: DemandVectors, scene: Scene, clauses: Iterable[Clause]
) -> dict[Clause, Floats]:
    """By clause: a row for each demand, on the clause, its sentence, and the sentence before."""
    rows: dict[Clause, Floats] = {}
    whole: dict[int, Floats] = defaultdict(lambda: np.zeros((len(demands.sums), 4)))
    for clause in clauses:
        for index in (clause.sentence - 1, clause.sentence):
            if index >= 0 and index not in whole:
                end = len(scene.sentences[index].tokens)
                whole[index] = _standing(_alike(vectors.sum(_words(scene, index, 0, end)), demands))
        words = _words(scene, clause.sentence, clause.first, clause.last)
        own = _standing(_alike(vectors.sum(words), demands))
        rows[clause] = np.hstack([own, whole[clause.sentence], whole[clause.sentence - 1][:, 1:3]])
    return rows


def _words(scene: Scene, sentence: int, first: int, last: int) -> list[str]:
    """Tokens `first` up to `last` that name no actor."""
    named = {n for m in scene.mentions[sentence] for n in range(m.first, m.last)}
    tokens = scene.sentences[sentence].tokens
    return [tokens[n].lower for n in range(first, last) if n not in named]


def _alike(vector: Floats, demands: DemandVectors) -> Alike:
    each = _cosines(demands.texts, vector)
    best = np.full(len(demands.sums), -1.0)
    np.maximum.at(best, demands.owners, each)
    return best, _cosines(demands.sums, vector)


def _cosines(rows: Floats, vector: Floats) -> Floats:
    norms = np.sqrt((rows * rows).sum(axis=1) * (vector * vector).sum())
    return np.asarray((rows @ vector) / np.maximum(norms, 1.0))


def _standing(alike: Alike) -> Floats:
    """For each demand: its two likenesses, how far it is behind the likest, and how many are liker."""
    best, whole = alike
    n_ahead = (whole[None, :] > whole[:, None]).sum(axis=1)
    return np.stack([best, whole, whole - whole.max(), n_ahead], axis=1)
