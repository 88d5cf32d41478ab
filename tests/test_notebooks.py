"""What the notebooks promise: prose and one-expression cells, for any study, each runnable alone."""

from __future__ import annotations

import ast
import gc
import json
import re
import shutil
import warnings
from pathlib import Path
from typing import Any

import nbformat
import pytest

from demarche.blocks import MIME
from demarche.codebook import read_codebook
from demarche.rendering.notebook_run import run_chapters
from demarche.rendering.parameters import read_parameters

TOP = Path(__file__).parents[1]
NOTEBOOKS = sorted((TOP / "notebooks").glob("*.ipynb"))
STUDIES = [
    *sorted((TOP / "data").glob("*/codebook.yaml")),
    *(TOP / "tests" / "studies").glob("*/codebook.yaml"),
]
SHARED = [
    "study", "corpus", "coding", "actors", "demands", "date_from", "date_to", "min_confidence", "max_quotes",
]  # fmt: skip


def cells_of(path: Path, kind: str) -> list[dict[str, Any]]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [{**cell, "source": "".join(cell["source"])} for cell in cells if cell["cell_type"] == kind]


def shown_cells(path: Path) -> list[str]:
    return [cell["source"] for cell in cells_of(path, "code") if not cell["metadata"].get("tags")]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_chapter_takes_the_same_parameters_and_says_what_each_does(path: Path) -> None:
    parameters = read_parameters(path)

    assert [parameter.name for parameter in parameters][: len(SHARED)] == SHARED
    assert all(parameter.comment for parameter in parameters)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_setup_is_five_lines_and_opens_the_briefing(path: Path) -> None:
    (setup,) = [
        cell["source"] for cell in cells_of(path, "code") if cell["metadata"].get("tags") == ["setup"]
    ]

    assert len(setup.splitlines()) <= 5
    assert "briefing = open_briefing(study, " in setup
    assert all(f"{name}={name}" in setup for name in SHARED[1:])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_is_shown_is_one_expression_on_the_briefing(path: Path) -> None:
    for source in shown_cells(path):
        (statement,) = ast.parse(source).body

        assert isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
        assert "briefing" in {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_number_is_typed_into_prose(path: Path) -> None:
    for cell in cells_of(path, "markdown"):
        prose = re.sub(r"\bS[12]\b", "", cell["source"])

        assert not re.search(r"\d", prose), cell["source"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_prose_names_no_actor_and_no_demand_of_any_study(path: Path) -> None:
    prose = " ".join(cell["source"] for cell in cells_of(path, "markdown"))
    books = [read_codebook(study) for study in STUDIES]
    names = [a.name for book in books for a in book.actors.values()] + [
        demand.label for book in books for demand in book.demands.values()
    ]

    assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", prose)] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_chapter_begins_with_its_one_heading_and_prose_stands_before_what_is_shown(path: Path) -> None:
    prose = [cell["source"] for cell in cells_of(path, "markdown")]

    assert prose[0].startswith("# ")
    assert sum(text.startswith("# ") for text in prose) == 1
    assert all(text.startswith("## ") for text in prose[1:])


def test_ids_of_cells_say_what_they_are() -> None:
    for path in NOTEBOOKS:
        for cell in nbformat.read(path, as_version=4).cells:
            assert re.fullmatch(r"[a-z][a-z-]+", cell.id)


@pytest.mark.slow
def test_every_chapter_runs_alone_and_shows_displays_only(tmp_path: Path) -> None:
    study = shutil.copytree(TOP / "tests" / "studies" / "library-hours", tmp_path / "library-hours")

    with warnings.catch_warnings():  # nbclient leaves event loops for the collector to close
        warnings.simplefilter("ignore")
        executed = run_chapters(NOTEBOOKS, {"study": str(study)}, tmp_path / "executed", jobs=2)
        gc.collect()

    for path in executed:
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                assert output.output_type == "execute_result"
                assert {MIME, "text/html", "text/plain"} <= set(output.data)
