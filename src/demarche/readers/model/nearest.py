"""What a clause may be about: besides the demands that its words point to, those it is nearest to in meaning.

On press-like texts no cue and no shared word may lead to a demand. Of each demand that a clause may be about
it is told how near it is, beside the other demands of the codebook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from demarche.readers.model.kinship import Kinship
from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.topic_features import Features, topic_features

Floats = npt.NDArray[np.float64]
N_NEAREST = 3
"""So many demands are proposed for each clause, whatever its words point to."""
LEAST_NEAR = 0.3
"""Demands less near are not proposed: of right ones nine in ten are nearer, of others six in ten."""
LAST_RANK, MOST = 4, 6.0
"""Ranks from here on are not told apart, and no distance beyond this."""


@dataclass(frozen=True)
class Nearness:
    """For each clause of a document: how near it is to each demand, the demands' ranks, the nearest first."""

    places: Mapping[Clause, int]
    near: Floats
    ranks: npt.NDArray[np.int64]
    nearest: Sequence[Sequence[int]]
    features: Sequence[Sequence[Sequence[float]]]

    @classmethod
    def of(cls, kinship: Kinship) -> Nearness:
        """The nearness of all clauses; of demands equally near the earlier one comes first."""
        near = kinship.own + kinship.whole
        nearest = np.argsort(-near, axis=1, kind="stable")
        ranks = np.argsort(nearest, axis=1, kind="stable")
        parts = (kinship.own, kinship.whole, kinship.before, *_gaps(near, nearest, ranks))
        features = np.clip(np.stack(parts, axis=2), -MOST, MOST).tolist()
        return cls(kinship.places, near, ranks, nearest[:, :N_NEAREST].tolist(), features)

    def topics(self, scene: Scene, clause: Clause) -> dict[int, Features]:
        """By demand: how clearly a clause is about it, by words and by meaning."""
        found, place = topic_features(scene, clause), self.places[clause]
        led, features = frozenset(found), self.features[place]
        for demand in self.nearest[place]:
            if demand not in led and self.near[place, demand] >= LEAST_NEAR:
                found[demand] = {f"general {scene.guide.topics.general.get(demand, '')}": 1.0}
        for demand, told in found.items():
            rank = int(self.ranks[place, demand])
            told.update(_told(features[demand], rank))
            if demand not in led:
                told.update(_only_near(features[demand], rank))
        return found


def _gaps(
    near: Floats, nearest: npt.NDArray[np.int64], ranks: npt.NDArray[np.int64]
) -> tuple[Floats, Floats]:
    """How far each demand is behind the nearest one, and how far the nearest one is ahead of the next."""
    best = np.take_along_axis(near, nearest[:, :2], axis=1)
    next_best = best[:, 1:] if best.shape[1] > 1 else np.zeros((len(near), 1))
    return near - best[:, :1], np.where(ranks == 0, best[:, :1] - next_best, 0.0)


def _told(features: Sequence[float], rank: int) -> Features:
    own, whole, before, behind, ahead = features
    return {
        "near clause": own,
        "near sentence": whole,
        "near before": before,
        "behind the nearest": behind,
        "ahead of the next nearest": ahead,
        f"nearest {min(rank, LAST_RANK)}": 1.0,
    }


def _only_near(features: Sequence[float], rank: int) -> Features:
    """What is told again of a demand that no word leads to, for it to weigh otherwise."""
    own, whole, *_ = features
    return {f"only near, {rank}": 1.0, "only near clause": own, "only near sentence": whole}
