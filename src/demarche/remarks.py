"""What a reader says of its own reading, over all documents: what it was not asked, what it got wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from demarche.coding import Coding
from demarche.decisions import coded_by_hand
from demarche.documents import Document
from demarche.inputs.yaml_forms import nearest
from demarche.problems import InputError, Problem
from demarche.prose import counted
from demarche.readers import REFUSED, UNANSWERED, Proposals

_NAMED = 5


def documents_to_ask(
    documents: Sequence[Document], coding: Coding, *, named: Collection[str] = (), coded_too: bool = False
) -> list[Document]:
    """The documents that a model is worth asking about: the named ones, else those nobody coded by hand.

    InputError for a name that no document has.
    """
    known = [document.doc_id for document in documents]
    unknown = [name for name in named if name not in known]
    if unknown:
        raise InputError(
            Problem("--document", 0, f"there is no document {name!r}{nearest(name, known)}")
            for name in unknown
        )
    coded = set() if coded_too or named else coded_by_hand([*coding.statements, *coding.events])
    return [d for d in documents if d.doc_id not in coded and (not named or d.doc_id in named)]


def unanswered(
    documents: Sequence[Document], coding: Coding, proposals: Sequence[Proposals]
) -> dict[str, int]:
    """How many parts of each document nobody has been asked about; documents coded by hand need no asking."""
    coded = coded_by_hand([*coding.statements, *coding.events])
    parts = {
        document.doc_id: sum(remark.n for remark in proposed.remarks if remark.kind == UNANSWERED)
        for document, proposed in zip(documents, proposals, strict=True)
        if document.doc_id not in coded
    }
    return {doc_id: n for doc_id, n in parts.items() if n}


def refused(proposals: Sequence[Proposals]) -> Counter[str]:
    """How many rows of the answers were refused, by the kind of their fault."""
    kinds: Counter[str] = Counter()
    for proposed in proposals:
        kinds.update({remark.what: remark.n for remark in proposed.remarks if remark.kind == REFUSED})
    return kinds


def unanswered_lines(
    documents: Sequence[Document], coding: Coding, proposals: Sequence[Proposals]
) -> Iterator[str]:
    """A line that says which documents are read in part or not at all, since nobody was asked about them."""
    missing = unanswered(documents, coding, proposals)
    if missing:
        names = ", ".join(list(missing)[:_NAMED]) + (", …" if len(missing) > _NAMED else "")
        parts = counted(sum(missing.values()), "part")
        yield (
            f"{parts} of {counted(len(missing), 'document')} ({names}) without an answer of the model: "
            "demarche ask STUDY asks for what is missing"
        )


def check_answered(
    study: Path, documents: Sequence[Document], coding: Coding, proposals: Sequence[Proposals]
) -> None:
    """InputError where a model should read and has answered about no document at all."""
    coded = coded_by_hand([*coding.statements, *coding.events])
    to_read = {document.doc_id for document in documents} - coded
    answered = any(
        proposed.statements or proposed.events or not any(r.kind == UNANSWERED for r in proposed.remarks)
        for document, proposed in zip(documents, proposals, strict=True)
        if document.doc_id in to_read
    )
    if to_read and not answered:
        message = (
            f"reader is llm, and no answer is kept to anything asked about these {len(to_read)} documents: "
            f"run demarche ask {study} (see there what it sends where), or write reader: rules"
        )
        raise InputError([Problem(str(study / "study.yaml"), 0, message)])
