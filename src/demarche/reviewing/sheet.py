"""Proposals to decide on as a sheet, one row each: what is written, and what each column means."""

from __future__ import annotations

from collections.abc import Iterator

from demarche.documents import Document
from demarche.records import ATTRIBUTIONS, AUTHOR, EVENT_STATUSES, POSITIONS, Event, Statement
from demarche.reviewing.journal import LAYERS
from demarche.reviewing.replay import Record
from demarche.reviewing.session import Session

ASKED = ("decision", "note")
FIELDS = {
    "statements": ("demand", "actor", "position", "speaker", "attribution", "addressee"),
    "events": ("date", "date_text", "status", "actors"),
}
COLUMNS = (
    *ASKED, "layer", "doc_id", "quote", *FIELDS["statements"], *FIELDS["events"],
    "paragraph", "why", "confidence", "alike", "start", "end", "was", "row",
)  # fmt: skip
MEANINGS = {
    "decision": "accept or reject; empty while you have not decided",
    "note": "a remark of yours; without a decision it stays beside the proposal",
    "layer": "statements or events",
    "quote": "the words; change them to move the range, to words of the same text",
    "speaker": "from whom we know it; author is the text itself",
    "addressee": "ids joined by ;",
    "actors": "ids joined by ;",
    "date": "EDTF: 2031-05-14, 2031-05, 2031/.., 2031-05~",
    "paragraph": "where the words stand; not read back",
    "why": "what hangs on it; not read back",
    "confidence": "how sure the reader is, 0 to 1; not read back",
    "alike": "rows with one number say nearly the same; not read back",
    "row": "which proposal this is: leave it. A row of your own has none",
    "was": "how it stood when the sheet was written: leave it",
}
CONTEXT = 700


def choices(session: Session) -> dict[str, list[str]]:
    """The values that a column can have, for the columns where they can be listed."""
    actors = [name for name, actor in session.codebook.actors.items() if actor.is_current]
    demands = [name for name, demand in session.codebook.demands.items() if demand.is_current]
    return {
        "decision": ["accept", "reject"],
        "layer": list(LAYERS),
        "demand": demands,
        "actor": actors,
        "position": list(POSITIONS),
        "speaker": [AUTHOR, *actors],
        "attribution": list(ATTRIBUTIONS),
        "status": list(EVENT_STATUSES),
    }


def sheet_rows(session: Session, *, order: str = "value", doc_id: str = "") -> list[dict[str, str]]:
    """One row a proposal, in the order that pays; then what this coder has decided, in order of the text."""
    return [*_open_rows(session, order, doc_id), *_decided_rows(session, doc_id)]


def _open_rows(session: Session, order: str, doc_id: str) -> Iterator[dict[str, str]]:
    own = {id(verdict.outcome) for verdict in session.verdicts.values()}
    for number, item in enumerate(session.items(order=order, doc_id=doc_id), start=1):
        if id(item.record) in own:
            continue
        for record in item.records:
            row = _row(record, session)
            row["note"] = session.comment_on(record)
            row["why"] = "; ".join(item.why)
            row["alike"] = str(number) if item.alike else ""
            yield row


def _decided_rows(session: Session, doc_id: str) -> Iterator[dict[str, str]]:
    for verdict in session.decided():
        if doc_id in ("", verdict.outcome.doc_id):
            said = "accept" if verdict.accepted else "reject"
            row = _row(verdict.outcome, session)
            yield row | {"decision": said, "was": said, "note": verdict.outcome.note}


def _row(record: Record, session: Session) -> dict[str, str]:
    layer = "statements" if isinstance(record, Statement) else "events"
    cells = dict.fromkeys(COLUMNS, "")
    cells |= {name: cell(getattr(record, name)) for name in ("doc_id", "quote", "start", "end")}
    cells |= {name: cell(getattr(record, name)) for name in FIELDS[layer]}
    document = session.documents.get(record.doc_id)
    paragraph = shortened(document, record) if document else ""
    sure = f"{record.confidence:.2f}" if not record.coder else ""
    return cells | {"layer": layer, "paragraph": paragraph, "confidence": sure, "row": record.record_id}


def cell(value: object) -> str:
    """A field as a cell: lists joined by `;`."""
    return ";".join(value) if isinstance(value, tuple) else str(value)


def paragraph_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of the paragraph (up to a blank line) in which a range stands."""
    first = text.rfind("\n\n", 0, start)
    last = text.find("\n\n", end)
    return (0 if first < 0 else first + 2), (len(text) if last < 0 else last)


def shortened(document: Document, record: Statement | Event) -> str:
    """The paragraph around a record's words, cut where it is long."""
    first, last = paragraph_of(document.text, record.start, record.end)
    low, high = max(first, record.start - CONTEXT // 2), min(last, record.end + CONTEXT // 2)
    before, after = "…" if low > first else "", "…" if high < last else ""
    return before + document.text[low:high] + after
