"""Decisions are kept at once, replay to the same coding, and add up in any order of coders."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.coding import Coding, read_coding, write_coding
from demarche.decisions import settled
from demarche.problems import InputError
from demarche.records import Event, Statement
from demarche.reviewing.session import Session
from review_study import LETTER, PROPOSED, TEXTS, weir_material, weir_session, write_weir

ASKED = (*PROPOSED, LETTER)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_weir(tmp_path / "weir")


def coding_of(folder: Path) -> Coding:
    """What a briefing made now would rest on."""
    material = weir_material(folder)
    return read_coding(folder / "coding", material.documents, material.codebook)


def said(rows: tuple[Statement, ...]) -> list[tuple[str, str, str, str, str]]:
    return [(row.doc_id, row.actor, row.position, row.demand, row.decision) for row in rows]


def test_an_accepted_proposal_is_a_row_of_its_coder(folder: Path) -> None:
    weir_session(folder).accept([PROPOSED[0]], note="plain")

    [row] = coding_of(folder).statements
    assert row == replace(PROPOSED[0], coder="ann", confidence=1.0, note="plain")


def test_a_rejected_proposal_does_not_come_back(folder: Path) -> None:
    session = weir_session(folder)
    session.reject([LETTER])

    assert [row.decision for row in coding_of(folder).events] == ["rejected"]
    assert LETTER.event_id not in [item.item_id for item in session.items()]


def test_a_correction_silences_what_it_corrects_and_says_so(folder: Path) -> None:
    session = weir_session(folder)
    session.accept([PROPOSED[3]], changes={"actor": "mayor", "position": "open"})

    coding = coding_of(folder)
    assert said(coding.statements) == [
        ("courier", "mayor", "open", "fish-ladder", "accepted"),
        ("courier", "mill", "demands", "fish-ladder", "rejected"),
    ]
    assert coding.statements[0].answers == PROPOSED[3].statement_id
    standing = settled(coding.statements, PROPOSED)
    assert [row.actor for row in standing if row.quote == "A fish ladder"] == ["mayor"]


def test_a_correction_in_a_settled_file_keeps_its_bond_when_the_text_shifts(folder: Path) -> None:
    session = weir_session(folder)
    session.accept([PROPOSED[3]], changes={"actor": "mayor"})
    write_coding(folder / "settled", session.coding)
    path = folder / "corpus" / "courier.txt"
    path.write_text("New words first. " + TEXTS["courier"], encoding="utf-8")
    material = weir_material(folder)

    corrected, original = read_coding(folder / "settled", material.documents, material.codebook).statements
    assert (corrected.answers, original.decision) == (original.statement_id, "rejected")


def test_a_range_moves_with_its_words(folder: Path) -> None:
    start = TEXTS["courier"].index("A fish ladder")
    end = TEXTS["courier"].index(" by the county")
    weir_session(folder).accept([PROPOSED[3]], changes={"start": start, "end": end})

    row = coding_of(folder).statements[-1]
    assert (row.quote, row.decision) == ("A fish ladder, the mill said, could be paid for", "accepted")


def test_what_is_added_does_not_silence_the_rest_of_its_document(folder: Path) -> None:
    session = weir_session(folder)
    start = TEXTS["courier"].index("could be paid")
    row = {"demand": "fish-ladder", "actor": "mill", "position": "open"}
    session.add("statements", {"doc_id": "courier", "start": start, "end": start + 13, **row})

    assert [(row.quote, row.method) for row in coding_of(folder).statements] == [("could be paid", "added")]
    assert len(session.items()) == 7  # six statements, two of them told alike in both papers, and the letter


def test_near_identical_proposals_are_asked_about_together(folder: Path) -> None:
    items = weir_session(folder).items()

    together = [sorted(row.doc_id for row in item.records) for item in items if item.alike]
    assert together == [["courier", "herald"], ["courier", "herald"]]


def test_one_answer_to_several_is_taken_back_as_one(folder: Path) -> None:
    session = weir_session(folder)
    [item, *_] = [item for item in session.items() if item.alike]
    session.accept(item.records)
    session.undo()

    assert coding_of(folder) == Coding()


def test_the_last_word_on_a_proposal_counts(folder: Path) -> None:
    session = weir_session(folder)
    session.reject([PROPOSED[0]])
    session.accept([session.coding.statements[0]])
    session.accept([session.coding.statements[0]], changes={"position": "supports"})

    assert said(coding_of(folder).statements) == [
        ("courier", "town", "demands", "no-weir", "rejected"),
        ("courier", "town", "supports", "no-weir", "accepted"),
    ]


def test_a_comment_decides_nothing_and_stays(folder: Path) -> None:
    session = weir_session(folder)
    session.comment(PROPOSED[0], "who told the paper?")

    assert session.comment_on(PROPOSED[0]) == "who told the paper?"
    assert coding_of(folder) == Coding()
    session.accept([PROPOSED[0]])
    assert coding_of(folder).statements[0].note == "who told the paper?"


@pytest.mark.parametrize(
    "changes", [{"actor": "county"}, {"position": "wants"}, {"start": 5, "end": 5}, {"start": 3, "end": 9999}]
)
def test_an_impossible_value_is_refused_before_anything_is_written(
    folder: Path, changes: dict[str, object]
) -> None:
    with pytest.raises(InputError):
        weir_session(folder).accept([PROPOSED[0]], changes=changes)

    assert not (folder / "coding").exists()


@pytest.mark.parametrize("name", ["", "../ann", "a/b", ".", "..", "x" * 41, "an\nn"])
def test_a_coder_needs_a_name_that_can_be_a_folder(folder: Path, name: str) -> None:
    with pytest.raises(InputError, match="no name to keep a file under"):
        weir_session(folder, name)


@pytest.mark.parametrize("cut", [1, 20, 200])
def test_a_line_cut_short_costs_that_decision_and_no_other(folder: Path, cut: int) -> None:
    session = weir_session(folder)
    session.accept([PROPOSED[0]])
    whole = session.journal.path.read_bytes()
    session.accept([PROPOSED[1]])
    session.journal.path.write_bytes(session.journal.path.read_bytes()[: len(whole) + cut])

    assert [row.decision for row in coding_of(folder).statements] == ["accepted"]
    assert ["cut short" in note.message for note in coding_of(folder).look_again] == [True]
    weir_session(folder).accept([PROPOSED[2]])
    assert [row.actor for row in coding_of(folder).statements] == ["town", "mill"]


def test_a_broken_line_is_named_with_its_number(folder: Path) -> None:
    session = weir_session(folder)
    session.accept([PROPOSED[0]])
    good = session.journal.path.read_text(encoding="utf-8")
    lines = [good, "{}\n", '{"id": "x", "do": "burn"}\n', '{"id": "x", "do": "add", "answers": 3}\n', "[\n"]
    session.journal.path.write_text("".join(lines), encoding="utf-8")

    with pytest.raises(InputError) as raised:
        coding_of(folder)

    assert [problem.line for problem in raised.value.problems] == [2, 3, 4, 5]


def test_coders_who_say_the_same_make_one_row(folder: Path) -> None:
    for coder in ("ann", "ben"):
        weir_session(folder, coder, alone=True).accept([PROPOSED[0]])

    assert said(coding_of(folder).statements) == [("courier", "town", "demands", "no-weir", "accepted")]


def test_where_coders_differ_nobody_has_decided_and_both_versions_are_kept(folder: Path) -> None:
    weir_session(folder, "ann", alone=True).accept([PROPOSED[0]])
    weir_session(folder, "ben", alone=True).reject([PROPOSED[0]])

    coding = coding_of(folder)
    assert coding.statements == ()
    assert [(problem.path.split("/")[-2], problem.line) for problem in coding.look_again] == [
        ("ann", 1),
        ("ben", 1),
    ]
    assert "ben rejects ‘town demands no-weir’" in coding.look_again[0].message
    assert settled(coding.statements, PROPOSED)[0] == PROPOSED[0]


def test_a_difference_is_asked_about_first_and_ends_when_one_gives_way(folder: Path) -> None:
    weir_session(folder, "ann", alone=True).accept([PROPOSED[0]])
    weir_session(folder, "ben", alone=True).reject([PROPOSED[0]])
    ben = weir_session(folder, "ben")
    ben.accept([ben.items()[0].record])

    assert said(coding_of(folder).statements) == [("courier", "town", "demands", "no-weir", "accepted")]
    assert coding_of(folder).aside == ()


def settled_file(folder: Path) -> None:
    row = PROPOSED[0]
    (folder / "coding").mkdir(exist_ok=True)
    (folder / "coding" / "statements.csv").write_text(
        "doc_id,start,end,quote,demand,actor,position,method,coder,decision\n"
        f"courier,{row.start},{row.end},{row.quote},no-weir,town,demands,rules,settled,accepted\n",
        encoding="utf-8",
    )


def test_an_answer_to_a_settled_row_replaces_it(folder: Path) -> None:
    settled_file(folder)
    session = weir_session(folder)
    session.accept([session.coding.statements[0]], changes={"actor": "mayor"})

    assert [(row.actor, row.coder, row.decision) for row in coding_of(folder).statements] == [
        ("mayor", "ann", "accepted"),
        ("town", "ann", "rejected"),
    ]


def test_a_settled_row_is_the_later_word_on_what_was_answered_before(folder: Path) -> None:
    weir_session(folder).reject([PROPOSED[0]])
    settled_file(folder)

    assert [(row.coder, row.decision) for row in coding_of(folder).statements] == [("settled", "accepted")]


def test_a_settled_row_whose_words_are_lost_stops_the_work_until_somebody_answers_it(folder: Path) -> None:
    settled_file(folder)
    path = folder / "corpus" / "courier.txt"
    path.write_text(TEXTS["courier"].replace("the weir taken down", "the weir gone"), encoding="utf-8")

    with pytest.raises(InputError, match="stands nowhere"):
        coding_of(folder)
    session = weir_session(folder)
    assert "stands nowhere" in session.problems[0].message
    [lost] = [item for item in session.items() if "stand nowhere" in " ".join(item.why)]
    session.accept([lost.record], changes={"start": 0, "end": 28})
    assert [row.quote for row in coding_of(folder).statements] == ["The town wants the weir gone"]


@pytest.mark.parametrize(
    ("fate", "words"),
    [
        ("split_into: [no-weir-now, no-weir-ever]", "was split into"),
        ("retired: settled in court", "was retired"),
    ],
)
def test_rows_of_what_was_split_or_retired_wait_for_another_look(folder: Path, fate: str, words: str) -> None:
    weir_session(folder).accept([PROPOSED[0]])
    book = (folder / "codebook.yaml").read_text(encoding="utf-8")
    parts = "".join(
        f"  {name}: {{label: {name}, definition: x}}\n" for name in ("no-weir-now", "no-weir-ever")
    )
    book = book.replace("definition: The weir is taken out of the river.", fate) + parts
    (folder / "codebook.yaml").write_text(book, encoding="utf-8")

    coding = coding_of(folder)
    assert coding.statements == ()
    assert words in coding.look_again[0].message
    session = weir_session(folder)
    session.accept([session.items()[0].record], changes={"demand": "no-weir-now"})
    assert [row.demand for row in coding_of(folder).statements if row.decision == "accepted"] == [
        "no-weir-now"
    ]
    assert coding_of(folder).aside == ()


def test_progress_says_how_many_stances_moved(folder: Path) -> None:
    session = weir_session(folder)

    assert session.moved() == (0, 5)
    session.reject([PROPOSED[6]])
    assert session.moved() == (1, 5)
    session.undo()
    assert session.moved() == (0, 5)


DEEDS = st.one_of(
    st.tuples(st.sampled_from(["accept", "reject"]), st.integers(0, len(ASKED) - 1)),
    st.tuples(st.just("actor"), st.integers(0, len(PROPOSED) - 1), st.sampled_from(["mill", "mayor"])),
    st.tuples(st.just("widen"), st.integers(0, len(PROPOSED) - 1)),
    st.tuples(st.just("add"), st.integers(0, 40)),
    st.tuples(st.just("again"), st.integers(0, 9)),
    st.tuples(st.just("undo")),
)


def do(session: Session, deed: tuple) -> None:  # type: ignore[type-arg]
    match deed:
        case ("undo",):
            session.undo()
        case ("add", place):
            fields = {"demand": "fish-ladder", "actor": "anglers", "position": "open"}
            session.add("statements", {"doc_id": "herald", "start": place, "end": place + 5, **fields})
        case ("actor", place, actor):
            session.accept([ASKED[place]], changes={"actor": actor})
        case ("widen", place):
            row = ASKED[place]
            session.accept([row], changes={"start": row.start, "end": row.end + 1})
        case ("again", place) if session.decided():
            session.accept([session.decided()[place % len(session.decided())].outcome], note="again")
        case ("accept" | "reject" as kind, place):
            getattr(session, kind)([ASKED[place]])


def without_undone(deeds: list) -> list:  # type: ignore[type-arg]
    """What stands of a sequence; re-deciding nothing is nothing."""
    kept: list = []  # type: ignore[type-arg]
    for deed in deeds:
        if deed == ("undo",):
            del kept[-1:]
        else:
            kept.append(deed)
    return kept


@pytest.fixture(scope="module")
def fresh() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield write_weir(Path(folder) / "weir")


@given(deeds=st.lists(DEEDS, max_size=12))
def test_any_sequence_with_undo_replays_to_what_was_not_taken_back(fresh: Path, deeds: list) -> None:  # type: ignore[type-arg]
    deeds = [("accept", 0), *deeds]  # so that `again` always has something to speak of
    deeds = [
        deed
        for place, deed in enumerate(deeds)
        if deed != ("undo",) or len(without_undone(deeds[:place])) > 1
    ]
    shutil.rmtree(fresh / "coding", ignore_errors=True)
    live = weir_session(fresh)
    for deed in deeds:
        do(live, deed)
    seen = live.coding
    again = weir_session(fresh).coding
    shutil.rmtree(fresh / "coding")
    plain = weir_session(fresh)
    for deed in without_undone(deeds):
        do(plain, deed)

    assert seen == again == plain.coding
    ids = [(row.record_id, row.decision) for row in (*seen.statements, *seen.events)]
    assert len(ids) == len(set(ids))
    assert all(
        TEXTS[row.doc_id][row.start : row.end] == row.quote for row in (*seen.statements, *seen.events)
    )


@given(each=st.lists(st.lists(DEEDS, max_size=6), min_size=2, max_size=3))
def test_the_order_of_coders_files_changes_nothing(fresh: Path, each: list) -> None:  # type: ignore[type-arg]
    results = []
    for order in permutations(range(len(each))):
        shutil.rmtree(fresh / "coding", ignore_errors=True)
        for place in order:
            session = weir_session(fresh, f"coder{place}", alone=True)
            for deed in each[place]:
                do(session, deed)
        results.append(weir_session(fresh).coding)

    assert all(result == results[0] for result in results)


@given(
    deeds=st.lists(DEEDS, min_size=1, max_size=6),
    edits=st.lists(
        st.tuples(st.integers(0, 200), st.integers(0, 12), st.text("the mil.\n", max_size=8)), max_size=4
    ),
)
def test_after_edits_a_decision_holds_its_own_words_or_is_lost(fresh: Path, deeds: list, edits: list) -> None:  # type: ignore[type-arg]
    shutil.rmtree(fresh / "coding", ignore_errors=True)
    session = weir_session(fresh)
    for deed in deeds:
        do(session, deed)
    before = [*session.coding.statements, *session.coding.events]
    texts = dict(TEXTS)
    for place, length, words in edits:
        texts["herald"] = texts["herald"][:place] + words + texts["herald"][place + length :]
    try:
        for doc_id, text in texts.items():
            (fresh / "corpus" / f"{doc_id}.txt").write_text(text + "~", encoding="utf-8")
        after = weir_session(fresh)
    finally:
        for doc_id, text in TEXTS.items():
            (fresh / "corpus" / f"{doc_id}.txt").write_text(text, encoding="utf-8")

    held = [*after.coding.statements, *after.coding.events]
    words = {(row.doc_id, " ".join(row.quote.split())) for row in before}
    assert {(row.doc_id, " ".join(row.quote.split())) for row in held} <= words
    documents = after.documents
    assert all(documents[row.doc_id].text[row.start : row.end] == row.quote for row in held)
    accepted = sum(row.decision == "accepted" for row in before)
    told = len(after.problems) + len(after.coding.aside)
    assert sum(row.decision == "accepted" for row in held) + told >= accepted


def test_a_journal_is_one_line_of_json_for_each_decision(folder: Path) -> None:
    session = weir_session(folder)
    session.accept([PROPOSED[0]])
    session.undo()

    lines = session.journal.path.read_text(encoding="utf-8").splitlines()
    assert [(json.loads(line)["do"], json.loads(line)["on"]) for line in lines] == [
        ("accept", "2030-06-01"),
        ("undo", "2030-06-01"),
    ]


def test_an_event_is_decided_like_a_statement(folder: Path) -> None:
    session = weir_session(folder)
    session.accept([LETTER], changes={"date": "2030-05", "actors": ["anglers", "mill"]})

    accepted = [row for row in coding_of(folder).events if row.decision == "accepted"]
    assert [(row.date, row.actors) for row in accepted] == [("2030-05", ("anglers", "mill"))]
    assert isinstance(accepted[0], Event)
