"""One text in several papers: its rows all stay, and it is one source, one vote and one voice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from demarche.briefing import Briefing, open_briefing
from demarche.chapters import sources
from demarche.cli import main
from demarche.codebook import Actor, Codebook, Demand
from demarche.documents import Document
from demarche.findings import all_findings
from demarche.findings.finding import support_of
from demarche.records import Statement
from demarche.tables import make_tables

STUDY = Path(__file__).parent / "studies" / "library-hours"
BOOK = Codebook(
    "Tolls",
    {name: Actor(actor_id=name, name=f"the {name}") for name in ("town", "carters")},
    {"no-toll": Demand(demand_id="no-toll", label="No toll on the bridge", by=("carters",), to=("town",))},
)
DOCUMENTS = [
    Document(doc_id="agency", text="x" * 99, published="2031-02-01"),
    Document(doc_id="coast", text="x" * 99, published="2031-03-09", repeats="agency"),
    Document(doc_id="hill", text="x" * 99, published="2031-03-10", repeats="agency"),
    Document(doc_id="letter", text="x" * 99, published="2031-02-20"),
    Document(doc_id="radio", text="x" * 99, published="2031-02-21"),
]


def told(doc_id: str, position: str) -> Statement:
    return Statement(
        doc_id=doc_id, start=0, end=5, quote="x" * 5, demand="no-toll", actor="town", position=position
    )


def test_a_text_in_three_papers_does_not_outvote_two_others() -> None:
    refusals = [told(doc_id, "rejects") for doc_id in ("agency", "coast", "hill")]
    tables = make_tables(DOCUMENTS, BOOK, [*refusals, told("letter", "open"), told("radio", "open")], [])

    (stance,) = tables.stances.itertuples()
    assert (stance.position, stance.n_rejects, stance.n_open) == ("open", 3, 2)
    assert (stance.n_documents, stance.n_speakers, stance.contested) == (3, 3, True)


def test_a_reprint_is_as_old_as_what_it_repeats() -> None:
    tables = make_tables(DOCUMENTS, BOOK, [told("hill", "rejects"), told("radio", "open")], [])

    (stance,) = tables.stances.itertuples()
    assert (stance.first, stance.last) == ("2031-02-01", "2031-02-21")
    assert stance.position == "rejects"  # a tie goes to what was told first


@pytest.fixture(scope="module")
def reprinted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study in which a second paper prints the gazette's article a day later, in other type."""
    folder = tmp_path_factory.mktemp("study")
    shutil.copytree(STUDY, folder / "alone")
    study = shutil.copytree(STUDY, folder / "library-hours")
    head, text = (study / "corpus" / "gazette.md").read_text(encoding="utf-8").split("\n---\n", 1)
    assert head.startswith("---\n")
    (study / "corpus" / "advertiser.md").write_text(
        f"---\ntitle: From the papers\npublisher: The Advertiser\npublished: 2019-12-01\n---\n{text.upper()}",
        encoding="utf-8",
    )
    return study


@pytest.fixture(scope="module")
def briefing(reprinted: Path) -> Briefing:
    return open_briefing(reprinted)


def test_the_sources_chapter_shows_a_text_and_its_reprint_together(briefing: Briefing) -> None:
    shown = sources.cards(briefing)._repr_mimebundle_()["text/plain"]
    first, reprint = briefing.source_code("gazette"), briefing.source_code("advertiser")

    assert f"{reprint} The Advertiser, 1 December 2019 (100 % the same words)" in shown
    assert shown.index(f"{first} Readers march") < shown.index(f"{reprint} From the papers")
    assert shown.count("Contributes alone") == len(briefing.sources)
    assert briefing.documents["advertiser"].repeats == "gazette"


def test_where_nothing_else_stands_twice_the_reprint_is_not_denied(briefing: Briefing) -> None:
    shown = " ".join(sources.repeats(briefing)._repr_mimebundle_()["text/plain"].split())

    assert "words in a row, texts aside that are drawn together as one source above." in shown


def test_the_documents_table_says_what_a_document_repeats(briefing: Briefing) -> None:
    documents = briefing.tables.documents.set_index("doc_id")["repeats"]

    assert documents[documents != ""].to_dict() == {"advertiser": "gazette"}
    assert documents.index.name == "doc_id"


def test_a_reprint_of_a_coded_text_changes_no_finding(reprinted: Path, briefing: Briefing) -> None:
    alone = open_briefing(reprinted.parent / "alone")

    assert briefing.sources == alone.sources
    assert [f.sentence for f in all_findings(briefing)] == [f.sentence for f in all_findings(alone)]
    assert [f.confidence for f in all_findings(briefing)] == [f.confidence for f in all_findings(alone)]


def test_without_decisions_a_reprint_is_read_as_well_and_is_no_further_source(reprinted: Path) -> None:
    both = open_briefing(reprinted, coding="none")
    rows = both.told[both.told["source"] == "gazette"]

    assert set(rows["doc_id"]) == {"gazette", "advertiser"}
    assert support_of(both, rows).n_sources == 1


def test_check_says_which_texts_are_drawn_together(reprinted: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(reprinted)])

    assert result.exit_code == 0
    assert "gazette.md: drawn together as one source with advertiser.md (100%)\n" in result.output
