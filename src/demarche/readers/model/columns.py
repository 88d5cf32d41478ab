"""A document's candidates as a table of numbers: what trees decide by.

The columns are, in this order: the first sum of weights and its gaps to rivals; the shape of sentence and
clause; the wording; the kinship with the demand; where party, head and demand stand; what the sentences
beside say; and the features of the first sum, those that the training met often enough.
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
    places = {clause: place for place, clause in enumerate(clauses)}
    at = np.array([places[candidate.clause] for candidate in candidates])
    positions = np.array([POSITIONS.index(candidate.position) for candidate in candidates])
    return np.hstack(
        [
            gaps(candidates, totals),
            np.array([_shape(scene, clause) for clause in clauses], np.float64)[at],
            positions[:, None],
            np.array([_own(scene, candidate) for candidate in candidates], np.float64),
            _crowds(candidates, clauses)[at],
            wording_columns(np.array([wording.rate(scene, c) for c in clauses]), clauses)[at, positions],
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


def _shape(scene: Scene, clause: Clause) -> list[float]:
    """Lengths and places of clause and sentence."""
    n_tokens, n_sentences = len(scene.sentences[clause.sentence].tokens), len(scene.sentences)
    clauses = scene.clauses[clause.sentence]
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
    ]


def _own(scene: Scene, candidate: Candidate) -> list[float]:
    """How the party stands to the demand, how much of the clause is quoted, and the party's roles."""
    clause, standings = candidate.clause, scene.guide.standings
    demand = scene.guide.topics.demands[candidate.demand].demand_id
    return [
        STANDINGS.index(standings.of(demand, candidate.party)),
        scene.kept(_share_quoted, clause),
        len(candidate.part.roles),
    ]


def _share_quoted(scene: Scene, clause: Clause) -> float:
    quoted = scene.voices[clause.sentence].quoted[clause.first : clause.last]
    return sum(quoted) / (clause.last - clause.first)


def _crowds(candidates: Sequence[Candidate], clauses: Sequence[Clause]) -> Floats:
    """A row for each clause: how many demands and how many parties it may be about."""
    demands, parties = defaultdict(set), defaultdict(set)
    for candidate in candidates:
        demands[candidate.clause].add(candidate.demand)
        parties[candidate.clause].add(candidate.party)
    return np.array([(len(demands[clause]), len(parties[clause])) for clause in clauses], np.float64)
