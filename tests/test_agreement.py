"""Agreement between coders, against values worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.agreement import agreement, agreement_lines, agreement_of_study, alpha, read_coders
from demarche.codebook import Actor, Codebook, Demand
from demarche.coding import Coding, read_coding
from demarche.corpus import read_corpus
from demarche.problems import InputError
from demarche.records import Event, Statement
from demarche.reviewing.settling import write_settled
from review_study import PROPOSED, weir_session, write_weir

BOOK = Codebook(
    "Market square",
    {
        "town": Actor(actor_id="town", name="Town"),
        "mayor": Actor(actor_id="mayor", name="Mayor", kind="person", of="town"),
    },
    {"market": Demand(demand_id="market", label="Market stays")},
)


def statement(
    start: int, actor: str = "town", position: str = "demands", attribution: str = "narrator"
) -> Statement:
    return Statement(
        doc_id="d", start=start, end=start + 10, quote="x" * 10, demand="market", actor=actor,
        position=position, attribution=attribution,
    )  # fmt: skip


def test_alpha_of_a_worked_example() -> None:
    """Ten units, one disagreement, 13 labels `a` and 7 `b`: 1 - 19 * 2 / (400 - 169 - 49) = 0.791."""
    labels = [("a", "a")] * 6 + [("b", "b")] * 3 + [("a", "b")]

    assert alpha(labels) == pytest.approx(1 - 19 * 2 / (400 - 169 - 49))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_alpha_is_one_exactly_when_coders_never_differ(labels: list[tuple[str, str]]) -> None:
    assert (alpha(labels) == 1) == all(x == y for x, y in labels)


def test_agreement_counts_pairs_and_lists_what_one_coder_saw_alone() -> None:
    first = Coding(
        (statement(0), statement(50, "mayor", "rejects")),
        (Event(doc_id="d", start=0, end=9, quote="x" * 9, date="2001"),),
    )
    second = Coding((statement(4, "mayor"), statement(50, "town", "open")))
    result = agreement(("ann", first), ("ben", second), BOOK)

    values = {(r.layer, r.measure): (r.value, r.n) for r in result.measures.itertuples()}
    assert values["statements", "F1"] == (0.5, 1)
    assert values["position", "observed"] == (0.5, 2)
    assert values["events", "F1"] == (0.0, 0)
    assert [(r.layer, r.differs, r.first, r.second) for r in result.differences.itertuples()] == [
        ("events", "record", "2001 happened", ""),
        ("statements", "range", "x" * 10, "x" * 10),
        ("statements", "position", "rejects", "open"),
    ]


def test_nothing_found_is_nothing_to_compare() -> None:
    result = agreement(("ann", Coding((statement(0),))), ("ben", Coding((statement(4),))), BOOK)
    empty = agreement(("ann", Coding()), ("ben", Coding()), BOOK)
    nothing = "{}: nothing to compare, no two coders found any"

    assert "events" not in set(result.measures["layer"])
    assert agreement_lines(result)[1:] == [nothing.format("events")]
    assert agreement_lines(empty) == [nothing.format("statements"), nothing.format("events")]


def decided(folder: Path, coder: str, *answers: str) -> None:
    """A coder's answers to the weir's proposals, in their order: a, r or - for none."""
    session = weir_session(folder, coder, alone=True)
    for proposal, answer in zip(PROPOSED, "".join(answers), strict=False):
        if answer != "-":
            (session.accept if answer == "a" else session.reject)([proposal])


def test_deciding_apart_is_compared_on_what_both_decided(tmp_path: Path) -> None:
    folder = write_weir(tmp_path / "weir")
    decided(folder, "ann", "aara-a--")
    decided(folder, "ben", "ara-raa-")
    result = agreement_of_study(folder)

    values = {(r.layer, r.measure): (r.value, r.n) for r in result.measures.itertuples()}
    assert values["statements: accepted or rejected", "observed"] == (0.5, 4)
    # of the four that both decided ann accepts three and ben three, two of them alike
    assert values["statements", "F1"] == (pytest.approx(2 / 3, abs=0.001), 2)
    assert {r.differs for r in result.differences.itertuples()} == {"record"}


def test_a_settled_file_cannot_be_read_until_every_difference_is_decided(tmp_path: Path) -> None:
    folder = write_weir(tmp_path / "weir")
    decided(folder, "ann", "aar")
    decided(folder, "ben", "ara")
    codebook, codings = read_coders(folder)
    n_open = write_settled(codings, tmp_path / "settled")
    documents = read_corpus(folder / "corpus")

    assert n_open == 2  # each names both coders
    with pytest.raises(InputError) as raised:
        read_coding(tmp_path / "settled", documents, codebook)
    assert len(raised.value.problems) == 2
    with pytest.raises(InputError, match="is there already"):
        write_settled(codings, tmp_path / "settled")
    path = tmp_path / "settled" / "statements.csv"
    text = path.read_text(encoding="utf-8").replace(",decide,ann accepted", ",accepted,ann accepted")
    path.write_text(text.replace(",decide,", ",rejected,"), encoding="utf-8")
    rows = read_coding(tmp_path / "settled", documents, codebook).statements
    assert sorted((row.actor, row.decision) for row in rows if row.decision == "accepted") == [
        ("anglers", "accepted"),
        ("town", "accepted"),
    ]
