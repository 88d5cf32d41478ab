"""From a study to its briefing: the whole way in one function."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from demarche import __version__
from demarche.briefing import make_briefing
from demarche.coding import Coding
from demarche.decisions import coded_by_hand
from demarche.edtf_dates import readable
from demarche.filters import Filters
from demarche.material import Material, read_material
from demarche.prose import counted
from demarche.remarks import unanswered_lines
from demarche.rendering.attachments import attached_tables
from demarche.rendering.exporters import FORMATS, USUAL, write_rendering
from demarche.rendering.merge import check_quotations, document_tree, merge_chapters
from demarche.rendering.notebook_run import run_chapters
from demarche.rendering.parameters import check_parameters, read_parameters
from demarche.replacing import folder_in_the_making
from demarche.study import NOTEBOOKS, Study
from demarche.tables import write_tables

__all__ = ["FORMATS", "cover", "make_report", "report_folder"]
PROGRESS = logging.getLogger("demarche")


def make_report(
    study: Study,
    out: Path,
    *,
    formats: Sequence[str] = USUAL,
    parameters: Mapping[str, Any] | None = None,
    jobs: int = 2,
) -> list[Path]:
    """Build the briefing of a study in the folder `out`; returns the renderings.

    Everything is made beside its place and put there together when whole. InputError with every problem that
    the input has; then nothing has been written.
    """
    chapters = [NOTEBOOKS / f"{chapter}.ipynb" for chapter in study.chapters]
    values = check_parameters(chapters, {**study.parameters, **(parameters or {}), **_inputs(study)})
    material = read_material(study)
    for line in unanswered_lines(material.coding, material.proposals):
        PROGRESS.warning(line)
    briefing = make_briefing(study, material, _filters(chapters, values))
    with folder_in_the_making(out) as workshop:
        executed = run_chapters(chapters, values, workshop / "notebooks", jobs=jobs, progress=PROGRESS.info)
        tree = document_tree(merge_chapters(executed, cover(study, material)))
        check_quotations(tree, material.documents)
        tables = attached_tables(briefing.tables)
        renderings = [
            write_rendering(tree, form, workshop, attachments=tables, progress=PROGRESS.info)
            for form in formats
        ]
        write_tables(briefing.tables, workshop / "tables")
    return [out / path.name for path in renderings]


def _sources(material: Material) -> str:
    """How many sources there are, and in how many texts where some repeat others."""
    sources = {document.source for document in material.documents}
    texts = len(material.documents)
    return f"{len(sources)} in {texts} texts" if texts > len(sources) else str(texts)


def cover(study: Study, material: Material) -> dict[str, Any]:
    """What stands on the cover: title, question, cut-off date, and what the briefing was made from."""
    documents = len(material.documents)
    basis = _basis(material.coding, documents)
    facts = [
        ("Sources", f"{_sources(material)}, {basis}"),
        ("Cut-off", readable(study.as_of) if study.as_of else "none"),
        ("Made with", f"demarche {__version__}"),
    ]
    return {
        "title": study.title,
        "subtitle": study.question,
        "language": study.language,
        "date": study.as_of,
        "facts": facts,
    }


def _basis(coding: Coding, documents: int) -> str:
    """Who has read the documents: coders, the program, or coders who decided on what the program proposed."""
    if whole := len(coded_by_hand([*coding.statements, *coding.events])):
        return f"{'all' if whole == documents else f'{whole} of them'} decided by coders"
    if rows := [row for row in coding.rows if row.method != "hand"]:
        accepted = sum(row.decision == "accepted" for row in rows)
        rejected = f", {counted(len(rows) - accepted, 'proposal')} rejected" if accepted < len(rows) else ""
        return f"read by a program; {counted(accepted, 'reading')} decided by coders{rejected}"
    return "read by a program; nobody has decided yet"


def report_folder(study: Path, *, corpus: Path | None = None) -> Path:
    """Where the briefing of a study goes: `reports/<study>`, beside `data` where the study lies in one.

    Read with another corpus, the study has a folder of its own, so that its own briefing stands.
    """
    place = study.resolve()
    name = f"{place.name}-with-{corpus.resolve().name}" if corpus else place.name
    if place.parent.name == "data":
        return Path(os.path.relpath(place.parent.parent / "reports" / name))
    return Path("reports") / name


def _filters(chapters: Sequence[Path], values: Mapping[str, Any]) -> Filters:
    """What the chapters are asked to show, so that tables/ holds just that."""
    defaults = {parameter.name: parameter.default for path in chapters for parameter in read_parameters(path)}
    chosen = {**defaults, **values}
    names = {field.name for field in fields(Filters)} & set(chosen)
    asked: dict[str, Any] = {name: tuple(v) if isinstance(v := chosen[name], list) else v for name in names}
    return Filters(**asked)


def _inputs(study: Study) -> dict[str, str]:
    """The study's own places as the notebooks take them: relative to their folder."""
    return {
        "study": _from_notebooks(study.path),
        "corpus": _from_notebooks(study.corpus),
        "coding": _from_notebooks(study.coding) if study.coding else "none",
    }


def _from_notebooks(path: Path) -> str:
    return Path(os.path.relpath(path.resolve(), NOTEBOOKS.resolve())).as_posix()
