"""Answers taken from a sheet: each row that can be applied is, and every other is said with its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from demarche.inputs.anchoring import Claim, Lost, find_places
from demarche.inputs.rows import Row
from demarche.problems import InputError, Problem, ProblemList
from demarche.reviewing.journal import LAYERS, Cells
from demarche.reviewing.replay import Record
from demarche.reviewing.session import Session
from demarche.reviewing.sheet import FIELDS, cell
from demarche.reviewing.sheet_files import read_sheet

_LISTS = ("addressee", "actors")
DECISIONS = {"": "", "accept": "accept", "accepted": "accept", "reject": "reject", "rejected": "reject"}


@dataclass(frozen=True)
class Applied:
    """What a sheet brought: how many decisions were written, by kind, and the rows left out."""

    written: Counter[str]
    problems: tuple[Problem, ...]


class RefusedError(Exception):
    """Why a row cannot be applied."""


def apply_sheet(session: Session, path: Path) -> Applied:
    """Apply a sheet's answers; InputError where it is no sheet. Applying it twice changes nothing more."""
    problems = ProblemList()
    rows = read_sheet(path, problems)
    problems.raise_if_any()
    return apply_rows(session, rows)


def apply_rows(session: Session, rows: Iterable[Row]) -> Applied:
    """Apply rows of a sheet one by one."""
    asked = {record.record_id: record for record in _known(session)}
    written: Counter[str] = Counter()
    problems: list[Problem] = []
    seen: set[str] = set()
    with session.together():
        for row in rows:
            try:
                if row.text("row") and row.text("row") in seen:
                    raise RefusedError(
                        f"row {row.text('row')} stands twice in the sheet; the first was taken"
                    )
                seen.add(row.text("row"))
                written[_apply(session, row, asked)] += 1
            except RefusedError as refused:
                problems.append(Problem(str(row.path), row.line, str(refused)))
            except InputError as error:
                problems += [Problem(str(row.path), row.line, each.message) for each in error.problems]
    del written[""]
    return Applied(written, tuple(problems))


def _known(session: Session) -> list[Record]:
    """Every record that a row may speak of: proposals, what is decided, and what this coder made of it."""
    return [
        *(row for each in session.material.proposals for row in each.statements),
        *(row for each in session.material.proposals for row in each.events),
        *(record for item in session.items() for record in item.records),
        *session.coding.statements,
        *session.coding.events,
        *(verdict.outcome for verdict in session.verdicts.values()),
    ]


def _apply(session: Session, row: Row, asked: dict[str, Record]) -> str:
    """Apply one row; the deed that was written, empty where nothing was to do."""
    decision = DECISIONS.get(row.text("decision").lower())
    if decision is None:
        raise RefusedError(f"decision is {row.text('decision')!r}, expected accept, reject or nothing")
    if not row.text("row"):
        _check_own(row)
        return _add(session, row, decision)
    record = asked.get(row.text("row"))
    if record is None:
        raise RefusedError(f"nothing is proposed any more under {row.text('row')!r}; write the sheet anew")
    changes = _changes(session, row, record)
    if not decision:
        return _comment(session, row, record, changes)
    if _is_done(session, row, record, decision, changes):
        return ""
    if decision == "reject":
        session.reject([record], note=row.text("note"))
    else:
        session.accept([record], note=row.text("note"), changes=changes)
    return decision


def _is_done(session: Session, row: Row, record: Record, decision: str, changes: Cells) -> bool:
    """Whether a row asks for what stands already; refused where another answer was given meanwhile."""
    before = next((v for v in session.verdicts.values() if record in (v.outcome, v.answered)), None)
    if before is None:
        return False
    now = "accept" if before.accepted else "reject"
    fields = ("quote", *FIELDS[_layer(row)])
    same = decision == "reject" or all(
        row.text(name) == cell(getattr(before.outcome, name)) for name in fields
    )
    if now == decision and same and row.text("note") == before.outcome.note:
        return True
    if row.text("was") != now:
        raise RefusedError(f"was decided meanwhile ({now}ed); write the sheet anew to change it")
    return False


def _comment(session: Session, row: Row, record: Record, changes: Cells) -> str:
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
    layer = row.text("layer") or LAYERS[0]
    if layer not in LAYERS:
        raise RefusedError(f"layer is {layer!r}, expected {' or '.join(LAYERS)}")
    cells: Cells = {name: _value(row, name) for name in FIELDS[layer] if row.text(name)}
    start, end = _place(session, row, _number(row, "start"))
    cells |= {"doc_id": row.text("doc_id"), "start": start, "end": end}
    said = [v.outcome for v in session.verdicts.values() if v.accepted and not v.answered]
    if any(all(cell_of(each, name) == value for name, value in cells.items()) for each in said):
        return ""
    session.add(layer, cells, note=row.text("note"))
    return "add"


def cell_of(record: Record, name: str) -> object:
    """A field of a record as JSON has it."""
    value = getattr(record, name, None)
    return list(value) if isinstance(value, tuple) else value


def _changes(session: Session, row: Row, record: Record) -> Cells:
    """The fields in which a row differs from its record; a changed quotation moves the range."""
    layer = _layer(row)
    if not isinstance(getattr(record, FIELDS[layer][0], None), str):
        raise RefusedError(f"layer is {layer!r}, but {row.text('row')!r} is none of them")
    fields = [name for name in FIELDS[layer] if name in row.cells]
    changes: Cells = {
        name: _value(row, name) for name in fields if row.text(name) != cell(getattr(record, name))
    }
    if row.cells.get("quote", record.quote) != record.quote:
        start, end = _place(session, row, record.start)
        changes |= {"start": start, "end": end}
    return changes


def _place(session: Session, row: Row, start: int | None) -> tuple[int, int]:
    document = session.documents.get(row.text("doc_id"))
    if document is None:
        raise RefusedError(f"doc_id {row.text('doc_id')!r} is no text of the study")
    quote = str(row.cells.get("quote") or "")
    [place] = find_places(document.text, [Claim(quote, start)])
    if isinstance(place, Lost) or not quote.strip():
        raise RefusedError(f"quote {place.reason if isinstance(place, Lost) else 'is empty'}")
    return place


def _value(row: Row, name: str) -> str | list[str]:
    if name not in _LISTS:
        return row.text(name)
    return [part.strip() for part in row.text(name).split(";") if part.strip()]


def _number(row: Row, name: str) -> int | None:
    return int(row.text(name)) if row.text(name).isascii() and row.text(name).isdigit() else None


def _layer(row: Row) -> str:
    layer = row.text("layer") or LAYERS[0]
    if layer not in LAYERS:
        raise RefusedError(f"layer is {layer!r}, expected {' or '.join(LAYERS)}")
    return layer
