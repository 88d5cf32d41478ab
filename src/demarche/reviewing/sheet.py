"""Proposals to decide on as a sheet, one row each: what is written, and what each column means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from demarche.documents import Document
from demarche.fields import FIELDS, options
from demarche.kinds import KINDS, NAMES, kind_of
from demarche.prose import counted
from demarche.records import Coded
from demarche.reviewing.queue import Item
from demarche.reviewing.reprints import decided_alike
from demarche.reviewing.session import Session

ASKED = ("decision", "note")
TOGETHER = ";"
"""Between the ids of proposals that one row stands for."""
_SAID = tuple(dict.fromkeys(name for kind in KINDS for name in kind.blank))
COLUMNS = (
    *ASKED, "layer", "doc_id", "quote", *_SAID,
    "paragraph", "why", "confidence", "alike", "start", "end", "was", "row",
)  # fmt: skip
MEANINGS = {
    "decision": "accept or reject; empty while you have not decided",
    "note": "a remark of yours; without a decision it stays beside the proposal",
    "layer": f"{', '.join(NAMES[:-1])} or {NAMES[-1]}; columns that none of these rows needs are hidden",
    "quote": "the words; change them to move the range, to words of the same text",
    **{name: FIELDS[name].meaning for name in _SAID if FIELDS[name].meaning},
    "paragraph": "where the words stand; not read back",
    "why": "what hangs on it; not read back",
    "confidence": "how sure the reader is, 0 to 1; not read back",
    "alike": "rows with one number say nearly the same; not read back",
    "row": "which proposal this is, or which, where reprints have the same words: leave it. "
    "A row of your own has none",
    "was": "how it stood when the sheet was written: leave it",
}
CONTEXT = 700


def choices(session: Session) -> dict[str, list[str]]:
    """The values that a column can have, for the columns where they can be listed."""
    listed = {name: options(name, session.codebook) for name in _SAID if not FIELDS[name].is_list}
    return {
        "decision": ["accept", "reject"],
        "layer": list(NAMES),
        **{name: values for name, values in listed.items() if values},
    }


def idle_columns(rows: Sequence[Mapping[str, str]]) -> set[str]:
    """The columns of kinds that do not occur in rows; none where there are no rows."""
    there = {name for kind in KINDS for row in rows if row["layer"] == kind.name for name in kind.fields}
    return set(_SAID) - there if there else set()


def sheet_rows(
    session: Session, *, order: str = "value", doc_id: str = "", kinds: Sequence[str] = ()
) -> list[dict[str, str]]:
    """One row a proposal, in the order that pays; then what this coder has decided, in order of the text.

    What stands in the same words in reprints of a text is asked once.
    """
    asked = session.items(order=order, doc_id=doc_id, kinds=kinds)
    return [*_open_rows(session, asked), *_decided_rows(session, doc_id, kinds)]


def _open_rows(session: Session, items: Sequence[Item]) -> Iterator[dict[str, str]]:
    own = {id(verdict.outcome) for verdict in session.verdicts.values()}
    for number, item in enumerate(items, start=1):
        if id(item.record) in own:
            continue
        for records in (item.asked, *item.alike):
            row = _row(records, session)
            row["note"] = session.comment_on(records[0])
            row["why"] = "; ".join([*item.why, *_in_reprints(records)])
            row["alike"] = str(number) if item.alike else ""
            yield row


def _decided_rows(session: Session, doc_id: str, kinds: Sequence[str]) -> Iterator[dict[str, str]]:
    verdicts = [
        verdict
        for verdict in session.decided()
        if doc_id in ("", verdict.outcome.doc_id) and kind_of(verdict.outcome).name in (kinds or NAMES)
    ]
    for alike in decided_alike(verdicts, session.documents.values()):
        outcomes = [verdict.outcome for verdict in alike]
        said = "accept" if alike[0].accepted else "reject"
        row = _row(outcomes, session) | {"why": "; ".join(_in_reprints(outcomes))}
        yield row | {"decision": said, "was": said, "note": outcomes[0].note}


def _in_reprints(records: Sequence[Coded]) -> list[str]:
    """Which other texts have the same words."""
    others = [record.doc_id for record in records[1:]]
    return [f"the same words in {counted(len(others), 'reprint')}: {', '.join(others)}"] if others else []


def _row(records: Sequence[Coded], session: Session) -> dict[str, str]:
    """The row of a record, and of the same in reprints."""
    record, kind = records[0], kind_of(records[0])
    cells = dict.fromkeys(COLUMNS, "")
    cells |= {name: cell(getattr(record, name)) for name in ("doc_id", "quote", "start", "end")}
    cells |= {name: cell(getattr(record, name)) for name in kind.fields}
    document = session.documents.get(record.doc_id)
    paragraph = shortened(document, record) if document else ""
    sure = f"{record.confidence:.2f}" if not record.coder else ""
    ids = TOGETHER.join(each.record_id for each in records)
    return cells | {"layer": kind.name, "paragraph": paragraph, "confidence": sure, "row": ids}


def cell(value: object) -> str:
    """A field as a cell: lists joined by `;`."""
    return ";".join(value) if isinstance(value, tuple) else str(value)


def paragraph_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of the paragraph (up to a blank line) in which a range stands."""
    first = text.rfind("\n\n", 0, start)
    last = text.find("\n\n", end)
    return (0 if first < 0 else first + 2), (len(text) if last < 0 else last)


def shortened(document: Document, record: Coded) -> str:
    """The paragraph around a record's words, cut where it is long."""
    first, last = paragraph_of(document.text, record.start, record.end)
    low, high = max(first, record.start - CONTEXT // 2), min(last, record.end + CONTEXT // 2)
    before, after = "…" if low > first else "", "…" if high < last else ""
    return before + document.text[low:high] + after
