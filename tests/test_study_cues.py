"""The cues of the shipped study find each demand as press and translations put it, and not its neighbour."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from demarche.codebook import read_codebook
from demarche.inputs.cues import CueFinder, words_of

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "cases" / "study_cues.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def finder() -> CueFinder:
    codebook = read_codebook(HERE.parent / "data" / "russia-nato-2021" / "codebook.yaml")
    return CueFinder({demand.demand_id: demand.cues for demand in codebook.demands.values()})


@pytest.mark.parametrize("case", CASES, ids=[case["sentence"] for case in CASES])
def test_a_sentence_on_the_dispute_points_to_the_demand_it_speaks_of(
    case: dict[str, Any], finder: CueFinder
) -> None:
    found = {hit.key for hit in finder.find(words_of(case["sentence"]))}

    assert set(case["points_to"]) <= found
    assert found.isdisjoint(case.get("not", ()))


def test_every_demand_of_the_study_has_a_sentence_that_its_cues_must_find(finder: CueFinder) -> None:
    tested = {demand for case in CASES for demand in case["points_to"]}

    assert tested == {demand for demand, _ in finder.cues}
