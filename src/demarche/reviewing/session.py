"""One coder's work on a study: what is left, what was decided, and each answer written at once."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path

from demarche.coding import Coding, Source, load_source
from demarche.kinds import KINDS, kind_of
from demarche.material import Material, read_for_review
from demarche.problems import Problem, ProblemList
from demarche.records import Coded
from demarche.reviewing.answers import as_asked, cells_of, check_answer, with_quote
from demarche.reviewing.effect import Cell, stances, standing_of
from demarche.reviewing.journal import Cells, Entry, fingerprint, journal_of, journals, standing
from demarche.reviewing.queue import MIN_CONFIDENCE, Item, queue, standing_rows, turns
from demarche.reviewing.replay import Key, Reading, Verdict, read_comments, read_verdicts
from demarche.reviewing.reprints import changed_alike, decided_alike
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
        self._as_one: list[tuple[str, ...]] = []
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

    def decided_alike(self) -> list[tuple[Verdict, ...]]:
        """The same in the order of deciding; what was decided alike in reprints together."""
        return decided_alike(list(self.verdicts.values()), self.documents.values())

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
        change = with_quote(records[0].doc_id, changes or {}, self.journal.path, self.documents)
        return self._decide(
            *(
                self._entry("accept", group, note, own)
                for own, group in changed_alike(records, change, self.documents)
            )
        )

    def reject(self, records: Sequence[Coded], *, note: str = "") -> Entry:
        """Reject records: they will not be proposed again."""
        return self._decide(self._entry("reject", records, note))

    def add(self, layer: str, row: Cells, *, note: str = "") -> Entry:
        """Add what no reader proposed: doc_id, start, end and the fields of its kind, named by `layer`."""
        own = {"method": "added", **row}
        placed = with_quote(str(row.get("doc_id", "")), own, self.journal.path, self.documents)
        return self._decide(Entry(do="add", layer=layer, row=self._in_version(placed), note=note))

    def comment(self, record: Coded, note: str) -> Entry:
        """Note something beside a record without deciding on it."""
        return self._decide(self._entry("comment", [record], note))

    def undo(self) -> Entry | None:
        """Take back this coder's last decision that stands; the decision, or None where there is none.

        What this session wrote as one is taken back as one.
        """
        entries = standing(self.journal.load(ProblemList(), [])) if self.journal.path.exists() else []
        if not entries:
            return None
        last = entries[-1].entry_id
        as_one = next((names for names in self._as_one if last in names), (last,))
        self._write(Entry(do="undo", undoes=as_one))
        return next(entry for entry in entries if entry.entry_id in as_one)

    def root(self, record: Coded) -> Cells:
        """The row that an answer speaks of; where this coder spoke of it before, the same as then."""
        before = next((v for v in self.verdicts.values() if v.outcome == record), None)
        asked = record if before is None else as_asked(before)
        return self._in_version(cells_of(asked))

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

    def _entry(self, do: str, records: Sequence[Coded], note: str, change: Cells | None = None) -> Entry:
        answers = tuple(self.root(record) for record in records)
        return Entry(do=do, layer=kind_of(records[0]).name, answers=answers, set=change or {}, note=note)

    def _decide(self, *entries: Entry) -> Entry:
        """Write what is decided as one, when nothing keeps any of it from being written; the first."""
        for entry in entries:
            check_answer(entry, self.journal.path, self.documents, self.codebook)
        with self.together():
            written = [self._write(entry) for entry in entries]
        self._as_one.append(tuple(entry.entry_id for entry in written))
        return written[0]

    def _write(self, entry: Entry) -> Entry:
        written = self.journal.append(entry, today=self._today)
        if not self._waits:
            self.refresh()
        return written

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
        rows = standing_rows(KINDS[0], self.material, coding, self.least)
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
