"""Where a study has nothing to show, a briefing says so in one sentence and leaves the rest out."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from demarche import blocks as b
from demarche.briefing import Briefing, open_briefing
from demarche.chapters import inventory, outlook, stances, timeline
from demarche.chapters.page import NO_POSITION
from demarche.rendering.citations import nodes, plain
from demarche.rendering.display import Display
from demarche.rendering.exporters.pdf import pdf_document
from demarche.rendering.merge import document_tree
from sample_briefing import shown
from test_chapters import SHOWN, STUDY

NO_BOAT = Display([b.absence("No boat came.")])
NO_TRAIN = Display([b.absence("No train came.")])
LAMPS = Display([b.paragraph("Two lamps.")])
CODEBOOK = """title: The ferry timetable
actors:
  islanders: {name: the islanders, kind: group, aliases: [islanders]}
demands:
  night-ferry:
    label: A ferry at night
    by: [islanders]
    definition: A ferry runs after midnight.
    cues: [night ferr*]
"""
TEXT = """---
title: Fog over the harbour
published: 2031-03-04
---
The harbour lay quiet under a fog that would not lift.
"""


LOW = """---
title: A hope
published: 2031-03-04
---
The islanders demand a night ferry. On 2 March 2031 the islanders met.
"""


@pytest.fixture(scope="module")
def unsure(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """A study in which all that is proposed is less sure than is asked for."""
    return open_briefing(_study(tmp_path_factory.mktemp("unsure"), LOW), min_confidence=0.999)


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """A study in whose one text nobody asks anything, dates anything or counts anything."""
    return open_briefing(_study(tmp_path_factory.mktemp("quiet"), TEXT))


def _study(folder: Path, text: str) -> Path:
    """A study of one text."""
    (folder / "corpus").mkdir()
    study = "title: The ferry timetable\nlanguage: en\nas_of: 2031-03-31\n"
    (folder / "study.yaml").write_text(study, encoding="utf-8")
    (folder / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    (folder / "corpus" / "one.md").write_text(text, encoding="utf-8")
    return folder


def content(*chapters: list[str | Display]) -> list[str]:
    """The words of the blocks that the chapters are set as, the annex aside."""
    blocks: list[dict[str, Any]] = document_tree(shown(*chapters))["blocks"]
    return [plain(block["c"]) for block in blocks]


def test_prose_about_what_is_absent_is_left_out():
    chapter = ["# Arrivals", "## Lamps", "How many burn.", LAMPS, "## Boats", "What came by sea.", NO_BOAT]

    assert content(chapter) == ["Arrivals", "Lamps", "How many burn.", "Two lamps.", "Boats", "No boat came."]


def test_what_a_chapter_has_said_to_be_absent_it_does_not_say_again():
    chapter = ["# Arrivals", LAMPS, "## Boats", NO_BOAT, "## Sails", "White or red.", NO_BOAT]

    assert content(chapter) == ["Arrivals", "Two lamps.", "Boats", "No boat came."]


def test_a_chapter_with_nothing_to_show_is_its_heading_and_what_it_lacks():
    chapter = ["# Arrivals", "By sea and land.", "## Boats", "Long.", NO_BOAT, NO_BOAT, "## Trains", NO_TRAIN]

    assert content(chapter) == ["Arrivals", "No boat came.", "No train came."]


def test_a_section_that_shows_anything_keeps_its_prose():
    chapter = [
        "# Arrivals",
        "By sea.",
        "## Boats",
        "Some have lamps.",
        NO_BOAT,
        LAMPS,
        "## Rules",
        "Be kind.",
    ]

    assert content(chapter) == [
        *("Arrivals", "By sea.", "Boats", "Some have lamps.", "No boat came.", "Two lamps."),
        *("Rules", "Be kind."),
    ]


def test_on_paper_a_chapter_with_nothing_to_show_takes_no_page():
    def n_pages(*chapters: list[str | Display]) -> int:
        with pikepdf.open(io.BytesIO(pdf_document(document_tree(shown(*chapters)))[0])) as document:
            return len(document.pages)

    lamps, roads = ["# Lamps", LAMPS], ["# Roads", LAMPS]

    assert n_pages(lamps, ["# Boats", NO_BOAT], ["# Trains", NO_TRAIN], roads) == n_pages(lamps, roads)


@pytest.mark.parametrize("show", SHOWN.values(), ids=SHOWN)
def test_no_table_is_without_rows_and_no_figure_of_readings_is_drawn_where_there_are_none(
    show: Any, quiet: Briefing
):
    found = list(nodes(show(quiet).blocks))

    assert all(node["rows"] for node in found if node["t"] == "table")
    assert [node["id"] for node in found if node["t"] == "figure"] in ([], ["reliability-curve"])


def test_without_forecasts_the_outlook_says_one_thing(quiet: Briefing):
    parts = (outlook.summary(quiet), outlook.expectations(quiet), outlook.outcomes(quiet))

    assert len(content(["# The outlook", *parts])) == 2


def test_one_expectation_stands_in_its_source():
    some = open_briefing(STUDY)
    one = replace(some, tables=replace(some.tables, forecasts=some.tables.forecasts.head(1)))

    assert "One expectation of one independent voice stands in" in repr(outlook.summary(one))


def test_a_demand_looked_for_in_vain_is_named(quiet: Briefing):
    assert content(["# The demands", inventory.figure(quiet), inventory.gaps(quiet)]) == [
        *("The demands", NO_POSITION),
        "Looked for in vain: A ferry at night.",
    ]


def test_where_nobody_makes_a_demand_the_ledger_has_no_empty_table():
    some = open_briefing(STUDY)
    tables = replace(some.tables, ledger=some.tables.ledger.head(0), demands=some.tables.demands.head(0))

    assert content(["# The positions", stances.ledger(replace(some, tables=tables))]) == [
        *("The positions", stances.NO_ASKER),
    ]


def test_where_all_proposals_are_too_unsure_the_sources_are_not_said_to_be_silent(unsure: Briefing):
    lost = "No statement asked for has a confidence of 0.999 or more; one proposed statement is less sure, "
    no_date = "No event asked for has a confidence of 0.999 or more; one proposed event is less sure, "

    assert content(["# The demands", inventory.figure(unsure), inventory.gaps(unsure)]) == [
        *("The demands", f"{lost}and left out.", "Followed: A ferry at night."),
    ]
    assert content(["# Dates", timeline.events(unsure)]) == ["Dates", f"{no_date}and left out."]
    assert NO_POSITION not in repr([show(unsure) for show in SHOWN.values()])


def test_a_list_of_gaps_has_no_empty_one():
    some = open_briefing(STUDY)
    demands = some.tables.demands
    none = replace(some, tables=replace(some.tables, demands=demands[demands["n_statements"] > 0]))

    assert "In the codebook, but in no source: Every class" in repr(inventory.gaps(some))
    assert "Every demand of the codebook is in a source." in repr(inventory.gaps(none))
    assert "–" not in repr(inventory.gaps(none))
