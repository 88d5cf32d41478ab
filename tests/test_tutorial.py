"""The tutorial runs from a fresh clone without a person, and leaves the study that it uses as it was."""

from __future__ import annotations

import gc
import hashlib
import warnings
from pathlib import Path

import nbformat
import pytest

from demarche.rendering.notebook_run import run_chapters
from demarche.study import CHAPTERS, NOTEBOOKS

TOP = Path(__file__).parents[1]
STUDY = TOP / "data" / "mill-lane-allotments"
TUTORIAL = TOP / "notebooks" / "tutorial" / "tutorial.ipynb"


def files_of(folder: Path) -> dict[str, str]:
    """Every file by path, with a hash of its content."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_tutorial_is_no_chapter_and_is_kept_without_outputs() -> None:
    notebook = nbformat.read(TUTORIAL, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]

    assert TUTORIAL.stem not in CHAPTERS
    assert TUTORIAL not in list(NOTEBOOKS.glob("*.ipynb"))
    assert not any(cell.outputs or cell.execution_count for cell in code)
    assert "invented" in notebook.cells[0].source


@pytest.mark.slow
def test_the_tutorial_runs_to_a_signed_briefing_and_leaves_the_study_alone(tmp_path: Path) -> None:
    before = files_of(STUDY)

    with warnings.catch_warnings():  # nbclient leaves event loops for the collector to close
        warnings.simplefilter("ignore")
        (executed,) = run_chapters([TUTORIAL], {"scratch": str(tmp_path / "work")}, tmp_path / "executed")
        gc.collect()

    outputs = {cell.id: cell.get("outputs", []) for cell in nbformat.read(executed, as_version=4).cells}
    assert files_of(STUDY) == before
    assert {path.name for path in (tmp_path / "work" / "briefing").iterdir()} >= {
        "briefing.html",
        "briefing.pdf",
    }
    assert outputs["check-shown"][0].data["text/plain"] == "[]"
    assert outputs["judge-checked"][0].data["text/plain"] == "[]"
    assert "learner: no decisions" not in outputs["decided-one"][0].text
    assert "invented" in (tmp_path / "work" / "briefing" / "briefing.html").read_text(encoding="utf-8")
