"""What the tables promise: counts that can be recomputed by hand, and the same bytes from the same input."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.codebook import Actor, Codebook, Demand
from demarche.documents import Document
from demarche.records import ATTRIBUTIONS, POSITIONS, Event, Statement
from demarche.tables import COLUMNS, make_tables, write_tables

BOOK = Codebook(
    "Ferry fares",
    {
        "harbour": Actor(actor_id="harbour", name="Harbour Board", kind="organisation"),
        "okoye": Actor(actor_id="okoye", name="Ada Okoye", kind="person", of="harbour"),
        "islands": Actor(actor_id="islands", name="Island Council", kind="organisation"),
        "mainland": Actor(actor_id="mainland", name="Mainland Council", kind="organisation"),
        "councils": Actor(
            actor_id="councils", name="the councils", kind="bloc", members=("islands", "mainland")
        ),
    },
    {
        "fare-cap": Demand(demand_id="fare-cap", label="Fare cap", by=("islands",), to=("harbour",)),
        "winter-boat": Demand(demand_id="winter-boat", label="Winter boat", to=("islands", "mainland")),
    },
)
DOCUMENTS = [
    Document(doc_id="late", text="x" * 400, published="2019-03-02", published_from="front matter"),
    Document(doc_id="early", text="x" * 400, published="2019-01", published_from="front matter"),
    Document(doc_id="undated", text="x" * 400),
]


def said(doc_id: str, start: int, what: str, **more: str) -> Statement:
    actor, position, demand = what.split()
    place = {"doc_id": doc_id, "start": start, "end": start + 10, "quote": "x" * 10}
    return Statement(**place, demand=demand, actor=actor, position=position, **more)


def tables_of(*statements: Statement):
    return make_tables(DOCUMENTS, BOOK, statements, [])


def test_a_person_counts_as_the_party_they_speak_for() -> None:
    tables = tables_of(said("late", 0, "okoye rejects fare-cap"))

    assert list(tables.statements["actor"]) == ["okoye"]
    assert list(tables.statements["party"]) == ["harbour"]
    assert list(tables.stances["party"]) == ["harbour"]


def test_a_tie_between_positions_goes_to_what_was_published_first() -> None:
    tables = tables_of(said("late", 0, "harbour rejects fare-cap"), said("early", 0, "okoye open fare-cap"))

    (stance,) = tables.stances.itertuples()
    assert stance.position == "open"
    assert (stance.n_open, stance.n_rejects) == (1, 1)
    assert stance.contested
    assert (stance.first, stance.last) == ("2019-01-01", "2019-03-02")


def test_asking_and_supporting_are_one_side_and_not_contested() -> None:
    tables = tables_of(
        said("late", 0, "islands demands fare-cap"), said("early", 0, "islands supports fare-cap")
    )

    assert not tables.stances["contested"].any()


def test_a_document_without_a_date_is_told_last() -> None:
    tables = tables_of(
        said("undated", 0, "harbour rejects fare-cap"), said("late", 0, "harbour open fare-cap")
    )

    assert list(tables.stances["position"]) == ["open"]


def test_five_reports_of_one_speaker_are_one_voice() -> None:
    reports = [
        said(d, i * 20, "harbour rejects fare-cap", speaker="okoye") for i, d in enumerate(["late", "early"])
    ]
    tables = tables_of(*reports, said("late", 90, "islands demands fare-cap"))

    demand = tables.demands.set_index("demand").loc["fare-cap"]
    assert (demand["n_statements"], demand["n_documents"], demand["n_speakers"]) == (3, 2, 2)


def test_each_documents_own_voice_is_a_voice_of_its_own() -> None:
    tables = tables_of(
        said("late", 0, "islands demands fare-cap"), said("early", 0, "islands demands fare-cap")
    )

    assert list(tables.stances["n_speakers"]) == [2]


def test_the_addressee_who_never_answers_is_silent() -> None:
    tables = tables_of(said("late", 0, "islands demands fare-cap"))

    (row,) = tables.ledger.itertuples()
    assert (row.party, row.reply, row.n_statements, row.statement_ids) == ("harbour", "silent", 0, "")


def test_a_blocs_reply_stands_for_members_that_gave_none() -> None:
    refusal = said("late", 20, "councils rejects winter-boat")
    own = said("late", 40, "mainland open winter-boat")
    tables = tables_of(said("late", 0, "harbour demands winter-boat"), refusal, own)

    replies = tables.ledger.set_index("party")["reply"].to_dict()
    assert replies == {"councils": "rejected", "islands": "rejected", "mainland": "open"}


def test_a_demand_that_nobody_makes_has_no_ledger() -> None:
    tables = tables_of(said("late", 0, "harbour rejects fare-cap"))

    assert tables.ledger.empty


def test_an_event_carries_the_days_that_its_date_allows() -> None:
    event = Event(
        doc_id="late", start=0, end=10, quote="x" * 10, date="2019-02", actors=("harbour", "islands")
    )
    tables = make_tables(DOCUMENTS, BOOK, [], [event])

    (row,) = tables.events.itertuples()
    assert (row.earliest, row.latest, row.actors) == ("2019-02-01", "2019-02-28", "harbour;islands")


statements = st.builds(
    said,
    st.sampled_from(["late", "early", "undated"]),
    st.integers(0, 380),
    st.builds(
        "{} {} {}".format,
        st.sampled_from(["harbour", "okoye", "islands", "councils"]),
        st.sampled_from(POSITIONS),
        st.sampled_from(["fare-cap", "winter-boat"]),
    ),
    attribution=st.sampled_from(ATTRIBUTIONS),
    speaker=st.sampled_from(["author", "okoye"]),
)


@given(st.lists(statements, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_statements_changes_no_table(rows: list[Statement], random) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)

    one, other = tables_of(*rows), tables_of(*shuffled)
    for name in ("demands", "stances", "ledger"):
        assert getattr(one, name).to_csv() == getattr(other, name).to_csv()


@given(st.lists(statements, max_size=12))
def test_stances_count_every_statement_once(rows: list[Statement]) -> None:
    tables = tables_of(*rows)

    counted = tables.stances[["n_demands", "n_supports", "n_open", "n_rejects"]].to_numpy().sum()
    assert counted == len(rows) == tables.demands["n_statements"].sum()


def test_tables_are_written_with_the_columns_they_promise(tmp_path: Path) -> None:
    written = write_tables(tables_of(said("late", 0, "islands demands fare-cap")), tmp_path)

    heads = {path.stem: path.read_text(encoding="utf-8").split("\n")[0] for path in written}
    assert heads == {name: ",".join(columns) for name, columns in COLUMNS.items()}


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_tables_end_their_lines_alike_everywhere(tmp_path: Path, newline: str) -> None:
    for path in write_tables(tables_of(said("late", 0, "islands demands fare-cap")), tmp_path):
        assert newline.encode() not in path.read_bytes()
