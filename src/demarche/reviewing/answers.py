"""An answer on its way into a journal: how a record is written there, and what keeps it from being so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.inputs.coding_rows import RowCheck
from demarche.inputs.placing import place_rows
from demarche.inputs.rows import Row
from demarche.kinds import ids_in, kind_named, record_of
from demarche.problems import InputError, Problem, ProblemList
from demarche.records import AUTHOR, Coded
from demarche.reviewing.journal import Cells, Entry
from demarche.reviewing.replay import Verdict

Texts = Mapping[str, Document]


def check_answer(entry: Entry, path: Path, documents: Texts, codebook: Codebook) -> None:
    """InputError where an answer names what the codebook or the text does not hold; `path`: its journal."""
    if entry.do not in ("accept", "add"):
        return
    problems = ProblemList()
    for cells in (entry.row,) if entry.do == "add" else entry.answers:
        kept = {name: value for name, value in (cells | entry.set).items() if name != "text"}
        check = RowCheck(Row(path, 0, kept), codebook, problems)
        for placed in place_rows([check], list(documents.values()), []):
            record = record_of(kind_named(entry.layer), check, placed.place, placed.document)
            for name in ids_in(record):
                if fate := codebook.fate(name):
                    problems.add(path, 0, fate)
    problems.raise_if_any()


def with_quote(doc_id: str, changes: Cells, path: Path, documents: Texts) -> Cells:
    """Changes with the words of their range, if they have one; InputError where it holds none."""
    if "start" not in changes and "end" not in changes:
        return changes
    document = documents.get(doc_id)
    start, end = changes.get("start"), changes.get("end")
    text = document.text if document else ""
    is_range = isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)
    if not is_range or not text[start:end].strip():
        message = f"{doc_id!r} {start}–{end} holds no words of a document"
        raise InputError([Problem(str(path), 0, message)])
    return {**changes, "quote": text[start:end]}


def as_asked(verdict: Verdict) -> Coded:
    """The record that a verdict answered, as sure as its reader was of it; of what was added, the row."""
    if verdict.answered is None:
        return replace(verdict.outcome, coder="")
    return replace(verdict.answered, confidence=verdict.claimed)


def cells_of(record: Coded) -> Cells:
    """A record as JSON keeps it; what is empty or usual is left out."""
    usual = {"speaker": AUTHOR, "confidence": 1.0, "decision": "accepted"}
    kept = {
        name: list(value) if isinstance(value, tuple) else value for name, value in asdict(record).items()
    }
    return {name: value for name, value in kept.items() if value not in ("", [], usual.get(name))}
