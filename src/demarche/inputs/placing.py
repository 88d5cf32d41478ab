"""Rows of a coding, placed in their documents: each quotation found, or a problem noted with its row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from demarche.documents import Document
from demarche.inputs.anchoring import Lost, Range, find_places
from demarche.inputs.coding_rows import RowCheck
from demarche.inputs.rows import Row
from demarche.inputs.yaml_forms import nearest
from demarche.problems import Problem


class Placed(NamedTuple):
    """A row whose quotation was found in its document."""

    check: RowCheck
    document: Document
    start: int
    end: int

    @property
    def place(self) -> dict[str, Any]:
        """The fields that say where a record stands; the quotation is the document's own words."""
        quote = self.document.text[self.start : self.end]
        return {"doc_id": self.document.doc_id, "start": self.start, "end": self.end, "quote": quote}


def place_rows(
    checks: Iterable[RowCheck], documents: Sequence[Document], moved: list[Problem]
) -> list[Placed]:
    """The rows whose quotations stand in their documents, in the order of their lines.

    Rows that are placed together stand for one state of the text: they show each other the way.
    """
    known = {document.doc_id: document for document in documents}
    by_document: dict[str, list[RowCheck]] = defaultdict(list)
    for check in checks:
        by_document[check.row.text("doc_id")].append(check)
    placed = []
    for doc_id, group in by_document.items():
        if document := known.get(doc_id):
            placed += _placed_in(document, group, moved)
        elif known:
            rows = f"{len(group)} rows are" if len(group) > 1 else "this row is"
            message = f"{rows} of document {doc_id!r}, which is not in the corpus{nearest(doc_id, known)}"
            first = Problem(str(group[0].row.path), group[0].row.line, message)
            for check in group:  # one problem, said by each: rows are judged apart
                check.problems.problems.append(first)
    return sorted(placed, key=lambda each: each.check.row.line)


def _placed_in(document: Document, checks: list[RowCheck], moved: list[Problem]) -> list[Placed]:
    claims = [check.claim() for check in checks]
    placed = []
    for check, claim, place in zip(checks, claims, find_places(document.text, claims), strict=True):
        if not isinstance(place, Lost):
            placed.append(Placed(check, document, *place))
            if claim.start is not None and place != (claim.start, claim.end or place[1]):
                moved.append(_move(check.row, f"moved from {claim.start}–{claim.end}", place, document))
            elif document.text[slice(*place)] != claim.quote:
                moved.append(_move(check.row, "has other white space, marks or accents", place, document))
        elif claim.quote:
            check.note(
                f"quotation is not in its document {document.path or document.doc_id!r}: "
                f"{_shortened(claim.quote)} {place.reason}"
            )
    return placed


def _move(row: Row, change: str, place: Range, document: Document) -> Problem:
    start, end = place
    where = f"now {start}–{end}, {document.path} line {document.line_at(start)}"
    return Problem(str(row.path), row.line, f"quotation {change}; {where}")


def _shortened(quote: str) -> str:
    words = " ".join(quote.split())
    return f"“{words}”" if len(words) <= 80 else f"“{words[:77]}…”"
