"""What a briefing promises: numbered evidence that replays, filters that say what they take away."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from demarche.briefing import Briefing, make_briefing, open_briefing
from demarche.evidence import CONTEXT, check_replays, context_after, context_before
from demarche.filters import Filters
from demarche.material import read_material
from demarche.problems import InputError
from demarche.reference import read_reference
from demarche.report import cover
from demarche.study import read_study

STUDY = Path(__file__).parent / "studies" / "library-hours"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(STUDY, tmp_path_factory.mktemp("study") / "library-hours")


@pytest.fixture(scope="module")
def briefing(study: Path) -> Briefing:
    return open_briefing(study)


def problems_of(study: Path, **parameters: object) -> list[str]:
    with pytest.raises(InputError) as caught:
        open_briefing(study, **parameters)  # type: ignore[arg-type]
    return [problem.message for problem in caught.value.problems]


def test_the_cover_counts_no_rejected_proposal_among_what_was_decided(study: Path) -> None:
    material = read_material(read_study(study))
    first, second, third = (replace(row, method="rules") for row in material.coding.statements[:3])
    rows = (first, second, replace(third, decision="rejected"))
    coding = replace(material.coding, statements=rows, events=())

    facts = dict(cover(read_study(study), replace(material, coding=coding))["facts"])
    assert facts["Sources"].endswith("two readings decided by coders, one proposal rejected")


def test_every_record_has_one_number_in_order_of_publication_and_place(briefing: Briefing) -> None:
    order = [(list(briefing.documents).index(e.doc_id), e.start) for e in briefing.evidence.values()]

    assert list(briefing.evidence) == list(range(1, 27))
    assert order == sorted(order)
    assert list(briefing.documents) == ["gazette", "union-letter", "radio", "council-notice"]


def test_the_same_input_gives_the_same_numbers(study: Path, briefing: Briefing) -> None:
    assert dict(open_briefing(study).numbers) == dict(briefing.numbers)


def test_every_quotation_replays_against_its_document(briefing: Briefing) -> None:
    for evidence in briefing.evidence.values():
        assert briefing.documents[evidence.doc_id].text[evidence.start : evidence.end] == evidence.quote


def test_a_quotation_that_does_not_replay_is_an_error_that_names_the_record(briefing: Briefing) -> None:
    document = briefing.documents["radio"]

    with pytest.raises(InputError, match=r"s-123.*'Host'.*'Guest'"):
        check_replays(
            "Guest", document.text.index("Host"), document.text.index("Host") + 4, document, "s-123"
        )


def test_a_briefing_of_a_text_that_changed_is_not_made(study: Path) -> None:
    chosen = read_study(study)
    material = read_material(chosen)
    changed = tuple(replace(document, text="Another text altogether.") for document in material.documents)

    with pytest.raises(InputError, match="the record quotes"):
        _ = make_briefing(chosen, replace(material, documents=changed), Filters()).evidence


def test_context_stays_in_the_sentence_and_is_short() -> None:
    text = "One thing. " + "word " * 60 + "HERE" + " word" * 60 + ". Another thing."
    start = text.index("HERE")

    before, after = context_before(text, start), context_after(text, start + 4)
    assert "thing" not in before + after
    assert before.startswith("… word") and after.endswith("word …")
    assert max(len(before), len(after)) <= CONTEXT + 2


def test_a_quotation_that_ends_its_sentence_has_nothing_after_it() -> None:
    assert context_after("All is said. More is to come.", len("All is said.")) == ""


def test_misspelt_ids_and_bad_dates_are_reported_all_at_once_with_what_was_meant(study: Path) -> None:
    found = problems_of(
        study, actors=["friend"], demands=["sunday-openings"], date_from="soon", min_confidence=2.0
    )

    assert sorted(found) == [
        "actors: found 'friend', expected an id of the codebook; did you mean friends?",
        "date_from: found 'soon', expected a date such as 2022-01-26, 2022-01 or 2022",
        "demands: found 'sunday-openings', expected an id of the codebook; did you mean sunday-opening?",
        "min_confidence is 2; expected a number from 0 to 1",
    ]


def test_dates_the_wrong_way_round_are_an_error(study: Path) -> None:
    assert problems_of(study, date_from="2019-04", date_to="2019-03") == [
        "date_from 2019-04 is after date_to 2019-03"
    ]


def test_asking_for_a_party_includes_the_people_who_speak_for_it(study: Path) -> None:
    chosen = open_briefing(study, actors=["friends"])

    assert set(chosen.tables.statements["actor"]) == {"friends", "okoro"}
    assert list(chosen.tables.stances["party"].unique()) == ["friends"]


def test_asking_for_a_person_leaves_the_party_out(study: Path) -> None:
    assert set(open_briefing(study, actors=["okoro"]).tables.statements["actor"]) == {"okoro"}


def test_asking_for_a_demand_leaves_events_alone(study: Path, briefing: Briefing) -> None:
    chosen = open_briefing(study, demands=["sunday-opening"])

    assert set(chosen.tables.statements["demand"]) == {"sunday-opening"}
    assert len(chosen.tables.events) == len(briefing.tables.events)


def test_dates_filter_statements_by_publication_and_events_by_what_they_allow(study: Path) -> None:
    chosen = open_briefing(study, date_from="2019-03-05", date_to="2019-03-15")

    assert set(chosen.tables.statements["doc_id"]) == {"union-letter"}
    assert sorted(chosen.tables.events["date"]) == ["2008/..", "2019-03-07"]


def test_what_filters_take_away_is_counted_with_its_reason(study: Path) -> None:
    chosen = open_briefing(study, demands=["county-grant"], actors=["council"])

    assert chosen.left_out.to_dict("records") == [
        {"layer": "statements", "reason": "position of another actor", "n": 8},
        {"layer": "statements", "reason": "another demand", "n": 6},
        {"layer": "events", "reason": "without an actor asked for", "n": 4},
        {"layer": "figures", "reason": "told by another actor", "n": 2},
        {"layer": "forecasts", "reason": "told by another actor", "n": 2},
    ]


def test_nothing_asked_for_takes_nothing_away(briefing: Briefing) -> None:
    assert len(briefing.left_out) == 0
    assert len(briefing.tables.statements) == 15
    assert len(briefing.tables.events) == 7


def test_a_briefing_without_a_coding_rests_on_proposals(study: Path) -> None:
    proposed = open_briefing(study, coding="none")

    assert not proposed.decided
    assert not any(evidence.decided for evidence in proposed.evidence.values())


def test_another_corpus_leaves_the_studys_own_coding_out(study: Path, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("March 3, 2019\n\nNothing was said.\n", encoding="utf-8")

    assert list(open_briefing(study, corpus=str(tmp_path)).documents) == ["one"]


def test_a_reference_table_without_its_columns_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "known_events.csv").write_text("event,date\nk-1,2019\n", encoding="utf-8")

    with pytest.raises(InputError, match="expected also what, actors, checked, sure, source"):
        read_reference(tmp_path)


def test_a_study_without_reference_tables_has_empty_ones(tmp_path: Path) -> None:
    reference = read_reference(tmp_path)

    assert isinstance(reference.treaty_articles, pd.DataFrame)
    assert len(reference.known_events) == len(reference.treaty_articles) == 0
