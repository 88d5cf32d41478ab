"""Coding: what people decided about the texts, kept as tables of statements and events."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.inputs.anchoring import Lost, Range, find_alike, find_places
from demarche.inputs.coding_rows import EVENT_COLUMNS, EVENTS, STATEMENT_COLUMNS, STATEMENTS, RowCheck
from demarche.inputs.rows import SUFFIXES, Row, read_rows
from demarche.inputs.yaml_forms import nearest
from demarche.problems import Problem, ProblemList
from demarche.records import Event, Forecast, Quantity, Statement

NAMES = ("statements", "events")


@dataclass(frozen=True)
class Coding:
    """The decided rows, accepted and rejected; every one stands in its document.

    `moved` says, by file and line, which rows were found elsewhere than their offsets say; writing the
    coding again sets the offsets right.
    """

    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    moved: tuple[Problem, ...] = ()
    figures: tuple[Quantity, ...] = ()
    forecasts: tuple[Forecast, ...] = ()


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


def read_coding(folder: Path, documents: Sequence[Document], codebook: Codebook) -> Coding:
    """Read `statements` and `events` (.csv or .jsonl); problems are reported all at once (InputError).

    A row whose quotation has shifted is found again by its words and its neighbours (see `anchoring`).
    """
    problems = ProblemList()
    coding = load_coding(folder, documents, codebook, problems)
    problems.raise_if_any()
    return coding


def load_coding(
    folder: Path,
    documents: Sequence[Document],
    codebook: Codebook,
    problems: ProblemList,
    *,
    unreadable: Collection[str] = (),
) -> Coding:
    """The coding as far as it can be read; every problem is noted.

    Rows of documents that could not be read (`unreadable` ids) are passed over: those have their own problem.
    """
    files = [_coding_file(folder, name, problems) for name in NAMES]
    if not any(files):
        expected = "statements.csv or events.csv (or .jsonl)"
        found = "holds no coding" if folder.is_dir() else "there is no such folder"
        problems.add(folder, 0, f"{found}; expected {expected}")
    moved: list[Problem] = []
    places = []
    for path, columns in zip(files, (STATEMENTS, EVENTS), strict=True):
        rows = read_rows(path, columns, problems) if path else []
        checks = [RowCheck(row, codebook, problems) for row in rows if row.text("doc_id") not in unreadable]
        places.append(_placed(checks, documents, problems, moved))
    statements = [(each, Statement(**each.place, **each.check.statement())) for each in places[0]]
    events = [(each, _event(each)) for each in places[1]]
    _check_repeats([(each, statement.statement_id) for each, statement in statements])
    _check_repeats([(each, event.event_id) for each, event in events])
    return Coding(
        tuple(sorted((record for _, record in statements), key=_statement_order)),
        tuple(sorted((record for _, record in events), key=_event_order)),
        tuple(moved),
    )


def has_coding(folder: Path) -> bool:
    """Whether a folder holds a coding."""
    return any((folder / (name + suffix)).exists() for name in NAMES for suffix in SUFFIXES)


def write_coding(folder: Path, coding: Coding) -> None:
    """Write statements.csv and events.csv, sorted; each file is replaced in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    statements = sorted(coding.statements, key=_statement_order)
    events = sorted(coding.events, key=_event_order)
    _write(folder / "statements.csv", STATEMENT_COLUMNS, statements)
    _write(folder / "events.csv", EVENT_COLUMNS, events)


def _coding_file(folder: Path, name: str, problems: ProblemList) -> Path | None:
    there = [path for suffix in SUFFIXES if (path := folder / f"{name}{suffix}").exists()]
    if len(there) > 1:
        problems.add(there[1], 0, f"stands beside {there[0].name}; keep one of the two")
    return there[0] if there else None


def _placed(
    checks: list[RowCheck], documents: Sequence[Document], problems: ProblemList, moved: list[Problem]
) -> list[Placed]:
    """The rows whose quotations stand in their documents, in the order of the file."""
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
            group[0].note(
                f"{rows} of document {doc_id!r}, which is not in the corpus{nearest(doc_id, known)}"
            )
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


def _event(placed: Placed) -> Event:
    return Event(**placed.place, date_text=_date_text(placed), **placed.check.event())


def _date_text(placed: Placed) -> str:
    """The words that carry the date, as they stand in the document."""
    words = placed.check.row.text("date_text")
    if not words or words in placed.document.text:
        return words
    if alike := find_alike(placed.document.text, words):
        start, end = alike[0]
        return placed.document.text[start:end]
    placed.check.note(f"date_text {words!r} is not in its document {placed.document.path!r}")
    return words


def _check_repeats(records: Iterable[tuple[Placed, str]]) -> None:
    first: dict[str, int] = {}
    for placed, record_id in records:
        line = placed.check.row.line
        if first.setdefault(record_id, line) != line:
            placed.check.note(f"says the same as line {first[record_id]}; keep one of the two")


def _statement_order(row: Statement) -> tuple[str, int, int, str, str, str]:
    return row.doc_id, row.start, row.end, row.demand, row.actor, row.position


def _event_order(row: Event) -> tuple[str, int, int, str]:
    return row.doc_id, row.start, row.end, row.date


def _write(path: Path, columns: Sequence[str], rows: Sequence[Statement | Event]) -> None:
    lines = [_line(columns)] + [_line([_cell(getattr(row, column)) for column in columns]) for row in rows]
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
        stream.writelines(lines)
    Path(name).chmod(0o644)
    Path(name).replace(path)


def _line(cells: Sequence[str]) -> str:
    """A line of CSV. Quotes also what holds a lone carriage return, which the csv module leaves bare."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerow(cells)
    return stream.getvalue().removesuffix("\r\n") + "\n"


def _cell(value: object) -> str:
    return ";".join(value) if isinstance(value, tuple) else str(value)


def _shortened(quote: str) -> str:
    words = " ".join(quote.split())
    return f"“{words}”" if len(words) <= 80 else f"“{words[:77]}…”"
