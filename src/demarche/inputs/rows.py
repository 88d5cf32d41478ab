"""Tables as people write them: rows of a .csv or a .jsonl file, each with the line it begins on."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from demarche.inputs.decoding import decode, read_bytes
from demarche.inputs.yaml_forms import nearest
from demarche.problems import ProblemList

SUFFIXES = (".csv", ".jsonl")
SEPARATORS = {";": "';'", "\t": "tabs"}
"""What some programs write between the cells of a CSV file, in words of a message."""


@dataclass(frozen=True)
class Row:
    """One row: its cells by column (texts; in JSON lines what JSON has), and where it stands.

    `line` is the line of the file on which it begins; `number` counts rows as a spreadsheet does, the head
    and empty ones too.
    """

    path: Path
    line: int
    cells: dict[str, Any]
    number: int = 0

    def text(self, column: str) -> str:
        """The cell as a text without white space around it; empty where there is none."""
        value = self.cells.get(column)
        return "" if value is None else str(value).strip()


@dataclass(frozen=True)
class Columns:
    """What a table may hold: the columns known, those it must have, and other names that some go by.

    `separators` may stand between cells: a comma only, but for what has been through a spreadsheet.
    """

    known: Collection[str]
    required: Collection[str] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    separators: str = ","

    def name(self, written: str) -> str:
        """The column that a name in a file stands for."""
        written = written.strip()
        return self.renamed.get(written, written)


def read_rows(path: Path, columns: Columns, problems: ProblemList) -> list[Row]:
    """The rows of a table; a column that is not known, or a row that is none, is a problem with its line."""
    raw = read_bytes(path, problems)
    text = None if raw is None else decode(raw, path, problems)
    if text is None:
        return []
    if path.suffix.lower() == ".jsonl":
        return list(_json_rows(text, path, columns, problems))
    return list(_csv_rows(text, path, columns, problems))


def _csv_rows(text: str, path: Path, columns: Columns, problems: ProblemList) -> Iterator[Row]:
    separator = _separator(text, columns)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    header: list[str] | None = None
    line = 1
    try:
        for number, cells in enumerate(reader, 1):
            if header is None:
                header = [columns.name(name) for name in cells]
                if not _check_header(header, path, columns, problems):
                    return
            elif any(cell.strip() for cell in cells):
                if len(cells) == len(header):
                    yield Row(path, line, dict(zip(header, cells, strict=True)), number)
                else:
                    problems.add(path, line, f"has {len(cells)} cells, expected {len(header)} as in line 1")
            line = reader.line_num + 1
    except csv.Error as error:
        problems.add(path, line, f"is not a CSV row: {error}")
    if header is None:
        problems.add(path, 1, f"is empty, expected a row of column names: {', '.join(columns.known)}")


def _separator(text: str, columns: Columns) -> str:
    """What stands between the cells: of the characters allowed, the one most frequent in the first line."""
    first = text.partition("\n")[0]
    return max(columns.separators, key=first.count)


def _check_header(header: list[str], path: Path, columns: Columns, problems: ProblemList) -> bool:
    """Whether rows can be read under this header; everything wrong with it is noted."""
    for separator, name in SEPARATORS.items():
        if len(header) == 1 and separator in header[0]:
            problems.add(
                path, 1, f"the columns are separated by {name}, expected ',': save as CSV with commas"
            )
            return False
    for place, name in enumerate(header):
        if name in header[:place]:
            problems.add(path, 1, f"column {name!r} stands twice")
        elif name not in columns.known:
            problems.add(path, 1, f"unknown column {name!r}{nearest(name, columns.known)}")
    missing = [name for name in columns.required if name not in header]
    if missing:
        problems.add(path, 1, f"column {', '.join(map(repr, missing))} is missing; found {', '.join(header)}")
    return not missing


def _json_rows(text: str, path: Path, columns: Columns, problems: ProblemList) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and (cells := _json_object(line, path, number, problems)) is not None:
            cells = {columns.name(name): value for name, value in cells.items()}
            for name in cells:
                if name not in columns.known:
                    problems.add(path, number, f"unknown field {name!r}{nearest(name, columns.known)}")
            yield Row(path, number, cells)


def _json_object(line: str, path: Path, number: int, problems: ProblemList) -> dict[str, Any] | None:
    try:
        cells = json.loads(line)
        json.dumps(cells, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        problems.add(path, number, "holds half of a character (a lone surrogate), expected text")
        return None
    except ValueError as error:
        problems.add(path, number, f"is not JSON: {error}")
        return None
    except RecursionError:
        problems.add(path, number, "is nested too deeply")
        return None
    if isinstance(cells, dict):
        return cells
    problems.add(path, number, "is not a JSON object, expected {…}")
    return None
