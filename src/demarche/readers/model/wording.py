"""How a clause is worded: which positions its words, and those beside it, speak for.

Stems, in runs of up to three, with actors' names masked; whoever and whatever is meant. A linear model was
fitted on them for each position.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.stems import stem

Floats = npt.NDArray[np.float64]
ACTOR, OWNER = "ACTOR", "ACTOR's"
BEFORE, AFTER, LONGEST_RUN = 6, 3, 3


@dataclass(frozen=True)
class Wording:
    """The weights of phrases (rows of `table`) for each position, and the positions' biases."""

    places: Mapping[str, int]
    table: Floats
    biases: Floats

    def rate(self, scene: Scene, clause: Clause) -> Floats:
        """By position: the logarithm of the odds that the clause's words take it, as far as words tell."""
        known = [place for phrase in phrases(scene, clause) if (place := self.places.get(phrase, -1)) >= 0]
        if not known:
            return self.biases
        return np.asarray(self.biases + self.table[known].sum(axis=0) / np.sqrt(len(known)))

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """All that makes the weights, by name, to be kept."""
        text = "\n".join(sorted(self.places, key=self.places.__getitem__)).encode()
        phrases = np.frombuffer(text, np.uint8)
        return {"phrases": phrases, "phrase_weights": self.table.astype(np.float16), "biases": self.biases}

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Wording:
        """The weights that were kept."""
        known = arrays["phrases"].tobytes().decode().split("\n")
        places = {phrase: place for place, phrase in enumerate(known)}
        return cls(places, arrays["phrase_weights"].astype(np.float64), arrays["biases"])


def phrases(scene: Scene, clause: Clause) -> list[str]:
    """The different phrases of a clause in order; those of words before begin with `<`, after with `>`."""
    n_tokens = len(scene.sentences[clause.sentence].tokens)
    own = _stems(scene, clause.sentence, clause.first, clause.last)
    before = _stems(scene, clause.sentence, max(0, clause.first - BEFORE), clause.first)
    after = _stems(scene, clause.sentence, clause.last, min(n_tokens, clause.last + AFTER))
    found = [*_runs(own, LONGEST_RUN), *("<" + run for run in _runs(before, 2)), *(">" + s for s in after)]
    return list(dict.fromkeys(found))


def _stems(scene: Scene, sentence: int, first: int, last: int) -> list[str]:
    """The stems of tokens `first` up to `last`, one word in the place of each actor named."""
    masked = scene.kept(_masked, sentence)
    found, index = [], first
    while index < last:
        word, index = masked[index]
        found.append(word)
    return found


def _masked(scene: Scene, sentence: int) -> list[tuple[str, int]]:
    """For each token of a sentence its stem, or what stands for an actor; and which token is the next."""
    rows = [(stem(word), place) for place, word in enumerate(scene.sentences[sentence].words, 1)]
    for mention in reversed(scene.mentions[sentence]):
        if not mention.form.startswith("pronoun"):
            mask = OWNER if mention.owner else ACTOR, mention.last
            rows[mention.first : mention.last] = [mask] * (mention.last - mention.first)
    return rows


def _runs(stems: Sequence[str], longest: int) -> Iterator[str]:
    """All runs of up to `longest` stems, joined by spaces."""
    for first in range(len(stems)):
        for last in range(first + 1, min(first + longest, len(stems)) + 1):
            yield " ".join(stems[first:last])


def wording_columns(ratings: Floats, clauses: Sequence[Clause]) -> Floats:
    """Clauses, positions and columns: on the clause, the other positions, and the sentence's clauses.

    `ratings` has a row for each clause, a column for each position.
    """
    best: dict[int, Floats] = {}
    for clause, rating in zip(clauses, ratings, strict=True):
        best[clause.sentence] = np.maximum(best.get(clause.sentence, rating), rating)
    return _columns(ratings, np.array([best[clause.sentence] for clause in clauses]))


def _columns(ratings: Floats, best: Floats) -> Floats:
    """Clauses, positions and columns; the two best positions tell of each what the best other one is."""
    ordered = np.sort(ratings, axis=1)
    is_first = np.arange(ratings.shape[1]) == ratings.argmax(axis=1)[:, None]
    others = np.where(is_first, ordered[:, -2:-1], ordered[:, -1:])
    anything = np.broadcast_to(best.max(axis=1, keepdims=True), best.shape)
    return np.stack([ratings, others, ratings - others, best, ratings - best, anything], axis=2)
