"""What the cells of an executed chapter show, as blocks; code itself is not shown."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from typing import Any

from nbformat import NotebookNode

from demarche import blocks as b
from demarche.problems import ProblemList
from demarche.rendering.absences import Piece, what_is_there
from demarche.rendering.characters import clean
from demarche.rendering.citations import nodes
from demarche.rendering.markdown import anchor_of, markdown_blocks

_ADDRESS = re.compile(r" at 0x[0-9a-f]{6,}")
_ESCAPE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def blocks_of_cells(cells: Iterable[NotebookNode], chapter: str, problems: ProblemList) -> list[b.Block]:
    """The blocks of a chapter, beginning with its heading (its name where the prose gives none).

    Links in prose are marked `checked`: they must lead somewhere. Prose about what is not there is left out.
    """
    file = f"{chapter}.ipynb"
    pieces: list[Piece] = []
    for cell in cells:
        if cell.cell_type == "markdown":
            pieces += [Piece(block, is_shown=False) for block in _prose(cell.source, file, problems)]
        elif cell.cell_type == "code":
            for output in cell.outputs:
                pieces += [Piece(block, is_shown=True) for block in _shown(output, file, problems)]
    if not pieces or pieces[0].block["t"] != "heading":
        name = re.sub(r"^\d+[_-]", "", chapter).replace("_", " ").capitalize() or "Briefing"
        pieces.insert(0, Piece(b.heading(1, name, anchor=anchor_of(name)), is_shown=False))
    return what_is_there(pieces)


def evidence_of_cells(cells: Iterable[NotebookNode], problems: ProblemList) -> dict[int, dict[str, Any]]:
    """Every record that the displays of a notebook carry, by number; two with one number are a problem."""
    found: dict[int, dict[str, Any]] = {}
    for record in _records(cells):
        known = found.setdefault(record["number"], record)
        if known != record:
            ids = f"{known['record_id']} and {record['record_id']}"
            problems.add("briefing", 0, f"E{record['number']} stands for two different records, {ids}")
    return found


def _records(cells: Iterable[NotebookNode]) -> Iterator[dict[str, Any]]:
    for cell in cells:
        for output in cell.get("outputs", []):
            yield from _plain(output.get("data", {}).get(b.MIME, {}).get("evidence", []))


def _prose(source: str, file: str, problems: ProblemList) -> list[b.Block]:
    blocks = markdown_blocks(clean(source), problems, path=file)
    for node in nodes(blocks):
        if node["t"] == "link":
            node["checked"] = file
    return blocks


def _shown(output: NotebookNode, file: str, problems: ProblemList) -> list[b.Block]:
    kind = output.output_type
    if kind == "error":
        problems.add(file, 0, f"a cell stopped with {output.ename}: {output.evalue}")
        return []
    if kind == "stream":
        return _printed(output, file, problems)
    if b.MIME in output.data:
        return list(_plain(output.data[b.MIME]["blocks"]))
    return _as_text(output.data, file, problems)


def _printed(output: NotebookNode, file: str, problems: ProblemList) -> list[b.Block]:
    text = _ESCAPE.sub("", output.text).strip("\n")
    if output.name == "stderr":
        problems.add(
            file, 0, f"a cell wrote to stderr: {text.strip().splitlines()[-1] if text.strip() else ''}"
        )
        return []
    return [b.preformatted(clean(text))] if text.strip() else []


def _as_text(data: NotebookNode, file: str, problems: ProblemList) -> list[b.Block]:
    """The text of what is no display of ours: a number, a plain table."""
    text = _ESCAPE.sub("", data.get("text/plain", "")).strip("\n")
    if not text or _ADDRESS.search(text):
        kinds = ", ".join(sorted(data))
        problems.add(file, 0, f"a cell shows what has no text to set ({kinds}): {text.strip()[:60]}")
        return []
    return [b.preformatted(clean(text))]


def _plain(node: Any) -> Any:
    """Notebook nodes as the plain dicts and lists they stand for, copied."""
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return copy.copy(node)
