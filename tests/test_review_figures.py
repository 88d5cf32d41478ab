"""Figures that readers propose are decided on like statements and events; what is reprinted is asked once."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from demarche.agreement import read_coders
from demarche.briefing import Briefing, make_briefing, open_briefing
from demarche.chapters import decisions, differences, timeline
from demarche.cli import main
from demarche.codebook import read_codebook
from demarche.coding import Coding, read_coding, write_coding
from demarche.corpus import read_corpus
from demarche.filters import Filters
from demarche.kinds import KINDS, NAMES, kind_of
from demarche.layer_agreement import layer_agreement_of_study
from demarche.material import Material, read_material
from demarche.problems import InputError
from demarche.readers import Proposals
from demarche.records import Event, Quantity, Statement
from demarche.rendering.as_text import blocks_text
from demarche.report import cover
from demarche.reviewing.desk import Desk
from demarche.reviewing.journal import journal_of
from demarche.reviewing.queue import queue
from demarche.reviewing.session import Session, open_session
from demarche.reviewing.settling import OPEN, settle, write_settled
from demarche.reviewing.sheet import COLUMNS, choices, sheet_rows
from demarche.reviewing.sheet_answers import apply_sheet
from demarche.reviewing.sheet_files import write_sheet
from demarche.study import read_study
from demarche.tables import make_tables
from review_study import CODEBOOK

TOLD = (
    "The town wants the weir taken down. On 3 May 2030 the anglers signed a letter. "
    "In all, 300 anglers live by the river, and about 40 of them came to the town hall to say so."
)
TEXTS = {
    "courier": ("2030-05-04", TOLD),
    "echo": ("2030-05-06", "From the Courier.\n\n" + TOLD.replace("town hall", "Town Hall")),
    "herald": ("2030-05-07", "The mill counts 250 anglers by the river. The mill will not hear of it."),
}
HEAD = "---\npublished: {}\n---\n"


def found(doc_id: str, quote: str) -> dict[str, object]:
    text = TEXTS[doc_id][1]
    start = text.casefold().index(quote.casefold())
    end = start + len(quote)
    return {"doc_id": doc_id, "start": start, "end": end, "quote": text[start:end], "method": "rules"}


def figure(doc_id: str, quote: str, value: str, **said: object) -> Quantity:
    usual = {"what": "anglers by the river", "unit": "anglers", "confidence": 0.9}
    return Quantity(**{**found(doc_id, quote), **usual, "value": value, **said})  # type: ignore[arg-type]


def wants(doc_id: str) -> Statement:
    quote = "The town wants the weir taken down"
    said = {"demand": "no-weir", "actor": "town", "position": "demands", "confidence": 0.6}
    return Statement(**found(doc_id, quote), **said)  # type: ignore[arg-type]


ALL_OF_THEM, CAME = "300 anglers live by the river", "about 40 of them came to the town hall"
LIVE, LIVE_AGAIN = figure("courier", ALL_OF_THEM, "300"), figure("echo", ALL_OF_THEM, "300")
COME, COME_AGAIN = (
    figure(doc_id, CAME, "40", what="anglers in the town hall", precision="about", confidence=0.67)
    for doc_id in ("courier", "echo")
)
FEWER = figure("herald", "The mill counts 250 anglers", "250", speaker="mill", attribution="reported")
FIGURES = (LIVE, COME, LIVE_AGAIN, COME_AGAIN, FEWER)
STATEMENTS = (wants("courier"), wants("echo"))
LETTER = Event(**found("courier", "the anglers signed a letter"), date="2030-05-03", confidence=0.9)  # type: ignore[arg-type]
PROPOSED = Proposals(STATEMENTS, (LETTER,), figures=FIGURES)
BOTH = pytest.mark.parametrize("suffix", [".csv", ".xlsx"])


def write_river(folder: Path) -> Path:
    """The study's files in a folder: the echo prints what the courier had."""
    (folder / "corpus").mkdir(parents=True)
    for doc_id, (day, text) in TEXTS.items():
        (folder / "corpus" / f"{doc_id}.txt").write_text(HEAD.format(day) + text + "\n", encoding="utf-8")
    (folder / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    (folder / "study.yaml").write_text("title: The river\nas_of: 2030-12-31\n", encoding="utf-8")
    return folder


def river(folder: Path) -> Material:
    study = read_study(folder)
    documents, codebook = read_corpus(study.corpus), read_codebook(study.codebook)
    tables = make_tables(documents, codebook, STATEMENTS, [LETTER])
    return Material(tuple(documents), codebook, Coding(), (PROPOSED,), tables)


def session_on(folder: Path, coder: str = "ann", *, alone: bool = False) -> Session:
    return Session(read_study(folder), river(folder), coder, alone=alone, today=lambda: date(2030, 6, 1))


def coding_of(folder: Path) -> Coding:
    """What a briefing made now would rest on."""
    material = river(folder)
    return read_coding(folder / "coding", material.documents, material.codebook)


def decided(folder: Path) -> list[tuple[str, str, str]]:
    return [(row.doc_id, row.value, row.decision) for row in coding_of(folder).figures]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_river(tmp_path / "river")


@pytest.fixture
def session(folder: Path) -> Session:
    return session_on(folder)


# -- the queue


@pytest.mark.parametrize("order", ["value", "text", "random"])
def test_figures_are_asked_about_after_statements_and_events(folder: Path, order: str) -> None:
    names = [kind_of(item.record).name for item in queue(river(folder), order=order)]

    assert names == sorted(names, key=lambda name: name == "figures")
    assert names.count("figures") == 3
    assert [item.item_id for item in queue(river(folder), order=order)][:2] == [
        item.item_id
        for item in queue(replace(river(folder), proposals=(PROPOSED._replace(figures=()),)), order=order)
    ]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["figures"], ["figures"] * 3),
        (["figures", "statements"], ["figures"] * 3 + ["statements"]),
        (["forecasts"], []),
    ],
)
def test_figures_are_asked_about_first_or_alone_on_demand(
    session: Session, kinds: list[str], expected: list[str]
) -> None:
    assert [kind_of(item.record).name for item in session.items(kinds=kinds)] == expected


def test_the_most_doubtful_figure_is_asked_about_first(session: Session) -> None:
    assert session.items(kinds=["figures"])[0].record.confidence == 0.67


def test_that_another_number_is_told_of_the_same_is_said_and_weighs(folder: Path, session: Session) -> None:
    why = {item.item_id: item.why for item in session.items(kinds=["figures"])}
    alone = replace(river(folder), proposals=(Proposals(figures=(FEWER,)),))

    assert why[FEWER.figure_id] == why[LIVE.figure_id] == ("another number is told of the same",)
    assert why[COME.figure_id] == ()
    assert [(item.why, round(item.value, 9)) for item in queue(alone)] == [((), 0.1)]
    assert [round(item.value, 9) for item in session.items(kinds=["figures"])] == [0.66, 0.25, 0.125]


def test_of_figures_that_name_their_unit_alone_it_is_asked_whether_they_count_the_same(folder: Path) -> None:
    material = river(folder)
    found = PROPOSED._replace(figures=tuple(replace(each, what=each.unit) for each in FIGURES))

    why = {word for item in queue(replace(material, proposals=(found,))) for word in item.why}
    assert "another number in this unit is told: is the same counted?" in why
    assert "another number is told of the same" not in why


def test_no_figure_is_asked_about_in_a_text_that_somebody_coded_by_hand(folder: Path) -> None:
    (folder / "coding").mkdir()
    (folder / "coding" / "statements.csv").write_text(
        "doc_id,quote,demand,actor,position,coder\nherald,will not hear of it,no-weir,mill,rejects,ben\n",
        encoding="utf-8",
    )

    asked = [record.doc_id for item in session_on(folder).items() for record in item.records]
    assert set(asked) == {"courier", "echo"}


def test_nothing_is_asked_about_in_a_reprint_of_what_was_coded_by_hand(folder: Path) -> None:
    (folder / "coding").mkdir()
    (folder / "coding" / "events.csv").write_text(
        "doc_id,quote,date,coder\ncourier,the anglers signed a letter,2030-05-03,ben\n", encoding="utf-8"
    )

    assert "echo" not in {record.doc_id for item in session_on(folder).items() for record in item.records}


# -- what is decided


def test_an_accepted_figure_is_a_row_of_its_coder(folder: Path, session: Session) -> None:
    session.accept([FEWER], note="of the mill's own")

    [row] = coding_of(folder).figures
    assert row == replace(FEWER, coder="ann", confidence=1.0, note="of the mill's own")


def test_a_rejected_figure_does_not_come_back(folder: Path, session: Session) -> None:
    session.reject([FEWER])

    assert decided(folder) == [("herald", "250", "rejected")]
    assert FEWER.figure_id not in [item.item_id for item in session.items()]


def test_a_corrected_figure_silences_what_it_corrects(folder: Path, session: Session) -> None:
    session.accept([FEWER], changes={"value": "260", "what": "anglers of the mill", "as_of": "2030-05"})

    assert sorted(decided(folder)) == [("herald", "250", "rejected"), ("herald", "260", "accepted")]
    [corrected, original] = sorted(coding_of(folder).figures, key=lambda row: row.decision)
    assert (corrected.answers, corrected.as_of) == (original.figure_id, "2030-05")
    assert FEWER.figure_id not in [item.item_id for item in session.items()]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": "many"}, "value is 'many', expected a number"),
        ({"unit": ""}, "unit is empty"),
        ({"speaker": "nobody"}, "speaker 'nobody' is not in the codebook"),
        ({"as_of": "soon"}, "as_of is 'soon', expected EDTF"),
        ({"precision": "roughly"}, "precision is 'roughly'"),
    ],
)
def test_an_impossible_figure_is_refused_before_anything_is_written(
    session: Session, changes: dict[str, object], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        session.accept([FEWER], changes=changes)

    assert not session.journal.path.exists()


def test_a_figure_that_no_reader_saw_is_added(folder: Path, session: Session) -> None:
    start = TEXTS["herald"][1].index("250 anglers")
    row = {"doc_id": "herald", "start": start, "end": start + 11}
    session.add("figures", {**row, "what": "anglers", "value": "250", "unit": "anglers"})

    assert [(row.quote, row.method) for row in coding_of(folder).figures] == [("250 anglers", "added")]


def test_an_expectation_is_added_although_nobody_proposes_any(folder: Path, session: Session) -> None:
    row = {"doc_id": "herald", "start": 0, "end": 8, "about": "Will it go?", "expects": "the weir goes"}
    session.add("forecasts", row)

    assert [(row.expects, row.strength) for row in coding_of(folder).forecasts] == [
        ("the weir goes", "expected")
    ]


def test_coders_who_say_the_same_of_a_figure_make_one_row(folder: Path) -> None:
    for coder in ("ann", "ben"):
        session_on(folder, coder, alone=True).accept([FEWER], changes={"what": "all anglers"})

    assert decided(folder) == [("herald", "250", "accepted"), ("herald", "250", "rejected")]


def test_where_coders_differ_on_a_number_nobody_has_decided(folder: Path) -> None:
    session_on(folder, "ann", alone=True).accept([FEWER])
    session_on(folder, "ben", alone=True).accept([FEWER], changes={"value": "25"})

    coding = coding_of(folder)
    assert coding.figures == ()
    assert "ben accepts ‘25 anglers (anglers by the river)’" in coding.look_again[0].message
    ben = session_on(folder, "ben")
    ben.accept([ben.items(kinds=["figures"])[0].record], changes={"value": "250"})
    assert decided(folder) == [("herald", "250", "accepted")]


def test_a_figure_of_a_retired_speaker_waits_for_another_look(folder: Path, session: Session) -> None:
    session.accept([FEWER])
    book = (folder / "codebook.yaml").read_text(encoding="utf-8")
    gone = book.replace(
        "mill: {name: the mill, kind: organisation}", "mill: {name: the mill, retired: burnt}"
    )
    (folder / "codebook.yaml").write_text(gone, encoding="utf-8")

    assert coding_of(folder).figures == ()
    assert "was retired" in coding_of(folder).look_again[0].message


def test_settled_figures_are_written_and_read_again(folder: Path, tmp_path: Path) -> None:
    for coder in ("ann", "ben"):
        session_on(folder, coder, alone=True).accept([FEWER])
    n_open = write_settled(read_coders(folder)[1], tmp_path / "settled")

    assert n_open == 0
    assert [path.name for path in (tmp_path / "settled").iterdir()] == ["figures.csv"]
    material = river(folder)
    [row] = read_coding(tmp_path / "settled", material.documents, material.codebook).figures
    assert (row.value, row.coder, row.method) == ("250", "settled", "rules")


def test_how_far_coders_agree_on_figures_is_told(folder: Path) -> None:
    for coder in ("ann", "ben"):
        session_on(folder, coder, alone=True).accept([FEWER, LIVE])
    session_on(folder, "ben", alone=True).accept([COME])

    values = {
        row.measure: (row.value, row.n) for row in layer_agreement_of_study(folder).measures.itertuples()
    }
    assert values["F1"] == (1.0, 2)  # of the third only one has spoken
    assert values["value, observed"] == (1.0, 2)


def test_one_number_in_other_digits_is_no_difference(folder: Path, tmp_path: Path) -> None:
    ann, ben = (session_on(folder, coder, alone=True) for coder in ("ann", "ben"))
    ann.accept([FEWER])
    ben.accept([FEWER], changes={"value": "0250.0"})

    assert decided(folder) == [("herald", "250", "accepted")]


def test_a_sheet_that_wrote_a_number_in_other_digits_corrects_nothing(
    folder: Path, session: Session, tmp_path: Path
) -> None:
    rows = [
        row | ({"decision": "accept", "value": "250.00"} if row["value"] == "250" else {})
        for row in sheet_rows(session)
    ]
    write_sheet(tmp_path / "sheet.csv", rows, {})

    assert [dict(apply_sheet(session, tmp_path / "sheet.csv").written) for _ in range(2)] == [
        {"accept": 1},
        {},
    ]
    assert decided(folder) == [("herald", "250", "accepted")]


def test_a_number_that_one_coder_corrects_and_another_accepts_is_a_difference(folder: Path) -> None:
    session_on(folder, "ann", alone=True).accept([FEWER, LIVE])
    ben = session_on(folder, "ben", alone=True)
    ben.accept([LIVE])
    ben.accept([FEWER], changes={"value": "25"})

    values = {
        row.measure: (row.value, row.n) for row in layer_agreement_of_study(folder).measures.itertuples()
    }
    assert values["value, observed"] == (0.5, 2)


def test_what_one_coder_corrects_and_another_accepts_is_settled_as_one_matter(folder: Path) -> None:
    session_on(folder, "ann", alone=True).accept([FEWER])
    session_on(folder, "ben", alone=True).accept([FEWER], changes={"value": "25"})

    rows = {row.value: row for row in settle(read_coders(folder)[1]).figures}
    assert {row.decision for row in rows.values()} == {OPEN}
    assert rows["25"].note == "ben accepted this; ann accepted ‘250 anglers (anglers by the river)’"


DEEDS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["accept", "reject"]), st.integers(0, len(FIGURES) - 1)),
        st.tuples(st.sampled_from(["30", "31"]), st.integers(0, len(FIGURES) - 1)),
    ),
    max_size=6,
)


@given(deeds=DEEDS)
def test_decided_figures_written_as_a_settled_file_say_the_same(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[str, int]]
) -> None:
    folder = write_river(tmp_path_factory.mktemp("any") / "river")
    session = session_on(folder)
    for deed, place in deeds:
        if deed.isdigit():
            session.accept([FIGURES[place]], changes={"value": deed})
        else:
            getattr(session, deed)([FIGURES[place]])
    write_coding(folder / "settled", session.coding)

    material = river(folder)
    again = read_coding(folder / "settled", material.documents, material.codebook)
    assert again.rows == session.coding.rows == session_on(folder).coding.rows


def test_journals_of_old_are_read(folder: Path) -> None:
    """Two lines as they were written before figures could be decided on."""
    journal = journal_of(folder / "coding", "ann").path
    journal.parent.mkdir(parents=True)
    lines = [
        '{"id": "d-1", "on": "2030-06-01", "do": "accept", "answers": [{"text": "", "doc_id": "courier", '
        '"start": 0, "end": 34, "quote": "The town wants the weir taken down", "method": "rules", '
        '"confidence": 0.6, "demand": "no-weir", "actor": "town", "position": "demands"}]}',
        '{"id": "d-2", "on": "2030-06-01", "do": "reject", "layer": "events", "answers": [{"text": "", '
        '"doc_id": "courier", "start": 50, "end": 77, "quote": "the anglers signed a letter", '
        '"method": "rules", "date": "2030-05-03"}]}',
    ]
    journal.write_text("\n".join(lines) + "\n", encoding="utf-8")

    assert [(row.record_id[0], row.decision) for row in coding_of(folder).rows] == [
        ("s", "accepted"),
        ("e", "rejected"),
    ]


# -- reprints


def test_what_is_reprinted_is_one_question(session: Session) -> None:
    assert [
        [(record.doc_id, record.record_id[0]) for record in item.asked]
        for item in session.items(order="text")
    ] == [
        [("courier", "s"), ("echo", "s")],
        [("courier", "e")],
        [("courier", "q"), ("echo", "q")],
        [("courier", "q"), ("echo", "q")],
        [("herald", "q")],
    ]


def test_the_same_words_that_are_read_otherwise_are_asked_apart(folder: Path) -> None:
    other = replace(LIVE_AGAIN, speaker="anglers")
    material = replace(river(folder), proposals=(Proposals(figures=(LIVE, other)),))

    assert [(len(item.asked), len(item.alike)) for item in queue(material)] == [(1, 1)]


def rows_of(session: Session, path: Path, change: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    """Write a sheet with rows changed by the first id that they name, apply it; the rows of a new one."""
    rows = [row | change.get(row["row"].split(";")[0], {}) for row in sheet_rows(session)]
    write_sheet(path, rows, choices(session))
    assert apply_sheet(session, path).problems == ()
    return sheet_rows(session)


@BOTH
def test_a_sheet_asks_once_and_one_answer_counts_for_all_reprints(
    session: Session, folder: Path, tmp_path: Path, suffix: str
) -> None:
    before = sheet_rows(session)
    [row] = [row for row in before if row["row"].startswith(LIVE.figure_id)]
    after = rows_of(session, tmp_path / f"sheet{suffix}", {LIVE.figure_id: {"decision": "accept"}})

    assert len(before) == 5
    assert (row["row"], row["why"]) == (
        f"{LIVE.figure_id};{LIVE_AGAIN.figure_id}",
        "another number is told of the same; the same words in one reprint: echo",
    )
    assert decided(folder) == [("courier", "300", "accepted"), ("echo", "300", "accepted")]
    assert [row["decision"] for row in after if row["row"] == f"{LIVE.figure_id};{LIVE_AGAIN.figure_id}"] == [
        "accept"
    ]
    assert len(after) == 5


@BOTH
def test_a_sheet_on_reprints_applied_twice_writes_nothing_more(
    session: Session, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"sheet{suffix}"
    rows_of(session, path, {LIVE.figure_id: {"decision": "accept", "value": "301"}})
    before = session.journal.path.read_bytes()

    assert dict(apply_sheet(session, path).written) == {}
    assert session.journal.path.read_bytes() == before


def test_a_decision_on_reprints_is_changed_in_one_row(session: Session, folder: Path, tmp_path: Path) -> None:
    rows_of(session, tmp_path / "a.csv", {LIVE.figure_id: {"decision": "accept"}})
    rows_of(session, tmp_path / "b.csv", {LIVE.figure_id: {"decision": "reject"}})

    assert decided(folder) == [("courier", "300", "rejected"), ("echo", "300", "rejected")]


def changed_in_a_sheet(session: Session, path: Path, record: Quantity, quote: str) -> list[str]:
    """Accept a figure with other words; what could not be applied."""
    rows = [row for row in sheet_rows(session) if row["row"].startswith(record.figure_id)]
    write_sheet(path, [row | {"decision": "accept", "quote": quote} for row in rows], {})
    return [problem.message for problem in apply_sheet(session, path).problems]


def test_a_changed_quotation_moves_in_each_reprint(session: Session, folder: Path, tmp_path: Path) -> None:
    refused = changed_in_a_sheet(session, tmp_path / "sheet.csv", LIVE, "In all, 300 anglers")

    accepted = [row for row in coding_of(folder).figures if row.decision == "accepted"]
    assert refused == []
    assert [(row.doc_id, row.quote) for row in accepted] == [
        ("courier", "In all, 300 anglers"),
        ("echo", "In all, 300 anglers"),
    ]


def test_a_changed_quotation_that_a_reprint_does_not_have_leaves_the_reprint_open(
    session: Session, folder: Path, tmp_path: Path
) -> None:
    refused = changed_in_a_sheet(session, tmp_path / "sheet.csv", COME, "came to the town hall to say so")

    accepted = [row.doc_id for row in coding_of(folder).figures if row.decision == "accepted"]
    assert refused == ["quote stands nowhere"]
    assert accepted == ["courier"]
    assert COME_AGAIN.figure_id in [item.item_id for item in session.items()]


def test_a_range_that_is_moved_on_the_desk_moves_in_each_reprint_that_has_its_words(
    session: Session, folder: Path
) -> None:
    desk = Desk(session, ["figures"])
    while desk.view()["question"]["id"] != LIVE.figure_id:
        desk.act({"do": "go", "by": 1})
    desk.act({"do": "accept", "id": LIVE.figure_id, "start": LIVE.start - 8, "end": LIVE.end})

    accepted = [row for row in coding_of(folder).figures if row.decision == "accepted"]
    assert [(row.doc_id, row.quote) for row in accepted] == [
        (doc_id, f"In all, {ALL_OF_THEM}") for doc_id in ("courier", "echo")
    ]
    desk.act({"do": "undo"})
    assert (session.decided(), desk.view()["question"]["id"]) == ([], LIVE.figure_id)


def test_what_was_decided_differently_in_reprints_stands_in_two_rows(session: Session) -> None:
    session.accept([LIVE])
    session.reject([LIVE_AGAIN])

    rows = {row["row"]: row["decision"] for row in sheet_rows(session) if row["decision"]}
    assert rows == {LIVE.figure_id: "accept", LIVE_AGAIN.figure_id: "reject"}


def test_a_sheet_of_old_with_a_row_for_each_text_is_applied(
    session: Session, folder: Path, tmp_path: Path
) -> None:
    """As it was written before figures and reprints: fewer columns, one id in each row."""
    old = (
        "decision", "note", "layer", "doc_id", "quote", "demand", "actor", "position", "speaker",
        "attribution", "addressee", "date", "date_text", "status", "actors", "paragraph", "why",
        "confidence", "alike", "start", "end", "was", "row",
    )  # fmt: skip
    one, other = STATEMENTS
    path = tmp_path / "sheet.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, old, restval="", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        for row, said in ((one, "accept"), (other, "reject")):
            cells = {name: getattr(row, name) for name in ("doc_id", "quote", "demand", "actor", "position")}
            told = {"speaker": "author", "attribution": "narrator", "confidence": "0.60"}
            writer.writerow({"decision": said, "layer": "statements", "row": row.record_id, **cells, **told})

    assert apply_sheet(session, path).problems == ()
    assert [(row.doc_id, row.decision) for row in coding_of(folder).statements] == [
        ("courier", "accepted"),
        ("echo", "rejected"),
    ]


# -- the sheet


@BOTH
def test_figures_are_corrected_refused_and_added_in_a_sheet(
    session: Session, folder: Path, tmp_path: Path, suffix: str
) -> None:
    own = dict.fromkeys(COLUMNS, "") | {
        "decision": "accept", "layer": "figures", "doc_id": "herald", "quote": "250 anglers",
        "what": "anglers", "value": "250", "unit": "anglers",
    }  # fmt: skip
    answers = {
        LIVE.figure_id: {"decision": "accept", "value": "310", "precision": "at least"},
        COME.figure_id: {"decision": "reject"},
        FEWER.figure_id: {"decision": "accept", "value": "a few"},
    }
    rows = [row | answers.get(row["row"].split(";")[0], {}) for row in sheet_rows(session)]
    path = tmp_path / f"sheet{suffix}"
    write_sheet(path, [*rows, own], choices(session))
    applied = apply_sheet(session, path)

    assert [problem.message for problem in applied.problems] == [
        "value is 'a few', expected a number in digits such as 70000 or 1.5"
    ]
    accepted = [row for row in coding_of(folder).figures if row.decision == "accepted"]
    assert [(row.doc_id, row.value, row.precision, row.method) for row in accepted] == [
        ("courier", "310", "at least", "rules"),
        ("echo", "310", "at least", "rules"),
        ("herald", "250", "exact", "added"),
    ]


def test_a_workbook_hides_the_columns_that_none_of_its_rows_needs(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    write_sheet(path, sheet_rows(session, kinds=["figures"]), choices(session))
    page = load_workbook(path)["decide"]
    hidden = {page[f"{letter}1"].value for letter, column in page.column_dimensions.items() if column.hidden}

    assert {"demand", "date", "expects"} <= hidden
    assert not {"value", "unit", "what", "speaker", "decision", "row", "quote"} & hidden


def test_the_command_asks_about_kinds_that_are_named(folder: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    asked = CliRunner().invoke(
        main, ["review", str(folder), "--coder", "ann", "--sheet", str(sheet), "--kinds", "figures,figures"]
    )
    wrong = CliRunner().invoke(main, ["review", str(folder), "--coder", "ann", "--kinds", "figure"])

    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        assert {row["layer"] for row in csv.DictReader(stream)} == {"figures"}
    assert "left to decide of figures; " in asked.output
    assert (wrong.exit_code, "did you mean 'figures'?" in " ".join(wrong.output.split())) == (2, True)


# -- the desk


def test_the_desk_shows_a_figure_with_its_number_unit_and_speaker(session: Session) -> None:
    desk = Desk(session, ["figures"])
    while desk.view()["question"]["doc_id"] != "herald":
        desk.act({"do": "go", "by": 1})
    view = desk.view()
    shown = view["question"]

    assert list(shown["fields"].items())[:4] == [
        ("value", "250"), ("unit", "anglers"), ("what", "anglers by the river"), ("precision", "exact"),
    ]  # fmt: skip
    assert (shown["layer"], shown["fields"]["speaker"]) == ("figures", "mill")
    assert ["mill", "the mill"] in view["fields"]["speaker"]["values"]
    json.dumps(view)


def test_one_answer_on_the_desk_counts_for_reprints_and_is_taken_back_as_one(session: Session) -> None:
    desk = Desk(session, ["figures"])
    shown = desk.view()["question"]
    desk.act({"do": "accept", "id": shown["id"], "fields": {"value": "41"}})
    taken = [(verdict.outcome.doc_id, verdict.outcome.value) for verdict in session.decided()]
    desk.act({"do": "go", "by": -1})
    again = desk.view()["question"]
    desk.act({"do": "undo"})

    assert shown["same"] == 1
    assert taken == [("courier", "41"), ("echo", "41")]
    assert (again["decision"], again["same"]) == ("accepted", 1)
    assert session.decided() == []


def test_words_that_figures_were_called_by_are_offered_again(session: Session) -> None:
    session.accept([FEWER], changes={"what": "all anglers"})

    fields = Desk(session).view()["fields"]
    assert (fields["what"]["used"], fields["unit"]["used"]) == (["all anglers"], ["anglers"])


def test_the_desk_asks_about_one_kind_on_demand(session: Session) -> None:
    desk = Desk(session)
    desk.act({"do": "kinds", "names": ["events"]})
    events = [item.item_id for item in desk.items]
    desk.act({"do": "kinds", "names": ["files"]})

    assert events == [item.item_id for item in desk.items] == [LETTER.event_id]


@pytest.mark.parametrize("kind", NAMES)
def test_what_is_added_begins_with_what_is_usual_for_its_kind(session: Session, kind: str) -> None:
    blank = Desk(session).view()["kinds"][kind]["blank"]
    [table] = [each for each in KINDS if each.name == kind]

    assert sorted(blank) == sorted(table.fields)


# -- the briefing


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The library study with two texts that nobody has coded: each tells another number of the march."""
    source = Path(__file__).parent / "studies" / "library-hours"
    study = shutil.copytree(source, tmp_path / "study", ignore=shutil.ignore_patterns(".demarche"))
    for name, number in (("one", 700), ("two", 900)):
        text = f"The march\n\nIn all, {number} readers stood before the town hall.\n"
        (study / "corpus" / f"{name}.md").write_text(text, encoding="utf-8")
    return study


def proposed_figures(study: Path) -> list[Quantity]:
    return [row for each in read_material(read_study(study)).proposals for row in each.figures]


def test_decided_figures_stand_in_the_briefing_as_those_coded_by_hand_do(study: Path) -> None:
    session = open_session(study, "ann")
    for item in session.items(kinds=["figures"]):
        session.accept([item.record], changes={"what": "readers on the march", "unit": "people"})
    briefing = open_briefing(study, min_confidence=0.99)
    own = briefing.tables.figures[briefing.tables.figures["coder"] == "ann"]

    assert sorted(own["value"]) == ["700", "900"]
    assert set(own["figure_id"]) <= briefing.decided
    assert timeline.PROPOSED_FIGURES not in str(timeline.quantities(briefing))
    assert "700" in blocks_text(differences.figures(briefing).blocks)


def test_a_rejected_figure_is_in_no_briefing(study: Path) -> None:
    session = open_session(study, "ann")
    session.reject([item.record for item in session.items(kinds=["figures"])])

    assert not {"700", "900"} & set(open_briefing(study).tables.figures["value"])


def test_decisions_on_figures_outlive_a_text_that_shifts(study: Path) -> None:
    session = open_session(study, "ann")
    session.accept([session.items(kinds=["figures"])[0].record])
    path = study / "corpus" / "one.md"
    path.write_text(path.read_text(encoding="utf-8").replace("In all", "Snow fell. In all"), encoding="utf-8")

    briefing = open_briefing(study)
    [row] = briefing.tables.figures[briefing.tables.figures["coder"] == "ann"].to_dict("records")
    assert briefing.documents["one"].text[row["start"] : row["end"]] == row["quote"]
    assert row["figure_id"] in briefing.decided


def briefing_of(folder: Path) -> Briefing:
    study = read_study(folder)
    return make_briefing(study, replace(river(folder), coding=coding_of(folder)), Filters())


def test_a_sheet_outlives_a_text_that_shifts(study: Path, tmp_path: Path) -> None:
    sheet, session = tmp_path / "sheet.csv", open_session(study, "ann")
    rows = [row | {"decision": "accept"} for row in sheet_rows(session, kinds=["figures"])]
    assert len(rows) == 2
    rows[1] |= {"decision": "reject", "what": "readers, as the paper says"}
    write_sheet(sheet, rows, {})
    for name in ("one", "two"):
        text = (study / "corpus" / f"{name}.md").read_text(encoding="utf-8")
        (study / "corpus" / f"{name}.md").write_text(f"By our reporter\n\n{text}", encoding="utf-8")

    applied = apply_sheet(open_session(study, "ann"), sheet)
    [accepted] = open_session(study, "ann").decided()
    assert (dict(applied.written), accepted.outcome.value) == ({"accept": 1}, rows[0]["value"])
    assert "is proposed any more" in applied.problems[0].message  # what it rejects is not what is asked
    write_sheet(sheet, rows[:1], {})
    assert apply_sheet(open_session(study, "ann"), sheet).written == {}


def test_what_decisions_say_of_the_reader_is_told_of_figures_as_well(folder: Path, session: Session) -> None:
    session.accept([LIVE])
    session.accept([FEWER], changes={"value": "25"})
    session.reject([COME])
    told = blocks_text(decisions.of_the_reader(briefing_of(folder)).blocks)
    fields = blocks_text(decisions.corrections(briefing_of(folder)).blocks)

    assert "the figures that the reader “rules” proposed" in told
    assert "Right in number" in told
    assert "what is counted" in fields


def test_the_cover_counts_decided_figures(folder: Path, session: Session) -> None:
    session.accept([FEWER])
    session.reject([COME])
    material = replace(river(folder), coding=coding_of(folder))

    facts = dict(cover(read_study(folder), material)["facts"])
    assert facts["Sources"].endswith("one reading decided by coders, one proposal rejected")
