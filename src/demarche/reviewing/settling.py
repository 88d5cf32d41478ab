"""A settled file out of what coders found apart from each other: what is left to decide says so itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from demarche.coding import NAMES, Coding, write_coding
from demarche.problems import InputError, Problem
from demarche.records import Event, Statement
from demarche.reviewing.combine import agree, described, matters
from demarche.reviewing.replay import Record, Verdict, key_of

SETTLED = "settled"
OPEN = "decide"
"""The decision of a row that the settler must still take: no coding can be read while it stands there."""


def settle(codings: Sequence[tuple[str, Coding]]) -> Coding:
    """What all coders have alike, accepted or rejected; every other version with the decision `decide`.

    Where only details differ, the row is in the version of the coder whose name comes first, and its note
    says what the others have.
    """
    names = {name for name, _ in codings}
    spoken = [verdict for name, coding in codings for verdict in _verdicts(name, coding)]
    rows = [row for matter in matters(spoken) for row in _settled(matter, names)]
    once = list({(row.record_id, row.decision): row for row in reversed(rows)}.values())
    return Coding(
        tuple(row for row in once if isinstance(row, Statement)),
        tuple(row for row in once if isinstance(row, Event)),
    )


def write_settled(codings: Sequence[tuple[str, Coding]], folder: Path) -> int:
    """Write statements.csv and events.csv into a folder that has none; how many rows are left to decide."""
    if there := [folder / f"{name}.csv" for name in NAMES if (folder / f"{name}.csv").exists()]:
        raise InputError([Problem(str(path), 0, "is there already; choose another folder") for path in there])
    coding = settle(codings)
    write_coding(folder, coding)
    rows: list[Record] = [*coding.statements, *coding.events]
    return sum(row.decision == OPEN for row in rows)


def _verdicts(name: str, coding: Coding) -> Iterable[Verdict]:
    rows: list[Record] = [*coding.statements, *coding.events]
    for row in rows:
        key = key_of(row)._replace(coder="", decision="")
        yield Verdict(key=key, coder=name, outcome=row, place=Problem(name, 0, ""))


def _settled(matter: Sequence[Verdict], names: set[str]) -> list[Record]:
    spoke = {verdict.coder for verdict in matter}
    first = min(spoke)
    if agree(matter) and spoke == names:
        own = [verdict.outcome for verdict in matter if verdict.coder == first]
        return [replace(row, coder=SETTLED, note=_note(row, matter, first)) for row in own]
    return [
        replace(verdict.outcome, coder=SETTLED, decision=OPEN, note=_versions(verdict, matter, names))
        for verdict in matter
    ]


def _versions(own: Verdict, matter: Sequence[Verdict], names: set[str]) -> str:
    said = [f"{own.coder} {own.outcome.decision} this"]
    said += [
        f"{v.coder} {v.outcome.decision} ‘{described(v.outcome)}’" for v in matter if v.coder != own.coder
    ]
    silent = names - {verdict.coder for verdict in matter}
    return "; ".join([*said, *(f"{name} has nothing here" for name in sorted(silent))])


def _note(row: Record, matter: Sequence[Verdict], first: str) -> str:
    """The note of a row, with the details that others have otherwise."""
    details = ("quote", "speaker", "attribution", "addressee", "status", "actors")
    notes = [row.note] if row.note else []
    for verdict in matter:
        other = verdict.outcome
        if verdict.coder != first and described(other) == described(row):
            notes += [
                f"{verdict.coder}: {name} {_text(getattr(other, name))!r}"
                for name in details
                if getattr(other, name, "") != getattr(row, name, "")
            ]
    return "; ".join(notes)


def _text(value: object) -> str:
    return ";".join(value) if isinstance(value, tuple) else str(value)
