"""How much the words of a clause speak for each demand: each word by the likest of the demand's own words.

Words need not be shared: the squared cosine of their fixed vectors says how akin they are. A demand's words
count by where they stand and by how few demands share them, those of a clause by how rare they are. Kinship
is counted in whole steps: every machine sums up the same.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from demarche.codebook import Demand
from demarche.readers.model.vectors import WordVectors, is_telling
from demarche.readers.model.vocabulary import NO_WORD, Vocabulary
from demarche.readers.rules.candidates import Candidate
from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.stems import rarity, stem
from demarche.readers.rules.topics import Topics

Floats = npt.NDArray[np.float64]
STEPS = 1024
"""So many steps of kinship make one."""
MOST_KEPT, SHORTEST = 20000, 3
IN_DEFINITION, IN_EXAMPLES = 0.5, 0.6
"""What words of definitions and examples count beside those of labels and cues."""
LEAST_TELLING = 0.15
"""What the commonest word counts beside the rarest."""


class Kin:
    """The words of a codebook's demands, and how akin any word is to each demand's."""

    def __init__(self, vectors: WordVectors, topics: Topics) -> None:
        bags = [_bag(demand) for demand in topics.demands]
        known = {word: place for place, word in enumerate(sorted({word for bag in bags for word in bag}))}
        spread, n_demands = Counter(word for bag in bags for word in bag), len(bags)
        self._vectors, self._known = vectors, _vectors_of(vectors, known)
        self._begins = np.cumsum([0, *map(len, bags)])[:-1]
        self._places = np.array([known[word] for bag in bags for word in bag], np.int64)
        self._weights = np.array(
            [weight * _rarity(spread[word], n_demands) for bag in bags for word, weight in bag.items()]
        )
        self._kept: dict[str, Floats] = {}

    def of_words(self, words: Sequence[str]) -> Floats:
        """A row for each word: how akin it is to each demand, in steps."""
        new = sorted({word for word in words if word not in self._kept})
        if len(self._kept) + len(new) > MOST_KEPT:
            self._kept.clear()
            new = sorted(set(words))
        if new:
            self._kept.update(zip(new, self._akin(new), strict=True))
        return np.array([self._kept[word] for word in words]).reshape(len(words), len(self._begins))

    def _akin(self, words: Sequence[str]) -> Floats:
        rows = _vectors_of(self._vectors, words)
        products = np.maximum(_products(rows, self._known), 0.0)
        cosines = products / (_lengths(rows)[:, None] * _lengths(self._known))
        likest = np.maximum.reduceat(cosines[:, self._places] ** 2 * self._weights, self._begins, axis=1)
        own = [LEAST_TELLING + (1 - LEAST_TELLING) * rarity(stem(word)) for word in words]
        return np.asarray(np.rint(STEPS * likest * np.array(own)[:, None]))


kin_of = lru_cache(maxsize=4)(Kin)
"""Documents mostly share their codebook."""


def _bag(demand: Demand) -> dict[str, float]:
    """The telling words of a demand with what they count; a word of none keeps the place of each demand."""
    found = {NO_WORD: 0.0}
    for text, weight in _texts(demand):
        for word in re.findall(r"[\w'-]+", text.lower()):
            if is_telling(word) and len(word) >= SHORTEST:
                found[word] = max(found.get(word, 0.0), weight)
    return found


def _texts(demand: Demand) -> Iterator[tuple[str, float]]:
    yield demand.label, 1.0
    yield demand.definition, IN_DEFINITION
    yield " ".join(demand.examples), IN_EXAMPLES
    yield re.sub(r'[*|"]', " ", " ".join(demand.cues)), 1.0


def _rarity(n_demands: int, n_all: int) -> float:
    """1 for a word of one demand, nothing for a word of all (our own definition, that of the rules)."""
    return math.log((n_all + 1) / n_demands) / math.log(n_all + 1)


def _vectors_of(vectors: WordVectors, words: Iterable[str]) -> Floats:
    return np.array([vectors.of_word(word) for word in words])


def _products(rows: Floats, others: Floats) -> Floats:
    """The inner product of each row with each of the others.

    Not the product of matrices, which wakes a second thread: its waiting took a third of the reader's time.
    """
    return np.asarray(np.einsum("ij,kj->ik", rows, others))


def _lengths(rows: Floats) -> Floats:
    """The lengths of vectors; 1 for one of zeros."""
    return np.asarray(np.maximum(np.sqrt((rows * rows).sum(axis=1)), 1.0))


@dataclass(frozen=True)
class Kinship:
    """How much each clause of a document speaks for each demand, and its whole sentence: clauses, demands."""

    places: Mapping[Clause, int]
    own: Floats
    whole: Floats
    before: Floats

    @classmethod
    def of(cls, scene: Scene, vocabulary: Vocabulary, vectors: WordVectors) -> Kinship:
        """The kinship of all clauses of a document with the demands of its codebook."""
        rows = kin_of(vectors, scene.guide.topics).of_words(vocabulary.words)
        clauses = [clause for of_sentence in scene.clauses for clause in of_sentence]
        sentences = [Clause(n, 0, len(sentence.tokens)) for n, sentence in enumerate(scene.sentences)]
        whole = vocabulary.sums(rows, sentences) / STEPS
        at = np.array([clause.sentence for clause in clauses], np.int64)
        before = np.concatenate([np.zeros_like(whole[:1]), whole[:-1]])
        places = {clause: place for place, clause in enumerate(clauses)}
        return cls(places, vocabulary.sums(rows, clauses) / STEPS, whole[at], before[at])

    def columns(self, candidates: Sequence[Candidate]) -> Floats:
        """One row per candidate: the kinship, how far behind the most akin demand, how many are ahead."""
        clauses = [self.places[candidate.clause] for candidate in candidates]
        demands = [candidate.demand for candidate in candidates]
        found = [self.before[clauses, demands]]
        for kinship in (self.own, self.whole, self.own + self.whole):
            behind = kinship - kinship.max(axis=1, keepdims=True)
            n_ahead = (kinship[:, None, :] > kinship[:, :, None]).sum(axis=2)
            found += [part[clauses, demands] for part in (kinship, behind, n_ahead)]
        return np.stack(found, axis=1)
