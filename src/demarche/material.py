"""Everything a briefing is made from, read once: documents, codebook, coding, proposals, tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from demarche.codebook import Codebook, load_codebook
from demarche.coding import Coding
from demarche.corpus import load_corpus
from demarche.decisions import open_texts, settled
from demarche.documents import Document
from demarche.judgements import Judgement, read_judgements
from demarche.kinds import KINDS, Kind
from demarche.outcomes import Outcome, load_outcomes
from demarche.problems import ProblemList
from demarche.proposals import propose, proposed
from demarche.readers import Proposals, reader_named
from demarche.remarks import check_answered
from demarche.study import Study, read_inputs
from demarche.tables import Tables, figures_table, forecasts_table, make_tables


@dataclass(frozen=True)
class Material:
    """What was received, what was decided, what is proposed, and the tables made of it."""

    documents: tuple[Document, ...]
    codebook: Codebook
    coding: Coding
    proposals: tuple[Proposals, ...]
    tables: Tables
    judgements: tuple[Judgement, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


def read_material(study: Study, *, basis: str = "both") -> Material:
    """Read a study; InputError with every problem found. `basis`: both, decided or proposed."""
    documents, codebook, coding = read_inputs(study)
    proposals = proposals_of(study, documents, codebook)
    check_answered(study.path, coding, proposals)
    material = _material(documents, codebook, coding, proposals, basis)
    return replace(
        material,
        judgements=read_judgements(study.judgements, coding, documents, codebook),
        outcomes=load_outcomes(study.coding, study.path / "reference", coding, ProblemList())
        if study.coding
        else (),
    )


def proposals_of(study: Study, documents: list[Document], codebook: Codebook) -> list[Proposals]:
    """What the study's reader proposes for its documents; kept in the study's folder by content."""
    kept = study.path / ".demarche" / "proposals"
    return propose(
        documents, codebook, reader_named(study.reader, llm=study.llm, lexicon=study.lexicon), cache=kept
    )


def read_for_review(study: Study) -> Material:
    """The texts, codebook and proposals of a study, with nothing decided yet; InputError for their problems.

    What is wrong with rows decided earlier does not keep anybody from deciding.
    """
    problems = ProblemList()
    codebook = load_codebook(study.codebook, problems)
    documents = load_corpus(study.corpus, problems, metadata=study.documents_csv)
    problems.raise_if_any()
    return _material(documents, codebook, Coding(), proposals_of(study, documents, codebook), "both")


def read_proposals(corpus: Path, codebook: Path, *, reader: str = "rules") -> Material:
    """What a reader proposes for a folder of texts with a codebook, outside any study."""
    problems = ProblemList()
    documents, book = load_corpus(corpus, problems), load_codebook(codebook, problems)
    problems.raise_if_any()
    return _material(documents, book, Coding(), propose(documents, book, reader_named(reader)), "both")


def _material(
    documents: list[Document], codebook: Codebook, coding: Coding, proposals: list[Proposals], basis: str
) -> Material:
    rows = {kind.name: _standing(kind, documents, coding, proposals, basis) for kind in KINDS}
    tables = replace(
        make_tables(documents, codebook, rows["statements"], rows["events"]),
        figures=figures_table(rows["figures"]),
        forecasts=forecasts_table(rows["forecasts"]),
    )
    return Material(tuple(documents), codebook, coding, tuple(proposals), tables)


def _standing(
    kind: Kind, documents: list[Document], coding: Coding, proposals: list[Proposals], basis: str
) -> list[Any]:
    """The records of a kind on which the tables rest."""
    rows = proposed(kind, proposals)
    if basis != "proposed":
        where = open_texts(kind, coding, documents)
        rows = [row for row in rows if row.doc_id in where]
    return settled(coding.of(kind), rows, basis=basis)
