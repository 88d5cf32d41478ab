"""Fitting the weights of tellers on annotated disputes; used by scripts/fit_tellers.py only.

For each annotated statement that the rules have a candidate for, the annotated teller is one of several
options. The weights make those taken likeliest together (a conditional logit), under a quadratic penalty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from demarche.disputes import Dispute
from demarche.readers.rules.candidates import Candidate, find_candidates
from demarche.readers.rules.confidence import weights, worth
from demarche.readers.rules.fitting import Floats, least
from demarche.readers.rules.scene import Guide, Scene, read_scene
from demarche.readers.rules.tellers.choosing import Features, Teller, tellers
from demarche.readers.rules.weighing import Scale
from demarche.records import AUTHOR, Statement

FEWEST = 6
"""A feature met fewer times than this gets no weight."""
LEAST_TOLD = 0.02
"""Smaller weights are not kept."""
FOLDS = 8


@dataclass(frozen=True)
class Choice:
    """An annotated statement: who may tell it, with features, and which does (None: none of them)."""

    dispute: str
    options: list[tuple[Teller, Features]]
    taken: int | None


def choices_of(dispute: Dispute) -> Iterator[Choice]:
    """The annotated statements of a dispute that the rules have a candidate for."""
    guide, table = Guide.of(dispute.codebook), weights("features")
    for document in dispute.documents:
        scene = read_scene(document, guide)
        candidates = sorted(find_candidates(scene, Scale(table)), key=lambda c: -c.total)
        for wanted in dispute.gold.statements:
            if wanted.doc_id == document.doc_id:
                one = next((c for c in candidates if _carries(scene, c, wanted)), None)
                if one:
                    options = tellers(scene, one.clause, one.part.actor)
                    yield Choice(dispute.name, options, _taken(options, wanted))


def _carries(scene: Scene, candidate: Candidate, wanted: Statement) -> bool:
    demand = scene.guide.topics.demands[candidate.demand].demand_id
    clause, party = candidate.clause, scene.guide.standings.party
    start, end = scene.sentences[clause.sentence].text_range(clause.first, clause.last)
    same = demand, candidate.party, candidate.position
    return same == (wanted.demand, party(wanted.actor), wanted.position) and (
        start < wanted.end and wanted.start < end
    )


def _taken(options: Sequence[tuple[Teller, Features]], wanted: Statement) -> int | None:
    teller = Teller(wanted.speaker, wanted.speaker == AUTHOR and wanted.attribution == "narrator")
    return next((place for place, (option, _) in enumerate(options) if option == teller), None)


def fitted(choices: Sequence[Choice], penalty: float = 4.0) -> dict[str, float]:
    """The weights by name."""
    known = [choice for choice in choices if choice.taken is not None]
    rows = [features for choice in known for _, features in choice.options]
    met = Counter(name for features in rows for name in features)
    names = sorted(name for name, count in met.items() if count >= FEWEST)
    column = {name: place for place, name in enumerate(names)}
    own = [[column[name] for name in features if name in column] for features in rows]
    row = np.repeat(np.arange(len(own)), [len(one) for one in own])
    columns = np.array([place for one in own for place in one], np.int64)
    group = np.repeat(np.arange(len(known)), [len(choice.options) for choice in known])
    taken = np.array([place == choice.taken for choice in known for place in range(len(choice.options))])

    def loss(w: Floats) -> tuple[float, Floats]:
        chances = _chances(np.bincount(row, w[columns], len(own)).astype(float), group)
        surprise = -np.log(np.maximum(chances[taken], 1e-300)).sum()
        slope = np.bincount(columns, (chances - taken)[row], len(names))
        return float(surprise + penalty * (w @ w) / 2), slope + penalty * w

    found = least(loss, np.zeros(len(names)))
    told = {name: round(float(w), 3) for name, w in zip(names, found, strict=True)}
    return {name: w for name, w in told.items() if abs(w) >= LEAST_TOLD}


def _chances(sums: Floats, group: npt.NDArray[np.int64]) -> Floats:
    """The chance of each option among those of its group, from their sums."""
    greatest = np.full(group[-1] + 1, -np.inf)
    np.maximum.at(greatest, group, sums)
    powers = np.exp(sums - greatest[group])
    return np.asarray(powers / np.bincount(group, powers)[group], np.float64)


def shares_right(choices: Sequence[Choice]) -> dict[str, tuple[int, int]]:
    """By dispute: how many speakers are found by weights fitted without it, of how many."""
    names = sorted({choice.dispute for choice in choices})
    found = {}
    for fold in range(FOLDS):
        left_out = set(names[fold::FOLDS])
        table = fitted([choice for choice in choices if choice.dispute not in left_out])
        for name in sorted(left_out):
            own = [choice for choice in choices if choice.dispute == name]
            found[name] = sum(_is_right(choice, table) for choice in own), len(own)
    return found


def _is_right(choice: Choice, table: Mapping[str, float]) -> bool:
    best = max(range(len(choice.options)), key=lambda place: worth(choice.options[place][1], table))
    if choice.taken is None:
        return False
    return choice.options[best][0].speaker == choice.options[choice.taken][0].speaker
