"""What the sentences right before and behind say of a candidate's demand and party, by the rules' sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

import numpy as np
import numpy.typing as npt

from demarche.readers.rules.candidates import Candidate

Floats = npt.NDArray[np.float64]
LEAST = -8.0
"""What stands for a sentence that says nothing."""
BESIDE = (-1, 1)


def neighbour_columns(candidates: Sequence[Candidate], totals: Sequence[float]) -> Floats:
    """One row per candidate: the best sums of those in the sentence before and behind it.

    Of all, and of those that share the demand, the party, both, or these and the position with it.
    """
    likenesses = [_likenesses(candidate) for candidate in candidates]
    best: dict[int, dict[Hashable, float]] = defaultdict(dict)
    for candidate, keys, total in zip(candidates, likenesses, totals, strict=True):
        own = best[candidate.clause.sentence]
        for key in keys:
            own[key] = max(own.get(key, LEAST), total)
    return np.array(
        [
            [best[one.clause.sentence + beside].get(key, LEAST) for beside in BESIDE for key in keys]
            for one, keys in zip(candidates, likenesses, strict=True)
        ]
    )


def _likenesses(candidate: Candidate) -> tuple[Hashable, ...]:
    """By what a candidate is like others of a sentence."""
    demand, party = candidate.demand, candidate.party
    return None, demand, party, (demand, party), (demand, party, candidate.position)
