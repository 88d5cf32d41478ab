"""A sheet comes back as it went out; what cannot be applied is said by row, and the rest is applied."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from demarche.cli import main
from demarche.inputs.rows import Row
from demarche.problems import InputError, ProblemList
from demarche.reviewing.session import Session
from demarche.reviewing.sheet import COLUMNS, choices, sheet_rows
from demarche.reviewing.sheet_answers import apply_rows, apply_sheet
from demarche.reviewing.sheet_files import read_sheet, write_sheet
from review_study import LETTER, PROPOSED, TEXTS, weir_session, write_weir

BOTH = pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
HOSTILE = [
    '=cmd|" /C calc"!A0', "+1+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''", "'quoted' words", "＝1",
    "=HYPERLINK(\"http://x\")", "a\nb", "_x0041_", "\x0b", "Ünïcödé 🛳", "1", "2031-05", "TRUE",
]  # fmt: skip


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return weir_session(write_weir(tmp_path / "weir"))


def table(session: Session) -> list[dict[str, str]]:
    return sheet_rows(session)


def read(path: Path) -> list[dict[str, str]]:
    problems = ProblemList()
    rows = read_sheet(path, problems)
    assert problems.problems == []
    return [row.cells for row in rows]


def decide(session: Session, path: Path, changes: dict[str, dict[str, str]]) -> list[str]:
    """Write a sheet, change rows in it by the id of what they ask, apply it; what could not be applied."""
    rows = [row | changes.get(row["row"], {}) for row in table(session)]
    write_sheet(path, rows, choices(session))
    return [f"{problem.line}: {problem.message}" for problem in apply_sheet(session, path).problems]


@BOTH
@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_comes_back_as_it_was(session: Session, tmp_path: Path, suffix: str, text: str) -> None:
    rows = [row | {"note": text, "quote": f"x{text}"} for row in table(session)[:1]]
    write_sheet(tmp_path / f"sheet{suffix}", rows, {})

    assert read(tmp_path / f"sheet{suffix}") == rows


@BOTH
@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, text: str
) -> None:
    path = tmp_path_factory.mktemp("any") / f"sheet{suffix}"
    row = dict.fromkeys(COLUMNS, "x") | {"note": text, "date_text": text}
    write_sheet(path, [row], {})

    assert read(path) == [row]


@pytest.mark.parametrize("text", [text for text in HOSTILE if text[0] in "=+-@\t\r＝"])
def test_no_spreadsheet_computes_a_hostile_cell(session: Session, tmp_path: Path, text: str) -> None:
    rows = [row | {"note": text} for row in table(session)[:1]]
    write_sheet(tmp_path / "sheet.csv", rows, {})
    write_sheet(tmp_path / "sheet.xlsx", rows, {})

    [_, line] = csv.reader(io.StringIO((tmp_path / "sheet.csv").read_bytes().decode("utf-8-sig"), newline=""))
    assert line[COLUMNS.index("note")] == "'" + text
    cell = load_workbook(tmp_path / "sheet.xlsx")["decide"].cell(2, COLUMNS.index("note") + 1)
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_a_workbook_offers_the_values_of_the_codebook(session: Session, tmp_path: Path) -> None:
    write_sheet(tmp_path / "sheet.xlsx", table(session), choices(session))

    book = load_workbook(tmp_path / "sheet.xlsx")
    offered = {}
    for rule in book["decide"].data_validations.dataValidation:
        first = str(rule.sqref).split(":")[0]
        page, cells = rule.formula1.split("!")
        name = book["decide"][first.rstrip("0123456789") + "1"].value
        offered[name] = [cell.value for [cell] in book[page][cells.replace("$", "")]]
    assert offered["demand"] == ["no-weir", "fish-ladder"]
    assert offered["actor"] == ["town", "mayor", "mill", "anglers"]
    assert offered["decision"] == ["accept", "reject"]


@BOTH
def test_the_same_sheet_has_the_same_bytes(session: Session, tmp_path: Path, suffix: str) -> None:
    paths = [tmp_path / f"{name}{suffix}" for name in "ab"]
    for path in paths:
        write_sheet(path, table(session), choices(session))

    assert paths[0].read_bytes() == paths[1].read_bytes()


@BOTH
def test_answers_become_decisions(session: Session, tmp_path: Path, suffix: str) -> None:
    refused = decide(
        session,
        tmp_path / f"sheet{suffix}",
        {
            PROPOSED[0].statement_id: {"decision": "accept", "note": "=1+1"},
            PROPOSED[1].statement_id: {"decision": "reject"},
            PROPOSED[3].statement_id: {
                "decision": "accept",
                "position": "open",
                "quote": "A fish ladder, the mill said",
            },
            LETTER.event_id: {"decision": "accept", "date": "2030-05"},
            PROPOSED[7].statement_id: {"note": "ask ben"},
        },
    )

    assert refused == []
    accepted = [row for row in session.coding.statements if row.decision == "accepted"]
    assert [(row.quote, row.position, row.note) for row in accepted] == [
        ("The town wants the weir taken down", "demands", "=1+1"),
        ("A fish ladder, the mill said", "open", ""),
    ]
    assert [row.date for row in session.coding.events if row.decision == "accepted"] == ["2030-05"]
    assert session.comment_on(PROPOSED[7]) == "ask ben"


@BOTH
def test_applying_a_sheet_twice_writes_nothing_more(session: Session, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"sheet{suffix}"
    decide(session, path, {row.record_id: {"decision": "accept", "note": "n"} for row in PROPOSED})
    before = session.journal.path.read_bytes()
    again = apply_sheet(session, path)

    assert (again.problems, dict(again.written)) == ((), {})
    assert session.journal.path.read_bytes() == before
    write_sheet(path, table(session), choices(session))
    assert dict(apply_sheet(session, path).written) == {}


def test_what_cannot_be_applied_is_said_by_row_and_the_rest_is_applied(
    session: Session, tmp_path: Path
) -> None:
    ids = [row["row"] for row in table(session)]
    bad = {"decision": "accept", "actor": "county"}
    refused = decide(
        session,
        tmp_path / "sheet.csv",
        {
            ids[0]: {"decision": "perhaps"},
            ids[1]: {"decision": "accept", "quote": "words of nobody"},
            ids[2]: {"decision": "", "position": "open"},
            ids[3]: bad,
            ids[4]: {"decision": "accept"},
        },
    )

    assert [message.split(":")[0] for message in refused] == ["2", "3", "4", "5"]
    assert "'perhaps', expected accept, reject or nothing" in refused[0]
    assert "stands nowhere" in refused[1]
    assert "decision is empty" in refused[2]
    assert "'county' is not in the codebook" in refused[3]
    assert len(session.verdicts) == 1


def test_a_decision_made_meanwhile_is_not_overwritten(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    rows = [row | {"decision": "accept"} for row in table(session) if row["row"] == PROPOSED[0].statement_id]
    write_sheet(path, rows, {})
    session.reject([PROPOSED[0]])
    applied = apply_sheet(session, path)

    assert [problem.message for problem in applied.problems] == [
        "was decided meanwhile (rejected); write the sheet anew to change it"
    ]
    assert [row.decision for row in session.coding.statements] == ["rejected"]


def test_a_decided_row_is_changed_by_a_sheet_that_knows_it(session: Session, tmp_path: Path) -> None:
    session.reject([PROPOSED[0]])
    refused = decide(session, tmp_path / "sheet.csv", {PROPOSED[0].statement_id: {"decision": "accept"}})

    assert refused == []
    assert [row.decision for row in session.coding.statements] == ["accepted"]


@BOTH
def test_a_row_of_ones_own_is_added_at_its_words(session: Session, tmp_path: Path, suffix: str) -> None:
    own = {"decision": "accept", "doc_id": "courier", "quote": "could be paid for", "demand": "fish-ladder",
           "actor": "mill", "position": "open", "layer": "statements"}  # fmt: skip
    path = tmp_path / f"sheet{suffix}"
    write_sheet(path, [dict.fromkeys(COLUMNS, "") | own], {})
    assert apply_sheet(session, path).problems == ()
    assert dict(apply_sheet(session, path).written) == {}

    [row] = session.coding.statements
    assert (row.start, row.method, row.coder) == (TEXTS["courier"].index("could be"), "added", "ann")


def test_a_row_of_ones_own_whose_words_stand_twice_is_asked_about(session: Session) -> None:
    cells = {"decision": "", "doc_id": "courier", "quote": "the", "demand": "fish-ladder", "actor": "mill",
             "position": "open"}  # fmt: skip
    applied = apply_rows(session, [Row(Path("s.csv"), 2, cells)])

    assert ["stands there" in problem.message for problem in applied.problems] == [True]


def test_a_sheet_that_lost_its_ids_adds_nothing_that_nobody_decided(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    write_sheet(path, sheet_rows(session), choices(session))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row[: COLUMNS.index("row")] for row in csv.reader(stream)]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)

    applied = apply_sheet(session, path)

    assert (dict(applied.written), len(applied.problems)) == ({}, len(rows) - 1)
    assert "write its id back" in applied.problems[0].message


def test_what_is_no_sheet_is_refused(session: Session, tmp_path: Path) -> None:
    for name, content in (("a.xlsx", b"no zip"), ("a.csv", b"x,y\n1,2\n"), ("a.ods", b"")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError):
            apply_sheet(session, tmp_path / name)


def test_no_spreadsheet_takes_a_cell_for_a_day_or_a_number_of_its_own(
    session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.csv"
    [row] = [row for row in table(session) if row["layer"] == "events"]
    row |= {"value": "1.5", "as_of": "2031-05", "horizon": "2031-05"}
    write_sheet(path, [row], {})
    with path.open(encoding="utf-8-sig", newline="") as stream:
        [raw] = csv.DictReader(stream)

    assert {name for name, cell in raw.items() if cell == f"'{row[name]}"} == {
        "date", "date_text", "value", "as_of", "horizon"
    }  # fmt: skip
    assert read(path) == [row]
    path.write_text(path.read_text("utf-8-sig").replace("\"'", '"'), encoding="utf-8")  # as it was of old
    assert read(path) == [row]


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_workbook_that_is_damaged_within_is_refused(session: Session, tmp_path: Path, part: str) -> None:
    write_sheet(tmp_path / "whole.xlsx", table(session), {})
    with (
        zipfile.ZipFile(tmp_path / "whole.xlsx") as whole,
        zipfile.ZipFile(tmp_path / "cut.xlsx", "w") as cut,
    ):
        for name in whole.namelist():
            content = whole.read(name)
            cut.writestr(name, content[: len(content) // 2] if name == part else content)

    with pytest.raises(InputError) as refused:
        apply_sheet(session, tmp_path / "cut.xlsx")
    assert "is not a workbook that can be read" in refused.value.problems[0].message


def test_rows_are_counted_as_a_spreadsheet_does_across_empty_ones(session: Session, tmp_path: Path) -> None:
    empty = dict.fromkeys(COLUMNS, "")
    first, second, *_ = (row | {"decision": "perhaps"} for row in table(session))
    for name in ("sheet.csv", "sheet.xlsx"):
        write_sheet(tmp_path / name, [first, empty, empty, second], {})

        assert [problem.line for problem in apply_sheet(session, tmp_path / name).problems] == [2, 5]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_sheet_comes_back_from_programs_that_write_other_separators(
    session: Session, tmp_path: Path, separator: str
) -> None:
    path = tmp_path / "sheet.csv"
    write_sheet(path, sheet_rows(session), choices(session))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [["reject", *row[1:]] if number else row for number, row in enumerate(csv.reader(stream))]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=separator).writerows(rows)

    applied = apply_sheet(session, path)

    assert applied.problems == ()
    assert applied.written == {"reject": len(rows) - 1}


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--document", "courrier"], 1, "has no text 'courrier'; did you mean 'courier'?"),
        (["--document", "nope"], 1, "has no text 'nope'; expected one of: "),
        (["--coder", ""], 2, "is empty; give the name under which decisions are kept"),
        (["--coder", "ann", "--document", "courier"], 0, "left to decide in courier; "),
    ],
)
def test_a_text_or_a_name_that_is_not_there_is_not_passed_over(
    tmp_path: Path, options: list[str], code: int, said: str
) -> None:
    run = CliRunner().invoke(main, ["review", str(write_weir(tmp_path / "weir")), *options])

    assert (run.exit_code, said in " ".join(run.output.split())) == (code, True)


def test_the_command_writes_a_sheet_and_takes_it_back(tmp_path: Path) -> None:
    folder, sheet = write_weir(tmp_path / "weir"), tmp_path / "sheet.csv"
    first = CliRunner().invoke(main, ["review", str(folder), "--coder", "ann", "--sheet", str(sheet)])
    text = sheet.read_bytes().decode("utf-8-sig")
    assert (first.exit_code, text.count("\r\n") > 1) == (0, True)
    sheet.write_text(text.replace('\r\n"","",', '\r\n"reject","",'), encoding="utf-8-sig", newline="")
    second = CliRunner().invoke(main, ["review", str(folder), "--coder", "ann", "--apply", str(sheet)])
    assert (second.exit_code, "rejected" in second.output) == (0, True)
    sheet.write_text(text.replace('\r\n"","",', '\r\n"no","",'), encoding="utf-8-sig", newline="")
    third = CliRunner().invoke(main, ["review", str(folder), "--coder", "ben", "--apply", str(sheet)])
    assert (third.exit_code, "sheet.csv:2: decision is 'no'" in third.output) == (1, True)
