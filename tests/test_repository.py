"""What the repository promises of itself: where things lie, what is pinned, what never gets in."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

TOP = Path(__file__).resolve().parents[1]
TRACKED = subprocess.run(
    ["git", "ls-files"], cwd=TOP, capture_output=True, text=True, check=True
).stdout.split("\n")
TEXTS = [
    p for p in TRACKED if p.endswith((".py", ".md", ".yaml", ".toml", ".csv", ".ipynb", ".html", ".txt"))
]
PLACES = {
    "README.md", "requirements.txt", "pyproject.toml", "CHANGELOG.md", "LICENSE",
    "notebooks", "data", "reports", "scripts", "tests", "src",
}  # fmt: skip


def test_the_top_level_holds_what_was_agreed() -> None:
    top = {path.split("/")[0] for path in TRACKED if path}

    assert {name for name in top if not name.startswith(".")} <= PLACES


def test_every_direct_requirement_is_pinned_to_one_version_that_it_allows() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (TOP / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = {r.name.lower(): r for line in lines if re.match(r"\w", line) for r in [Requirement(line)]}
    wanted = [
        *project["dependencies"],
        *(r for extra in project["optional-dependencies"].values() for r in extra),
    ]

    for requirement in map(Requirement, wanted):
        (version,) = pins[requirement.name.lower()].specifier
        assert version.operator == "=="
        assert version.version in requirement.specifier, requirement


@pytest.mark.parametrize("path", TEXTS)
def test_no_file_names_a_place_of_one_machine(path: str) -> None:
    text = (TOP / path).read_text(encoding="utf-8")

    assert not re.search(r"/(?:home|root|Users)/\w|/work/(?:main|shared)", text)


NOTEBOOKS = sorted((TOP / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebooks_are_kept_without_outputs_and_with_lasting_ids(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]

    assert not any(cell["outputs"] or cell["execution_count"] for cell in code)
    assert len({cell["id"] for cell in cells}) == len(cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebooks_argue_and_do_not_program(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    tags = [tag for cell in cells for tag in cell["metadata"].get("tags", [])]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]

    assert sorted(tags) == ["parameters", "setup"]
    assert not any(re.search(r"^\s*(def|if|for|while|class)\b", source, re.MULTILINE) for source in sources)
    for source in sources[2:]:
        assert len(source.strip().splitlines()) <= 6, source


def test_seven_chapters_are_kept() -> None:
    assert len(NOTEBOOKS) == 7


def test_the_readme_says_what_the_code_says() -> None:
    check = subprocess.run([sys.executable, "scripts/readme.py", "--check"], cwd=TOP)

    assert check.returncode == 0, "run scripts/readme.py"
