"""Notebooks run in parallel kernels of their own, and what goes wrong in one is said in words."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import nbformat
import pytest

from demarche.problems import InputError
from demarche.rendering.exporters import write_rendering
from demarche.rendering.merge import check_quotations, document_tree, merge_chapters
from demarche.rendering.notebook_run import run_chapters
from sample_briefing import ABOUT, DOCUMENTS, NOTEBOOKS

pytestmark = pytest.mark.slow
CHAPTERS = sorted(NOTEBOOKS.glob("*.ipynb"))


def chapter(folder: Path, name: str, *sources: str) -> Path:
    """A notebook of code cells, the first of them its parameters."""
    cells = [nbformat.v4.new_code_cell(source, id=f"c-{n}") for n, source in enumerate(sources)]
    cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / name)
    return folder / name


def printed(path: Path) -> list[str]:
    outputs = [output for cell in nbformat.read(path, 4).cells for output in cell.get("outputs", [])]
    return [output.text for output in outputs if output.output_type == "stream"]


def test_two_runs_make_the_same_page_and_the_same_pdf(tmp_path: Path) -> None:
    made = []
    for run in ("first", "second"):
        executed = run_chapters(CHAPTERS, {"n_rows": 5, "study": "a\"b\\n'{x}"}, tmp_path / run, jobs=2)
        tree = document_tree(merge_chapters(executed, ABOUT))
        check_quotations(tree, DOCUMENTS)
        made.append([write_rendering(tree, form, tmp_path / run).read_bytes() for form in ("html", "pdf")])

    assert made[0] == made[1]
    assert b"Where each party stands" in made[0][0]


def test_values_arrive_as_they_were_given(tmp_path: Path) -> None:
    hostile = "a\"b\\n'{x}\n\t{{y}} é 中 \u202e \\"
    path = chapter(tmp_path, "echo.ipynb", 'study = ""\nactors = []', "print(ascii([study, actors]), end='')")

    run_chapters([path], {"study": hostile, "actors": [hostile], "unknown_here": 1}, tmp_path / "out")

    assert printed(tmp_path / "out" / "echo.ipynb") == [ascii([hostile, [hostile]])]


def test_a_notebook_runs_where_it_lies_and_this_process_stays_where_it_is(tmp_path: Path) -> None:
    before = Path.cwd()
    path = chapter(tmp_path, "where.ipynb", "x = 1", "import os; print(os.getcwd(), end='')")

    run_chapters([path], {}, tmp_path / "out")

    assert printed(tmp_path / "out" / "where.ipynb") == [str(tmp_path.resolve())]
    assert Path.cwd() == before


def test_nothing_is_left_in_the_users_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for name in (
        "IPYTHONDIR",
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_DATA_DIR",
        "JUPYTER_RUNTIME_DIR",
        "XDG_DATA_HOME",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    path = chapter(tmp_path, "quiet.ipynb", "x = 1", "print(x)")

    run_chapters([path], {}, tmp_path / "out")

    assert [entry.name for entry in home.rglob("*") if entry.is_file()] == []


def test_problems_of_the_input_come_out_of_the_notebook_as_such(tmp_path: Path) -> None:
    raising = (
        "from demarche.problems import InputError, Problem\n"
        "first = Problem('a: b/codebook.yaml', 7, 'no actor: \"x\"')\n"
        "raise InputError([first, Problem('study.yaml', 0, 'no title')])"
    )
    paths = [chapter(tmp_path, f"{n}.ipynb", "x = 1", raising) for n in range(2)]

    with pytest.raises(InputError) as caught:
        run_chapters(paths, {}, tmp_path / "out")

    assert [str(problem) for problem in caught.value.problems] == [
        'a: b/codebook.yaml:7: no actor: "x"',
        "study.yaml: no title",
    ]


def test_any_other_error_names_notebook_cell_and_words(tmp_path: Path) -> None:
    path = chapter(tmp_path, "03_broken.ipynb", "x = 1", "{}['missing']")

    with pytest.raises(InputError) as caught:
        run_chapters([path], {}, tmp_path / "out")

    assert [str(problem) for problem in caught.value.problems] == [
        f"{path}: cell 2 (`{{}}['missing']`) stopped with KeyError: 'missing'"
    ]


def test_progress_is_told_once_for_each_notebook(tmp_path: Path) -> None:
    paths = [chapter(tmp_path, f"{n}.ipynb", "x = 1") for n in range(3)]
    lines: list[str] = []

    run_chapters(paths, {}, tmp_path / "out", jobs=3, progress=lines.append)

    assert sorted(line.split()[1] for line in lines) == ["0.ipynb", "1.ipynb", "2.ipynb"]
    assert [line.split("(")[1] for line in lines] == ["1 of 3)", "2 of 3)", "3 of 3)"]


def test_no_kernel_and_no_socket_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "t"))
    (tmp_path / "t").mkdir()
    path = chapter(tmp_path, "pid.ipynb", "x = 1", "import os; print(os.getpid(), end='')")

    run_chapters([path], {}, tmp_path / "out")
    (pid,) = map(int, printed(tmp_path / "out" / "pid.ipynb"))

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert not [entry for entry in (tmp_path / "t").rglob("*") if stat.S_ISSOCK(entry.stat().st_mode)]
