"""What is asked first, and what the desk shows and does."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.codebook import Actor, Codebook, Demand
from demarche.coding import Coding
from demarche.readers import Proposals
from demarche.records import Statement
from demarche.reviewing.desk import Desk
from demarche.reviewing.effect import effects, stances, standing_of
from demarche.reviewing.queue import queue
from review_study import PROPOSED, TEXTS, quoted, weir_material, weir_session, write_weir

BOOK = Codebook(
    "x",
    {name: Actor(actor_id=name, name=name) for name in ("town", "mill")},
    {"weir": Demand(demand_id="weir", label="Weir")},
)


def row(doc_id: str, position: str, actor: str = "town") -> Statement:
    return Statement(doc_id=doc_id, start=0, end=1, quote="x", demand="weir", actor=actor, position=position)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_weir(tmp_path / "weir")


@pytest.fixture
def desk(folder: Path) -> Desk:
    return Desk(weir_session(folder))


@pytest.mark.parametrize(
    ("others", "asked", "stands", "expected"),
    [
        ([], row("a", "demands"), True, {"the only word on this stance", "the only text on this demand"}),
        ([], row("a", "demands"), False, {"the only word on this stance", "the only text on this demand"}),
        ([row("b", "demands")], row("a", "demands"), True, set()),
        ([row("b", "demands", "mill")], row("a", "demands"), True, {"the only word on this stance"}),
        ([row("b", "demands")], row("a", "rejects"), False, {"makes this stance contested"}),
        ([row("b", "demands"), row("c", "rejects")], row("a", "rejects"), False, {"would turn this stance"}),
        ([row("b", "demands")] * 3, row("a", "supports"), True, set()),
    ],
)
def test_what_hangs_on_a_statement(
    others: list[Statement], asked: Statement, stands: bool, expected: set[str]
) -> None:
    standing = standing_of([*others, asked] if stands else others, BOOK)

    assert set(effects(asked, standing, stands=stands)) == expected


@given(
    rows=st.lists(
        st.builds(row, st.sampled_from("abc"), st.sampled_from(["demands", "supports", "open", "rejects"]))
    ),
    asked=st.builds(row, st.sampled_from("abc"), st.sampled_from(["demands", "rejects"])),
)
def test_nothing_is_said_to_hang_on_it_where_the_stances_stay(
    rows: list[Statement], asked: Statement
) -> None:
    """The counted effect of adding a row is the difference of the stances with and without it."""
    before, after = stances(standing_of(rows, BOOK)), stances(standing_of([*rows, asked], BOOK))
    found = effects(asked, standing_of(rows, BOOK), stands=False)

    assert (before == after) == (not set(found) - {"the only text on this demand"})


def test_the_surest_of_what_stands_and_the_least_sure_of_what_does_not_come_last(folder: Path) -> None:
    material = weir_material(folder)
    sure = [
        quoted("herald", "The anglers want a fish ladder", confidence=c, demand="fish-ladder")
        for c in (0.99, 0.51)
    ]
    low = [
        quoted("herald", "The mill is ready", confidence=c, demand="fish-ladder", actor="mill")
        for c in (0.49, 0.01)
    ]
    firsts = []
    for pair in (sure, low):
        both = (pair[0], replace(pair[1], doc_id="courier", quote="something else altogether here"))
        asked = replace(material, proposals=(Proposals(both, ()),))
        firsts.append(queue(asked, Coding(), min_confidence=0.5)[0].record.confidence)

    assert firsts == [0.51, 0.49]


@pytest.mark.parametrize("order", ["value", "text", "random"])
def test_every_open_proposal_is_asked_about_once_in_any_order(folder: Path, order: str) -> None:
    items = queue(weir_material(folder), order=order)
    ids = [record.record_id for item in items for record in item.records]

    assert len(ids) == len(set(ids)) == len(PROPOSED) + 1
    assert queue(weir_material(folder), order=order) == items


def test_one_text_at_a_time_is_asked_about_on_demand(folder: Path) -> None:
    items = weir_session(folder).items(doc_id="courier", order="text")

    assert [item.record.doc_id for item in items] == ["courier"] * 4
    assert [item.record.start for item in items] == sorted(item.record.start for item in items)


def test_the_desk_shows_a_passage_in_its_paragraph(desk: Desk) -> None:
    shown = desk.view()["question"]
    text = TEXTS[shown["doc_id"]]

    assert text[shown["first"] :].startswith(shown["paragraph"])
    assert "\n\n" not in shown["paragraph"]
    assert shown["first"] <= shown["start"] < shown["end"] <= shown["first"] + len(shown["paragraph"])
    json.dumps(desk.view())


def test_an_answer_to_what_is_not_open_any_more_is_none(desk: Desk) -> None:
    first = desk.view()["question"]["id"]
    desk.act({"do": "go", "by": 1})
    desk.act({"do": "accept", "id": first})

    assert desk.view()["done"] == 0


def test_the_desk_goes_on_and_back_over_what_was_decided(desk: Desk) -> None:
    first = desk.view()["question"]["id"]
    desk.act({"do": "accept", "id": first})
    desk.act({"do": "go", "by": -1})
    shown = desk.view()["question"]

    assert (shown["id"], shown["decision"]) == (first, "accepted")
    desk.act({"do": "reject", "id": first})
    assert [verdict.accepted for verdict in desk.session.decided()] == [False]


def test_one_answer_for_all_that_say_nearly_the_same(desk: Desk) -> None:
    while desk.view()["question"]["alike"] == 0:
        desk.act({"do": "go", "by": 1})
    desk.act({"do": "accept", "id": desk.view()["question"]["id"], "all": True})

    assert desk.view()["done"] == 2
    desk.act({"do": "undo"})
    assert desk.view()["done"] == 0


def test_what_is_taken_back_lies_open_again(desk: Desk) -> None:
    desk.act({"do": "go", "by": 1})
    asked = desk.view()["question"]["id"]
    desk.act({"do": "reject", "id": asked})
    desk.act({"do": "undo"})

    assert desk.view()["question"]["id"] == asked


def test_the_impossible_is_said_and_changes_nothing(desk: Desk) -> None:
    shown = desk.view()["question"]
    desk.act({"do": "accept", "id": shown["id"], "fields": {"actor": "nobody"}})

    assert "'nobody' is not in the codebook" in desk.view()["said"]
    assert (desk.view()["done"], desk.session.journal.path.exists()) == (0, False)


@pytest.mark.parametrize(
    "message",
    [{}, {"do": "rm"}, {"do": "accept"}, {"do": "accept", "id": 3}, {"do": "document", "name": "../x"},
     {"do": "add", "layer": "files"}, {"do": "add", "layer": "statements"},
     {"do": "add", "layer": "statements", "doc_id": "no", "start": 0, "end": 4}],
)  # fmt: skip
def test_a_message_of_nonsense_writes_nothing(desk: Desk, message: dict[str, object]) -> None:
    desk.act(message)

    assert not desk.session.journal.path.exists()


def test_coding_by_hand_goes_paragraph_by_paragraph(folder: Path) -> None:
    desk = Desk(weir_session(folder))
    desk.act({"do": "document", "name": "herald"})
    desk.act({"do": "read", "by": 1})
    shown = desk.view()["question"]
    assert shown["is_new"]
    assert shown["paragraph"].startswith(("The anglers", "The town"))
    start = TEXTS["herald"].index("want a fish ladder")
    fields = {"demand": "fish-ladder", "actor": "anglers", "position": "demands"}
    place = {"doc_id": "herald", "start": start, "end": start + 18}
    desk.act({"do": "add", "layer": "statements", "fields": fields, **place})

    assert [verdict.outcome.quote for verdict in desk.session.decided()] == ["want a fish ladder"]
    assert desk.view()["question"]["is_new"]


def test_a_study_without_proposals_opens_at_its_first_paragraph(folder: Path) -> None:
    session = weir_session(folder)
    session.material = replace(session.material, proposals=())
    shown = Desk(session).view()["question"]

    assert (shown["is_new"], shown["doc_id"], shown["first"]) == (True, "courier", 0)
