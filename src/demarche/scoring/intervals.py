"""How far a figure could have come out otherwise: 95 % intervals by drawing the documents again.

The percentile bootstrap (Efron and Tibshirani 1993, ch. 13): as many documents as there are are drawn with
replacement, 2,000 times, always with the same seed; the interval holds the middle 95 % of what the figure
then is. It knows nothing of documents unlike those at hand, and with few documents it is too narrow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from demarche.scoring.pairs import Score

DRAWS, SEED, COVERED = 2000, 20_260_101, 0.95
FEWEST = 3
"""Of fewer documents there is no interval."""
MEASURES = ("precision", "recall", "f1")
Floats = npt.NDArray[np.float64]


class Interval(NamedTuple):
    """From where to where; both are NaN where there is too little to draw from."""

    low: float
    high: float


UNKNOWN = Interval(float("nan"), float("nan"))


def intervals(scores: Sequence[Mapping[str, Score]]) -> dict[str, dict[str, Interval]]:
    """For each figure of some documents (or disputes): the intervals of precision, recall and F1."""
    names = list(scores[0]) if scores else []
    counts = np.array([[_counts(one[name]) for name in names] for one in scores], dtype=float)
    if len(scores) < FEWEST:
        return {name: dict.fromkeys(MEASURES, UNKNOWN) for name in names}
    matched, system, gold = np.moveaxis(_drawn(counts), -1, 0)
    shares = {
        "precision": _share(matched, system),
        "recall": _share(matched, gold),
        "f1": _share(2 * matched, system + gold),
    }
    return {
        name: {measure: _middle(share[:, place]) for measure, share in shares.items()}
        for place, name in enumerate(names)
    }


def interval_of_share(hits: Sequence[float], totals: Sequence[float]) -> Interval:
    """The interval of the sum of `hits` over the sum of `totals`, each unit (a document, a dispute) drawn."""
    if len(hits) < FEWEST:
        return UNKNOWN
    drawn = _drawn(np.array([hits, totals], dtype=float).T)
    return _middle(_share(drawn[:, 0], drawn[:, 1]))


def interval_of_change(before: Sequence[Score], after: Sequence[Score]) -> Interval:
    """The interval of a change in F1, the same units (documents, disputes) drawn before and after."""
    if len(before) < FEWEST:
        return UNKNOWN
    counts = np.array([[_counts(b), _counts(a)] for b, a in zip(before, after, strict=True)], dtype=float)
    matched, system, gold = np.moveaxis(_drawn(counts), -1, 0)
    f1 = _share(2 * matched, system + gold)
    return _middle(f1[:, 1] - f1[:, 0])


def _counts(score: Score) -> tuple[int, int, int]:
    return score.matched, score.system, score.gold


def _drawn(counts: Floats) -> Floats:
    """The sums of `counts` (units first) over each draw of units (draws first)."""
    n = len(counts)
    times = np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), size=DRAWS)
    return np.asarray(np.tensordot(times.astype(float), counts, axes=1))


def _share(part: Floats, whole: Floats) -> Floats:
    """A share for each draw; NaN where there was nothing to share."""
    return np.divide(part, whole, out=np.full_like(whole, np.nan), where=whole > 0)


def _middle(shares: Floats) -> Interval:
    """The middle of what was drawn, draws without a share left out."""
    known = shares[~np.isnan(shares)]
    if not len(known):
        return UNKNOWN
    tail = (1 - COVERED) / 2
    low, high = np.quantile(known, [tail, 1 - tail])
    return Interval(float(low), float(high))
