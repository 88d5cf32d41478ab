"""Reads a folder of texts into documents.

Documents are the `.txt` and `.md` files of the folder and its sub-folders; the name of a file without its
suffix is the document's id. `documents.csv` (or `documents.jsonl`) beside them and `README*` are no
documents, nor is anything hidden. Any other text format is a problem, since an analyst who put it there
expects it to be read; what is no text (pictures, tables, notebooks) is passed over: `unread_files` lists it.

Texts are UTF-8. A byte order mark at the beginning is no part of a text; everything else is, newlines
exactly as they stand, so offsets count from the first character after the mark or the front matter.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from demarche.documents import METADATA, Document
from demarche.inputs.decoding import decode, read_bytes
from demarche.inputs.metadata import part_front_matter, read_documents_table
from demarche.inputs.publication_dates import find_publication_date
from demarche.inputs.repeats import find_repeats, shared_words
from demarche.inputs.yaml_forms import nearest
from demarche.problems import ProblemList
from demarche.rendering.characters import clean, named

READ = (".txt", ".md")
EXPECTED_TO_BE_READ = (
    ".pdf", ".html", ".htm", ".xhtml", ".mhtml", ".doc", ".docx", ".odt", ".rtf", ".epub", ".pages",
    ".markdown", ".rst", ".text", ".eml", ".msg", "",
)  # fmt: skip
TABLES = ("documents.csv", "documents.jsonl")
INFERRED = "inferred"

Known = dict[str, tuple[int, dict[str, str]]]


def read_corpus(folder: Path, *, metadata: Path | None = None) -> list[Document]:
    """The documents of a folder, sorted by id; problems are reported all at once (InputError).

    `metadata` is a documents.csv or .jsonl that lies elsewhere; it may name documents that are not here.
    What a document's front matter says comes first, then the table beside the files, then `metadata`, and
    last the date that the text itself gives.
    """
    problems = ProblemList()
    documents = load_corpus(folder, problems, metadata=metadata)
    problems.raise_if_any()
    return documents


def load_corpus(folder: Path, problems: ProblemList, *, metadata: Path | None = None) -> list[Document]:
    """The documents as far as they can be read; every problem is noted."""
    if not folder.is_dir():
        problems.add(folder, 0, "there is no such folder; expected one that holds the texts")
        return []
    files = _text_files(folder, problems)
    if not files:
        problems.add(folder, 0, "holds no text, expected files that end in .txt or .md")
    tables = [_table_beside(folder, files, problems)]
    if metadata is not None:
        tables.append((metadata.name, read_documents_table(metadata, problems)))
    read = [_read(path, folder, tables, problems) for path in files]
    ids = Counter(map(_doc_id, files))
    return drawn_together([document for document in read if document and ids[document.doc_id] == 1])


def drawn_together(documents: Sequence[Document]) -> list[Document]:
    """The documents by id, each with the earliest one of the same words in `repeats`."""
    earliest = find_repeats(documents)
    known = (replace(document, repeats=earliest.get(document.doc_id, "")) for document in documents)
    return sorted(known, key=lambda document: document.doc_id)


def repeat_lines(documents: Iterable[Document]) -> Iterator[str]:
    """A line for each document that others repeat, with those that do: they count as one source."""
    families: dict[str, list[Document]] = {}
    for document in documents:
        families.setdefault(document.source, []).append(document)
    for source, family in sorted(families.items()):
        if len(family) > 1:
            first = next(document for document in family if document.doc_id == source)
            same = [f"{d.path} ({shared_words(first, d):.0%})" for d in family if d.repeats]
            yield f"{first.path}: drawn together as one source with {', '.join(same)}"


def unread_files(folder: Path) -> list[Path]:
    """The files of a corpus that are neither read nor a problem: pictures, tables, notebooks …"""
    return [
        path
        for path in _files(folder)
        if path.suffix.lower() not in (*READ, *EXPECTED_TO_BE_READ) and not _is_about_the_corpus(path, folder)
    ]


def document_ids(folder: Path) -> set[str]:
    """The ids of the documents in a folder, whether they can be read or not."""
    return set(map(_doc_id, _text_files(folder, ProblemList()))) if folder.is_dir() else set()


def _text_files(folder: Path, problems: ProblemList) -> list[Path]:
    """The files that are documents; names that cannot be ids and texts that cannot be read are problems."""
    first: dict[str, Path] = {}
    texts = []
    for path in _files(folder):
        suffix = path.suffix.lower()
        if _is_about_the_corpus(path, folder):
            continue
        if suffix in READ:
            texts.append(path)
            if unshown := [one for one in path.stem if clean(one) != one]:
                message = f"has {named(unshown[0])} in its name, which no page shows; rename the file"
                problems.add(path, 0, message)
            other = first.setdefault(_doc_id(path), path)
            if other != path:
                message = f"has the same name as {other}; two documents cannot share an id, rename one"
                problems.add(path, 0, message)
        elif suffix in EXPECTED_TO_BE_READ:
            problems.add(path, 0, f"{suffix or 'a file without a suffix'} is not read, expected .txt or .md")
    return texts


def _files(folder: Path) -> list[Path]:
    """Every file of a folder and its sub-folders that is not hidden, in the order of their names."""
    found = [path for path in folder.rglob("*") if not path.is_dir()]
    names = {path: path.relative_to(folder) for path in found}
    shown = [path for path in found if not any(part.startswith(".") for part in names[path].parts)]
    return sorted(shown, key=lambda path: names[path].as_posix())


def _is_about_the_corpus(path: Path, folder: Path) -> bool:
    return path.stem.upper() == "README" or (path.name in TABLES and path.parent == folder)


def _table_beside(folder: Path, files: list[Path], problems: ProblemList) -> tuple[str, Known]:
    """What the table beside the files says; a row for a document that is not there is a problem."""
    there = [name for name in TABLES if (folder / name).exists()]
    if not there:
        return "", {}
    if len(there) > 1:
        problems.add(folder / there[1], 0, f"stands beside {there[0]}; keep one of the two")
    known = read_documents_table(folder / there[0], problems)
    doc_ids = {_doc_id(path) for path in files}
    for doc_id, (line, _) in known.items():
        if doc_id not in doc_ids:
            problems.add(
                folder / there[0], line, f"no document is named {doc_id!r}{nearest(doc_id, doc_ids)}"
            )
    return there[0], known


def _read(
    path: Path, folder: Path, tables: list[tuple[str, Known]], problems: ProblemList
) -> Document | None:
    raw = read_bytes(path, problems)
    text = None if raw is None else decode(raw, path, problems)
    if raw is None or text is None:
        return None
    parted = part_front_matter(text, path, problems)
    if not _has_words(parted.body, path, parted.body_line, problems):
        return None
    doc_id = _doc_id(path)
    sources = [("front matter", parted.metadata)]
    sources += [(name, known[doc_id][1]) for name, known in tables if doc_id in known]
    values, published_from = _first_found(sources)
    words = None
    if not published_from and (found := find_publication_date(parted.body)):
        values["published"], published_from, words = found.day, INFERRED, (found.start, found.end)
    return Document(
        doc_id=doc_id,
        text=parted.body,
        path=path.relative_to(folder).as_posix(),
        sha256=hashlib.sha256(raw).hexdigest(),
        body_line=parted.body_line,
        published_from=published_from,
        published_words=words,
        **values,
    )


def _has_words(body: str, path: Path, line: int, problems: ProblemList) -> bool:
    if "\0" in body:
        line += body.count("\n", 0, body.index("\0"))
        problems.add(path, line, "has a NUL character, so it is no plain text; save it again as UTF-8")
        return False
    if not any(character.isalnum() for character in body):
        problems.add(
            path, 0, "is empty, expected a text" if line == 1 else "has no text after its front matter"
        )
        return False
    return True


def _first_found(sources: Sequence[tuple[str, Mapping[str, str]]]) -> tuple[dict[str, str], str]:
    """Each field from the first source that fills it, and the name of the source of `published`."""
    values: dict[str, str] = {}
    published_from = ""
    for name, found in sources:
        if "published" in found and "published" not in values:
            published_from = name
        values = {**found, **values}
    return {key: values[key] for key in METADATA if key in values}, published_from


def _doc_id(path: Path) -> str:
    return unicodedata.normalize("NFC", path.stem)
