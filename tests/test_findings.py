"""What findings promise: sentences an analyst would sign, each only where the tables carry it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from demarche import findings
from demarche.briefing import Briefing, open_briefing
from demarche.confidence import COUNTED, HIGH, LOW, MEANINGS, MODERATE, Support, level, phrase
from demarche.findings.positions import is_addressed, principal_asker
from demarche.findings.voices import direct_speech, middle_day
from demarche.prose import counted, listed, number, sentence, share

STUDY = Path(__file__).parent / "studies" / "library-hours"

EXPECTED = yaml.safe_load((Path(__file__).parent / "cases" / "findings.yaml").read_text(encoding="utf-8"))[
    "finding"
]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(STUDY, tmp_path_factory.mktemp("study") / "library-hours")


@pytest.fixture(scope="module")
def briefing(study: Path) -> Briefing:
    return open_briefing(study)


@pytest.mark.parametrize("kind", findings.KINDS, ids=lambda kind: kind.__name__)
def test_a_finding_says_what_was_counted_by_hand(kind: object, briefing: Briefing) -> None:
    found = kind(briefing)  # type: ignore[operator]

    assert [f.sentence for f in found] == [EXPECTED[f.kind] for f in found]
    assert all(set(f.leading_ids) <= set(f.record_ids) for f in found)


def test_every_kind_that_was_counted_by_hand_is_found(briefing: Briefing) -> None:
    found = {f.kind for kind in findings.KINDS for f in kind(briefing)}

    assert found == set(EXPECTED)


def test_where_no_statement_is_quoted_none_is_said_to_be(briefing: Briefing) -> None:
    statements = briefing.tables.statements.assign(attribution="reported").head(2)
    found = direct_speech(replace(briefing, tables=replace(briefing.tables, statements=statements)))

    assert [f.sentence for f in found] == [
        "Of two statements, none are direct quotations, two are reported speech and none are told in a "
        "text’s own voice."
    ]


def test_findings_stand_in_order_of_weight_and_do_not_run_on(briefing: Briefing) -> None:
    found = findings.all_findings(briefing)

    assert [f.weight for f in found] == sorted((f.weight for f in found), reverse=True)
    assert len(found) == findings.MOST


def test_findings_on_the_dispute_cite_and_carry_a_phrase_of_the_scale(briefing: Briefing) -> None:
    for f in findings.all_findings(briefing):
        assert f.confidence.split(":")[0] in MEANINGS
        assert f.leading_ids or f.confidence == COUNTED


def test_every_record_behind_a_finding_is_evidence(briefing: Briefing) -> None:
    for f in findings.all_findings(briefing):
        assert briefing.cited(f.record_ids) == sorted({briefing.numbers[record] for record in f.record_ids})


def test_a_briefing_without_statements_finds_nothing_to_say_on_positions(study: Path) -> None:
    empty = open_briefing(study, actors=["schools"])

    kinds = {f.kind for f in findings.all_findings(empty)}
    assert kinds <= {"span of dates", "still ahead"}


@pytest.mark.parametrize("demand", ["keep-branches", "staff-guarantee", "county-grant", "school-visits"])
def test_no_selection_makes_a_finding_fail(study: Path, demand: str) -> None:
    chosen = open_briefing(study, demands=[demand])

    assert all(f.sentence.endswith(".") for f in findings.all_findings(chosen))


def test_a_count_of_proposals_says_that_it_is_one(study: Path) -> None:
    proposed = open_briefing(study, coding="none")
    counts = [f.confidence for f in findings.all_findings(proposed) if f.confidence.startswith(COUNTED)]

    assert counts and set(counts) <= {COUNTED, f"{COUNTED}: as the program proposes to read them, unchecked"}
    assert not proposed.numbers or COUNTED not in counts


def test_what_is_about_a_past_month_is_not_ahead() -> None:
    assert middle_day("2021-12-17", "2022-02-15") == "2022-01-16"
    assert middle_day("2022-01-31", "2022-02-06") == "2022-02-03"
    assert middle_day("2014-01-01", "") == "2014-01-01"


def test_the_principal_asker_is_who_makes_most_demands(briefing: Briefing) -> None:
    assert principal_asker(briefing.told) == "friends"


def test_a_demand_is_made_of_those_it_names(briefing: Briefing) -> None:
    assert is_addressed(briefing.codebook, "keep-branches", "council")
    assert not is_addressed(briefing.codebook, "keep-branches", "union")


def support(**fields: int) -> Support:
    return Support(
        **{"n_sources": 3, "n_against": 0, "n_voices": 3, "n_decided": 5, "n_proposed": 0, **fields}
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, HIGH),
        ({"n_voices": 2}, MODERATE),
        ({"n_against": 1}, MODERATE),
        ({"n_proposed": 1}, MODERATE),
        ({"n_voices": 1}, LOW),
        ({"n_against": 2}, LOW),
        ({"n_decided": 0, "n_proposed": 5}, LOW),
        ({"n_sources": 1}, MODERATE),
    ],
)
def test_confidence_means_what_the_scale_says(fields: dict[str, int], expected: str) -> None:
    assert level(support(**fields)) == expected


def test_confidence_never_speaks_of_likelihood() -> None:
    words = " ".join([*MEANINGS.values(), phrase(support())]).lower()

    assert not any(word in words for word in ("likely", "probab", "chance", "may happen"))


def test_numbers_are_words_to_ten_and_nouns_agree() -> None:
    assert [number(n) for n in (0, 1, 10, 11, 1200)] == ["no", "one", "ten", "11", "1,200"]
    assert counted(1, "party", "parties") == "one party"
    assert counted(2, "party", "parties") == "two parties"


def test_parts_of_a_whole_are_said_as_people_say_them() -> None:
    said = [share(*parts, "source") for parts in ((5, 5), (2, 2), (1, 2), (0, 4), (8, 17), (1, 1))]

    assert said == [
        "all five sources", "both sources", "one of two sources", "none of four sources",
        "eight of 17 sources", "the one source",
    ]  # fmt: skip


def test_lists_end_with_and_and_never_leave_one_more() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"], most=2) == "a, b and c"
    assert listed(["a", "b", "c", "d"], most=2) == "a, b and two more"


def test_a_sentence_has_a_capital_and_one_full_stop() -> None:
    assert sentence("it is so.") == "It is so."
