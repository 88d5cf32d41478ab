"""Decided rows that the texts or the codebook have outrun: set aside with the reason, never dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.kinds import described, ids_in
from demarche.problems import Problem
from demarche.records import Coded
from demarche.reviewing.combine import Aside


def set_aside(
    records: Iterable[Coded], documents: Sequence[Document], codebook: Codebook
) -> tuple[list[Coded], list[Aside]]:
    """The records that hold today, and those that somebody must look at again.

    One rests on the ids that it names. A rejected one that speaks of nothing any more has done its work.
    """
    known = {document.doc_id: document for document in documents}
    kept: list[Coded] = []
    aside: list[Aside] = []
    for record in records:
        document = known.get(record.doc_id)
        if reason := _reason(record, document, codebook):
            if record.decision == "accepted":
                aside.append(Aside(record, reason, _place(record, document)))
        else:
            kept.append(record)
    return kept, aside


def _reason(record: Coded, document: Document | None, codebook: Codebook) -> str:
    said = f"{record.coder or 'somebody'} accepted ‘{described(record)}’"
    if document is None or document.text[record.start : record.end] != record.quote:
        return f"{said}, but its words stand nowhere any more"
    if fate := next((fate for name in ids_in(record) if (fate := codebook.fate(name))), ""):
        return f"{said}; since then {fate}"
    return ""


def _place(record: Coded, document: Document | None) -> Problem:
    if document is None:
        return Problem(record.doc_id, 0, "")
    return Problem(document.path or document.doc_id, document.line_at(record.start), "")
