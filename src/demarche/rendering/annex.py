"""The annex of a briefing: every quotation that is cited, with its surroundings and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from demarche import blocks as b
from demarche.documents import Document
from demarche.problems import Problem
from demarche.rendering.characters import clean, closed
from demarche.rendering.citations import day
from demarche.rendering.numbering import Places

# quotations under one fold, and the number of all from which on the folds are closed at first
PAGE, LONG_FROM = 50, 300
INTRODUCTION = (
    "Every number in brackets leads here: to the words of the source that carry it, marked within their "
    "sentence, with the places of the briefing that rest on them."
)

Evidence = Mapping[str, Any]


def evidence_annex(cited: Sequence[Evidence], places: Places) -> list[b.Block]:
    """A chapter without a number: one quotation for each evidence cited, under the document it is from."""
    if not cited:
        return []
    blocks = [b.heading(1, "Evidence", anchor="evidence"), b.paragraph(INTRODUCTION)]
    is_long = len(cited) > LONG_FROM
    documents = []
    for count, (_, group) in enumerate(groupby(cited, key=lambda record: record["doc_id"]), start=1):
        records = list(group)
        head = _document(records[0], f"evidence-{count}", is_listed=not is_long)
        pages = [
            b.group(
                [_quotation(record, places[record["number"]]) for record in page],
                summary=_numbers(page),
                is_open=not is_long,
            )
            for page in batched(records, PAGE)
        ]
        documents.append(b.group([*head, *pages]))
    return [*blocks, b.group(documents, n_columns=3 if is_long else 2)]


def replay_problems(evidence: Iterable[Evidence], documents: Iterable[Document]) -> list[Problem]:
    """A problem for each quotation that is not, to the character, what its document has at that place."""
    by_id = {document.doc_id: document for document in documents}
    problems = []
    for record in evidence:
        name = f"{record['record_id']} (E{record['number']})"
        document = by_id.get(record["doc_id"])
        if document is None:
            problems.append(
                Problem(record["doc_id"], 0, f"{name} quotes a document that is not in the corpus")
            )
            continue
        found = document.text[record["start"] : record["end"]]
        if clean(found) != record["quote"] or not found:
            place = f"characters {record['start']} to {record['end']}"
            message = f"{name} quotes {record['quote']!r}; {place} are {found!r}"
            problems.append(
                Problem(document.path or document.doc_id, document.line_at(record["start"]), message)
            )
    return problems


def batched(records: Sequence[Evidence], size: int) -> list[Sequence[Evidence]]:
    """Records in pages of `size`, the last one shorter."""
    return [records[at : at + size] for at in range(0, len(records), size)]


def _numbers(page: Sequence[Evidence]) -> str:
    """What a page of quotations is called: its first and last number, and how many it holds."""
    if len(page) == 1:
        return f"E{page[0]['number']}: one quotation"
    return f"E{page[0]['number']} to E{page[-1]['number']}: {len(page)} quotations"


def _document(record: Evidence, anchor: str, *, is_listed: bool) -> list[b.Block]:
    """The heading of a document, in the list of contents where that is not too long, and where it is from."""
    origin = ", ".join(filter(None, [closed(record["publisher"]), day(dict(record))]))
    heading = {**b.heading(2, record["source"] or record["doc_id"], anchor=anchor), "listed": is_listed}
    return [heading, b.paragraph(b.emphasis(origin))] if origin else [heading]


def _quotation(record: Evidence, back: list[dict[str, str]]) -> b.Block:
    return {**b.quotation(dict(record)), "id": f"e{record['number']}", "under_source": True, "back": back}
