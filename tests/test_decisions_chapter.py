"""What deciding came to, told in chapter 05: a study made by hand, in which every answer is known."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.briefing import Briefing, make_briefing
from demarche.chapters import accuracy, decisions, key_findings
from demarche.coding import read_coding
from demarche.decisions import settled
from demarche.filters import Filters
from demarche.rendering.citations import nodes, plain
from demarche.rendering.display import Display
from demarche.reviewing.journal import journal_of
from demarche.reviewing.lessons import Answer, growth
from demarche.reviewing.session import Session
from demarche.scoring import FIGURES, Score
from demarche.scoring.measured import Group, Measured, estimated
from demarche.study import read_study
from demarche.tables import make_tables
from review_study import LETTER, PROPOSED, weir_material, write_weir

PARTS = (decisions.growing, decisions.of_the_reader, decisions.corrections)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_weir(tmp_path / "weir")


def session_of(folder: Path, coder: str, day: str) -> Session:
    return Session(read_study(folder), weir_material(folder), coder, today=lambda: date.fromisoformat(day))


def briefing_of(folder: Path, *, least: float = 0.5) -> Briefing:
    """The briefing that would be made now."""
    study, material = read_study(folder), weir_material(folder)
    if study.coding:
        coding = read_coding(study.coding, material.documents, material.codebook)
        statements = settled(coding.statements, material.proposals[0].statements)
        events = settled(coding.events, material.proposals[0].events)
        tables = make_tables(list(material.documents), material.codebook, statements, events)
        material = replace(material, coding=coding, tables=tables)
    return make_briefing(study, material, Filters(min_confidence=least))


@pytest.fixture
def decided(folder: Path) -> Briefing:
    """Ann takes three proposals and changes one of them on a day, refuses one on another; Bo speaks once."""
    ann = session_of(folder, "ann", "2030-06-01")
    ann.accept([PROPOSED[0]])
    ann.accept([PROPOSED[3]], changes={"actor": "mayor", "position": "open"})
    ann.accept([LETTER])
    session_of(folder, "ann", "2030-06-03").reject([PROPOSED[1]])
    session_of(folder, "bo", "2030-06-03").accept([PROPOSED[0]])
    return briefing_of(folder)


def table(display: Display, anchor: str) -> list[list[str]]:
    (found,) = [block for block in display.blocks if block.get("id") == anchor]
    return [[plain(cell) for cell in row] for row in found["rows"]]


def words(display: Display) -> str:
    return " ".join(str(node["v"]) for node in nodes(display.blocks) if node.get("t") == "text")


@pytest.mark.parametrize("part", PARTS)
def test_nothing_is_shown_where_nobody_decided_on_proposals(
    part: Callable[[Briefing], Display], folder: Path
) -> None:
    assert part(briefing_of(folder)).blocks == []


def test_what_was_added_or_taken_back_or_noted_is_no_answer_to_a_proposal(folder: Path) -> None:
    session = session_of(folder, "ann", "2030-06-01")
    row = {"demand": "fish-ladder", "actor": "mill", "position": "open"}
    session.add("statements", {"doc_id": "courier", "start": 0, "end": 8, **row})
    session.reject([PROPOSED[0]])
    session.undo()
    session.comment(PROPOSED[1], "odd")

    assert decisions.growing(briefing_of(folder)).blocks == []


def test_the_decided_share_grows_by_coder_and_day(decided: Briefing) -> None:
    # nine are proposed: four are decided on in the end, four wait, and one does not reach 0.5
    assert table(decisions.growing(decided), "growth") == [
        ["1 June 2030", "3", "0", "3", "38%"],
        ["3 June 2030", "4", "1", "4", "50%"],
    ]


def test_the_figure_says_in_words_what_it_shows(decided: Briefing) -> None:
    picture = next(block for block in decisions.growing(decided).blocks if block["t"] == "figure")

    assert picture["alt"] == (
        "Bars for two periods of deciding on eight proposals: 3 (38%) by the end of 1 June 2030, "
        "4 (50%) by the end of 3 June 2030."
    )


def test_what_became_of_proposals_stands_by_the_confidence_they_claimed(decided: Briefing) -> None:
    display = decisions.of_the_reader(decided)

    assert "Coders gave five answers to four proposals: 3 accepted, 1 corrected and 1 rejected." in words(
        display
    )
    assert table(display, "answers-rules-statements") == [
        ["0.5 to 0.6", "2", "0", "1", "1", "0.50", "0.00"],
        ["0.9 to 1.0", "2", "2", "0", "0", "0.90", "1.00"],
    ]
    assert table(display, "answers-rules-events") == [["0.9 to 1.0", "1", "1", "0", "0", "0.90", "1.00"]]


def test_a_second_thought_keeps_what_was_claimed_and_the_day_of_the_first(folder: Path) -> None:
    session_of(folder, "ann", "2030-06-01").accept([PROPOSED[0]])
    again = session_of(folder, "ann", "2030-06-09")
    again.accept([again.decided()[0].outcome], changes={"position": "supports"})
    briefing = briefing_of(folder)

    [row] = table(decisions.of_the_reader(briefing), "answers-rules-statements")
    assert row == ["0.9 to 1.0", "1", "0", "1", "0", "0.90", "0.00"]
    assert [row[0] for row in table(decisions.growing(briefing), "growth")] == ["1 June 2030"]


def test_a_speaker_corrected_leaves_who_what_and_position_right(folder: Path) -> None:
    session_of(folder, "ann", "2030-06-01").accept([PROPOSED[0]], changes={"speaker": "mayor"})

    [row] = table(decisions.of_the_reader(briefing_of(folder)), "answers-rules-statements")
    assert row[3:] == ["1", "0", "0.90", "1.00"]


def test_corrections_are_counted_by_field_and_by_what_was_taken_for_what(decided: Briefing) -> None:
    display = decisions.corrections(decided)

    changed = {(row[0], row[1]): row[2:] for row in table(display, "corrected-fields")}
    assert changed["statements", "actor"] == ["1", "33%"]
    assert changed["statements", "demand"] == ["0", "0%"]
    assert changed["events", "date"] == ["0", "0%"]
    assert table(display, "confusions") == [
        ["actor", "the mill", "Ida Holm", "1"],
        ["position", "demands", "open", "1"],
    ]


def test_a_range_that_moved_is_a_correction_without_a_confusion(folder: Path) -> None:
    first = PROPOSED[0]
    session_of(folder, "ann", "2030-06-01").accept(
        [first], changes={"start": first.start + 4, "end": first.end}
    )
    display = decisions.corrections(briefing_of(folder))

    assert ["statements", "range", "1", "100%"] in table(display, "corrected-fields")
    assert len(display.blocks) == 1


@pytest.mark.parametrize("day", ["yesterday", "", "2030-13-01", "<b>now</b>", "٢٠٣٠-٠٦-٠١"])
def test_a_day_that_is_none_is_not_known(folder: Path, day: str) -> None:
    session_of(folder, "ann", "2030-06-01").accept([PROPOSED[0]])
    path = journal_of(folder / "coding", "ann").path
    line = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**line, "on": day}) + "\n", encoding="utf-8")

    assert table(decisions.growing(briefing_of(folder)), "growth")[0][0] == "a day not known"


@pytest.mark.parametrize("claim", [7, -1, "0.5", None, [0.5], True])
def test_a_confidence_that_is_none_claims_all(folder: Path, claim: Any) -> None:
    session_of(folder, "ann", "2030-06-01").accept([PROPOSED[1]])
    path = journal_of(folder / "coding", "ann").path
    line = json.loads(path.read_text(encoding="utf-8"))
    line["answers"][0]["confidence"] = claim
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")

    [row] = table(decisions.of_the_reader(briefing_of(folder)), "answers-rules-statements")
    assert row[5] == "1.00"


def answers(days: list[tuple[str, int, str]]) -> list[Answer]:
    """Answers of coders on days, to the proposals of the study by their place."""
    return [
        Answer(coder, day, 0.5, PROPOSED[place], replace(PROPOSED[place], coder=coder))
        for coder, place, day in days
    ]


DAYS = st.dates(date(2, 1, 1), date(9999, 12, 31)).map(date.isoformat)
GIVEN = st.lists(st.tuples(st.sampled_from(["ann", "bo"]), st.integers(0, 7), DAYS | st.just("")), min_size=1)


@given(GIVEN)
def test_the_decided_share_never_shrinks_and_ends_with_everything(days: list[tuple[str, int, str]]) -> None:
    steps = growth(answers(days))

    assert len({step.period for step in steps}) == len(steps)
    assert all(one.together <= two.together for one, two in pairwise(steps))
    assert steps[-1].together == len({place for _, place, _ in days})
    for coder, n in steps[-1].by_coder.items():
        assert n == len({place for who, place, _ in days if who == coder})


def test_many_days_are_counted_by_week_and_many_weeks_by_month() -> None:
    daily = [("ann", n % 8, f"2030-06-{n:02}") for n in range(1, 20)]
    weekly = [("ann", n % 8, date.fromordinal(741_000 + 7 * n).isoformat()) for n in range(20)]

    assert [step.period for step in growth(answers(daily))] == [
        "2030-W22",
        "2030-W23",
        "2030-W24",
        "2030-W25",
    ]
    assert {len(step.period) for step in growth(answers(weekly))} == {len("2030-06")}


def test_proposals_carry_their_sign_wherever_they_are_cited(decided: Briefing) -> None:
    display = key_findings.basis(decided)
    proposed = {number for number, each in decided.evidence.items() if not each.decided}

    marked = {number for node in nodes(display.blocks) for number in node.get("proposed", [])}
    shown = {number for node in nodes(display.blocks) if node["t"] == "cite" for number in node["n"]}
    assert marked == shown & proposed and marked and shown - proposed
    assert "◌E" in repr(display)


def test_the_first_page_says_how_many_are_proposals_and_how_often_such_are_right(
    decided: Briefing, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = estimated([dict.fromkeys(FIGURES, Score(7, 10, 14))] * 6)
    known = Measured({"testing, news": Group(3, 6, "some", figures, figures)}, (), 0.5)
    monkeypatch.setattr(accuracy, "measured", lambda reader: known)
    said = words(key_findings.question(decided))

    assert "Four of seven readings are proposals of the program, marked ◌" in said
    assert "0.50 or more, the share right in who, what and position is 0.70" in said


def test_where_nothing_was_measured_the_first_page_says_so(
    decided: Briefing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accuracy, "measured", lambda reader: Measured({}, (), 0.0))

    assert "How often its proposals are right has not been measured." in words(key_findings.question(decided))


def test_where_coders_decided_everything_nothing_is_said_of_proposals(folder: Path) -> None:
    session = session_of(folder, "ann", "2030-06-01")
    with session.together():
        for record in (*PROPOSED, LETTER):
            session.accept([record])

    assert "proposal" not in words(key_findings.question(briefing_of(folder)))


def test_names_with_markup_stay_names(folder: Path) -> None:
    text = (folder / "codebook.yaml").read_text(encoding="utf-8")
    (folder / "codebook.yaml").write_text(text.replace("Ida Holm", '"<b>Ida</b> $x$ #h"'), encoding="utf-8")
    session_of(folder, "ann", "2030-06-01").accept([PROPOSED[3]], changes={"actor": "mayor"})
    display = decisions.corrections(briefing_of(folder))

    assert table(display, "confusions")[0][2] == "<b>Ida</b> $x$ #h"
    assert "<b>Ida" not in str(display.html())
