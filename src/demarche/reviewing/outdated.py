"""Decided rows that the texts or the codebook have outrun: set aside with the reason, never dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.problems import Problem
from demarche.records import Statement
from demarche.reviewing.combine import Aside, described
from demarche.reviewing.replay import Record


def set_aside(
    records: Iterable[Record], documents: Sequence[Document], codebook: Codebook
) -> tuple[list[Record], list[Aside]]:
    """The records that hold today, and those that somebody must look at again.

    A rejected one that speaks of nothing any more has done its work.
    """
    known = {document.doc_id: document for document in documents}
    kept: list[Record] = []
    aside: list[Aside] = []
    for record in records:
        document = known.get(record.doc_id)
        if reason := _reason(record, document, codebook):
            if record.decision == "accepted":
                aside.append(Aside(record, reason, _place(record, document)))
        else:
            kept.append(record)
    return kept, aside


def _reason(record: Record, document: Document | None, codebook: Codebook) -> str:
    said = f"{record.coder or 'somebody'} accepted ‘{described(record)}’"
    if document is None or document.text[record.start : record.end] != record.quote:
        return f"{said}, but its words stand nowhere any more"
    if fate := next((fate for name in _ids(record) if (fate := codebook.fate(name))), ""):
        return f"{said}; since then {fate}"
    return ""


def _ids(record: Record) -> list[str]:
    """The ids that a record rests on: what was split or retired does not count any more."""
    if isinstance(record, Statement):
        return [record.demand, record.actor, record.speaker, *record.addressee]
    return list(record.actors)


def _place(record: Record, document: Document | None) -> Problem:
    if document is None:
        return Problem(record.doc_id, 0, "")
    return Problem(document.path or document.doc_id, document.line_at(record.start), "")
