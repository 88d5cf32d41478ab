"""From a journal to verdicts: what a coder says today of each record, by the last word on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.inputs.coding_rows import RowCheck
from demarche.inputs.placing import Placed, place_rows
from demarche.inputs.rows import Row
from demarche.kinds import Kind, kind_named, record_of
from demarche.problems import Problem, ProblemList
from demarche.records import Coded
from demarche.reviewing.journal import Cells, Entry, Journal, standing


class Key(NamedTuple):
    """What tells one record that can be decided on from all others: a proposal has no coder."""

    record_id: str
    coder: str
    decision: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One coder's word on one record: `answered` as it was, `outcome` as it is now, accepted or rejected.

    `claimed` is the confidence with which it was proposed; `on` the day on which this coder first decided on
    it, as the journal has it.
    """

    key: Key
    coder: str
    outcome: Coded
    answered: Coded | None = None
    place: Problem
    claimed: float = 1.0
    on: str = ""

    @property
    def accepted(self) -> bool:
        """Whether the outcome holds."""
        return self.outcome.decision == "accepted"

    @property
    def is_correction(self) -> bool:
        """Whether what was accepted says something else than what was asked."""
        return self.accepted and bool(self.outcome.answers)


@dataclass(frozen=True)
class Reading:
    """What is needed to read rows: the texts and the codebook.

    `problems`, `notes` (of rows that moved) and `cut` (lines cut short) collect what is to be said;
    `unreadable` are ids of documents that could not be read: those have their own problem. `renamed`
    collects, by the id that they had where they say they stand, rows that are found elsewhere or not at all.
    """

    documents: Sequence[Document]
    codebook: Codebook
    problems: ProblemList = field(default_factory=ProblemList)
    notes: list[Problem] = field(default_factory=list)
    cut: list[Problem] = field(default_factory=list)
    unreadable: Collection[str] = ()
    renamed: dict[str, Coded] = field(default_factory=dict)


@dataclass(frozen=True)
class _Case:
    """One answered row of an entry, or one added: the row as it was, and as the coder left it."""

    entry: Entry
    was: RowCheck | None
    now: RowCheck
    version: str


def key_of(record: Coded) -> Key:
    """The key of a record."""
    return Key(record.record_id, record.coder, record.decision)


def read_verdicts(journal: Journal, reading: Reading) -> dict[Key, Verdict]:
    """What the coder of a journal says of each record; the last word counts."""
    entries = standing(journal.load(reading.problems, reading.cut))
    cases = [
        case
        for entry in entries
        for case in _cases(entry, journal, reading.codebook)
        if case.now.row.text("doc_id") not in reading.unreadable
    ]
    found = _places(cases, reading)
    verdicts: dict[Key, Verdict] = {}
    comments = {}
    for case in cases:
        key = _key(case, found)
        if case.entry.do == "comment":
            comments[key] = case.entry.note
        else:
            verdict = _verdict(case, key, found, reading)
            first = verdicts.get(key, verdict)
            verdicts[key] = replace(verdict, on=first.on)
    return {key: _with_comment(verdict, comments.get(key, "")) for key, verdict in verdicts.items()}


def read_comments(journal: Journal, reading: Reading) -> dict[Key, str]:
    """What the coder of a journal noted beside each record."""
    entries = [entry for entry in standing(journal.load(ProblemList(), [])) if entry.note]
    cases = [case for entry in entries for case in _cases(entry, journal, reading.codebook)]
    found = _places(cases, reading)
    return {_key(case, found): case.entry.note for case in cases}


def _cases(entry: Entry, journal: Journal, codebook: Codebook) -> Iterable[_Case]:
    decided = {
        "coder": journal.coder,
        "decision": "rejected" if entry.do == "reject" else "accepted",
        "note": entry.note,
    }

    def check(cells: Cells) -> RowCheck:
        kept = {name: value for name, value in cells.items() if name != "text"}
        return RowCheck(Row(journal.path, entry.line, kept), codebook, ProblemList())

    if entry.do == "add":
        yield _Case(entry, None, check(entry.row | decided), str(entry.row.get("text", "")))
    for cells in entry.answers:
        yield _Case(entry, check(cells), check(cells | entry.set | decided), str(cells.get("text", "")))


def _places(cases: Iterable[_Case], reading: Reading) -> dict[int, Placed]:
    """Where each row stands today, by the identity of its check; rows of one state of a text together."""
    by_version: dict[str, list[RowCheck]] = defaultdict(list)
    for case in cases:
        by_version[case.version] += [check for check in (case.was, case.now) if check]
    moved: list[Problem] = []
    placed = [each for checks in by_version.values() for each in place_rows(checks, reading.documents, moved)]
    reading.notes.extend(sorted(set(moved)))
    return {id(each.check): each for each in placed}


def _key(case: _Case, found: dict[int, Placed]) -> Key:
    """The key of what is answered: of the record as it stands today, else as it was said to stand."""
    check = case.was or case.now
    record = as_record(check, kind_named(case.entry.layer), found.get(id(check)))
    return key_of(record) if case.was else Key(record.record_id, "", "accepted")


def as_record(check: RowCheck, kind: Kind, placed: Placed | None) -> Coded:
    """The record of a row: as placed, or, where its words are lost, as it said it stood.

    Problems of a row that is looked at only for what it was are not anybody's to mend.
    """
    if placed:
        return record_of(kind, check, placed.place, placed.document)
    claim = RowCheck(check.row, check.codebook, ProblemList()).claim()
    said: Cells = {
        "doc_id": check.row.text("doc_id"),
        "start": claim.start or 0,
        "end": claim.end or 0,
        "quote": claim.quote,
    }
    return record_of(kind, RowCheck(check.row, check.codebook, ProblemList()), said, None)


def _verdict(case: _Case, key: Key, found: dict[int, Placed], reading: Reading) -> Verdict:
    """The verdict of a case. Accepted words that stand nowhere any more are a problem."""
    place = Problem(str(case.now.row.path), case.now.row.line, "")
    coder, kind = case.now.row.text("coder"), kind_named(case.entry.layer)
    was = as_record(case.was, kind, found.get(id(case.was))) if case.was else None
    if was and case.entry.do == "reject":
        outcome = replace(was, decision="rejected", coder=coder, note=case.entry.note)
        return Verdict(key=key, coder=coder, outcome=outcome, answered=was, place=place, **_history(case))
    record = as_record(case.now, kind, found.get(id(case.now)))
    reading.problems.problems += case.now.problems.problems
    corrected = was.record_id if was and was.record_id != record.record_id else ""
    outcome = replace(record, answers=corrected)
    return Verdict(key=key, coder=coder, outcome=outcome, answered=was, place=place, **_history(case))


def _history(case: _Case) -> dict[str, Any]:
    """When a case was decided, and how sure the reader was of it; what is no share is no claim."""
    said = case.was.row.cells.get("confidence") if case.was else None
    is_share = isinstance(said, float) and 0 <= said <= 1
    return {"on": case.entry.on, "claimed": said if is_share else 1.0}


def _with_comment(verdict: Verdict, comment: str) -> Verdict:
    if not comment or verdict.outcome.note:
        return verdict
    return replace(verdict, outcome=replace(verdict.outcome, note=comment))
