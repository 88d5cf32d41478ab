"""The coding that ships: where it stands, what its coders agreed on, and what the original texts hold."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from demarche.agreement import agreement_of_study
from demarche.codebook import Codebook, read_codebook
from demarche.coding import Coding, read_coding
from demarche.corpus import read_corpus
from demarche.documents import Document

TOP = Path(__file__).parents[1]
STUDY = TOP / "data" / "russia-nato-2021"
CODING = STUDY / "coding"
SHARED = TOP.parent / "shared"
ABSENT = "the annotation of the original texts (../shared/gold) is not there"
CASES = yaml.safe_load((TOP / "tests" / "cases" / "digest_differences.yaml").read_text(encoding="utf-8"))

Records = Counter[tuple[str, str]]


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return read_codebook(STUDY / "codebook.yaml")


@pytest.fixture(scope="module")
def digests() -> list[Document]:
    return read_corpus(STUDY / "corpus")


@pytest.mark.parametrize("folder", [".", "coders/a", "coders/b"])
def test_every_row_stands_where_it_says(folder: str, codebook: Codebook, digests: list[Document]) -> None:
    texts = {document.doc_id: document.text for document in digests}
    coding = read_coding(CODING / folder, digests, codebook)
    rows = [row for name in ("statements", "events") for row in read_rows(CODING / folder / f"{name}.csv")]

    assert coding.moved == ()
    assert [
        row for row in rows if texts[row["doc_id"]][int(row["start"]) : int(row["end"])] != row["quote"]
    ] == []
    assert {row["doc_id"] for row in rows} == set(texts)


def test_the_words_that_carry_a_date_stand_in_the_text(digests: list[Document]) -> None:
    texts = {document.doc_id: document.text for document in digests}
    events = read_rows(CODING / "events.csv")

    assert [
        row for row in events if not row["date_text"] or row["date_text"] not in texts[row["doc_id"]]
    ] == []


def test_the_settled_rows_say_who_decided_them_and_how() -> None:
    rows = read_rows(CODING / "statements.csv") + read_rows(CODING / "events.csv")

    assert {(row["coder"], row["method"], row["decision"]) for row in rows} == {
        ("settled", "hand", "accepted")
    }


def test_the_agreement_on_record_is_that_of_the_coders_rows() -> None:
    result = agreement_of_study(STUDY)

    pd.testing.assert_frame_equal(pd.read_csv(CODING / "agreement.csv"), result.measures)
    pd.testing.assert_frame_equal(
        pd.read_csv(CODING / "differences.csv", keep_default_na=False), result.differences
    )


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason=ABSENT)
def test_digests_hold_what_their_originals_hold_except_as_listed(
    codebook: Codebook, digests: list[Document]
) -> None:
    originals = read_corpus(SHARED / "corpus", metadata=STUDY / "documents.csv")
    digest_of = {original: digest for digest, original in CASES["documents"].items()}
    ours = records(read_coding(CODING, digests, codebook), codebook)
    theirs = records(read_coding(SHARED / "gold", originals, codebook), codebook, digest_of)
    differ = {key: (ours[key], theirs[key]) for key in {*ours, *theirs} if ours[key] != theirs[key]}

    assert differ == {(d["document"], d["record"]): (d["digest"], d["original"]) for d in differences()}


def test_every_difference_has_its_reason() -> None:
    assert [d["record"] for d in differences() if len(d["reason"].split()) < 5] == []


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def records(coding: Coding, codebook: Codebook, names: dict[str, str] | None = None) -> Records:
    """How often each position of a party and each date occurs, by document; `names` renames documents."""
    found = [(s.doc_id, f"{codebook.party(s.actor)} {s.position} {s.demand}") for s in coding.statements] + [
        (e.doc_id, e.date) for e in coding.events
    ]
    return Counter((names[doc_id] if names else doc_id, record) for doc_id, record in found)


def differences() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = CASES["differences"]
    return listed
