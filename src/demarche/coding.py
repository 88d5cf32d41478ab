"""Coding: what people decided about the texts, kind by kind (see `kinds`)."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.inputs.coding_rows import RowCheck
from demarche.inputs.placing import Placed, place_rows
from demarche.inputs.rows import SUFFIXES, read_rows
from demarche.kinds import KINDS, Kind, kind_of, place_order
from demarche.problems import Problem, ProblemList
from demarche.records import Coded, Event, Forecast, Quantity, Statement
from demarche.reviewing.combine import Aside, Combined, combine
from demarche.reviewing.journal import Journal, journals
from demarche.reviewing.outdated import set_aside
from demarche.reviewing.replay import Key, Reading, Verdict, as_record, key_of, read_verdicts


@dataclass(frozen=True)
class Coding:
    """The decided rows, accepted and rejected; every one stands in its document.

    `moved` says, by file and line, which rows were found elsewhere than their offsets say; writing the
    coding again sets the offsets right. `aside` holds rows that somebody must look at again before they
    count: coders differ, or their demand or actor was split or retired; `cut` says which lines of journals
    were cut short. `renamed` pairs ids of earlier places with the rows as they stand, or are lost, now.
    """

    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    moved: tuple[Problem, ...] = ()
    figures: tuple[Quantity, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    aside: tuple[Aside, ...] = ()
    cut: tuple[Problem, ...] = ()
    renamed: tuple[tuple[str, Coded], ...] = ()

    @property
    def rows(self) -> tuple[Coded, ...]:
        """All of them, kind by kind."""
        return tuple(row for kind in KINDS for row in self.of(kind))

    def of(self, kind: Kind) -> tuple[Any, ...]:
        """The rows of a kind."""
        rows: tuple[Any, ...] = getattr(self, kind.name)
        return rows

    @property
    def look_again(self) -> tuple[Problem, ...]:
        """What must be looked at again, by file and line."""
        return tuple(sorted({*(row.note for row in self.aside), *self.cut}))


@dataclass(frozen=True)
class Source:
    """Where a coding is read: the settled files of a folder and the journals of its coders.

    `may_be_empty`: nothing decided yet is no problem.
    """

    folder: Path
    journals: tuple[Journal, ...]
    may_be_empty: bool = False


def read_coding(folder: Path, documents: Sequence[Document], codebook: Codebook) -> Coding:
    """Read a file for each kind (.csv or .jsonl) and what coders decided since (`coders/*/`).

    Problems are reported all at once (InputError). A row whose quotation has shifted is found again by its
    words and its neighbours (see `anchoring`).
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
    reading = Reading(documents, codebook, problems, unreadable=unreadable)
    return load_source(Source(folder, tuple(journals(folder))), reading)


def load_source(source: Source, reading: Reading, *spoken: Mapping[Key, Verdict]) -> Coding:
    """The coding of a source as far as it can be read; problems and notes are added to the reading.

    `spoken`: verdicts that were read already, beside those of the source's journals.
    """
    files = [(kind, _coding_file(source.folder, kind.name, reading.problems)) for kind in KINDS]
    if not (has_coding(source.folder) or source.journals or source.may_be_empty):
        expected = "statements.csv or events.csv (or .jsonl)"
        found = "holds no coding" if source.folder.is_dir() else "there is no such folder"
        reading.problems.add(source.folder, 0, f"{found}; expected {expected}")
    verdicts = [*spoken, *(read_verdicts(journal, reading) for journal in source.journals)]
    answered = {key for each in verdicts for key in each}
    settled = [_settled(kind, path, reading, answered) for kind, path in files]
    combined = combine([row for rows in settled for row in rows], verdicts)
    return _coding(combined, reading)


def _settled(kind: Kind, path: Path | None, reading: Reading, answered: Collection[Key]) -> list[Coded]:
    """The rows of a settled file; one whose words are lost is a problem, unless a coder has answered it."""
    rows = read_rows(path, kind.readable, reading.problems) if path else []
    wanted = [row for row in rows if row.text("doc_id") not in reading.unreadable]
    checks = [RowCheck(row, reading.codebook, ProblemList()) for row in wanted]
    moved: list[Problem] = []
    placed = {id(each.check): each for each in place_rows(checks, reading.documents, moved)}
    found = [
        (check, placed.get(id(check)), as_record(check, kind, placed.get(id(check)))) for check in checks
    ]
    _check_repeats([(place, row.record_id) for _, place, row in found if place])
    reading.notes.extend(moved)
    for check, place, row in found:
        if place or key_of(row) not in answered:
            reading.problems.problems += check.problems.problems
    was = [as_record(check, kind, None).record_id for check, _, _ in found]
    now = {old: row.record_id for old, (_, _, row) in zip(was, found, strict=True)}
    reading.renamed.update(
        {
            old: row
            for old, (_, place, row) in zip(was, found, strict=True)
            if not place or old != row.record_id
        }
    )
    return [replace(row, answers=now.get(row.answers, row.answers)) for _, _, row in found]


def _coding(combined: Combined, reading: Reading) -> Coding:
    rows, outdated = set_aside(combined.records, reading.documents, reading.codebook)
    return Coding(
        **rows_by_kind(rows),
        moved=tuple(reading.notes),
        aside=(*combined.aside, *outdated),
        cut=tuple(reading.cut),
        renamed=tuple(reading.renamed.items()),
    )


def rows_by_kind(rows: Iterable[Coded]) -> dict[str, Any]:
    """Rows by the name of their kind, each kind in the order of the texts."""
    found: dict[str, list[Coded]] = {kind.name: [] for kind in KINDS}
    for row in sorted(rows, key=lambda row: (kind_of(row).name, *place_order(row))):
        found[kind_of(row).name].append(row)
    return {name: tuple(each) for name, each in found.items()}


def accepted_records(coding: Coding) -> dict[str, Coded]:
    """Every accepted record of a coding, by its id."""
    return {row.record_id: row for row in coding.rows if row.decision == "accepted"}


def has_coding(folder: Path) -> bool:
    """Whether a folder holds a coding: a settled file or somebody's decisions."""
    files = any((folder / (kind.name + suffix)).exists() for kind in KINDS for suffix in SUFFIXES)
    return files or bool(journals(folder))


def write_coding(folder: Path, coding: Coding, *, kinds: Sequence[Kind] = KINDS) -> None:
    """Write a file for each of the kinds, sorted; each is replaced in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in kinds:
        _write(folder / f"{kind.name}.csv", kind.columns, sorted(coding.of(kind), key=place_order))


def _coding_file(folder: Path, name: str, problems: ProblemList) -> Path | None:
    there = [path for suffix in SUFFIXES if (path := folder / f"{name}{suffix}").exists()]
    if len(there) > 1:
        problems.add(there[1], 0, f"stands beside {there[0].name}; keep one of the two")
    return there[0] if there else None


def _check_repeats(records: Iterable[tuple[Placed, str]]) -> None:
    first: dict[str, int] = {}
    for placed, record_id in records:
        line = placed.check.row.line
        if first.setdefault(record_id, line) != line:
            placed.check.note(f"says the same as line {first[record_id]}; keep one of the two")


def _write(path: Path, columns: Sequence[str], rows: Sequence[Coded]) -> None:
    columns = (*columns, "answers") if any(row.answers for row in rows) else columns
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
