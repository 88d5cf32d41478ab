"""Reviewing from the command line: a sheet out, its answers in, and how far the work has come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from demarche.inputs.yaml_forms import nearest
from demarche.problems import InputError, Problem
from demarche.prose import counted, listed
from demarche.reviewing.session import Session
from demarche.reviewing.sheet import choices, sheet_rows
from demarche.reviewing.sheet_answers import apply_sheet
from demarche.reviewing.sheet_files import write_sheet

SHOWN = 12
"""Texts of a study that a message names."""
_DEEDS = {"accept": "accepted", "reject": "rejected", "add": "added", "comment": "commented on"}


def write_questions(
    session: Session, path: Path, *, order: str = "value", doc_id: str = "", kinds: Sequence[str] = ()
) -> Path:
    """Write a sheet of what there is to decide on; its path. InputError for a text that is not there."""
    check_text(session, doc_id)
    rows = sheet_rows(session, order=order, doc_id=doc_id, kinds=kinds)
    write_sheet(path, rows, choices(session))
    return path


def check_text(session: Session, doc_id: str) -> None:
    """InputError for a text that the study does not have; the message says which it has."""
    if doc_id and doc_id not in session.documents:
        known = sorted(session.documents)
        hint = nearest(doc_id, known)
        texts = f"its texts: {listed(known, most=SHOWN)}"
        raise InputError(
            [Problem(str(session.study.path), 0, f"has no text {doc_id!r}{hint or '; ' + texts}")]
        )


def apply_answers(session: Session, path: Path, say: Callable[[str], object]) -> tuple[Problem, ...]:
    """Apply a sheet and say what was written; the rows that were left out, with the reason of each."""
    applied = apply_sheet(session, path)
    done = [f"{n} {_DEEDS[deed]}" for deed, n in sorted(applied.written.items())]
    say(f"{session.journal.path}: {', '.join(done) or 'nothing new'}")
    if applied.problems:
        say(f"{counted(len(applied.problems), 'row')} could not be applied:")
    return applied.problems


def progress_lines(session: Session, *, doc_id: str = "", kinds: Sequence[str] = ()) -> list[str]:
    """How many are decided, what is left, how far the figures moved, and what must be looked at again.

    With the id of a text, or with kinds, what is left is what is left in it, or of them.
    """
    left = sum(len(item.records) for item in session.items(doc_id=doc_id, kinds=kinds))
    place = (f" of {listed(kinds)}" if kinds else "") + (f" in {doc_id}" if doc_id else "")
    changed, cells = session.moved()
    lines = [
        f"{session.coder}: {counted(len(session.verdicts), 'decision')}, {left} left to decide{place}; "
        f"{changed} of {cells} stances changed by them"
    ]
    return lines + [str(note) for note in (*session.problems, *session.coding.look_again)]
