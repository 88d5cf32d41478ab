"""One coder's work on a study: what is left, what was decided, and each answer written at once."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from demarche.coding import Coding, Source, load_source
from demarche.inputs.anchoring import Claim, Lost, find_places
from demarche.inputs.coding_rows import RowCheck
from demarche.inputs.placing import place_rows
from demarche.inputs.rows import Row
from demarche.kinds import ids_in, kind_named, kind_of, record_of
from demarche.material import Material, read_for_review
from demarche.problems import InputError, Problem, ProblemList
from demarche.records import AUTHOR, Coded
from demarche.reviewing.effect import Cell, stances, standing_of
from demarche.reviewing.journal import Cells, Entry, fingerprint, journal_of, journals, standing
from demarche.reviewing.queue import (
    MIN_CONFIDENCE,
    Item,
    queue,
    sources_of,
    standing_statements,
    together,
    turns,
)
from demarche.reviewing.replay import Key, Reading, Verdict, read_comments, read_verdicts
from demarche.study import Study, read_study


class Session:
    """A study under review by one coder. Every decision is on the disk when its method returns.

    `alone`: the coder sees nothing of what other coders decided (to measure agreement afterwards).
    `problems` are those of rows decided earlier (lost words, unknown ids); the others go on all the same.
    """

    def __init__(
        self,
        study: Study,
        material: Material,
        coder: str,
        *,
        alone: bool = False,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.study, self.material, self.coder = study, material, coder
        self._alone, self._today, self._waits = alone, today, False
        self.folder = study.coding or study.path / "coding"
        self.journal = journal_of(self.folder, coder)
        self.documents = {document.doc_id: document for document in self.material.documents}
        self.codebook = self.material.codebook
        self.least = float(study.parameters.get("min_confidence", MIN_CONFIDENCE))
        self.problems: list[Problem] = []
        self.refresh()

    def refresh(self) -> None:
        """Read again what is decided: all that lies in the folder of coding."""
        reading = self._reading()
        has_decided = self.journal.path.exists()
        self.verdicts: dict[Key, Verdict] = read_verdicts(self.journal, reading) if has_decided else {}
        self.comments: dict[Key, str] = read_comments(self.journal, self._reading()) if has_decided else {}
        self.coding = self._read(reading, self.verdicts)
        self.problems = reading.problems.problems

    # -- what is asked

    def items(self, *, order: str = "value", doc_id: str = "", kinds: Sequence[str] = ()) -> list[Item]:
        """What to decide on: first what must be looked at again, then proposals in the order asked for.

        `kinds`: of these only, one after the other; else of all.
        """
        asked = {kind.name for turn in turns(kinds) for kind in turn}
        again = [item for item in self._again() if kind_of(item.record).name in asked]
        return [item for item in again if doc_id in ("", item.record.doc_id)] + queue(
            self.material, self.coding, order=order, doc_id=doc_id, min_confidence=self.least, kinds=kinds
        )

    def decided(self) -> list[Verdict]:
        """What this coder has decided, in order of the text."""
        return sorted(
            self.verdicts.values(),
            key=lambda each: (each.outcome.doc_id, each.outcome.start, each.outcome.end, each.key),
        )

    def decided_alike(self, verdicts: Sequence[Verdict]) -> list[tuple[Verdict, ...]]:
        """Verdicts, in their order; those on the same words of reprints together where they are the same."""
        by_outcome = {id(each.outcome): each for each in verdicts}
        apart: dict[tuple[str, str], list[Coded]] = {}
        for each in verdicts:
            apart.setdefault((each.outcome.decision, each.outcome.note), []).append(each.outcome)
        sources = sources_of(self.material.documents)
        groups = [group for rows in apart.values() for group in together(rows, sources)]
        first = {id(group[0]): tuple(by_outcome[id(row)] for row in group) for group in groups}
        return [first[id(each.outcome)] for each in verdicts if id(each.outcome) in first]

    def moved(self) -> tuple[int, int]:
        """How many stances this coder's decisions have changed, of how many that stand before or after."""
        now = self._stances(self.coding)
        cells = now.keys() | self._before.keys()
        return sum(now.get(cell) != self._before.get(cell) for cell in cells), len(cells)

    # -- what is answered

    def accept(self, records: Sequence[Coded], *, note: str = "", changes: Cells | None = None) -> Entry:
        """Accept records, as they are or with fields changed.

        `start` and `end` move the range of the first, and of others in which the same words stand there.
        """
        change = self._with_quote(records[0].doc_id, changes or {})
        entries = [
            Entry(
                do="accept",
                layer=kind_of(records[0]).name,
                answers=tuple(self.root(record) for record in group),
                set=own,
                note=note,
            )
            for own, group in self._changed_alike(records, change)
        ]
        for entry in entries:
            self._check(entry)
        with self.together():
            written = [self._write(entry) for entry in entries]
        return written[0]

    def reject(self, records: Sequence[Coded], *, note: str = "") -> Entry:
        """Reject records: they will not be proposed again."""
        answers = [self.root(record) for record in records]
        return self._decide(
            Entry(do="reject", layer=kind_of(records[0]).name, answers=tuple(answers), note=note)
        )

    def add(self, layer: str, row: Cells, *, note: str = "") -> Entry:
        """Add what no reader proposed: doc_id, start, end and the fields of its kind, named by `layer`."""
        placed = self._with_quote(str(row.get("doc_id", "")), {"method": "added", **row})
        return self._decide(Entry(do="add", layer=layer, row=self._in_version(placed), note=note))

    def comment(self, record: Coded, note: str) -> Entry:
        """Note something beside a record without deciding on it."""
        return self._decide(
            Entry(do="comment", layer=kind_of(record).name, answers=(self.root(record),), note=note)
        )

    def undo(self) -> Entry | None:
        """Take back this coder's last decision that stands; the decision, or None where there is none."""
        entries = standing(self.journal.load(ProblemList(), [])) if self.journal.path.exists() else []
        if not entries:
            return None
        self._write(Entry(do="undo", undoes=(entries[-1].entry_id,)))
        return entries[-1]

    def root(self, record: Coded) -> Cells:
        """The row that an answer speaks of; where this coder spoke of it before, the same as then."""
        before = next((v for v in self.verdicts.values() if v.outcome == record), None)
        asked = record if before is None else _as_asked(before)
        return self._in_version(_cells(asked))

    def comment_on(self, record: Coded) -> str:
        """What this coder noted beside a record."""
        return self.comments.get(Key(record.record_id, record.coder, record.decision), "")

    @contextmanager
    def together(self) -> Iterator[None]:
        """Many answers in a row, each written at once; what is decided is read again at the end."""
        waited, self._waits = self._waits, True
        try:
            yield
        finally:
            self._waits = waited
            if not waited:
                self.refresh()

    # -- inside

    def _decide(self, entry: Entry) -> Entry:
        self._check(entry)
        return self._write(entry)

    def _write(self, entry: Entry) -> Entry:
        written = self.journal.append(entry, today=self._today)
        if not self._waits:
            self.refresh()
        return written

    def _check(self, entry: Entry) -> None:
        """InputError where an answer names what the codebook or the text does not hold."""
        if entry.do not in ("accept", "add"):
            return
        problems = ProblemList()
        for cells in (entry.row,) if entry.do == "add" else entry.answers:
            kept = {name: value for name, value in (cells | entry.set).items() if name != "text"}
            check = RowCheck(Row(self.journal.path, 0, kept), self.codebook, problems)
            for placed in place_rows([check], list(self.documents.values()), []):
                record = record_of(kind_named(entry.layer), check, placed.place, placed.document)
                self._check_fate(record, problems)
        problems.raise_if_any()

    def _check_fate(self, record: Coded, problems: ProblemList) -> None:
        for name in ids_in(record):
            if fate := self.codebook.fate(name):
                problems.add(self.journal.path, 0, fate)

    def _changed_alike(self, records: Sequence[Coded], change: Cells) -> list[tuple[Cells, list[Coded]]]:
        """Changes with the records that they hold for; a range is looked up in each other text."""
        if "quote" not in change:
            return [(change, list(records))]
        first, *others = records
        found = [(change, [first])]
        for record in others:
            own = {name: value for name, value in change.items() if name not in ("start", "end", "quote")}
            near = record.start + change["start"] - first.start
            [place] = find_places(self.documents[record.doc_id].text, [Claim(change["quote"], max(near, 0))])
            if not isinstance(place, Lost):
                own |= self._with_quote(record.doc_id, dict(zip(("start", "end"), place, strict=True)))
            found.append((own, [record]))
        return found

    def _with_quote(self, doc_id: str, changes: Cells) -> Cells:
        """The changes with the words of their range; InputError where it holds none."""
        if "start" not in changes and "end" not in changes:
            return changes
        document = self.documents.get(doc_id)
        start, end = changes.get("start"), changes.get("end")
        text = document.text if document else ""
        is_range = isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)
        if not is_range or not text[start:end].strip():
            message = f"{doc_id!r} {start}–{end} holds no words of a document"
            raise InputError([Problem(str(self.journal.path), 0, message)])
        return {**changes, "quote": text[start:end]}

    def _in_version(self, cells: Cells) -> Cells:
        document = self.documents.get(str(cells["doc_id"]))
        return {"text": fingerprint(document.text) if document else "", **cells}

    def _again(self) -> list[Item]:
        """Rows of this coder, or of the settled file, that wait for another look."""
        others = {journal.coder for journal in journals(self.folder)} - {self.coder}
        return [
            Item(row.record, value=float("inf"), why=(row.reason,))
            for row in self.coding.aside
            if row.record.coder not in others
        ]

    @cached_property
    def _before(self) -> dict[Cell, tuple[str, bool]]:
        return self._stances(self._read(self._reading()))

    def _stances(self, coding: Coding) -> dict[Cell, tuple[str, bool]]:
        rows = standing_statements(self.material, coding, self.least)
        return stances(standing_of(rows, self.codebook))

    def _reading(self) -> Reading:
        return Reading(list(self.documents.values()), self.codebook)

    def _read(self, reading: Reading, *own: dict[Key, Verdict]) -> Coding:
        """What is decided: own verdicts with the settled file and, unless working alone, those of others."""
        others = () if self._alone else [j for j in journals(self.folder) if j.coder != self.coder]
        return load_source(Source(self.folder, tuple(others), may_be_empty=True), reading, *own)


def open_session(path: Path, coder: str = "", *, alone: bool = False) -> Session:
    """The session of a coder (by default whoever is logged in); InputError with all that is wrong."""
    study = read_study(path)
    return Session(study, read_for_review(study), coder or _login(), alone=alone)


def _login() -> str:
    """The name of whoever is logged in, as far as it can name a folder."""
    try:
        return re.sub(r"[^\w.-]+", "-", getpass.getuser()).strip(".-")[:40] or "coder"
    except (KeyError, OSError, ImportError):
        return "coder"


def _as_asked(verdict: Verdict) -> Coded:
    """The record that a verdict answered, as sure as its reader was of it; of what was added, the row."""
    if verdict.answered is None:
        return replace(verdict.outcome, coder="")
    return replace(verdict.answered, confidence=verdict.claimed)


def _cells(record: Coded) -> Cells:
    """A record as JSON keeps it; what is empty or usual is left out."""
    usual = {"speaker": AUTHOR, "confidence": 1.0, "decision": "accepted"}
    kept = {
        name: list(value) if isinstance(value, tuple) else value for name, value in asdict(record).items()
    }
    return {name: value for name, value in kept.items() if value not in ("", [], usual.get(name))}
