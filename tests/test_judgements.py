"""What judgements promise: a person's sentences, resting on decided readings that are there, never surer."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from demarche.briefing import open_briefing
from demarche.chapters import key_findings
from demarche.chapters.key_findings import MOST_JUDGEMENTS
from demarche.problems import InputError, ProblemList
from demarche.records import Coded
from demarche.rendering.citations import cited, plain
from demarche.study import check_study, load_inputs, load_study

TOP = Path(__file__).parents[1]
STUDY = Path(__file__).parent / "studies" / "library-hours"
SHIPPED = TOP / "data" / "russia-nato-2021"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return shutil.copytree(STUDY, tmp_path / "library-hours")


def problems_of(study: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        open_briefing(study)
    return [f"{p.line}: {p.message}" for p in caught.value.problems]


def coding_of(study: Path) -> list[Coded]:
    """The decided rows of a study, of every layer, whatever else is wrong with it."""
    coding = load_inputs(load_study(study, ProblemList()), ProblemList())[2]
    return [*coding.statements, *coding.events, *coding.figures, *coding.forecasts]


def rewritten(study: Path, old: str, new: str) -> Path:
    path = study / "judgements.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return study


def test_a_judgement_is_shown_with_its_confidence_its_evidence_and_what_else_it_could_be(study: Path) -> None:
    briefing = open_briefing(study)
    first, second, signed = key_findings.judgements(briefing).blocks

    assert (first["label"], plain(first["c"])) == (
        "J1",
        "The council has decided on two branches and not on the rest.",
    )
    assert first["confidence"] == (
        "Moderate confidence: two independent voices in three sources, none to the contrary"
    )
    assert first["evidence"] == briefing.cited(["s-e558fb370446", "s-e921a3ebdde8", "s-f1f08680186a"])
    assert second["confidence"].endswith("one to the contrary")
    assert "the writer of the tests" in plain(signed["c"])


def test_what_else_a_judgement_could_be_stands_in_a_table_that_leads_to_it(study: Path) -> None:
    (table,) = key_findings.otherwise(open_briefing(study)).blocks
    ((judged, other),) = table["rows"]

    assert judged[0]["href"] == "#judgement-door-ajar"
    assert plain(judged) == "J1 The council has decided on two branches and not on the rest."
    assert plain(other) == "What the mayor said in private was never the council’s position."


def test_judgements_beyond_the_first_page_stand_whole_in_the_table(study: Path) -> None:
    briefing = open_briefing(study)
    many = replace(briefing, judgements=briefing.judgements * 5)
    *shown, signed = key_findings.judgements(many).blocks
    (table,) = key_findings.otherwise(many).blocks

    assert [block["label"] for block in shown] == [f"J{n}" for n in range(1, MOST_JUDGEMENTS + 1)]
    assert "And two more judgements" in plain(signed["c"])
    last, _ = table["rows"][-1]
    assert plain(last).startswith("J10 Sundays can be had, if the union can be won.  Low confidence: ")
    assert cited(last) == briefing.cited([*briefing.judgements[1].rests_on, *briefing.judgements[1].against])


def test_a_judgement_goes_by_its_number_and_leads_to_where_it_stands_whole(study: Path) -> None:
    briefing = open_briefing(study)
    named = [f"judged-{n}" for n in range(MOST_JUDGEMENTS + 1)]
    many = replace(briefing, judgements=[replace(briefing.judgements[0], judgement_id=n) for n in named])
    first, *_, last = (key_findings.judgement_link(many, name) for name in named)

    assert (plain([first]), first["href"]) == ("J1", "#judgement-judged-0")
    assert (plain([last]), last["href"]) == (f"J{MOST_JUDGEMENTS + 1}", "#other-judgements")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[s-e558fb370446, s-e921a3ebdde8, s-f1f08680186a]", "[]", "rests on nothing"),
        ("s-e558fb370446", "s-000000000000", "once it is accepted (demarche review)"),
        ("[s-5687ece82d16]", "[s-gone]", "against names 's-gone'"),
        ("confidence: moderate", "confidence: high", "confidence is high, but its readings carry no more"),
        (
            "[s-e558fb370446, s-e921a3ebdde8, s-f1f08680186a]",
            "[s-e558fb370446]",
            "than low: one independent voice in",
        ),
        ("confidence: moderate", "confidence: likely", "confidence is 'likely', expected one of: high"),
        ("    sentence: Sundays can be had, if the union can be won.\n", "", "sentence is missing"),
        ("alternatives:", "alternative:", "unknown key 'alternative'"),
    ],
)
def test_what_is_wrong_with_a_judgement_fails_the_build_with_its_line(
    study: Path, old: str, new: str, expected: str
) -> None:
    found = problems_of(rewritten(study, old, new))

    assert any(expected in problem for problem in found)
    assert all(int(problem.split(":")[0]) > 1 for problem in found)


def test_a_judgement_falls_with_the_reading_it_rests_on(study: Path) -> None:
    path = study / "coding" / "statements.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "may spare one of them" not in line), encoding="utf-8")

    assert any("'s-f1f08680186a'" in problem for problem in problems_of(study))


def test_a_reading_that_was_rejected_carries_no_judgement(study: Path) -> None:
    path = study / "coding" / "statements.csv"
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if "may spare one of them" in line)
    path.write_text(text.replace(line, line.replace("accepted", "rejected")), encoding="utf-8")

    assert any("'s-f1f08680186a'" in problem for problem in problems_of(study))


def gone(study: Path, record_id: str) -> str:
    """What is said of an id that names no accepted reading any more."""
    return next(problem for problem in problems_of(study) if record_id in problem).partition("any more)")[2]


def test_an_id_that_names_nothing_any_more_is_followed_by_its_words(study: Path) -> None:
    words = "; its words have moved, and its id is now "
    text = study / "corpus" / "gazette.md"
    text.write_text(text.read_text(encoding="utf-8").replace("\n\nOn", "\n\nNews. On", 1), encoding="utf-8")
    problems = problems_of(study)

    moved = [problem.partition(words)[2] for problem in problems if words in problem]
    assert moved
    assert all(re.fullmatch(r"[sf]-[0-9a-f]{12}: “.+”", each) for each in moved)
    for each in moved:
        now, _, quote = each.partition(": “")
        assert now in {row.record_id for row in coding_of(study) if quote[:40].rstrip("”…") in row.quote}


def test_an_id_whose_words_are_lost_or_rejected_says_so(study: Path) -> None:
    rows = study / "coding" / "statements.csv"
    line = next(line for line in rows.read_text("utf-8").splitlines() if "may spare one of them" in line)
    kept = rows.read_text("utf-8")
    rows.write_text(kept.replace(line, line.replace("accepted", "rejected")), encoding="utf-8")
    rejected = gone(study, "s-f1f08680186a")
    rows.write_text(kept.replace(line, line.replace("may spare", "might spare")), encoding="utf-8")
    lost = gone(study, "s-f1f08680186a")

    assert re.match(r"; it has been rejected: “.*may spare one of them.*”", rejected)
    assert re.match(r"; its words are no longer in '.+': “.*might spare one of them.*”", lost)


def test_a_judgement_may_be_less_sure_than_its_readings_allow(study: Path) -> None:
    briefing = open_briefing(rewritten(study, "confidence: moderate", "confidence: low"))

    assert briefing.judgements[0].confidence == "low"


def test_checking_a_study_checks_its_judgements(study: Path) -> None:
    rewritten(study, "s-e558fb370446", "s-000000000000")

    assert any("judgements.yaml" in problem.path for problem in check_study(study))


def test_a_selection_shows_only_what_its_readings_carry_whole(study: Path) -> None:
    chosen = open_briefing(study, demands=["sunday-opening"])

    assert [each.judgement_id for each in chosen.judgements] == ["sundays"]
    assert cited(key_findings.judgements(chosen).blocks)


@pytest.mark.parametrize("coding", ["none", "elsewhere"])
def test_judgements_stay_with_the_decisions_they_rest_on(study: Path, tmp_path: Path, coding: str) -> None:
    other = shutil.copytree(study / "coding", tmp_path / "elsewhere")
    (other / "outcomes.csv").unlink()

    assert open_briefing(study, coding=coding if coding == "none" else str(other)).judgements == ()


def test_the_judgements_that_ship_are_six_to_eight_and_each_cites() -> None:
    briefing = open_briefing(SHIPPED)

    assert 6 <= len(briefing.judgements) <= 8
    assert all(briefing.cited(each.rests_on) for each in briefing.judgements)
