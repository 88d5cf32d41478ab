"""What the sentences right before and behind say of a candidate's demand and party, by the rules' sums."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

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
    best: dict[Hashable, float] = {}
    for candidate, total in zip(candidates, totals, strict=True):
        for key in _keys(candidate, candidate.clause.sentence):
            best[key] = max(best.get(key, LEAST), total)
    return np.array(
        [
            [best.get(key, LEAST) for beside in BESIDE for key in _keys(c, c.clause.sentence + beside)]
            for c in candidates
        ]
    )


def _keys(candidate: Candidate, sentence: int) -> Iterator[Hashable]:
    """By what a candidate is like others of a sentence."""
    demand, party = candidate.demand, candidate.party
    yield sentence, -1, ""
    yield sentence, demand, ""
    yield sentence, -1, party
    yield sentence, demand, party
    yield sentence, demand, party, candidate.position
