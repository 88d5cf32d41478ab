"""The invented disputes, and the annotated texts kept beside the repository, can be read as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from demarche.codebook import read_codebook
from demarche.coding import read_coding
from demarche.corpus import read_corpus
from demarche.disputes import SPLITS, read_split
from demarche.study import read_inputs, read_study

SHARED = Path(__file__).parents[2] / "shared"
DISPUTES = Path(__file__).parent / "disputes"
STUDY = Path(__file__).parents[1] / "data" / "russia-nato-2021"
ABSENT = "the material beside the repository (../shared) is not there"
BUILDING, TESTING = (read_split(DISPUTES, split) for split in SPLITS)


def test_every_dispute_is_either_for_building_or_for_testing() -> None:
    folders = sorted(path.parent.name for path in DISPUTES.glob("*/codebook.yaml"))

    assert sorted(BUILDING + TESTING) == folders


@pytest.mark.parametrize("dispute", BUILDING + TESTING)
def test_every_codebook_of_the_invented_disputes_is_read(dispute: str) -> None:
    codebook = read_codebook(DISPUTES / dispute / "codebook.yaml")

    assert codebook.actors
    assert codebook.demands


@pytest.mark.parametrize("dispute", BUILDING)
def test_every_annotation_of_a_dispute_stands_where_it_says(dispute: str) -> None:
    folder = DISPUTES / dispute
    rows = [
        line
        for name in ("statements", "events")
        for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]

    documents = read_corpus(folder / "texts", metadata=folder / "documents.jsonl")
    coding = read_coding(folder, documents, read_codebook(folder / "codebook.yaml"))

    assert all(document.published_from == "documents.jsonl" for document in documents)
    assert len(coding.statements) + len(coding.events) == len(rows)
    assert coding.moved == ()


@pytest.mark.parametrize("dispute", BUILDING)
def test_a_date_that_a_text_gives_for_itself_is_the_one_it_was_published_on(dispute: str) -> None:
    folder = DISPUTES / dispute
    known = {
        d.doc_id: d.published for d in read_corpus(folder / "texts", metadata=folder / "documents.jsonl")
    }
    inferred = {d.doc_id: d.published for d in read_corpus(folder / "texts") if d.published}

    assert inferred == {doc_id: known[doc_id] for doc_id in inferred}


@pytest.mark.skipif(not SHARED.is_dir(), reason=ABSENT)
def test_the_study_is_read_with_the_original_texts_and_their_annotation() -> None:
    study = read_study(STUDY).with_inputs(corpus=SHARED / "corpus", coding=SHARED / "gold")

    documents, _, coding = read_inputs(study)

    assert (len(documents), len(coding.statements), len(coding.events)) == (5, 101, 25)
    assert all(document.published for document in documents)
    assert coding.moved == ()
