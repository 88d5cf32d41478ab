"""Executed chapters become one notebook, and that notebook the tree of blocks which every rendering sets.

The tree is the same from the same input: times, counters and random ids are left behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from demarche import blocks as b
from demarche.documents import Document
from demarche.problems import InputError, ProblemList
from demarche.rendering.annex import evidence_annex, replay_problems
from demarche.rendering.cells import blocks_of_cells, evidence_of_cells
from demarche.rendering.characters import cleaned
from demarche.rendering.numbering import numbered

NOT_IN_BRIEFING = "notebook-only"
OWN = "demarche"
OWN_LANGUAGE = "en"
_FORGOTTEN = ("papermill", "execution", "collapsed", "scrolled", "ExecuteTime")


def merge_chapters(paths: Sequence[Path], about: Mapping[str, Any] | None = None) -> NotebookNode:
    """One notebook of executed ones, in order; `about` (title, subtitle, language, date …) goes on its cover.

    Tags and outputs stay; ids are renumbered, and what differs from run to run is dropped.
    """
    merged: NotebookNode = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
    merged.metadata[OWN] = cleaned(dict(about or {}))
    for path in paths:
        for cell in nbformat.read(path, as_version=4).cells:  # type: ignore[no-untyped-call]
            merged.cells.append(_normal_cell(cell, path.stem, len(merged.cells) + 1))
    return merged


def document_tree(notebook: NotebookNode) -> dict[str, Any]:
    """A merged notebook as {"title", "subtitle", "language", "texts_language", "date", "study", "blocks",
    "evidence"}.

    Prose and displays become blocks, any other output is set as the text it has; cells tagged `notebook-only`
    stay behind. Chapters, tables and figures are numbered, every id is unique, and an annex holds each
    quotation that is cited. InputError with everything that cannot be set.
    """
    problems = ProblemList()
    evidence = evidence_of_cells(notebook.cells, problems)
    chapters = [blocks_of_cells(cells, name, problems) for name, cells in _by_chapter(notebook).items()]
    content, places = numbered(chapters, set(evidence), problems)
    problems.raise_if_any()
    about = cleaned(dict(notebook.metadata.get(OWN, {})))
    cited = [evidence[number] for number in sorted(places)]
    return {
        "title": about.get("title") or "Briefing",
        "subtitle": about.get("subtitle", ""),
        **_languages(about.get("language") or OWN_LANGUAGE),
        "date": about.get("date", ""),
        "study": about,
        "blocks": [*content, *evidence_annex(cited, places)],
        "evidence": cited,
    }


def _languages(of_study: str) -> dict[str, str]:
    """The language of a document's prose, which is English of some kind, and that of the texts it quotes."""
    is_own = of_study.partition("-")[0] == OWN_LANGUAGE
    return {"language": of_study if is_own else OWN_LANGUAGE, "texts_language": of_study}


def check_quotations(tree: Mapping[str, Any], documents: Iterable[Document]) -> None:
    """InputError, with the record's id, unless every quotation of the tree replays in its document."""
    if problems := replay_problems(tree["evidence"], documents):
        raise InputError(problems)


def _normal_cell(cell: NotebookNode, chapter: str, number: int) -> NotebookNode:
    metadata = {key: value for key, value in cell.metadata.items() if key not in _FORGOTTEN}
    normal = {**cell, "id": f"cell-{number:04d}", "metadata": {**metadata, OWN: {"chapter": chapter}}}
    if cell.cell_type == "code":
        normal |= {"execution_count": None, "outputs": [_normal_output(output) for output in cell.outputs]}
    return nbformat.from_dict(normal)  # type: ignore[no-untyped-call, no-any-return]


def _normal_output(output: NotebookNode) -> dict[str, Any]:
    """An output without its counter, and without the plain text of what is there as blocks."""
    normal = dict(output)
    if "execution_count" in normal:
        normal["execution_count"] = None
    if b.MIME in normal.get("data", {}):
        normal["data"] = {kind: value for kind, value in normal["data"].items() if kind != "text/plain"}
    return normal


def _by_chapter(notebook: NotebookNode) -> dict[str, list[NotebookNode]]:
    """The cells of each chapter that belong in the briefing."""
    chapters: dict[str, list[NotebookNode]] = {}
    for cell in notebook.cells:
        own = chapters.setdefault(cell.metadata.get(OWN, {}).get("chapter", ""), [])
        if NOT_IN_BRIEFING not in cell.metadata.get("tags", []):
            own.append(cell)
    return chapters
