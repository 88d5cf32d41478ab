"""What a reader says of its own reading, over all documents: what it was not asked, what it got wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from demarche.coding import Coding
from demarche.decisions import coded_by_hand
from demarche.documents import Document
from demarche.inputs.yaml_forms import nearest
from demarche.problems import InputError, Problem
from demarche.prose import counted
from demarche.readers import ANSWERED, REFUSED, UNANSWERED, Proposals, Remark

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
    coded = set() if coded_too or named else _coded(coding)
    return [d for d in documents if d.doc_id not in coded and (not named or d.doc_id in named)]


def unanswered(proposals: Iterable[Proposals], *, but: Collection[str] = ()) -> dict[str, int]:
    """How many parts of each document a model has not answered about; none of the documents in `but`."""
    parts: Counter[str] = Counter()
    for remark in _remarks(proposals, UNANSWERED):
        if remark.doc_id not in but:
            parts[remark.doc_id] += remark.n
    return dict(parts)


def refused(proposals: Iterable[Proposals]) -> Counter[str]:
    """How many rows of a model's answers were refused, by the kind of their fault."""
    kinds: Counter[str] = Counter()
    for remark in _remarks(proposals, REFUSED):
        kinds[remark.what] += remark.n
    return kinds


def unanswered_lines(coding: Coding, proposals: Sequence[Proposals]) -> Iterator[str]:
    """A line that says which documents are read in part or not at all, since nobody was asked about them.

    Documents coded by hand need no asking.
    """
    missing = unanswered(proposals, but=_coded(coding))
    if missing:
        names = ", ".join(list(missing)[:_NAMED]) + (", …" if len(missing) > _NAMED else "")
        parts = counted(sum(missing.values()), "part")
        yield (
            f"{parts} of {counted(len(missing), 'document')} ({names}) without an answer of the model: "
            "demarche ask STUDY asks for what is missing"
        )


def check_answered(study: Path, coding: Coding, proposals: Sequence[Proposals]) -> None:
    """InputError where a model should read and has answered about no document at all."""
    missing = unanswered(proposals, but=_coded(coding))
    if missing and not any(_remarks(proposals, ANSWERED)):
        about = counted(len(missing), "document")
        message = (
            f"reader is llm, and no answer is kept to what is asked about {about}: "
            f"demarche ask {study} asks, and --dry-run shows what would be sent; or write reader: rules"
        )
        raise InputError([Problem(str(study / "study.yaml"), 0, message)])


def _coded(coding: Coding) -> set[str]:
    return coded_by_hand([*coding.statements, *coding.events])


def _remarks(proposals: Iterable[Proposals], kind: str) -> Iterator[Remark]:
    return (remark for proposed in proposals for remark in proposed.remarks if remark.kind == kind)
