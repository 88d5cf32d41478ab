"""Statements of a document: the rules' candidates, rated by trees instead of sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from demarche.documents import Document
from demarche.readers.model.columns import named_columns, table_of
from demarche.readers.model.knowledge import Knowledge
from demarche.readers.rules.candidates import Candidate, find_candidates
from demarche.readers.rules.confidence import weights
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.sentences import sentence_length
from demarche.readers.rules.statements import Rated, choose, doubtful_of, statements_of
from demarche.readers.rules.weighing import Scale
from demarche.records import Statement

LEAST_SUM = -5.0
"""Candidates whose sum of weights by the rules is less are not rated; the rules give up sooner."""


def find_statements(
    document: Document, scene: Scene, known: Knowledge
) -> tuple[list[Statement], list[Statement]]:
    """The statements of a document in order, and those too doubtful to be proposed."""
    everything = rated(scene, list(find_candidates(scene, _scale())), known)
    proposed = statements_of(document, scene, choose(everything), everything)
    return _by_model(proposed), _by_model(doubtful_of(document, scene, everything))


def _by_model(statements: Sequence[Statement]) -> list[Statement]:
    return [replace(one, method="model") for one in statements]


@cache
def _scale() -> Scale:
    return Scale(weights("features"), LEAST_SUM)


def rated(scene: Scene, candidates: Sequence[Candidate], known: Knowledge) -> list[Rated]:
    """Candidates that know their totals, with their confidence."""
    if not candidates:
        return []
    table = table_of(scene, candidates, [candidate.total for candidate in candidates], known.lenses)
    sums = known.trees.sums(np.hstack([table, named_columns(candidates, known.places)]))
    confidences = known.sureness.confidences(sums, sentence_length(scene.sentences)).tolist()
    return [Rated(one, confidence) for one, confidence in zip(candidates, confidences, strict=True)]
