"""A new study drafted from a folder of texts."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from demarche.cli import main
from demarche.codebook import read_codebook
from demarche.documents import Document
from demarche.drafting.study_draft import draft_codebook, draft_study
from demarche.problems import InputError
from demarche.study import check_study, read_study

PAPER = """The ferry question

Mara Elgin, who heads the islanders, said on Monday that the ferry must sail in winter.
The Harbour Board rejected it. Elgin asked the Harbour Board to run the winter ferry twice a day.
The Harbour Board demanded that the islanders pay a pier levy of four crowns.
"""
LETTER = """To the editor

Elgin demands a winter ferry. The Harbour Board insists on the pier levy, and nothing else.
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "paper.txt").write_text(PAPER, encoding="utf-8")
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    return folder


def test_a_drafted_study_has_nothing_wrong_and_leaves_the_texts_where_they_are(
    tmp_path: Path, corpus: Path
) -> None:
    draft_study(tmp_path / "ferry", corpus)
    assert check_study(tmp_path / "ferry") == []
    assert read_study(tmp_path / "ferry").corpus.resolve() == corpus.resolve()
    assert sorted(path.name for path in (tmp_path / "ferry").iterdir()) == ["codebook.yaml", "study.yaml"]


def test_names_are_drafted_with_their_short_forms(tmp_path: Path, corpus: Path) -> None:
    draft_study(tmp_path / "ferry", corpus)
    actors = read_codebook(tmp_path / "ferry" / "codebook.yaml").actors
    assert actors["mara-elgin"].aliases == ("Elgin",)
    assert actors["mara-elgin"].kind == "person"
    assert "harbour-board" in actors
    assert not {"monday", "to-the-editor"} & set(actors)


def test_a_town_in_capitals_in_a_dateline_is_the_town_of_the_text(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for day in ("3", "5"):
        told = f"PORT ELLIS, {day} March 2025 – We asked Port Ellis to mend it. Port Ellis refused."
        (texts / f"{day}.txt").write_text(f"Rain\n\n{told} We refused too.\n", encoding="utf-8")
    draft_study(tmp_path / "roof", texts)

    assert check_study(tmp_path / "roof") == []
    assert set(read_codebook(tmp_path / "roof" / "codebook.yaml").actors) == {"port-ellis"}


def test_letters_with_accents_keep_their_place_in_an_id() -> None:
    told = "The André Lefèvre fund asked for an open ledger. André Lefèvre insisted on it."
    book = yaml.safe_load(draft_codebook([Document(doc_id="x", text=f"A heading\n\n{told}\n")]))
    assert any(actor.startswith("andre-lefevre") for actor in book["actors"])


def test_passages_on_one_thing_make_one_demand(tmp_path: Path, corpus: Path) -> None:
    draft_study(tmp_path / "ferry", corpus)
    demands = read_codebook(tmp_path / "ferry" / "codebook.yaml").demands.values()
    of_ferry = [demand for demand in demands if any("winter ferry" in text for text in demand.examples)]
    of_levy = [demand for demand in demands if any("pier levy" in text for text in demand.examples)]
    assert len(of_ferry) == 1 and len(of_ferry[0].examples) == 2
    assert len(of_levy) == 1 and len(of_levy[0].examples) == 2
    assert of_ferry != of_levy


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, corpus: Path) -> None:
    with pytest.raises(InputError, match="not empty"):
        draft_study(corpus, corpus)
    result = CliRunner().invoke(main, ["new", str(corpus), "--from", str(corpus)])
    assert result.exit_code == 1
    assert sorted(path.name for path in corpus.iterdir()) == ["letter.txt", "paper.txt"]


def test_words_of_a_text_stay_words_in_the_draft() -> None:
    hostile = "A heading\n\nNobody demanded that bridge levies {a: 1} [be raised] *now* & # gone.\n"
    book = yaml.safe_load(draft_codebook([Document(doc_id="x", text=hostile)]))
    assert set(book) == {"title", "actors", "demands"}
    examples = [text for demand in book["demands"].values() for text in demand["examples"]]
    assert examples and all("{a" in text for text in examples)


def test_texts_in_which_nobody_asks_still_make_a_codebook_that_can_be_read(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "calm.txt").write_text("It rained on the hills.\n", encoding="utf-8")
    draft_study(tmp_path / "calm", texts)
    assert check_study(tmp_path / "calm") == []
