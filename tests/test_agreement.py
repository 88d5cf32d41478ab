"""Agreement between coders, against values worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.agreement import agreement, alpha
from demarche.codebook import Actor, Codebook, Demand
from demarche.coding import Coding
from demarche.records import Event, Statement

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
    assert [(r.coder, r.layer, r.what) for r in result.differences.itertuples()] == [
        ("ann", "events", "2001 happened"),
        ("ann", "statements", "mayor rejects market"),
        ("ben", "statements", "town open market"),
    ]
