"""The commands as somebody types them: what they write, how they end, and what they leave standing."""

from __future__ import annotations

import csv
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from demarche.cli import main

TOP = Path(__file__).resolve().parents[1]
SHIPPED = TOP / "data" / "russia-nato-2021"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A copy of the shipped study that a test may break."""
    return Path(
        shutil.copytree(SHIPPED, tmp_path / "data" / "copy", ignore=shutil.ignore_patterns(".demarche"))
    )


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


def test_code_writes_the_tables_of_a_study(tmp_path: Path) -> None:
    result = run("code", SHIPPED, "--out", tmp_path)

    assert result.exit_code == 0
    names = [
        *("demands", "documents", "events", "figures", "forecasts", "ledger", "stances", "statements"),
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{name}.csv" for name in names]


def test_code_reads_a_folder_with_a_codebook_and_quotes_exactly(tmp_path: Path) -> None:
    result = run(
        "code", "--corpus", SHIPPED / "corpus", "--codebook", SHIPPED / "codebook.yaml", "--out", tmp_path
    )

    assert result.exit_code == 0
    with (tmp_path / "statements.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows
    for row in rows:
        text = (SHIPPED / "corpus" / f"{row['doc_id']}.md").read_text(encoding="utf-8").split("\n---\n", 1)[1]
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]
        assert row["method"] == "rules"


@pytest.mark.parametrize(
    "arguments",
    [
        ["code", "--out", "x"],
        ["code", "--corpus", "x", "--out", "x"],
        ["report", "x", "--formats", "html,word"],
        ["report", "x", "--formats", ""],
        ["report"],
        ["sing"],
        ["report", "x", "-p", "max_quotes", "1", "-p", "max_quotes", "2"],
        ["report", "x", "-p", "corpus", "y"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_misspelt_parameter_is_refused_before_anything_runs(study: Path, tmp_path: Path) -> None:
    result = run(
        "report", study, "--out", tmp_path / "out", "-p", "max_qoutes", "2", "-p", "min_confidence", "high"
    )

    assert result.exit_code == 1
    assert "max_qoutes" in result.output
    assert "max_quotes" in result.output
    assert "min_confidence" in result.output
    assert "ran " not in result.output
    assert not (tmp_path / "out").exists()


def test_an_unknown_actor_is_named_with_the_nearest_one(study: Path, tmp_path: Path) -> None:
    result = run("report", study, "--out", tmp_path / "out", "-p", "actors", "rusia")

    assert result.exit_code == 1
    assert "rusia" in result.output
    assert "russia" in result.output
    assert not (tmp_path / "out").exists()


BREAKAGES = {
    "a quotation that is not in its document": (
        "coding/statements.csv",
        "Russia",
        "Ruritania",
        "statements.csv:",
    ),
    "an actor of nobody": ("codebook.yaml", "of: russia", "of: rusia", "codebook.yaml:"),
    "an unknown key": ("study.yaml", "question:", "qestion:", "study.yaml:"),
    "an empty document": ("corpus/al-jazeera.md", None, "", "al-jazeera.md"),
}


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_bad_input_leaves_the_last_good_report_alone(breakage: str, study: Path, tmp_path: Path) -> None:
    name, found, replacement, named = BREAKAGES[breakage]
    out = tmp_path / "reports" / "copy"
    out.mkdir(parents=True)
    (out / "briefing.html").write_text("the last good report")
    before = digests(tmp_path / "reports")
    path = study / name
    text = path.read_text(encoding="utf-8")
    path.write_text(replacement if found is None else text.replace(found, replacement), encoding="utf-8")

    result = run("report", study, "--out", out)

    assert result.exit_code == 1
    assert named in result.output
    assert "Traceback" not in result.output
    assert digests(tmp_path / "reports") == before


def test_a_study_that_does_not_exist_is_a_problem_in_words(tmp_path: Path) -> None:
    result = run("report", tmp_path / "nowhere")

    assert result.exit_code == 1
    assert "nowhere" in result.output


def test_agreement_prints_the_figures_that_the_study_records() -> None:
    result = run("agreement", SHIPPED)

    files = [SHIPPED / "coding" / name for name in ("agreement.csv", "agreement_layers.csv")]
    recorded = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    printed = [line.split() for line in result.output.splitlines()]
    assert result.exit_code == 0
    assert len(recorded) == len(printed)
    for line, words in zip(recorded, printed, strict=True):
        if words[0] == "coders":
            continue
        assert [float(v) for v in line.split(",")[-2:]] == [float(v) for v in words[-2:]]


def test_a_report_of_other_texts_never_replaces_the_studys_own() -> None:
    from demarche.report import report_folder

    assert report_folder(SHIPPED, corpus=TOP / "elsewhere") != report_folder(SHIPPED)
    assert report_folder(SHIPPED).resolve() == TOP / "reports" / "russia-nato-2021"


@pytest.mark.slow
def test_the_script_and_the_command_make_the_same_bytes(tmp_path: Path) -> None:
    script = [
        sys.executable,
        str(TOP / "scripts" / "generate_report.py"),
        str(SHIPPED),
        "--out",
        str(tmp_path / "a"),
    ]
    subprocess.run([*script, "--quiet"], check=True, cwd=tmp_path)
    result = run("report", SHIPPED, "--out", tmp_path / "b", "--jobs", 1)

    assert result.exit_code == 0, result.output
    one, other = (
        {name: digest for name, digest in digests(tmp_path / out).items() if not name.endswith(".ipynb")}
        for out in ("a", "b")
    )
    assert one == other
    assert len(one) == 10


@pytest.mark.slow
def test_texts_and_a_codebook_alone_are_enough_for_a_briefing(tmp_path: Path) -> None:
    bare = shutil.ignore_patterns("coding", "reference", ".demarche")
    study = shutil.copytree(TOP / "tests" / "studies" / "library-hours", tmp_path / "bare", ignore=bare)

    result = run("report", study, "--out", tmp_path / "out", "--formats", "html")

    assert result.exit_code == 0, result.output
    page = (tmp_path / "out" / "briefing.html").read_text(encoding="utf-8")
    assert "nobody has decided yet" in page
    assert "decided by coders" not in page.replace(
        "every reading decided by coders", "as the phrase is defined"
    )


@pytest.mark.slow
def test_a_selection_says_nothing_of_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "briefing.pdf").write_text("of an earlier report")

    result = run(
        "report", SHIPPED, "--out", tmp_path / "out", "--formats", "html", "-p", "demands", "dialogue"
    )

    assert result.exit_code == 0, result.output
    page = (tmp_path / "out" / "briefing.html").read_text(encoding="utf-8")
    assert "This briefing is a selection" in page
    assert "in no source" not in page
    assert "speaks in no source" not in page
    assert not (tmp_path / "out" / "briefing.pdf").exists()


def test_a_place_that_cannot_be_written_is_a_problem_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    result = run("code", SHIPPED, "--out", tmp_path / "file" / "tables")

    assert result.exit_code == 1
    assert "cannot be read or written" in result.output
