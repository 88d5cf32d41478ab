"""What is known of a document besides its text: front matter, and tables of documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from demarche.documents import METADATA
from demarche.edtf_dates import is_edtf
from demarche.inputs.rows import Columns, Row, read_rows
from demarche.inputs.yaml_forms import form_of
from demarche.problems import ProblemList

_FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n|\Z)")
_CLOSING = re.compile(r"(?:\A|(?<=[\r\n]))---[ \t]*(?:\r\n|\r|\n|\Z)")
_GRADES = "ABCDEF"
_COLUMNS = Columns(("doc_id", *METADATA), required=("doc_id",), renamed={"doc": "doc_id"})


class Parted(NamedTuple):
    """A file's text in two: what its front matter says, and the body with the line on which it begins."""

    metadata: dict[str, str]
    body: str
    body_line: int = 1


def part_front_matter(text: str, path: Path, problems: ProblemList) -> Parted:
    """The front matter of a file and its body.

    Front matter stands between a first line `---` and the next such line. A `.txt` that begins with `---`
    but has no metadata there is all text.
    """
    opening = _FENCE.match(text)
    if not opening:
        return Parted({}, text)
    closing = _CLOSING.search(text, opening.end())
    if path.suffix.lower() != ".md" and not (closing and _is_mapping(text[opening.end() : closing.start()])):
        return Parted({}, text)
    if not closing:
        problems.add(path, 1, "front matter begins here with --- and has no closing line ---")
        return Parted({}, text)
    metadata = _front_matter(text[opening.end() : closing.start()], path, problems)
    return Parted(metadata, text[closing.end() :], text.count("\n", 0, closing.end()) + 1)


def read_documents_table(path: Path, problems: ProblemList) -> dict[str, tuple[int, dict[str, str]]]:
    """What a documents.csv or .jsonl says: for each doc_id the line, and the fields that are filled."""
    rows: dict[str, tuple[int, dict[str, str]]] = {}
    for row in read_rows(path, _COLUMNS, problems):
        doc_id = row.text("doc_id")
        if not doc_id:
            problems.add(path, row.line, "doc_id is empty, expected the name of a file without its suffix")
        elif doc_id in rows:
            problems.add(path, row.line, f"{doc_id!r} stands here twice, first in line {rows[doc_id][0]}")
        else:
            values = {key: row.text(key) for key in METADATA if row.text(key)}
            check_metadata(values, partial(_note_in_row, problems, row))
            rows[doc_id] = (row.line, values)
    return rows


def check_metadata(values: Mapping[str, str], note: Callable[[str, str], None]) -> None:
    """Note, by field, each value that is none: a date, a grade, an address."""
    published, grade, url = (values.get(key, "") for key in ("published", "reliability", "url"))
    if published and not is_edtf(published):
        note(
            "published",
            f"published is {published!r}, expected a date (2022-01-29) or EDTF (2022-01, 2021-12-20~)",
        )
    if grade and (len(grade) > 1 or grade not in _GRADES):
        note("reliability", f"reliability is {grade!r}, expected a grade from A to F")
    if url and not re.match(r"https?://\S+$", url):
        note("url", f"url is {url!r}, expected an address that begins with https:// or http://")


def _note_in_row(problems: ProblemList, row: Row, _: str, message: str) -> None:
    problems.add(row.path, row.line, message)


def _front_matter(text: str, path: Path, problems: ProblemList) -> dict[str, str]:
    form = form_of(text, path, problems, lines_before=1)
    if form is None:
        return {}
    form.check_keys(METADATA)
    values = {key: value for key in METADATA if (value := form.text(key))}
    check_metadata(values, lambda key, message: form.note(message, key=key))
    return values


def _is_mapping(text: str) -> bool:
    form = form_of(text, Path(), ProblemList())
    return form is not None and bool(form.nodes)
