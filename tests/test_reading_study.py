"""A study is read whole, and may be read with other texts or other decisions."""

from __future__ import annotations

from pathlib import Path

import pytest

from demarche.codebook import read_codebook
from demarche.problems import InputError
from demarche.study import CHAPTERS, Study, read_study

CODEBOOK = """\
title: The pier
actors:
  town: &town {name: Sandmouth, kind: town, aliases: [NO, 12, the council, both sides]}
  mayor: {name: Ada Brook, kind: person, of: office}
  office: {name: The mayor's office, of: town}
  bay: {name: Bay Ferries, aliases: [both sides]}
  ferries: {name: Bay Ferries, aliases: [], replaced_by: bay}
  coast: {name: The coast, kind: bloc, members: [town, bay]}
demands:
  open-pier:
    label: The pier stays open
    by: [any]
    to: [bay, any]
    definition: >-
      The ferries go on
      calling at the pier.
    cues: ["pier open|closed", '"landing stage"']
    reference: [1, article-2]
"""


def write(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def study(tmp_path: Path) -> Path:
    for name in ("corpus", "texts", "coding", "decided"):
        (tmp_path / name).mkdir()
    (tmp_path / "coding" / "events.csv").write_text("doc_id,quote,date\n")
    return write(tmp_path, study="title: The pier\nas_of: 2031-06-30\n", codebook=CODEBOOK)


def test_a_codebook_holds_what_its_file_says(tmp_path: Path) -> None:
    codebook = read_codebook(write(tmp_path, codebook=CODEBOOK) / "codebook.yaml")

    town, demand = codebook.actors["town"], codebook.demands["open-pier"]
    assert (town.kind, town.aliases) == ("town", ("NO", "12", "the council", "both sides"))
    assert list(codebook.actors) == ["town", "mayor", "office", "bay", "ferries", "coast"]
    assert (codebook.actors["bay"].kind, codebook.actors["coast"].members) == (
        "organisation",
        ("town", "bay"),
    )
    assert (codebook.party("mayor"), codebook.current_actor("ferries")) == ("town", "bay")
    assert (demand.by, demand.to) == (("any",), ("bay", "any"))
    assert demand.definition == "The ferries go on calling at the pier."
    assert (demand.cues, demand.reference) == (("pier open|closed", '"landing stage"'), ("1", "article-2"))


def test_the_same_codebook_has_the_same_hash_and_another_has_another(tmp_path: Path) -> None:
    path = write(tmp_path, codebook=CODEBOOK) / "codebook.yaml"
    first, again = read_codebook(path).sha256, read_codebook(path).sha256
    write(tmp_path, codebook=CODEBOOK + "# a comment\n")

    assert first == again
    assert len(first) == 64
    assert read_codebook(path).sha256 != first


def test_a_study_may_be_named_by_its_folder_or_its_file(study: Path) -> None:
    assert read_study(study) == read_study(study / "study.yaml")


def test_what_a_study_leaves_out_takes_its_usual_place(study: Path) -> None:
    assert read_study(study) == Study(
        path=study,
        title="The pier",
        as_of="2031-06-30",
        corpus=study / "corpus",
        coding=study / "coding",
        codebook=study / "codebook.yaml",
        chapters=CHAPTERS,
        reader="rules",
    )


def test_a_study_says_where_its_texts_and_decisions_lie(study: Path) -> None:
    text = "title: x\nas_of: 2031-06-30\ncorpus: ../{0}/texts\ncoding: decided\nchapters: [04_timeline]\n"
    (study / "documents.csv").touch()
    read = read_study(write(study, study=text.format(study.name)))

    assert (read.corpus.resolve(), read.coding) == ((study / "texts").resolve(), study / "decided")
    assert (read.chapters, read.documents_csv) == (("04_timeline",), study / "documents.csv")


def test_parameters_are_plain_values_and_days_stay_as_written(study: Path) -> None:
    text = (
        "parameters: {max_quotes: 2, confidence: 0.5, actors: [NO, usa], date_from: 2031-05-14, wide: true}"
    )

    assert read_study(write(study, study=f"title: x\nas_of: 2031-06-30\n{text}\n")).parameters == {
        "max_quotes": 2,
        "confidence": 0.5,
        "actors": ["NO", "usa"],
        "date_from": "2031-05-14",
        "wide": True,
    }


def test_a_value_that_contains_itself_is_a_problem(study: Path) -> None:
    text = "title: x\nas_of: 2031-06-30\nparameters: {actors: &a [*a]}\n"

    with pytest.raises(InputError, match=r"study\.yaml:3: parameters holds a value that cannot be read"):
        read_study(write(study, study=text))


def test_other_texts_leave_the_studys_own_decisions_out(study: Path) -> None:
    own = read_study(study)

    assert own.with_inputs(corpus=study / "texts").coding is None
    assert own.with_inputs(corpus=study / "texts", coding=study / "decided").coding == study / "decided"
    assert own.with_inputs(coding=study / "decided").corpus == study / "corpus"
    assert own.with_inputs(corpus=study / "corpus" / ".." / "corpus").coding == study / "coding"
    assert own.with_inputs() == own
