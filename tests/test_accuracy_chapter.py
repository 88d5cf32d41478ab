"""Chapter 05 on the reader: what was measured where, and what the confidence is worth."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from demarche.briefing import Briefing, open_briefing
from demarche.chapters import accuracy
from demarche.readers import reader_named
from demarche.rendering.citations import nodes
from demarche.rendering.display import Display
from demarche.scoring import FIGURES, Score
from demarche.scoring.calibration import Bin
from demarche.scoring.intervals import Interval
from demarche.scoring.measured import Group, Measured, estimated

STUDY = Path(__file__).parent / "studies" / "library-hours"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(STUDY, tmp_path_factory.mktemp("study") / "library-hours")


@pytest.fixture(scope="module")
def coded(study: Path) -> Briefing:
    return open_briefing(study)


@pytest.fixture(scope="module")
def proposed(study: Path) -> Briefing:
    return open_briefing(study, coding="none")


def known(version: str) -> Measured:
    """A reader that was measured on three disputes held back, seven in ten right."""
    figures = estimated([dict.fromkeys(FIGURES, Score(7, 10, 14))] * 6)
    group = Group(3, 6, version, figures, figures)
    bins = [Bin(0.8, 0.9, 40, 0.84, 0.75, Interval(0.6, 0.9))]
    return Measured({"testing, news": group}, bins, 0.61)


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accuracy, "measured", lambda reader: known(reader_named("rules").version))


@pytest.fixture
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accuracy, "measured", lambda reader: Measured({}, (), 0.0))


def words(display: Display) -> str:
    """All words of a display."""
    return " ".join(node["v"] for node in nodes(display.blocks) if node.get("t") == "text")


def table(display: Display) -> dict[str, Any]:
    """The table of a display."""
    return next(block for block in display.blocks if block["t"] == "table")


def cells(display: Display) -> list[list[str]]:
    return [["".join(part.get("v", "") for part in cell) for cell in row] for row in table(display)["rows"]]


@pytest.mark.usefixtures("measured")
def test_the_study_and_the_disputes_stand_side_by_side_and_are_told_apart(coded: Briefing) -> None:
    display = accuracy.how_well(coded)

    assert [row[1] for row in cells(display)] == ["Invented, as news", "This study"] * 4
    assert cells(display)[0][2:] == ["0.70", "0.50", "0.58"]
    assert "three disputes with six texts" in words(display)
    assert "four documents that somebody coded by hand" in words(display)
    assert "another version" not in words(display)


@pytest.mark.usefixtures("measured")
def test_how_often_the_sure_ones_are_right_is_said_for_both(coded: Briefing) -> None:
    text = words(accuracy.how_well(coded))

    assert "confidence of 0.61 or more" in text
    assert "0.70 in the texts “invented, as news”" in text
    assert "in this study (" in text


def test_figures_of_another_version_of_the_reader_say_so(
    coded: Briefing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accuracy, "measured", lambda reader: known("earlier"))

    assert "another version of this reader" in words(accuracy.how_well(coded))


@pytest.mark.usefixtures("measured")
def test_a_study_that_nobody_coded_has_the_figures_of_the_disputes_alone(proposed: Briefing) -> None:
    assert {row[1] for row in cells(accuracy.how_well(proposed))} == {"Invented, as news"}
    assert len(table(accuracy.layers(proposed))["columns"]) == 2


@pytest.mark.usefixtures("unmeasured")
def test_where_nothing_was_measured_the_chapter_says_so(proposed: Briefing) -> None:
    assert "has not been measured" in words(accuracy.how_well(proposed))
    assert "has not been measured" in words(accuracy.confidence_kept(proposed))
    assert accuracy.layers(proposed).blocks == []


@pytest.mark.usefixtures("measured")
def test_the_curve_has_words_and_a_table_of_the_same_numbers(coded: Briefing) -> None:
    display = accuracy.confidence_kept(coded)
    figure = display.blocks[0]

    assert "Disputes left out of the fitting: of 40 proposals" in figure["alt"]
    assert "0.84 were right in 75%" in figure["alt"]
    in_band = next(row for row in cells(display) if row[0] == "0.8 to 0.9")
    assert in_band[1:3] == ["40", "0.75 [0.60–0.90]"]
    assert "40 statements with a mean confidence of 0.84, 0.75 of them right" in words(display)
    assert "this study: ten statements with a mean" in words(display)
    assert "This study" in figure["alt"]
