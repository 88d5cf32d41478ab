"""A document's candidates as a table of numbers: what trees decide by.

The columns are, in this order: the first sum of weights and its gaps to rivals; the shape of sentence and
clause; the wording; the kinship with the demand; where party, head and demand stand;
what the sentences beside say; and the features of the first sum, those that the training met often enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from demarche.readers.model.kinship import Kinship
from demarche.readers.model.neighbours import neighbour_columns
from demarche.readers.model.places import place_columns
from demarche.readers.model.vectors import WordVectors
from demarche.readers.model.wording import Wording, wording_columns
from demarche.readers.rules.candidates import Candidate
from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.matches import Features
from demarche.readers.rules.rivals import gaps
from demarche.readers.rules.scene import Scene
from demarche.records import POSITIONS

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
STANDINGS = ("by", "to", "both", "none")


@dataclass(frozen=True)
class Lenses:
    """What a clause is looked at through besides the rules: how it is worded, and what its words mean."""

    wording: Wording
    vectors: WordVectors


def table_of(
    scene: Scene, candidates: Sequence[Candidate], totals: Sequence[float], wording: Wording, kinship: Kinship
) -> Floats:
    """One row per candidate, without the named features; `totals` are first sums of weights."""
    clauses = list(dict.fromkeys(candidate.clause for candidate in candidates))
    ratings = {clause: wording.rate(scene, clause) for clause in clauses}
    crowds = _crowds(candidates)
    worded = wording_columns(ratings)
    rows = [
        [
            *gap,
            *_shape(scene, candidate),
            *crowds[candidate.clause],
            *worded[candidate.clause][POSITIONS.index(candidate.position)],
        ]
        for candidate, gap in zip(candidates, gaps(candidates, totals), strict=True)
    ]
    return np.hstack(
        [
            rows,
            kinship.columns(candidates),
            place_columns(scene, candidates),
            neighbour_columns(candidates, totals),
        ]
    )


def named_columns(candidates: Sequence[Candidate], places: Mapping[str, int]) -> Floats:
    """One row per candidate: the named features that have a place among the columns.

    Candidates share groups of features: the places of a group are looked up once.
    """
    known: dict[int, int] = {}
    groups: list[Features] = []
    shared = []
    for candidate in candidates:
        for group in candidate.groups:
            place = known.setdefault(id(group), len(groups))
            if place == len(groups):
                groups.append(group)
            shared.append(place)
    own = [[places[name] for name in group if name in places] for group in groups]
    told = [[value for name, value in group.items() if name in places] for group in groups]
    sizes = np.array([len(one) for one in own])
    n_groups = len(shared) // len(candidates)
    taken = _runs(np.cumsum(sizes) - sizes, sizes, shared)
    rows = np.repeat(np.arange(len(candidates)), sizes[shared].reshape(-1, n_groups).sum(axis=1))
    table = np.zeros((len(candidates), len(places)))
    table[rows, np.array([*chain(*own)])[taken]] = np.array([*chain(*told)])[taken]
    return table


def _runs(begins: Integers, sizes: Integers, chosen: Sequence[int]) -> Integers:
    """The places of all members of some chosen groups, whose members stand in one row."""
    lengths = sizes[chosen]
    ends = np.cumsum(lengths)
    return np.asarray(np.repeat(begins[chosen] - (ends - lengths), lengths) + np.arange(ends[-1]))


def _shape(scene: Scene, candidate: Candidate) -> list[float]:
    """Lengths and places of clause and sentence, the position, and how the party stands to the demand."""
    clause = candidate.clause
    n_tokens, n_sentences = len(scene.sentences[clause.sentence].tokens), len(scene.sentences)
    clauses = scene.clauses[clause.sentence]
    demand = scene.guide.topics.demands[candidate.demand].demand_id
    n_quoted = sum(scene.voices[clause.sentence].quoted[clause.first : clause.last])
    return [
        clause.last - clause.first,
        n_tokens,
        clause.first / n_tokens,
        clauses.index(clause),
        len(clauses),
        clause.sentence,
        clause.sentence / n_sentences,
        n_sentences,
        len(scene.mentions[clause.sentence]),
        POSITIONS.index(candidate.position),
        STANDINGS.index(scene.guide.standings.of(demand, candidate.party)),
        n_quoted / (clause.last - clause.first),
        len(candidate.part.roles),
    ]


def _crowds(candidates: Sequence[Candidate]) -> dict[Clause, tuple[float, float]]:
    """By clause: how many demands and how many parties it may be about."""
    demands, parties = defaultdict(set), defaultdict(set)
    for candidate in candidates:
        demands[candidate.clause].add(candidate.demand)
        parties[candidate.clause].add(candidate.party)
    return {clause: (float(len(found)), float(len(parties[clause]))) for clause, found in demands.items()}
