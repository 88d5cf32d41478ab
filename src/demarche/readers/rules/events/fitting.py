"""Fitting the weights of the events' features on annotated disputes; used by scripts/fit_events.py only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from demarche.disputes import Dispute
from demarche.readers.rules.confidence import BIAS, probability, worth
from demarche.readers.rules.events.confidence import features_of
from demarche.readers.rules.events.finding import event_of, find_dated
from demarche.readers.rules.fitting import fit_dense
from demarche.readers.rules.sentences import find_sentences
from demarche.scoring import Reading, score

FEWEST = 8
"""A feature met fewer times than this gets no weight."""
PENALTY = 1.0
FOLDS = 5
"""So many groups of disputes are left out in turn."""
EDGES = (0.0, 0.2, 0.35, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)


class Row(NamedTuple):
    """One proposed event: the dispute it is from, its features, and whether the annotation holds it."""

    dispute: str
    features: dict[str, float]
    right: bool


def rows_of(dispute: Dispute) -> Iterator[Row]:
    """Every event that the rules propose for a dispute."""
    for document in dispute.documents:
        gold = Reading([], [event for event in dispute.gold.events if event.doc_id == document.doc_id])
        for dated in find_dated(document, find_sentences(document.text)):
            found, texts = Reading([], [event_of(document, dated, {})]), {document.doc_id: document.text}
            matched = score(gold, found, texts=texts, party=dispute.codebook.party)["dated events"].matched
            yield Row(dispute.name, features_of(dated.facts), matched == 1)


def fitted(rows: Sequence[Row], penalty: float = PENALTY) -> dict[str, float]:
    """The weights by name, under a quadratic penalty."""
    met = Counter(name for row in rows for name in row.features)
    names = sorted(name for name, count in met.items() if count >= FEWEST and name != BIAS)
    columns = np.array([[row.features.get(name, 0.0) for name in names] for row in rows])
    weights = fit_dense(columns, np.array([float(row.right) for row in rows]), penalty)
    return {name: round(float(weight), 4) for name, weight in zip([BIAS, *names], weights, strict=True)}


def left_out(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    """By dispute, weights fitted on disputes of other groups."""
    names = list(dict.fromkeys(row.dispute for row in rows))
    fold_of = {name: place % FOLDS for place, name in enumerate(names)}
    by_fold = {
        fold: fitted([row for row in rows if fold_of[row.dispute] != fold]) for fold in set(fold_of.values())
    }
    return {name: by_fold[fold] for name, fold in fold_of.items()}


def left_out_of(disputes: Sequence[Dispute]) -> dict[str, dict[str, float]]:
    """By dispute, weights fitted without it."""
    return left_out([row for dispute in disputes for row in rows_of(dispute)])


def reliability(rows: Sequence[Row]) -> Iterator[tuple[float, float, int, float]]:
    """For each band of confidence its edges, how many proposals, and the share right; cross-validated."""
    weights = left_out(rows)
    predicted = [(probability(worth(row.features, weights[row.dispute])), row.right) for row in rows]
    for low, high in pairwise(EDGES):
        band = [right for p, right in predicted if low <= p < high]
        yield low, high, len(band), sum(band) / len(band) if band else 0.0
