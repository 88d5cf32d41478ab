"""Annotated disputes: a codebook, texts, and what people found in them, to build and score readers with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demarche.codebook import Codebook, read_codebook
from demarche.documents import Document
from demarche.readers import Reader
from demarche.records import Event, Statement
from demarche.scoring.figures import Reading, score_by_document, total
from demarche.scoring.pairs import Score

SPLITS = ("building", "testing")
GROUPS = ("dense", "news")
"""How the texts of a dispute read: dense with statements and traps, or as plain news."""


@dataclass(frozen=True)
class Dispute:
    """One dispute: `gold` is what people decided about its documents."""

    name: str
    codebook: Codebook
    documents: tuple[Document, ...]
    gold: Reading


def read_split(folder: Path, split: str, *, groups: Sequence[str] = GROUPS) -> list[str]:
    """The names of the disputes that `split.json` lists for `building` or `testing`, group by group."""
    names = json.loads((folder / "split.json").read_text(encoding="utf-8"))
    return [str(name) for group in groups for name in names[group][split]]


def read_dispute(folder: Path) -> Dispute:
    """A dispute from its folder: codebook.yaml, texts/, documents.jsonl, statements.jsonl, events.jsonl."""
    rows = {row["doc"]: row for row in _rows(folder / "documents.jsonl")}
    documents = tuple(
        _document(path, rows.get(path.stem, {})) for path in sorted((folder / "texts").glob("*.txt"))
    )
    gold = Reading(
        [Statement(**_fields(row)) for row in _rows(folder / "statements.jsonl")],
        [Event(**_fields(row)) for row in _rows(folder / "events.jsonl")],
    )
    return Dispute(folder.name, read_codebook(folder / "codebook.yaml"), documents, gold)


def read_by(reader: Reader, dispute: Dispute) -> Reading:
    """What a reader proposes for all documents of a dispute."""
    proposals = [reader.read(document, dispute.codebook) for document in dispute.documents]
    return Reading([s for p in proposals for s in p.statements], [e for p in proposals for e in p.events])


def score_dispute(found: Reading, dispute: Dispute) -> dict[str, Score]:
    """The figures of a reading of one dispute."""
    return total(score_documents(found, dispute).values())


def score_documents(found: Reading, dispute: Dispute) -> dict[str, dict[str, Score]]:
    """The figures of each document of a dispute."""
    texts = {document.doc_id: document.text for document in dispute.documents}
    return score_by_document(dispute.gold, found, texts=texts, party=dispute.codebook.party)


def _document(path: Path, row: Mapping[str, Any]) -> Document:
    known = {name: row[name] for name in ("published", "publisher", "genre") if row.get(name)}
    return Document(doc_id=path.stem, text=path.read_bytes().decode(), path=path.name, **known)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def _fields(row: Mapping[str, Any]) -> dict[str, Any]:
    fields = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    fields.pop("occurrence", None)
    return {"doc_id": fields.pop("doc", ""), **fields}
