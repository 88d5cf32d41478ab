"""Coding: what people decided about the texts, kept as tables of statements and events."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.records import Event, Statement


@dataclass(frozen=True)
class Coding:
    """The decided rows, accepted and rejected; every one stands in its document."""

    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()


def read_coding(folder: Path, documents: Sequence[Document], codebook: Codebook) -> Coding:
    """Read `statements` and `events` (.csv or .jsonl); problems are reported all at once (InputError)."""
    return Coding(
        tuple(Statement(**_row(row, Statement)) for row in _rows(folder, "statements")),
        tuple(Event(**_row(row, Event)) for row in _rows(folder, "events")),
    )


def _rows(folder: Path, name: str) -> list[Mapping[str, Any]]:
    if (path := folder / f"{name}.csv").exists():
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))
    if (path := folder / f"{name}.jsonl").exists():
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return []


def _row(row: Mapping[str, Any], record: type) -> dict[str, Any]:
    known = {f.name for f in fields(record)}
    values = {("doc_id" if k == "doc" else k): v for k, v in row.items()}
    values = {k: v for k, v in values.items() if k in known and v not in ("", None)}
    for name in ("addressee", "actors"):
        if isinstance(values.get(name), str):
            values[name] = tuple(values[name].split(";"))
        elif name in values:
            values[name] = tuple(values[name])
    return {**values, "start": int(values["start"]), "end": int(values["end"])}
