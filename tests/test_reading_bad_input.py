"""Bad input: every problem is named once, with file and line; nothing else is complained about."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from demarche.cli import main
from demarche.problems import InputError
from demarche.study import check_study, read_inputs, read_study

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "bad_input.yaml").read_text(encoding="utf-8"))
FIRST_LINE_OF_ACTORS = "title: The pier of Sandmouth\nactors:\n"
ACTORS = "town: {name: Sandmouth}"
DEMANDS = "open-pier: {label: Open, definition: The pier is open.}"


def case_files(case: dict[str, Any]) -> dict[str, str | bytes | None]:
    """The files of a case by path; a codebook may be given by its parts, and then stands without a coding."""
    files: dict[str, str | bytes | None] = {**CASES["base"], **case.get("files", {})}
    if parts := case.get("codebook"):
        body = [FIRST_LINE_OF_ACTORS, _indented(parts.get("actors", ACTORS)), "demands:\n"]
        body += [_indented(parts.get("demands", DEMANDS)), parts.get("after", "")]
        files["codebook.yaml"] = "".join(body)
        files["coding/statements.csv"] = files["coding/events.csv"] = None
    return {**files, **{path: bytes.fromhex(code) for path, code in case.get("bytes", {}).items()}}


def write_study(folder: Path, files: dict[str, str | bytes | None]) -> None:
    for name, content in files.items():
        if content is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.rstrip("\n").split("\n"))


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the working directory, so that problems name short paths."""
    monkeypatch.chdir(tmp_path)
    return Path()


def test_the_study_that_all_cases_start_from_has_no_problem(study: Path) -> None:
    write_study(study, CASES["base"])

    assert check_study(study) == []
    documents, codebook, coding = read_inputs(read_study(study))
    assert [document.doc_id for document in documents] == ["gazette", "radio"]
    assert (len(codebook.actors), len(coding.statements), len(coding.events)) == (3, 2, 1)


@pytest.mark.parametrize("case", CASES["cases"], ids=[case["it"] for case in CASES["cases"]])
def test_each_problem_is_named_once_with_file_and_line(case: dict[str, Any], study: Path) -> None:
    write_study(study, case_files(case))

    problems = [str(problem) for problem in check_study(study)]

    unexpected = [text for text in problems if not any(_says(text, words) for words in case["expected"])]
    missing = [words for words in case["expected"] if sum(_says(text, words) for text in problems) != 1]
    assert (unexpected, missing) == ([], [])


def _says(problem: str, expected: str) -> bool:
    place, words = re.match(r"(.*?: )(.*)", expected, re.DOTALL).groups()  # type: ignore[union-attr]
    return problem.startswith(place) and words in problem.removeprefix(place)


@pytest.mark.parametrize("case", CASES["cases"][-1:] + CASES["cases"][1:2], ids=lambda case: case["it"])
def test_the_command_lists_every_problem_and_ends_with_1(case: dict[str, Any], study: Path) -> None:
    write_study(study, case_files(case))

    result = CliRunner().invoke(main, ["check", "."])

    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert all(words.split(": ")[0] in result.output for words in case["expected"])


def test_a_study_with_a_bad_file_of_its_own_names_the_problems_of_the_others_too(study: Path) -> None:
    write_study(study, case_files(CASES["cases"][-1]))

    with pytest.raises(InputError) as error:
        read_study(study)

    assert error.value.problems == check_study(study)


@given(st.sampled_from(sorted(CASES["base"])), st.binary() | st.text().map(str.encode), st.integers(0, 400))
def test_whatever_a_file_holds_reading_ends_with_problems_or_none(name: str, junk: bytes, place: int) -> None:
    good = CASES["base"][name].encode()
    with tempfile.TemporaryDirectory() as folder:
        write_study(Path(folder), CASES["base"] | {name: good[:place] + junk + good[place:]})

        assert isinstance(check_study(Path(folder)), list)


def test_problems_of_codebook_corpus_and_coding_are_raised_together(study: Path) -> None:
    write_study(study, case_files(CASES["cases"][-1]) | {"study.yaml": CASES["base"]["study.yaml"]})

    with pytest.raises(InputError) as error:
        read_inputs(read_study(study))

    assert {problem.path for problem in error.value.problems} == {
        "codebook.yaml",
        "corpus/note.txt",
        "coding/statements.csv",
    }
