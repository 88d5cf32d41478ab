"""Statements of a document: a first sum drops hopeless candidates, trees rate the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from demarche.documents import Document
from demarche.readers.model.columns import named_columns, table_of
from demarche.readers.model.kinship import Kinship
from demarche.readers.model.knowledge import Knowledge
from demarche.readers.model.nearest import Nearness
from demarche.readers.model.vocabulary import Vocabulary
from demarche.readers.rules.candidates import Candidate, find_candidates
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.sentences import sentence_length
from demarche.readers.rules.statements import Rated, choose, doubtful_of, statements_of
from demarche.records import Statement


def find_statements(
    document: Document, scene: Scene, known: Knowledge
) -> tuple[list[Statement], list[Statement]]:
    """The statements of a document in order, and those too doubtful to be proposed."""
    if not scene.guide.topics.demands:
        return [], []
    kinship = Kinship.of(scene, Vocabulary.of(scene), known.lenses.vectors)
    candidates = list(find_candidates(scene, known.first, Nearness.of(kinship).topics))
    everything = rated(scene, candidates, kinship, known)
    proposed = statements_of(document, scene, choose(everything), everything)
    return _by_model(proposed), _by_model(doubtful_of(document, scene, everything))


def _by_model(statements: Sequence[Statement]) -> list[Statement]:
    return [replace(one, method="model") for one in statements]


def rated(scene: Scene, candidates: Sequence[Candidate], kinship: Kinship, known: Knowledge) -> list[Rated]:
    """Candidates that know their totals, with their confidence."""
    if not candidates:
        return []
    totals = [candidate.total for candidate in candidates]
    table = table_of(scene, candidates, totals, known.lenses.wording, kinship)
    sums = known.trees.sums(np.hstack([table, named_columns(candidates, known.places)]))
    confidences = known.sureness.confidences(sums, sentence_length(scene.sentences)).tolist()
    return [Rated(one, confidence) for one, confidence in zip(candidates, confidences, strict=True)]
