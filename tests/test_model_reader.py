"""What the reader with learned weights promises: trees, wordings and likeness as told; proposals replay."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from demarche.codebook import Codebook, read_codebook
from demarche.documents import Document
from demarche.readers import reader_named
from demarche.readers.model import ModelReader
from demarche.readers.model.kinship import Kinship
from demarche.readers.model.knowledge import WEIGHTS, learned, word_vectors, write_arrays
from demarche.readers.model.neighbours import LEAST, neighbour_columns
from demarche.readers.model.places import FAR, place_columns
from demarche.readers.model.sureness import Sureness
from demarche.readers.model.trees import Trees, trees_of
from demarche.readers.model.vocabulary import Vocabulary
from demarche.readers.model.wording import phrases
from demarche.readers.rules import RulesReader
from demarche.readers.rules.candidates import find_candidates
from demarche.readers.rules.scene import Guide, Scene, read_scene
from demarche.readers.rules.sentences import sentence_length
from demarche.records import POSITIONS

CODEBOOK = yaml.safe_load((Path(__file__).parent / "cases" / "statements.yaml").read_text(encoding="utf-8"))[
    "codebook"
]
N_COLUMNS = 3


@pytest.fixture(scope="module")
def codebook(tmp_path_factory: pytest.TempPathFactory) -> Codebook:
    path = tmp_path_factory.mktemp("codebook") / "codebook.yaml"
    path.write_text(yaml.safe_dump(CODEBOOK, sort_keys=False), encoding="utf-8")
    return read_codebook(path)


def scene_of(text: str, codebook: Codebook) -> Scene:
    return read_scene(Document(doc_id="case", text=text), Guide.of(codebook))


def grown() -> st.SearchStrategy[dict[str, Any]]:
    """Trees as the training program hands them over."""
    values = st.floats(-5, 5, allow_nan=False)
    leaves = st.fixed_dictionaries({"leaf_value": values})
    columns = st.integers(0, N_COLUMNS - 1)
    return st.recursive(
        leaves,
        lambda below: st.fixed_dictionaries(
            {"split_feature": columns, "threshold": values, "left_child": below, "right_child": below}
        ),
        max_leaves=12,
    )


def walked(node: dict[str, Any], row: list[float]) -> float:
    while "split_feature" in node:
        goes_left = row[node["split_feature"]] <= node["threshold"]
        node = node["left_child"] if goes_left else node["right_child"]
    return float(node["leaf_value"])


@given(
    st.lists(grown(), min_size=1, max_size=4),
    st.lists(st.lists(st.floats(-6, 6, allow_nan=False), min_size=N_COLUMNS, max_size=N_COLUMNS), min_size=1),
)
def test_trees_as_arrays_say_what_walking_them_says(
    trees: list[dict[str, Any]], rows: list[list[float]]
) -> None:
    kept = Trees.of_arrays(trees_of(trees).arrays())

    sums = kept.sums(np.array(rows))

    assert sums.tolist() == pytest.approx([sum(walked(tree, row) for tree in trees) for row in rows])


def test_a_tree_that_is_one_leaf_says_the_same_of_every_row() -> None:
    assert trees_of([{"leaf_value": 0.25}]).sums(np.zeros((2, 1))).tolist() == [0.25, 0.25]


def test_actors_are_masked_in_phrases_and_words_beside_a_clause_are_told_apart(codebook: Codebook) -> None:
    actor = next(iter(codebook.actors.values()))
    scene = scene_of(f"A day on the lake\n\n{actor.name} refused it, and so the talks ended.", codebook)
    first, second = scene.clauses[-1][0], scene.clauses[-1][-1]

    own, later = phrases(scene, first), phrases(scene, second)

    assert any(phrase.startswith("ACTOR ") for phrase in own)
    assert not any(actor.name.lower()[:7] in phrase.lower() for phrase in own)
    assert any(phrase.startswith("<ACTOR") for phrase in later) and first != second


def test_a_demands_own_example_is_likest_to_it_in_most_cases(codebook: Codebook) -> None:
    guide, n_likest = Guide.of(codebook), 0
    for number, demand in enumerate(guide.topics.demands):
        scene = scene_of(f"A day on the lake\n\n{demand.label} is the subject.", codebook)
        kinship = Kinship.of(scene, Vocabulary.of(scene), word_vectors())
        n_likest += kinship.own[kinship.places[scene.clauses[-1][0]]].argmax() == number

    assert n_likest > 0.8 * len(guide.topics.demands)


@given(st.permutations(["harbour", "fees", "ships", "unloading", "inspection", "zzqx", "the"]))
def test_the_order_of_words_does_not_change_their_sum_by_a_bit(words: list[str]) -> None:
    assert word_vectors().sum(words).tolist() == word_vectors().sum(sorted(words)).tolist()


def test_the_nearer_of_two_parties_is_told_from_the_farther_one(codebook: Codebook) -> None:
    near, far = [actor for actor in codebook.actors.values() if actor.kind != "bloc" and not actor.of][:2]
    demand = next(iter(codebook.demands.values()))
    scene = scene_of(f"A day\n\n{far.name}, like {near.name}, demands {demand.label.lower()}.", codebook)
    candidates = list(find_candidates(scene))

    clause = next(
        c.clause for c in candidates if len({d.party for d in candidates if d.clause == c.clause}) > 1
    )
    rows = zip(candidates, place_columns(scene, candidates).tolist(), strict=True)
    apart = {c.party: row[4] for c, row in rows if c.clause == clause}

    assert 0 <= apart[codebook.party(near.actor_id)] < apart[codebook.party(far.actor_id)] < FAR


def test_a_sentence_tells_of_its_neighbours_and_not_of_itself(codebook: Codebook) -> None:
    demand = next(iter(codebook.demands.values()))
    scene = scene_of(f"A day\n\n{codebook.actors[demand.by[0]].name} wants {demand.label.lower()}.", codebook)
    alone = list(find_candidates(scene))
    moved = [c._replace(clause=c.clause._replace(sentence=c.clause.sentence + 1)) for c in alone]

    lonely = neighbour_columns(alone, [1.0] * len(alone))
    paired = neighbour_columns([*alone, *moved], [1.0] * len(alone) + [3.0] * len(moved))

    assert (lonely == LEAST).all()
    assert (paired[: len(alone), :5] == LEAST).all() and (paired[: len(alone), 5:] == 3.0).all()
    assert (paired[len(alone) :, :5] == 1.0).all() and (paired[len(alone) :, 5:] == LEAST).all()


def test_longer_sentences_make_the_same_sum_less_sure_where_training_found_it_so() -> None:
    curve = Sureness(np.array([0.0, 1.0, -0.5, -0.25]))
    sums = np.array([-1.0, 0.5, 2.0])

    usual, longer = curve.confidences(sums, 0.0), curve.confidences(sums, 0.4)

    assert usual.tolist() == pytest.approx((1 / (1 + np.exp(-sums))).tolist())
    assert (longer[1:] < usual[1:]).all() and (np.diff(longer) > 0).all()


def test_a_surer_sum_is_a_surer_proposal_whatever_the_length_of_sentences() -> None:
    for words in (5, 12, 20, 30, 60):
        confidences = learned().sureness.confidences(np.linspace(-6, 6, 50), float(np.log(words / 20)))
        assert (np.diff(confidences) > 0).all(), words


def length_of(text: str, codebook: Codebook) -> float:
    return sentence_length(scene_of(text, codebook).sentences)


def test_titles_do_not_count_as_sentences_and_no_sentence_is_a_usual_one(codebook: Codebook) -> None:
    short, longer = "One two three.", "One two three four five six seven."

    assert length_of("", codebook) == 0.0
    assert length_of(f"A title of many words\n\n{short}", codebook) < length_of(
        f"Short\n\n{longer}", codebook
    )


def test_proposals_replay_and_carry_method_and_confidence(codebook: Codebook) -> None:
    document = shipped()

    statements = ModelReader().read(document, shipped_codebook()).statements

    assert statements
    for statement in statements:
        assert document.text[statement.start : statement.end] == statement.quote
        assert statement.method == "model" and 0 < statement.confidence <= 1
        assert statement.position in POSITIONS


def test_events_are_those_of_the_rules() -> None:
    document, codebook = shipped(), shipped_codebook()

    assert ModelReader().read(document, codebook).events == RulesReader().read(document, codebook).events


def test_a_document_is_read_the_same_after_another_one() -> None:
    reader, codebook = ModelReader(), shipped_codebook()
    first = reader.read(shipped(), codebook)
    reader.read(Document(doc_id="other", text="A title\n\nRussia wants talks."), codebook)

    assert reader.read(shipped(), codebook) == first


@pytest.mark.parametrize("text", ["", "\n", "A title", "No actor says anything here. Nor here!"])
def test_a_text_that_says_nothing_yields_nothing(text: str) -> None:
    assert ModelReader().read(Document(doc_id="case", text=text), shipped_codebook()).statements == ()


def test_it_is_called_by_name_and_has_a_version_of_its_own() -> None:
    reader = reader_named("model")

    assert (reader.name, reader.version) == ("model", ModelReader().version)
    assert reader.version != RulesReader().version


def test_the_weights_stay_small() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) < 25_000_000


def test_the_same_arrays_are_written_as_the_same_bytes(tmp_path: Path) -> None:
    arrays = {"b": np.arange(5), "a": np.ones((2, 2))}
    write_arrays(tmp_path / "one.npz", arrays)
    write_arrays(tmp_path / "two.npz", dict(reversed(arrays.items())))

    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    with np.load(tmp_path / "one.npz") as kept:
        assert kept["b"].tolist() == [0, 1, 2, 3, 4]


def test_reading_needs_nothing_of_what_training_needs() -> None:
    code = (
        "import sys; from demarche.readers.model.knowledge import learned; learned();"
        "print([name for name in ('lightgbm', 'sklearn', 'scipy', 'torch') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


STUDY = Path(__file__).parents[1] / "data" / "russia-nato-2021"


def shipped() -> Document:
    path = min((STUDY / "corpus").glob("*.md"))
    return Document(doc_id=path.stem, text=path.read_text(encoding="utf-8"), published="2021-12-20")


def shipped_codebook() -> Codebook:
    return read_codebook(STUDY / "codebook.yaml")
