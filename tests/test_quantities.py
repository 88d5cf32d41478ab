"""Figures that the offline reader proposes: what is read, what is left alone, and how often it is right."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from demarche.briefing import open_briefing
from demarche.chapters import differences, timeline
from demarche.codebook import read_codebook
from demarche.coding import read_coding
from demarche.corpus import read_corpus
from demarche.documents import Document
from demarche.findings.layers import differing_numbers
from demarche.material import read_material
from demarche.readers.rules import RulesReader
from demarche.records import AUTHOR, Quantity
from demarche.rendering.citations import plain
from demarche.scoring.pairs import Score, paired
from demarche.study import read_study
from harbour import harbour_book

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "cases" / "figures.yaml").read_text(encoding="utf-8"))
BOOK = harbour_book(CASES["actors"])
CODED = ("n-bridge-tolls", "n-grain-transit", "n-match-rights", "n-strait-lanes")
STUDY = HERE / "studies" / "library-hours"


def figures_in(text: str) -> tuple[Quantity, ...]:
    document = Document(doc_id="d", text=f"Harbour news\n\n{text}\n", published="2031-06-02")
    return RulesReader().read(document, BOOK).figures


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case.get("that", case["text"]))
def test_figures_of_a_sentence_are_those_that_it_tells_as_facts(case: dict[str, Any]) -> None:
    found = [(one.value, one.unit, one.precision, one.speaker) for one in figures_in(case["text"])]

    defaults = [None, None, "exact", AUTHOR]
    assert found == [(*row, *defaults[len(row) :]) for row in case["figures"]]


def test_one_figure_told_twice_by_one_speaker_is_one() -> None:
    found = figures_in("There are 300 ships in the bay. All 300 ships wait for the Board.")

    assert [(one.value, one.unit) for one in found] == [("300", "ships")]


def test_quoted_words_of_a_speaker_are_quoted() -> None:
    (found,) = figures_in('"We have 300 ships in the bay," said Orme.')

    assert (found.speaker, found.attribution) == ("orme", "quoted")


@pytest.mark.parametrize("dispute", CODED)
def test_every_proposed_figure_stands_in_its_text_with_a_confidence(dispute: str) -> None:
    folder = HERE / "disputes" / dispute
    codebook, reader = read_codebook(folder / "codebook.yaml"), RulesReader()
    for document in read_corpus(folder / "texts", metadata=folder / "documents.jsonl"):
        for one in reader.read(document, codebook).figures:
            assert document.text[one.start : one.end] == one.quote
            assert 0 < one.confidence < 1
            assert one.method == "rules"
            assert one.what
            assert Decimal(one.value)


def score_of(dispute: str) -> Score:
    """The figures proposed that overlap with one of the same value that was coded by hand."""
    folder = HERE / "disputes" / dispute
    codebook, reader = read_codebook(folder / "codebook.yaml"), RulesReader()
    documents = read_corpus(folder / "texts", metadata=folder / "documents.jsonl")
    coded = read_coding(folder, documents, codebook).figures
    found = [one for document in documents for one in reader.read(document, codebook).figures]
    return paired(coded, found, lambda one: (one.doc_id, Decimal(one.value)))


def test_two_of_three_proposed_figures_are_right_and_two_of_three_are_found() -> None:
    """On twelve texts coded by hand; the README of the disputes says which of them were held out."""
    score = sum((score_of(dispute) for dispute in CODED), Score())

    assert score.gold == 121
    assert score.precision >= 0.7
    assert score.recall >= 0.66


def test_no_figure_is_proposed_for_a_text_that_was_coded_by_hand(tmp_path: Path) -> None:
    study = shutil.copytree(STUDY, tmp_path / "study")
    (study / "coding" / "figures.csv").unlink()

    assert open_briefing(study).tables.figures.empty


@pytest.fixture(scope="module")
def proposed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library study, of which two texts nobody has coded: each tells another number of the march."""
    study = shutil.copytree(STUDY, tmp_path_factory.mktemp("proposed") / "study")
    for name, number in (("one", 700), ("two", 900)):
        text = f"The march\n\nIn all, {number} readers stood before the town hall.\n"
        (study / "corpus" / f"{name}.md").write_text(text, encoding="utf-8")
    return study


def test_a_proposed_figure_stands_below_the_decided_and_says_that_it_is_proposed(proposed: Path) -> None:
    briefing = open_briefing(proposed)
    own = briefing.tables.figures[briefing.tables.figures["method"] == "rules"]
    said = str(timeline.quantities(briefing))

    assert sorted(own["value"]) == ["700", "900"]
    assert not set(own["figure_id"]) & briefing.decided
    assert timeline.PROPOSED_FIGURES in said
    assert said.index("250") < said.index("700")


def test_a_unit_is_not_said_twice(proposed: Path) -> None:
    briefing = open_briefing(proposed)
    (table,) = [block for block in timeline.quantities(briefing).blocks if block["t"] == "table"]
    told = {plain(row[0]).strip(): plain(row[1]) for row in table["rows"]}
    labels = {evidence.label for evidence in briefing.evidence.values() if evidence.kind == "figure"}

    assert told["700"] == "readers"
    assert told["250 people"] == "readers on the march"
    assert {"readers: 700", "readers: 900"} <= labels


def test_proposed_figures_are_not_held_against_each_other(proposed: Path) -> None:
    before, after = open_briefing(STUDY), open_briefing(proposed)

    assert "700" not in str(differences.figures(after))
    assert differing_numbers(after)[0].sentence == differing_numbers(before)[0].sentence


def test_figures_below_the_confidence_asked_for_are_left_out(proposed: Path) -> None:
    briefing = open_briefing(proposed, min_confidence=0.95)

    assert set(briefing.tables.figures["method"]) == {"hand"}
    assert (briefing.left_out["layer"] == "figures").any()


def test_proposed_figures_are_kept_between_two_readings(proposed: Path) -> None:
    study = read_study(proposed)
    first, second = read_material(study), read_material(study)

    assert [each.figures for each in first.proposals] == [each.figures for each in second.proposals]
    assert any(each.figures for each in first.proposals)
