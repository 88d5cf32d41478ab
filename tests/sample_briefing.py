"""A merged notebook made of the sample pages without running anything, and what a test may put into it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from demarche.documents import Document
from demarche.rendering.display import Display
from demarche.rendering.merge import document_tree

NOTEBOOKS = Path(__file__).parent / "notebooks"
sys.path.insert(0, str(NOTEBOOKS))
import sample_pages as pages  # noqa: E402

__all__ = ["ABOUT", "DOCUMENTS", "NOTEBOOKS", "pages", "sample_notebook", "sample_tree", "shown"]

ABOUT = {
    "title": "The bridge at Aldmouth",
    "subtitle": "Who asks what of whom about lorries at night?",
    "language": "en-GB",
    "date": "2019-06-01",
    "facts": [["Sources", "2"], ["As of", "1 June 2019"]],
}
DOCUMENTS = [Document(doc_id=doc_id, text=text, path=f"{doc_id}.md") for doc_id, text in pages.TEXTS.items()]


def shown(*chapters: Sequence[str | Display], about: dict[str, Any] | None = None) -> NotebookNode:
    """A merged notebook: each chapter a sequence of prose (text) and displays."""
    notebook = nbformat.v4.new_notebook(metadata={"demarche": about or ABOUT})
    for number, chapter in enumerate(chapters):
        for content in chapter:
            cell = _cell(content)
            cell.metadata["demarche"] = {"chapter": f"{number:02d}_chapter"}
            notebook.cells.append(cell)
    return notebook


def sample_notebook() -> NotebookNode:
    """Two chapters with every kind of block."""
    return shown(
        [
            "# Key findings\n\nSee [the stances](#stances).",
            pages.findings(),
            "## Where they stand",
            pages.stance_table(),
        ],
        ["# Events", pages.chart(), pages.long_table(), pages.wide_table(), "## Demands", pages.cards()],
    )


def sample_tree() -> dict[str, Any]:
    """The tree of the sample notebook."""
    return document_tree(sample_notebook())


def _cell(content: str | Display) -> NotebookNode:
    if isinstance(content, str):
        return nbformat.v4.new_markdown_cell(content)
    output = nbformat.v4.new_output("execute_result", data=content._repr_mimebundle_())
    return nbformat.v4.new_code_cell("shown", outputs=[output])
