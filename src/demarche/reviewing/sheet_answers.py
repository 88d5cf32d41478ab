"""Answers taken from a sheet: each row that can be applied is, and every other is said with its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from demarche.fields import FIELDS
from demarche.inputs.anchoring import Claim, Lost, find_places
from demarche.inputs.rows import Row
from demarche.kinds import KINDS, kind_of
from demarche.problems import InputError, Problem, ProblemList
from demarche.records import Coded
from demarche.reviewing.journal import Cells
from demarche.reviewing.session import Session
from demarche.reviewing.sheet import cell
from demarche.reviewing.sheet_asked import Asked, RefusedError, asked_in, ids_in, kind_in, text_in
from demarche.reviewing.sheet_files import read_sheet

DECISIONS = {"": "", "accept": "accept", "accepted": "accept", "reject": "reject", "rejected": "reject"}


@dataclass(frozen=True)
class Applied:
    """What a sheet brought: how many decisions were written, by kind, and the rows left out."""

    written: Counter[str]
    problems: tuple[Problem, ...]


def apply_sheet(session: Session, path: Path) -> Applied:
    """Apply a sheet's answers; InputError where it is no sheet. Applying it twice changes nothing more."""
    problems = ProblemList()
    rows = read_sheet(path, problems)
    problems.raise_if_any()
    return apply_rows(session, rows)


def apply_rows(session: Session, rows: Iterable[Row]) -> Applied:
    """Apply rows of a sheet one by one."""
    asked = asked_in(session)
    written: Counter[str] = Counter()
    problems: list[Problem] = []
    seen: set[str] = set()
    with session.together():
        for row in rows:
            try:
                _check_once(row, seen)
                for deed in _apply(session, row, asked):
                    written[deed] += 1
            except RefusedError as refused:
                problems.append(Problem(str(row.path), row.line, str(refused)))
            except InputError as error:
                problems += [Problem(str(row.path), row.line, each.message) for each in error.problems]
    del written[""]
    return Applied(written, tuple(problems))


def _check_once(row: Row, seen: set[str]) -> None:
    """RefusedError where an earlier row of the sheet has spoken of a record that this one names."""
    ids = ids_in(row)
    if again := [name for name in ids if name in seen]:
        raise RefusedError(f"row {again[0]} stands twice in the sheet; the first was taken")
    seen.update(ids)


def _apply(session: Session, row: Row, asked: Asked) -> Iterator[str]:
    """Apply one row to every record that it stands for; each deed when it is written, empty for none."""
    decision = DECISIONS.get(row.text("decision").lower())
    if decision is None:
        raise RefusedError(f"decision is {row.text('decision')!r}, expected accept, reject or nothing")
    if not ids_in(row):
        _check_own(row)
        yield _add(session, row, decision)
        return
    records = asked.records(row)
    shown = records[0].quote
    for record in records:
        yield _answer(session, row, record, (decision, _changes(session, row, record, shown)))


def _answer(session: Session, row: Row, record: Coded, answer: tuple[str, Cells]) -> str:
    """Answer one record as a row says; the deed that was written, empty where nothing was to do."""
    decision, changes = answer
    if not decision:
        return _comment(session, row, record, changes)
    if _is_done(session, row, record, answer):
        return ""
    if decision == "reject":
        session.reject([record], note=row.text("note"))
    else:
        session.accept([record], note=row.text("note"), changes=changes)
    return decision


def _is_done(session: Session, row: Row, record: Coded, answer: tuple[str, Cells]) -> bool:
    """Whether a row asks for what stands already; refused where another answer was given meanwhile."""
    decision, changes = answer
    before = next((v for v in session.verdicts.values() if record in (v.outcome, v.answered)), None)
    if before is None:
        return False
    now, outcome = "accept" if before.accepted else "reject", before.outcome
    place = changes.get("start", record.start), changes.get("end", record.end)
    said = {name: text_in(row, name) for name in kind_of(record).fields}
    as_it_is = place == (outcome.start, outcome.end) and said == {n: cell(getattr(outcome, n)) for n in said}
    same = decision == "reject" or as_it_is
    if now == decision and same and row.text("note") == outcome.note:
        return True
    if row.text("was") != now:
        raise RefusedError(f"was decided meanwhile ({now}ed); write the sheet anew to change it")
    return False


def _comment(session: Session, row: Row, record: Coded, changes: Cells) -> str:
    if changes:
        raise RefusedError(
            f"{', '.join(changes)} changed, but decision is empty; write accept to keep the change"
        )
    if row.text("was"):
        raise RefusedError("the decision was taken out; write accept or reject")
    if row.text("note") == session.comment_on(record):
        return ""
    session.comment(record, row.text("note"))
    return "comment"


def _check_own(row: Row) -> None:
    """RefusedError where a row without an id is not the coder's: what nobody decided is never added."""
    if filled := [name for name in ("confidence", "was") if row.text(name)]:
        raise RefusedError(
            f"row is empty, but {filled[0]} says that this is a proposal or a decision: "
            f"write its id back, or empty {filled[0]} where the row is your own"
        )


def _add(session: Session, row: Row, decision: str) -> str:
    if decision == "reject":
        raise RefusedError("a row of your own cannot be rejected; take it out")
    kind = kind_in(row, KINDS[0])
    cells: Cells = {name: _value(row, name) for name in kind.fields if row.text(name)}
    start, end = _place(session, row, row.text("doc_id"), _number(row, "start"))
    cells |= {"doc_id": row.text("doc_id"), "start": start, "end": end}
    said = [v.outcome for v in session.verdicts.values() if v.accepted and not v.answered]
    if any(
        kind_of(each) is kind and all(cell_of(each, name) == value for name, value in cells.items())
        for each in said
    ):
        return ""
    session.add(kind.name, cells, note=row.text("note"))
    return "add"


def cell_of(record: Coded, name: str) -> object:
    """A field of a record as JSON has it."""
    value = getattr(record, name, None)
    return list(value) if isinstance(value, tuple) else value


def _changes(session: Session, row: Row, record: Coded, shown: str) -> Cells:
    """The fields in which a row differs from its record; other words than were `shown` move the range."""
    kind = kind_in(row, kind_of(record))
    if kind_of(record) is not kind:
        raise RefusedError(f"layer is {kind.name!r}, but {row.text('row')!r} is none of them")
    fields = [name for name in kind.fields if name in row.cells]
    changes: Cells = {
        name: _value(row, name) for name in fields if text_in(row, name) != cell(getattr(record, name))
    }
    if row.cells.get("quote", shown) != shown:
        start, end = _place(session, row, record.doc_id, record.start)
        changes |= {"start": start, "end": end}
    return changes


def _place(session: Session, row: Row, doc_id: str, start: int | None) -> tuple[int, int]:
    document = session.documents.get(doc_id)
    if document is None:
        raise RefusedError(f"doc_id {doc_id!r} is no text of the study")
    quote = str(row.cells.get("quote") or "")
    [place] = find_places(document.text, [Claim(quote, start)])
    if isinstance(place, Lost) or not quote.strip():
        raise RefusedError(f"quote {place.reason if isinstance(place, Lost) else 'is empty'}")
    return place


def _value(row: Row, name: str) -> str | list[str]:
    if not FIELDS[name].is_list:
        return text_in(row, name)
    return [part.strip() for part in row.text(name).split(";") if part.strip()]


def _number(row: Row, name: str) -> int | None:
    return int(row.text(name)) if row.text(name).isascii() and row.text(name).isdigit() else None
