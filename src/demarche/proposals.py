"""Proposals are made once for each document and kept by content, so that nothing is read twice."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.kinds import Kind
from demarche.readers import Proposals, Reader, Remark
from demarche.records import Event, Quantity, Statement


def propose(
    documents: Iterable[Document], codebook: Codebook, reader: Reader, *, cache: Path | None = None
) -> list[Proposals]:
    """What the reader proposes, document by document; kept in `cache`, a folder, where one is given."""
    return [_propose_once(document, codebook, reader, cache) for document in documents]


def proposed(kind: Kind, proposals: Iterable[Proposals]) -> list[Any]:
    """The proposals of a kind; none of a kind that no reader proposes."""
    return [row for each in proposals for row in getattr(each, kind.name, ())]


def doubtful(kind: Kind, proposals: Iterable[Proposals]) -> list[Any]:
    """The records of a kind that were too unsure to be proposed."""
    return [row for each in proposals for row in each.doubtful if isinstance(row, kind.record)]


def _propose_once(document: Document, codebook: Codebook, reader: Reader, cache: Path | None) -> Proposals:
    if cache is None:
        return reader.read(document, codebook)
    path = cache / f"{_key(document, codebook, reader)}.json"
    if (kept := _read(path)) is not None:
        return kept
    proposals = reader.read(document, codebook)
    _write(path, proposals)
    return proposals


def _key(document: Document, codebook: Codebook, reader: Reader) -> str:
    parts = (repr(document), codebook.sha256, reader.name, reader.version)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _read(path: Path) -> Proposals | None:
    """What is kept at a path; None where there is nothing whole."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Proposals(
            _statements(kept["statements"]),
            tuple(Event(**{**row, "actors": tuple(row["actors"])}) for row in kept["events"]),
            tuple(Remark(**row) for row in kept["remarks"]),
            _statements(kept["doubtful"]),
            tuple(Quantity(**row) for row in kept["figures"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _statements(rows: Iterable[dict[str, Any]]) -> tuple[Statement, ...]:
    return tuple(Statement(**{**row, "addressee": tuple(row["addressee"])}) for row in rows)


def _write(path: Path, proposals: Proposals) -> None:
    """Keep proposals, whole or not at all; a folder that cannot be written to only costs time."""
    rows = {name: [asdict(row) for row in rows] for name, rows in proposals._asdict().items()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(rows, stream, ensure_ascii=False)
        Path(name).replace(path)
    except OSError:
        return
