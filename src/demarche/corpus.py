"""Reads a folder of texts into documents."""

from __future__ import annotations

import hashlib
from pathlib import Path

import yaml

from demarche.documents import Document


def read_corpus(folder: Path, *, metadata: Path | None = None) -> list[Document]:
    """The documents of a folder, sorted by id; problems are reported all at once (InputError).

    `metadata` is a `documents.csv` used for a corpus that has none beside its files.
    """
    return [_read(path, folder) for path in sorted(folder.glob("*")) if path.suffix in {".txt", ".md"}]


def _read(path: Path, folder: Path) -> Document:
    raw = path.read_bytes()
    text, front = raw.decode("utf-8"), {}
    if text.startswith("---\n"):
        head, text = text[4:].split("\n---\n", 1)
        front = {key: str(value) for key, value in yaml.safe_load(head).items()}
    return Document(
        doc_id=path.stem,
        text=text,
        path=path.relative_to(folder).as_posix(),
        sha256=hashlib.sha256(raw).hexdigest(),
        published_from="front matter" if "published" in front else "",
        **front,
    )
