"""What is weighed ahead of time is what would be weighed feature by feature."""

from __future__ import annotations

from pathlib import Path

import pytest

from demarche.disputes import read_dispute
from demarche.readers.rules.candidates import Candidate, find_candidates
from demarche.readers.rules.confidence import BIAS, weights, worth
from demarche.readers.rules.rivals import GAPS, MOST, gaps
from demarche.readers.rules.scene import Guide, Scene, read_scene
from demarche.readers.rules.weighing import Scale

DISPUTES = Path(__file__).parent / "disputes"


@pytest.fixture(scope="module")
def scene() -> Scene:
    dispute = read_dispute(DISPUTES / "n-bridge-tolls")
    return read_scene(dispute.documents[0], Guide.of(dispute.codebook))


def content(one: Candidate) -> tuple[object, ...]:
    return one.clause, one.demand, one.party, one.position


def test_candidates_that_are_not_hopeless_are_those_whose_features_are_worth_enough(scene: Scene) -> None:
    table, least = weights("features"), -3.0

    everything = {content(c): table[BIAS] + worth(c.features, table) for c in find_candidates(scene)}
    weighed = {content(c): c.total for c in find_candidates(scene, Scale(table, least))}

    assert 0 < len(weighed) < len(everything)
    assert weighed == pytest.approx({key: total for key, total in everything.items() if total >= least})


def test_the_gap_to_another_party_is_that_to_the_best_rival_of_the_sentence(scene: Scene) -> None:
    candidates = list(find_candidates(scene, Scale(weights("features"))))
    rows = gaps(candidates, [candidate.total for candidate in candidates])

    def rivals(one: Candidate) -> list[float]:
        same = (one.clause, one.demand, one.position == "demands")
        return [
            other.total
            for other in candidates
            if (other.clause, other.demand, other.position == "demands") == same and other.party != one.party
        ]

    expected = [max(-MOST, min(MOST, c.total - max(rivals(c), default=-1e9))) for c in candidates]
    assert [row[1 + GAPS.index("another party")] for row in rows] == pytest.approx(expected)


SHARED = {
    "the same elsewhere": ("demand", "party", "position"),
    "demand and party elsewhere": ("demand", "party"),
    "demand and position elsewhere": ("demand", "position"),
    "party and position elsewhere": ("party", "position"),
    "demand elsewhere": ("demand",),
    "party elsewhere": ("party",),
}


@pytest.mark.parametrize("name", SHARED)
def test_the_gap_to_others_elsewhere_is_that_to_the_best_in_other_sentences(scene: Scene, name: str) -> None:
    candidates = list(find_candidates(scene, Scale(weights("features"))))
    rows = gaps(candidates, [candidate.total for candidate in candidates])

    def others(one: Candidate) -> list[float]:
        return [
            other.total
            for other in candidates
            if other.clause.sentence != one.clause.sentence
            and all(getattr(other, field) == getattr(one, field) for field in SHARED[name])
        ]

    expected = [max(-MOST, min(MOST, c.total - max(others(c), default=-1e9))) for c in candidates]
    assert [row[1 + GAPS.index(name)] for row in rows] == pytest.approx(expected)
    assert len(set(expected)) > 2
