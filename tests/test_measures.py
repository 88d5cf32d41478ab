"""Properties of the measures: what counting must satisfy whatever is counted."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from demarche.codebook import Actor, Codebook, Demand
from demarche.documents import Document
from demarche.measures import accounts, gaps, ground, voices
from demarche.records import ATTRIBUTIONS, AUTHOR, POSITIONS, Statement
from demarche.tables import documents_table, make_tables, statements_table

BOOK = Codebook(
    "Well water",
    {
        "farms": Actor(actor_id="farms", name="the farms", kind="group"),
        "lehto": Actor(actor_id="lehto", name="Aino Lehto", kind="person", of="farms"),
        "works": Actor(actor_id="works", name="Water Works", aliases=("the waterworks",)),
        "town": Actor(actor_id="town", name="Sallavik"),
    },
    {
        "deeper-wells": Demand(demand_id="deeper-wells", label="Wells are dug deeper", to=("works",)),
        "free-meters": Demand(
            demand_id="free-meters", label="Meters in Sallavik cost nothing", to=("works",)
        ),
    },
)
DOCUMENTS = [
    Document(doc_id="a", text="x" * 999, published="2020-05-01", publisher="Water Works"),
    Document(doc_id="b", text="x" * 999, published="2020-05~", publisher="Sallavik Post"),
    Document(doc_id="c", text="x" * 999, published="2020-09-01"),
    Document(doc_id="d", text="x" * 999),
    Document(doc_id="e", text="x" * 999, published="2021-01-01", publisher="Sallavik Post", repeats="b"),
]
DOCUMENT_ROWS = documents_table(DOCUMENTS)
few = settings(max_examples=15)


@st.composite
def statements(draw: st.DrawFn) -> list[Statement]:
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from("abcde"),
                st.sampled_from(list(BOOK.demands)),
                st.sampled_from(list(BOOK.actors)),
                st.sampled_from(POSITIONS),
                st.sampled_from([AUTHOR, *BOOK.actors]),
                st.sampled_from(ATTRIBUTIONS),
            ),
            max_size=14,
        )
    )
    return [
        Statement(
            doc_id=doc_id,
            start=10 * place,
            end=10 * place + 9,
            quote="x" * 9,
            demand=demand,
            actor=actor,
            position=position,
            speaker=speaker,
            attribution=attribution,
        )
        for place, (doc_id, demand, actor, position, speaker, attribution) in enumerate(rows)
    ]


def told_of(rows: list[Statement]) -> pd.DataFrame:
    return voices.with_voices(statements_table(rows, BOOK), DOCUMENT_ROWS, BOOK)


@few
@given(statements())
def test_coverage_counts_every_statement_once(rows: list[Statement]) -> None:
    cells = accounts.coverage(told_of(rows))

    assert cells["n_statements"].sum() == len(rows)
    assert (cells["n_asking"] + cells["n_replies"] == cells["n_statements"]).all()


@few
@given(statements())
def test_accounts_cite_every_statement_once(rows: list[Statement]) -> None:
    cells = accounts.accounts(told_of(rows))

    cited = [record for cell in cells["statement_ids"] for record in cell.split(";")]
    assert sorted(cited) == sorted(row.statement_id for row in rows)


@few
@given(statements())
def test_the_agreeing_share_is_a_share(rows: list[Statement]) -> None:
    cells = accounts.agreement(told_of(rows))

    assert ((cells["share"] > 0) & (cells["share"] <= 1)).all()
    assert (cells["n_agreeing"] <= cells["n_documents"]).all()


@few
@given(statements())
def test_voices_are_never_more_than_statements(rows: list[Statement]) -> None:
    counts = accounts.independence(told_of(rows))

    assert (counts["n_voices"] <= counts["n_statements"]).all()
    assert (counts["is_single_source"] == (counts["n_documents"] == 1)).all()


@few
@given(statements(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[Statement], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    for measure in (accounts.coverage, accounts.agreement, accounts.independence, accounts.changes):
        pd.testing.assert_frame_equal(measure(told_of(shuffled)), measure(told_of(rows)))


@few
@given(statements())
def test_filtering_then_counting_equals_counting_then_filtering(rows: list[Statement]) -> None:
    wells = [row for row in rows if row.demand == "deeper-wells"]
    all_cells = accounts.coverage(told_of(rows))

    filtered = all_cells[all_cells["demand"] == "deeper-wells"].reset_index(drop=True)
    pd.testing.assert_frame_equal(accounts.coverage(told_of(wells)), filtered, check_dtype=False)


@few
@given(statements())
def test_measures_leave_their_input_as_it_was(rows: list[Statement]) -> None:
    told = told_of(rows)
    before = told.copy(deep=True)
    for name in (
        "coverage",
        "accounts",
        "agreement",
        "independence",
        "contested",
        "changes",
        "leave_one_out",
    ):
        getattr(accounts, name)(told)

    pd.testing.assert_frame_equal(told, before)


@few
@given(statements())
def test_leaving_a_source_out_loses_the_demands_that_it_alone_carries(rows: list[Statement]) -> None:
    told = told_of(rows)
    reported = accounts.independence(told)
    losses = accounts.leave_one_out(told)

    assert losses["n_demands"].sum() == reported["is_single_source"].sum()


@few
@given(statements())
def test_a_contested_cell_has_more_than_one_side(rows: list[Statement]) -> None:
    cells = accounts.contested(told_of(rows))

    assert (cells.groupby(["party", "demand"])["side"].nunique() > 1).all()


@few
@given(statements())
def test_every_answered_demand_has_one_standing(rows: list[Statement]) -> None:
    tables = make_tables(DOCUMENTS, BOOK, rows, [])
    standing = ground.common_ground(tables.ledger, told_of(rows))

    assert standing["demand"].is_unique
    assert set(standing["standing"]) <= {"blocked", "divided", "open", "unanswered"}


@few
@given(statements())
def test_a_reprint_changes_no_count_but_that_of_statements(rows: list[Statement]) -> None:
    own = [row for row in rows if row.doc_id != "e"]
    reprinted = [*own, *(replace(row, doc_id="e") for row in own if row.doc_id == "b")]
    without, with_it = told_of(own), told_of(reprinted)

    for measure in (accounts.agreement, accounts.independence, accounts.leave_one_out, accounts.changes):
        one, other = (measure(told).filter(regex="^(?!n_statements|.*_ids$)") for told in (without, with_it))
        pd.testing.assert_frame_equal(one, other)
    for name in ("demands", "stances", "ledger"):
        one, other = (
            getattr(make_tables(DOCUMENTS, BOOK, said, []), name).filter(COUNTED[name])
            for said in (own, reprinted)
        )
        pd.testing.assert_frame_equal(one, other)


COUNTED = {
    "demands": ["demand", "n_documents", "n_speakers", "first_published", "rejected_by", "open_to"],
    "stances": ["party", "demand", "position", "n_documents", "n_speakers", "contested", "first", "last"],
    "ledger": ["demand", "asked_by", "party", "reply"],
}


def said(doc_id: str, what: str, start: int = 0, speaker: str = AUTHOR) -> Statement:
    actor, position, demand = what.split()
    return Statement(
        doc_id=doc_id,
        start=start,
        end=start + 5,
        quote="x" * 5,
        demand=demand,
        actor=actor,
        position=position,
        speaker=speaker,
        attribution="reported" if speaker != AUTHOR else "narrator",
    )


def test_texts_that_carry_one_partys_people_are_one_voice() -> None:
    told = told_of(
        [said(d, "works rejects deeper-wells", speaker=s) for d, s in (("b", "lehto"), ("c", "farms"))]
    )

    assert list(accounts.independence(told)["n_voices"]) == [1]


def test_a_partys_own_publication_is_that_partys_voice() -> None:
    told = told_of(
        [said("a", "works rejects deeper-wells"), said("c", "works open deeper-wells", speaker="works")]
    )

    assert set(told["voice"]) == {"works"}


def test_a_change_needs_dates_that_cannot_be_the_same() -> None:
    apart = told_of([said("a", "works rejects deeper-wells"), said("c", "works open deeper-wells")])
    close = told_of([said("a", "works rejects deeper-wells"), said("b", "works open deeper-wells")])
    undated = told_of([said("a", "works rejects deeper-wells"), said("d", "works open deeper-wells")])

    assert len(accounts.changes(apart)) == 1
    assert len(accounts.changes(close)) == len(accounts.changes(undated)) == 0


def test_a_party_that_is_only_spoken_of_is_a_missing_voice() -> None:
    told = told_of([said("a", "works rejects free-meters")])
    events = make_tables(DOCUMENTS, BOOK, [], []).events
    silent = gaps.silent_parties(told, events, BOOK)

    assert list(silent["party"]) == ["town"]
    assert list(silent["n_named"]) == [1]


def test_openness_that_nobody_asked_for_is_found() -> None:
    told = told_of([said("a", "works open free-meters"), said("a", "farms demands deeper-wells", start=20)])

    assert list(gaps.unasked(told)["demand"]) == ["free-meters"]
