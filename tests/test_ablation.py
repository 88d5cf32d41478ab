"""Switching mechanisms of the rules off: each takes something away, and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from demarche.disputes import Dispute, read_dispute
from demarche.readers.rules.confidence import weights
from demarche.readers.rules.fitting import Sheet, sheets_of
from demarche.scoring import Score
from demarche.scoring.ablation import MECHANISMS, Mechanism, sheets_without, without
from demarche.scoring.intervals import interval_of_change

DISPUTES = Path(__file__).parent / "disputes"


@pytest.fixture(scope="module")
def dispute() -> Dispute:
    """One text of a dispute for building."""
    whole = read_dispute(DISPUTES / "n-defence-pact")
    return replace(whole, documents=whole.documents[:1])


@pytest.fixture(scope="module")
def sheets(dispute: Dispute) -> list[Sheet]:
    return list(sheets_of(dispute))


def size(sheets: list[Sheet]) -> tuple[int, int]:
    """How many candidates there are, and how many features they have together."""
    candidates = [candidate for sheet in sheets for candidate in sheet.candidates]
    return len(candidates), sum(len(candidate.features) for candidate in candidates)


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=lambda mechanism: mechanism.name)
def test_each_mechanism_takes_something_away(
    mechanism: Mechanism, dispute: Dispute, sheets: list[Sheet]
) -> None:
    read = sheets
    if mechanism.demand or mechanism.actor:
        read = list(sheets_of(without(mechanism, dispute)))

    poorer = list(sheets_without(mechanism, read))

    assert size(poorer) != size(sheets)
    assert all(len(sheet.candidates) == len(sheet.right) for sheet in poorer)
    assert sum(sum(sheet.right) for sheet in poorer) > 0


def test_a_mechanism_that_is_none_takes_nothing_away(sheets: list[Sheet]) -> None:
    assert list(sheets_without(Mechanism("nothing"), sheets)) == sheets


def test_the_codebook_stays_as_it_was(dispute: Dispute) -> None:
    before = replace(dispute.codebook)
    for mechanism in MECHANISMS:
        without(mechanism, dispute)

    assert dispute.codebook == before
    assert any(demand.cues for demand in dispute.codebook.demands.values())


def test_a_change_is_surer_than_the_figures_that_it_lies_between() -> None:
    before = [Score(n, 10, 10) for n in (1, 3, 5, 7, 9) for _ in range(4)]
    after = [replace(one, matched=one.matched - 1) for one in before]

    low, high = interval_of_change(before, after)

    assert low == pytest.approx(-0.1)
    assert high == pytest.approx(-0.1)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("doubts whether anything is asserted", r"(?:^|: )doubt\b"),
        ("pronouns", r": .*\bpronoun\d?$"),
        ("everyday words", r"^\w+ w "),
        ("ridicule, silence and conditions", r"\bhead (?:after |before )?ridicule\d"),
    ],
)
def test_no_feature_of_a_mechanism_is_forgotten(name: str, word: str) -> None:
    mechanism = next(each for each in MECHANISMS if each.name == name)
    named = [feature for feature in weights("features") if re.search(word, feature)]

    assert named
    assert [feature for feature in named if not re.fullmatch(mechanism.features, feature)] == []
