"""What the model promises of demands that no word of a codebook leads to: meaning proposes them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from demarche.codebook import Codebook, read_codebook
from demarche.documents import Document
from demarche.readers.model import ModelReader
from demarche.readers.model.kinship import STEPS, Kinship
from demarche.readers.model.knowledge import word_vectors
from demarche.readers.model.nearest import N_NEAREST, Nearness
from demarche.readers.model.vocabulary import Vocabulary
from demarche.readers.rules import RulesReader
from demarche.readers.rules.candidates import find_candidates
from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.scene import Guide, Scene, read_scene
from demarche.readers.rules.topic_features import topic_features

CASES = Path(__file__).parent / "cases" / "statements.yaml"
UNLED = [
    ("Bostria wants a cheaper passage for its freighters.", "lower-tolls", "bostria"),
    ("Arvenia wants the frigates gone.", "gunboats-out", "arvenia"),
    ("The union wants fatter paychecks.", "wage-rise", "union"),
]
"""Sentences that share no word with the demand they state, which demand, and who states it."""


@pytest.fixture(scope="module")
def codebook(tmp_path_factory: pytest.TempPathFactory) -> Codebook:
    return written(
        yaml.safe_load(CASES.read_text(encoding="utf-8"))["codebook"], tmp_path_factory.mktemp("codebook")
    )


def written(content: dict[str, object], folder: Path) -> Codebook:
    path = folder / "codebook.yaml"
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    return read_codebook(path)


def scene_of(text: str, codebook: Codebook) -> Scene:
    return read_scene(Document(doc_id="case", text=f"A day on the lake\n\n{text}"), Guide.of(codebook))


def kinship_of(scene: Scene) -> Kinship:
    return Kinship.of(scene, Vocabulary.of(scene), word_vectors())


@pytest.mark.parametrize(("text", "demand", "party"), UNLED)
def test_a_demand_is_proposed_that_no_cue_and_no_shared_word_leads_to(
    text: str, demand: str, party: str, codebook: Codebook
) -> None:
    scene = scene_of(text, codebook)
    demands = [one.demand_id for one in scene.guide.topics.demands]

    by_words = list(find_candidates(scene))
    by_meaning = list(find_candidates(scene, topics_of=Nearness.of(kinship_of(scene)).topics))

    assert demand not in {demands[one.demand] for one in by_words}
    assert (demand, party, "demands") in {(demands[c.demand], c.party, c.position) for c in by_meaning}


@pytest.mark.parametrize(("text", "demand", "party"), UNLED)
def test_the_model_finds_what_the_rules_cannot(
    text: str, demand: str, party: str, codebook: Codebook
) -> None:
    document = Document(doc_id="case", text=f"A day on the lake\n\n{text}")

    found = ModelReader().read(document, codebook).statements

    assert RulesReader().read(document, codebook).statements == ()
    assert [(one.demand, one.actor, one.position) for one in found] == [(demand, party, "demands")]


@pytest.mark.parametrize(("text", "demand", "party"), UNLED)
def test_of_all_demands_it_is_the_nearest(text: str, demand: str, party: str, codebook: Codebook) -> None:
    scene = scene_of(text, codebook)

    near = Nearness.of(kinship_of(scene)).near[-1]

    assert scene.guide.topics.demands[int(near.argmax())].demand_id == demand


def test_what_words_point_to_stays_proposed_beside_the_nearest(codebook: Codebook) -> None:
    scene = scene_of(
        "Bostria wants talks, lower tolls, higher wages and joint patrols on the lake.", codebook
    )
    nearness = Nearness.of(kinship_of(scene))

    for clause in scene.clauses[-1]:
        by_words, found = topic_features(scene, clause), nearness.topics(scene, clause)
        assert by_words.keys() <= found.keys() and len(found) >= N_NEAREST
        for demand, features in by_words.items():
            assert features.items() <= found[demand].items()


def test_of_demands_equally_near_the_earlier_ones_are_proposed(codebook: Codebook) -> None:
    document = Document(doc_id="case", text="So it was\n\nIt was so, and they were there.")
    nearness = Nearness.of(kinship_of(read_scene(document, Guide.of(codebook))))

    assert not nearness.near.any()
    assert nearness.ranks[-1].tolist() == list(range(len(codebook.demands)))


def test_names_of_actors_are_akin_to_nothing(codebook: Codebook) -> None:
    one = kinship_of(scene_of("Bostria wants lower tolls on the canal.", codebook))
    other = kinship_of(scene_of("President Olan wants lower tolls on the canal.", codebook))

    assert one.own[-1].tolist() == other.own[-1].tolist()


def test_kinship_is_counted_in_whole_steps_so_that_any_machine_sums_up_the_same(codebook: Codebook) -> None:
    kinship = kinship_of(scene_of("Cheaper passages, fewer frigates; better salaries for crews.", codebook))

    assert kinship.whole.any()
    assert (kinship.whole * STEPS == np.rint(kinship.whole * STEPS)).all()


def test_a_word_is_as_akin_in_one_document_as_in_any_other(codebook: Codebook) -> None:
    guide, text = Guide.of(codebook), "Frigates and salaries."
    first = kinship_of(read_scene(Document(doc_id="a", text=text), guide))
    kinship_of(read_scene(Document(doc_id="b", text="Passages for freighters. Trawlers."), guide))

    assert kinship_of(read_scene(Document(doc_id="a", text=text), guide)).own.tolist() == first.own.tolist()


def test_a_demand_without_a_telling_word_is_akin_to_nothing_and_breaks_nothing(tmp_path: Path) -> None:
    content = yaml.safe_load(CASES.read_text(encoding="utf-8"))["codebook"]
    silent = {"label": "That it be so", "by": ["bostria"], "to": ["arvenia"], "definition": "It is so."}
    codebook = written(content | {"demands": {"silent": silent, **content["demands"]}}, tmp_path)

    kinship = kinship_of(scene_of("Bostria wants a cheaper passage for its freighters.", codebook))

    assert not kinship.whole[:, 0].any() and kinship.whole[:, 1].any()


def test_a_codebook_whose_demands_are_all_retired_is_read_and_yields_nothing(tmp_path: Path) -> None:
    content = yaml.safe_load(CASES.read_text(encoding="utf-8"))["codebook"]
    demands = {name: demand | {"retired": "2024-01-01"} for name, demand in content["demands"].items()}
    codebook = written(content | {"demands": demands}, tmp_path)

    text = "A day on the lake\n\nBostria demands lower tolls."
    assert ModelReader().read(Document(doc_id="case", text=text), codebook).statements == ()


WORDS = ["frigates", "the", "Bostria", "salaries", "passage", "frigates", "nightfall"]


@given(st.permutations(WORDS), st.integers(0, 7), st.integers(0, 7))
def test_any_span_of_tokens_is_summed_up_as_if_word_by_word(words: list[str], one: int, other: int) -> None:
    vocabulary = Vocabulary(
        sorted(set(words)), np.array([sorted(set(words)).index(w) for w in words]), np.array([0])
    )
    rows = np.arange(2 * len(vocabulary.words)).reshape(-1, 2) ** 2
    first, last = min(one, other), max(one, other)

    expected = sum((rows[vocabulary.words.index(word)] for word in words[first:last]), np.zeros(2))

    assert vocabulary.sums(rows, [Clause(0, first, last)])[0].tolist() == expected.tolist()


@pytest.mark.parametrize("text", ["", "\n", "It was so", "1 2 3. 4 5 6."])
def test_a_text_without_words_is_near_to_nothing(text: str, codebook: Codebook) -> None:
    scene = read_scene(Document(doc_id="case", text=text), Guide.of(codebook))

    assert not kinship_of(scene).own.any()
    assert ModelReader().read(Document(doc_id="case", text=text), codebook).statements == ()
