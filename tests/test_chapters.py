"""What the chapters promise: everything that is shown cites evidence that exists, for any study."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from inspect import getmembers, isfunction
from pathlib import Path

import pytest

from demarche import chapters
from demarche.briefing import Briefing, open_briefing
from demarche.chapters import inventory, key_findings, reliability, sources, stances, timeline
from demarche.rendering.citations import cited, nodes, plain
from demarche.rendering.display import Display

STUDY = Path(__file__).parent / "studies" / "library-hours"
SHOWN = {
    f"{name}.{function}": value
    for name in chapters.__all__
    for function, value in getmembers(getattr(chapters, name), isfunction)
    if value.__module__ == f"demarche.chapters.{name}" and value.__annotations__["return"] == Display.__name__
}


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(STUDY, tmp_path_factory.mktemp("study") / "library-hours")


@pytest.fixture(scope="module")
def briefing(study: Path) -> Briefing:
    return open_briefing(study)


@pytest.fixture(scope="module")
def empty(study: Path) -> Briefing:
    return open_briefing(study, actors=["schools"])


@pytest.fixture(scope="module")
def proposed(study: Path) -> Briefing:
    return open_briefing(study, coding="none")


@pytest.mark.parametrize("show", SHOWN.values(), ids=SHOWN)
def test_every_display_holds_the_evidence_that_it_cites(
    show: Callable[..., Display], briefing: Briefing
) -> None:
    display = show(briefing)

    assert [record["number"] for record in display.evidence] == cited(display.blocks)


@pytest.mark.parametrize("show", SHOWN.values(), ids=SHOWN)
def test_every_display_can_be_made_where_there_is_nothing_to_show(
    show: Callable[..., Display], empty: Briefing
) -> None:
    assert isinstance(show(empty), Display)


@pytest.mark.parametrize("show", SHOWN.values(), ids=SHOWN)
def test_every_display_can_be_made_from_proposals(show: Callable[..., Display], proposed: Briefing) -> None:
    assert isinstance(show(proposed), Display)


def test_ids_are_unique_over_all_chapters_and_links_lead_somewhere(briefing: Briefing) -> None:
    blocks = [block for show in SHOWN.values() for block in show(briefing).blocks]
    ids = [node["id"] for node in nodes(blocks) if "id" in node]
    targets = {node["href"] for node in nodes(blocks) if node["t"] == "link" and node["href"].startswith("#")}

    assert len(ids) == len(set(ids))
    assert targets <= {f"#{name}" for name in ids}


def test_every_statement_is_cited_somewhere(briefing: Briefing) -> None:
    numbers = {number for show in SHOWN.values() for number in cited(show(briefing).blocks)}

    assert numbers == set(briefing.evidence)


def rows_of(display: Display) -> list[list[str]]:
    (table,) = [block for block in display.blocks if block["t"] == "table"]
    return [[plain(cell) for cell in row] for row in table["rows"]]


def test_the_ledger_tells_refusal_silence_and_what_is_not_covered_apart(briefing: Briefing) -> None:
    answers = {row[0]: row[2] for row in rows_of(stances.ledger(briefing))}

    assert answers["No branch library is closed"] == (
        "Lindmoor Council: rejected in two sources, one voice ; open in one source, one voice  "
        "Library Workers’ Union: supported in one source, one voice "
    )
    assert answers["The county pays a yearly grant"] == "Estmark County: silent"
    assert answers["Every class visits once a month"] == "not covered"


def test_articles_that_no_source_reports_are_named(briefing: Briefing) -> None:
    found = [row[3] for row in rows_of(inventory.articles(briefing))]

    assert found == ["reported", "reported", "not reported", "not reported"]


def test_known_events_after_the_cut_off_are_left_out(study: Path) -> None:
    text = (study / "reference" / "known_events.csv").read_text(encoding="utf-8")
    late = "known-2020-01-01,2020-01-01,The last branch closes.,council,stored,high,invented\n"
    place = shutil.copytree(study, study.parent / "later")
    (place / "reference" / "known_events.csv").write_text(text + late, encoding="utf-8")

    display = timeline.known_events(open_briefing(place))
    assert [row[0] for row in rows_of(display)] == ["R1", "R2", "R3"]


def test_what_a_source_says_of_its_own_date_is_shown(briefing: Briefing) -> None:
    words = repr(sources.cards(briefing))

    assert "about April 2019 (as given with the text)" in words
    assert "B, usually reliable" in words


def test_quotations_of_a_demand_are_no_more_than_asked_for(study: Path) -> None:
    chosen = open_briefing(study, max_quotes=1)
    cards = [block for block in inventory.cards(chosen).blocks if block["t"] == "card"]

    assert [len(card["blocks"]) for card in cards] == [1, 1, 1, 1]


def test_a_selection_says_that_it_is_one(study: Path, briefing: Briefing) -> None:
    chosen = open_briefing(study, demands=["sunday-opening"])

    assert "This briefing is a selection – demands: Libraries open on Sundays." in repr(
        key_findings.question(chosen)
    )
    assert "selection" not in repr(key_findings.question(briefing))


def test_readings_that_nobody_decided_are_called_proposals(briefing: Briefing, proposed: Briefing) -> None:
    assert "decided by coders" in repr(key_findings.question(briefing))
    assert "Coders decided every reading" in repr(reliability.confidence_bands(briefing))
    assert [row[1] for row in rows_of(reliability.basis(proposed))] == ["0", "0", "0", "0"]


def test_the_reader_is_named_where_nothing_but_figures_is_proposed(briefing: Briefing) -> None:
    def parts(shown: Briefing) -> list[str]:
        return [plain(row[0]) for row in reliability.versions(shown).blocks[0]["rows"]]

    proposed = briefing.tables.figures.assign(method="rules")
    only_figures = replace(briefing, tables=replace(briefing.tables, figures=proposed))

    assert len(proposed)
    assert "Reader" in parts(only_figures)
    assert "Reader" not in parts(briefing)
