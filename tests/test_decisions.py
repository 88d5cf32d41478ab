"""What people decided wins; what a program proposes stands only where nobody has decided."""

from __future__ import annotations

import pytest

from demarche.decisions import settled
from demarche.records import Statement


def row(
    doc_id: str, start: int, method: str = "rules", decision: str = "accepted", actor: str = "mayor"
) -> Statement:
    return Statement(
        doc_id=doc_id, start=start, end=start + 5, quote="words", demand="park", actor=actor,
        position="demands", method=method, decision=decision,
    )  # fmt: skip


def test_a_document_coded_by_hand_takes_no_proposals() -> None:
    hand = row("a", 0, "hand")

    assert settled([hand], [row("a", 50), row("b", 0)]) == [hand, row("b", 0)]


def test_a_rejected_proposal_is_silenced_and_its_neighbours_are_not() -> None:
    refused = row("a", 10, decision="rejected")

    assert settled([refused], [row("a", 12), row("a", 90), row("a", 12, actor="council")]) == [
        row("a", 90),
        row("a", 12, actor="council"),
    ]


def test_an_accepted_proposal_is_not_told_twice() -> None:
    accepted = row("a", 10)

    assert settled([accepted], [row("a", 11)]) == [accepted]


@pytest.mark.parametrize(("basis", "expected"), [("decided", ["hand"]), ("proposed", ["rules", "rules"])])
def test_one_may_ask_for_either_alone(basis: str, expected: list[str]) -> None:
    rows = settled([row("a", 0, "hand")], [row("a", 0), row("b", 0)], basis=basis)

    assert [r.method for r in rows] == expected
