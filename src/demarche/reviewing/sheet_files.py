"""Sheets as files, .csv or .xlsx: no cell is computed or rewritten, every one comes back as it was."""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from demarche.fields import FIELDS
from demarche.inputs.rows import Columns, Row, read_rows
from demarche.problems import InputError, Problem, ProblemList
from demarche.reviewing.sheet import COLUMNS, MEANINGS, idle_columns

SUFFIXES = (".csv", ".xlsx")
Table = Sequence[Mapping[str, str]]

_COMPUTED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Characters that XML cannot hold are written by their number, as Office does, and so is what looks like one.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WRITTEN = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EPOCH = datetime(1980, 1, 1)
# As what a workbook comes to light that was cut short or mended by hand; SyntaxError is that of its XML.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, SyntaxError, LookupError, TypeError, ValueError)
_REWRITTEN = {name for name, field in FIELDS.items() if field.is_rewritten}
_WIDTHS = {"decision": 10, "note": 24, "quote": 60, "paragraph": 60, "why": 30}
_WIDTHS |= {name: 24 for name, field in FIELDS.items() if field.is_wide}


def write_sheet(path: Path, rows: Table, choices: Mapping[str, Sequence[str]]) -> None:
    """Write rows as a sheet, in one step; .xlsx with the `choices` of a column as drop-down values."""
    check_suffix(path)
    content = _workbook(rows, choices) if path.suffix.lower() == ".xlsx" else _csv(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    Path(name).chmod(0o644)
    Path(name).replace(path)


def read_sheet(path: Path, problems: ProblemList) -> list[Row]:
    """The rows of a sheet, each with its number as a spreadsheet counts."""
    check_suffix(path)
    columns = Columns(COLUMNS, required=("decision", "doc_id", "quote"), separators=",;\t")
    if path.suffix.lower() == ".xlsx":
        return _read_workbook(path, columns, problems)
    rows = read_rows(path, columns, problems)
    return [
        Row(row.path, row.number, {name: _bare(name, value) for name, value in row.cells.items()})
        for row in rows
    ]


def check_suffix(path: Path) -> None:
    """InputError where a file is no sheet by its name."""
    if path.suffix.lower() not in SUFFIXES:
        raise InputError([Problem(str(path), 0, f"expected a name that ends in {' or '.join(SUFFIXES)}")])


def _csv(rows: Table) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(name, row[name]) for name in COLUMNS] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _harmless(name: str, text: str) -> str:
    """A cell that no spreadsheet computes or takes for a day: with an apostrophe where it might."""
    might = text.startswith(_COMPUTED) or (text and name in _REWRITTEN)
    return f"'{text}" if might or _is_marked(name, text) else text


def _bare(name: str, text: str) -> str:
    return text[1:] if _is_marked(name, text) else text


def _is_marked(name: str, text: str) -> bool:
    """Whether a cell begins with an apostrophe that keeps the rest as it is."""
    return text.startswith("'") and (name in _REWRITTEN or text.lstrip("'").startswith(_COMPUTED))


def _workbook(rows: Table, choices: Mapping[str, Sequence[str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    book.properties.creator, book.properties.created, book.properties.modified = "demarche", _EPOCH, _EPOCH
    sheet: Any = book.active
    sheet.title = "decide"
    idle = idle_columns(rows)
    table = [dict(zip(COLUMNS, COLUMNS, strict=True)), *rows]
    for line, row in enumerate(table, start=1):
        for place, name in enumerate(COLUMNS, start=1):
            _fill(sheet.cell(line, place), row[name])
    for place, name in enumerate(COLUMNS, start=1):
        sheet.cell(1, place).font = Font(bold=True)
        letter = sheet.cell(1, place).column_letter
        sheet.column_dimensions[letter].width = _WIDTHS.get(name, 14)
        sheet.column_dimensions[letter].hidden = name in idle
        for line in range(2, len(table) + 1):
            sheet.cell(line, place).alignment = Alignment(wrap_text=name in _WIDTHS, vertical="top")
    sheet.freeze_panes = "C2"
    _add_choices(book, sheet, choices, len(table) + 200)
    _add_meanings(book)
    return _same_bytes(book)


def _fill(cell: Any, text: str) -> None:
    """Set a cell as text, whatever it looks like."""
    cell.value = _UNWRITABLE.sub(lambda m: f"_x{ord(m[0]):04X}_", text) or None
    if text:
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = text.startswith(_COMPUTED)


def _add_choices(book: Any, sheet: Any, choices: Mapping[str, Sequence[str]], last: int) -> None:
    """Drop-down values for the columns that have them; the lists stand on a page of their own."""
    from openpyxl.worksheet.datavalidation import DataValidation

    page = book.create_sheet("values")
    for place, (name, values) in enumerate(choices.items(), start=1):
        for line, value in enumerate((name, *values), start=1):
            _fill(page.cell(line, place), value)
        letter = page.cell(1, place).column_letter
        formula = f"values!${letter}$2:${letter}${len(values) + 1}"
        known = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
        known.error, known.errorTitle = f"Choose one of the page 'values', column {name}.", name
        sheet.add_data_validation(known)
        column = sheet.cell(1, COLUMNS.index(name) + 1).column_letter
        known.add(f"{column}2:{column}{last}")


def _add_meanings(book: Any) -> None:
    page = book.create_sheet("columns")
    for line, pair in enumerate(MEANINGS.items(), start=1):
        for place, text in enumerate(pair, start=1):
            _fill(page.cell(line, place), text)
    page.column_dimensions["B"].width = 70


def _same_bytes(book: Any) -> bytes:
    """The workbook as a file in which nothing tells when it was written."""
    from openpyxl.writer.excel import ExcelWriter

    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).write_data()
    result = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)
    return result.getvalue()


def _read_workbook(path: Path, columns: Columns, problems: ProblemList) -> list[Row]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(path.read_bytes()), read_only=False, data_only=False)
    except _DAMAGED as error:
        problems.add(path, 0, f"is not a workbook that can be read: {error}")
        return []
    sheet = book["decide"] if "decide" in book.sheetnames else book.worksheets[0]
    lines = [[_text(value) for value in line] for line in sheet.iter_rows(values_only=True)]
    header = lines[0] if lines else []
    if missing := [name for name in columns.required if name not in header]:
        problems.add(
            path, 1, f"column {', '.join(map(repr, missing))} is missing on the page {sheet.title!r}"
        )
        return []
    return [
        Row(path, number, dict(zip(header, cells, strict=True)))
        for number, cells in enumerate(lines[1:], start=2)
        if any(cells)
    ]


def _text(value: object) -> str:
    """What a cell holds, as a text: days as ISO, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _WRITTEN.sub(lambda m: chr(int(m[1], 16)), str(value))
