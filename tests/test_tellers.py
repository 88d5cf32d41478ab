"""Who tells a statement: language cases with the speaker and the attribution that an analyst would write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from demarche.codebook import read_codebook
from demarche.documents import Document
from demarche.readers.rules.candidates import find_candidates
from demarche.readers.rules.confidence import weights
from demarche.readers.rules.scene import Guide, Scene, read_scene
from demarche.readers.rules.tellers.choosing import find_teller
from demarche.readers.rules.weighing import Scale

SENTENCES = yaml.safe_load((Path(__file__).parent / "cases" / "tellers.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    path = tmp_path_factory.mktemp("codebook") / "codebook.yaml"
    path.write_text(yaml.safe_dump(SENTENCES["codebook"], sort_keys=False), encoding="utf-8")
    return Guide.of(read_codebook(path))


def scene_of(case: dict[str, Any], guide: Guide) -> Scene:
    text = " ".join([*([case["before"]] if "before" in case else []), case["text"]])
    return read_scene(Document(doc_id="case", text=f"A day on the lake\n\n{text}\n"), guide)


def teller_of(scene: Scene, position: str) -> str:
    """The teller of the likeliest reading in which the text takes a position."""
    readings = find_candidates(scene, Scale(weights("features"), least=float("-inf")))
    demands = scene.guide.topics.demands
    own = [c for c in readings if f"{c.party} {c.position} {demands[c.demand].demand_id}" == position]
    best = max(own, key=lambda candidate: candidate.total)
    return " ".join(find_teller(scene, best.clause, best.part.actor))


@pytest.mark.parametrize("case", SENTENCES["cases"], ids=lambda case: f"{case['text'][:60]} ({case['of']})")
def test_who_tells_a_sentence_is_told_as_an_analyst_tells_it(case: dict[str, Any], guide: Guide) -> None:
    teller = teller_of(scene_of(case, guide), case["of"])

    assert teller == case["teller"]
