"""What deciding is worth, simulated with a settled coding that answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from demarche.codebook import Actor, Codebook, Demand
from demarche.disputes import Dispute
from demarche.documents import Document
from demarche.readers import Proposals
from demarche.records import Statement
from demarche.reviewing.queue import queue
from demarche.reviewing.simulation import Oracle, area, by_value, curve, in_order, material_of
from demarche.scoring import Reading

TEXT = "Ann wants a bell. Ben wants no bell. Ann would hear of a lamp. It rains."
BOOK = Codebook(
    "bells",
    {name: Actor(actor_id=name, name=name.title()) for name in ("ann", "ben")},
    {name: Demand(demand_id=name, label=name, definition=name) for name in ("bell", "lamp")},
)


def statement(words: str, demand: str, actor: str, position: str, confidence: float = 1.0) -> Statement:
    start = TEXT.index(words)
    return Statement(
        doc_id="d", start=start, end=start + len(words), quote=words, demand=demand, actor=actor,
        position=position, confidence=confidence, method="hand" if confidence == 1 else "rules",
    )  # fmt: skip


GOLD = [
    statement("Ann wants a bell", "bell", "ann", "demands"),
    statement("Ben wants no bell", "bell", "ben", "rejects"),
    statement("Ann would hear of a lamp", "lamp", "ann", "open"),
]
PROPOSED = (
    statement("Ann wants a bell", "bell", "ann", "demands", 0.9),
    statement("Ben wants no bell", "bell", "ben", "demands", 0.6),
    statement("It rains", "lamp", "ben", "open", 0.55),
)
DOUBTFUL = (statement("hear of a lamp", "lamp", "ann", "open", 0.2),)
DISPUTE = Dispute("bells", BOOK, (Document(doc_id="d", text=TEXT),), Reading(GOLD, []))
MATERIAL = material_of(DISPUTE, [Proposals(PROPOSED, doubtful=DOUBTFUL)])


def answers(proposal: Statement) -> list[tuple[str, str, str]]:
    rows = Oracle(GOLD, BOOK.party).answer(proposal)
    return [(row.decision, row.actor, row.position) for row in rows]


def test_what_holds_is_accepted_what_half_holds_is_corrected_and_the_rest_rejected() -> None:
    assert answers(PROPOSED[0]) == [("accepted", "ann", "demands")]
    assert answers(PROPOSED[1]) == [("rejected", "ben", "demands"), ("accepted", "ben", "rejects")]
    assert answers(PROPOSED[2]) == [("rejected", "ben", "open")]


def test_a_settled_statement_answers_one_proposal_only() -> None:
    oracle = Oracle(GOLD, BOOK.party)
    assert oracle.answer(PROPOSED[0])[0].decision == "accepted"
    twice = replace(PROPOSED[0], quote="wants a bell", start=4)
    assert [row.decision for row in oracle.answer(twice)] == ["rejected"]


def test_deciding_on_everything_gives_the_settled_coding_and_the_first_answers_give_most() -> None:
    values = curve(DISPUTE, MATERIAL, by_value(0.5), steps=5, least=0.5)
    assert values[0] == pytest.approx(2 * 1 / (3 + 3))
    assert values[-1] == pytest.approx(1.0)
    assert values == sorted(values)
    last_first = in_order(queue(MATERIAL, order="text"))
    assert area(values) >= area(curve(DISPUTE, MATERIAL, last_first, steps=5, least=0.5))


def test_doubtful_statements_are_asked_about_but_nothing_rests_on_them() -> None:
    assert DOUBTFUL[0].record_id in {item.item_id for item in queue(MATERIAL)}
    assert DOUBTFUL[0].statement_id not in set(MATERIAL.tables.statements["statement_id"])
