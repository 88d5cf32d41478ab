"""How often a reader is right about a study: its proposals held against what was decided."""

from __future__ import annotations

from collections.abc import Mapping

from demarche.material import read_material
from demarche.scoring import Reading, Score, score
from demarche.study import Study


def score_study(study: Study) -> dict[str, Score]:
    """The five figures of `scoring` for the documents that somebody coded, the study's coding being right."""
    material = read_material(study)
    decided = Reading(
        [s for s in material.coding.statements if s.decision == "accepted"],
        [e for e in material.coding.events if e.decision == "accepted"],
    )
    coded = {s.doc_id for s in decided.statements} | {e.doc_id for e in decided.events}
    proposed = Reading(
        [s for proposals in material.proposals for s in proposals.statements],
        [e for proposals in material.proposals for e in proposals.events],
    )
    texts = {document.doc_id: document.text for document in material.documents if document.doc_id in coded}
    return score(decided, proposed, texts=texts, party=material.codebook.party)


def score_lines(scores: Mapping[str, Score]) -> list[str]:
    """The figures as lines of text, one each, under a head."""
    head = (
        f"{'figure':<18} {'precision':>9} {'recall':>7} {'F1':>7} {'matched':>8} {'system':>7} {'decided':>8}"
    )
    return [
        head,
        *(
            f"{name:<18} {s.precision:9.3f} {s.recall:7.3f} {s.f1:7.3f} {s.matched:8} {s.system:7} {s.gold:8}"
            for name, s in scores.items()
        ),
    ]
