"""How often a reader is right about a study: its proposals held against what people decided there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan

from demarche.codebook import Codebook
from demarche.coding import Coding
from demarche.decisions import coded_by_hand
from demarche.documents import Document
from demarche.material import read_material
from demarche.problems import InputError, Problem
from demarche.readers import Proposals, reader_named
from demarche.remarks import unanswered
from demarche.scoring.figures import FIGURES, Reading, score_by_document
from demarche.scoring.intervals import COVERED
from demarche.scoring.measured import Estimate, Figure, Group, estimated, keep, measured
from demarche.scoring.pairs import Score
from demarche.study import Study


def score_study(study: Study) -> dict[str, dict[str, Score]]:
    """The figures of each document that somebody coded by hand, by its id.

    InputError where there is none: what was only decided on proposals says nothing of what they miss.
    """
    material = read_material(study)
    scores = scores_of(material.documents, material.codebook, material.coding, material.proposals)
    if not scores:
        place = str(study.coding or study.path / "coding")
        raise InputError([Problem(place, 0, _nothing_to_score(study))])
    return scores


def _nothing_to_score(study: Study) -> str:
    asked = (
        ", or the model was asked about none that is (demarche ask --all)" if study.reader == "llm" else ""
    )
    return f"no document is coded by hand; give such a coding with --gold DIR{asked}"


def scores_of(
    documents: Sequence[Document],
    codebook: Codebook,
    coding: Coding,
    proposals: Sequence[Proposals],
    *,
    least: float = 0.0,
) -> dict[str, dict[str, Score]]:
    """The figures of each document coded by hand, of the proposals that reach a confidence.

    A document that a model was not asked about in full is left out: what it might have said is not known.
    """
    coded = coded_by_hand([*coding.statements, *coding.events]) - set(unanswered(proposals))
    decided = Reading(
        [s for s in coding.statements if s.decision == "accepted"],
        [e for e in coding.events if e.decision == "accepted"],
    )
    proposed = Reading(
        [s for found in proposals for s in found.statements if s.confidence >= least],
        [e for found in proposals for e in found.events if e.confidence >= least],
    )
    texts = {document.doc_id: document.text for document in documents if document.doc_id in coded}
    return score_by_document(decided, proposed, texts=texts, party=codebook.party)


def keep_originals(study: Study) -> None:
    """Keep how the study’s reader reads its coded documents: the press texts behind the shipped study."""
    material, reader = read_material(study), reader_named(study.reader, llm=study.llm, lexicon=study.lexicon)
    inputs = material.documents, material.codebook, material.coding, material.proposals
    everything, sure = (
        list(scores_of(*inputs, least=least).values()) for least in (0.0, measured(reader.name).least)
    )
    group = Group(1, len(everything), reader.version, estimated(everything), estimated(sure))
    keep(reader.name, groups={"originals": group})


def score_lines(scores: Mapping[str, Mapping[str, Score]]) -> list[str]:
    """The figures of a study’s documents together, as lines of text, and what they rest on."""
    remark = (
        f"{len(scores)} documents coded by hand; in brackets {COVERED:.0%} intervals, documents drawn again"
    )
    return [*figure_lines(list(scores.values())), remark]


def figure_lines(scores: Sequence[Mapping[str, Score]]) -> list[str]:
    """The figures of some documents together as lines of text, one each, under a head."""
    figures = estimated(scores)
    share = f"{'precision':<21}{'recall':<21}{'F1':<21}"
    head = f"{'figure':<18} {share}{'right':>6} {'proposed':>9} {'decided':>8}"
    return [head, *(_line(name, figures[name]) for name in FIGURES)]


def _line(name: str, figure: Figure) -> str:
    cells = "".join(f"{_words(one):<21}" for one in (figure.precision, figure.recall, figure.f1))
    return f"{name:<18} {cells}{figure.matched:6} {figure.system:9} {figure.gold:8}"


def _words(one: Estimate) -> str:
    return f"{one.value:.3f}" + ("" if isnan(one.low) else f" [{one.low:.3f}, {one.high:.3f}]")
