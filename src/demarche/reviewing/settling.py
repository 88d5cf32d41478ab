"""A settled file out of what coders found apart from each other: what is left to decide says so itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from demarche.coding import Coding, rows_by_kind, write_coding
from demarche.kinds import KINDS, described, kind_of
from demarche.problems import InputError, Problem
from demarche.records import Coded
from demarche.reviewing.combine import agree, matters
from demarche.reviewing.replay import Key, Verdict

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
    return Coding(**rows_by_kind(once))


def write_settled(codings: Sequence[tuple[str, Coding]], folder: Path) -> int:
    """Write a file for each kind that coders found, into a folder that has none; how many rows are left."""
    coding = settle(codings)
    kinds = [kind for kind in KINDS if coding.of(kind)]
    paths = [folder / f"{kind.name}.csv" for kind in kinds]
    if there := [path for path in paths if path.exists()]:
        raise InputError([Problem(str(path), 0, "is there already; choose another folder") for path in there])
    write_coding(folder, coding, kinds=kinds)
    return sum(row.decision == OPEN for row in coding.rows)


def _verdicts(name: str, coding: Coding) -> Iterable[Verdict]:
    """A coder's rows as verdicts: a correction is one on what it corrects."""
    for row in coding.rows:
        key = Key(row.answers or row.record_id, "", "")
        yield Verdict(key=key, coder=name, outcome=row, place=Problem(name, 0, ""))


def _settled(matter: Sequence[Verdict], names: set[str]) -> list[Coded]:
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


def _note(row: Coded, matter: Sequence[Verdict], first: str) -> str:
    """The note of a row, with the details that others have otherwise."""
    details = ("quote", *(name for name in kind_of(row).fields if name not in kind_of(row).meaning))
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
