"""How alike clauses and demands are in meaning: the angle between sums of fixed vectors of their words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from demarche.codebook import Demand
from demarche.readers.model.numbered import Numbered
from demarche.readers.model.vectors import WordVectors
from demarche.readers.rules.candidates import Candidate
from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.topics import Topics

Floats = npt.NDArray[np.float64]
BEST, WHOLE, BEHIND, N_AHEAD = range(4)
"""Of a clause's columns: the likeness to the likest of a demand's texts, and to all its words together; how
far the demand is behind the likest one, and how many are liker. The same four follow of the sentence."""


class DemandVectors(NamedTuple):
    """A row for each text of each demand, the row at which each demand begins, and a row per demand."""

    texts: Floats
    begins: npt.NDArray[np.int64]
    sums: Floats


def demand_vectors(vectors: WordVectors, topics: Topics) -> DemandVectors:
    """The vectors of a codebook's demands."""
    rows = [
        [vectors.sum(re.findall(r"[\w'-]+", text)) for text in _texts(demand)] for demand in topics.demands
    ]
    begins = np.array([0, *accumulate(map(len, rows))][:-1], np.int64)
    texts = np.array([row for of_demand in rows for row in of_demand])
    return DemandVectors(texts, begins, np.add.reduceat(texts, begins, axis=0))


_demand_vectors = lru_cache(maxsize=4)(demand_vectors)
"""Documents mostly share their codebook."""


def _texts(demand: Demand) -> list[str]:
    cues = [re.sub(r'[*|"]', " ", cue) for cue in demand.cues]
    return [demand.label, demand.definition or demand.label, *demand.examples, *cues]


@dataclass(frozen=True)
class Likeness:
    """How alike each clause of a document is to each demand: `table` has clauses, demands and columns.

    Columns tell of the clause (see BEST), of its sentence, and, two, of the sentence before.
    """

    places: Mapping[Clause, int]
    table: Floats

    @classmethod
    def of(cls, scene: Scene, numbered: Numbered, vectors: WordVectors) -> Likeness:
        """The likeness of all clauses of a document to the demands of its codebook."""
        demands = _demand_vectors(vectors, scene.guide.topics)
        clauses = [clause for of_sentence in scene.clauses for clause in of_sentence]
        sentences = [Clause(n, 0, len(sentence.tokens)) for n, sentence in enumerate(scene.sentences)]
        rows = np.array([vectors.of_word(word) for word in numbered.words], np.int32)
        every = _standing(numbered.sums(rows, [*sentences, *clauses]), demands)
        whole, own = every[: len(sentences)], every[len(sentences) :]
        at = np.array([clause.sentence for clause in clauses], np.int64)
        before = np.concatenate([np.zeros_like(whole[:1, :, 1:3]), whole[:-1, :, 1:3]])
        places = {clause: place for place, clause in enumerate(clauses)}
        return cls(places, np.concatenate([own, whole[at], before[at]], axis=2))

    def columns(self, candidates: Sequence[Candidate]) -> Floats:
        """One row per candidate."""
        clauses = [self.places[candidate.clause] for candidate in candidates]
        return np.asarray(self.table[clauses, [candidate.demand for candidate in candidates]])


def _standing(sums: Floats, demands: DemandVectors) -> Floats:
    """For each sum and demand: two likenesses, how far it is behind the likest, and how many are liker."""
    best = np.maximum.reduceat(_cosines(sums, demands.texts), demands.begins, axis=1)
    whole = _cosines(sums, demands.sums)
    n_ahead = (whole[:, None, :] > whole[:, :, None]).sum(axis=2)
    return np.stack([best, whole, whole - whole.max(axis=1, keepdims=True), n_ahead], axis=2)


def _cosines(rows: Floats, others: Floats) -> Floats:
    norms = np.sqrt((rows * rows).sum(axis=1)[:, None] * (others * others).sum(axis=1))
    return np.asarray((rows @ others.T) / np.maximum(norms, 1.0))
