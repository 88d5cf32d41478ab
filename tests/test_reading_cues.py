"""Cues find what their author meant, wherever it stands, and many at once find what each finds alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from demarche.inputs.cues import CueError, CueFinder, parse_cue

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "cues.yaml").read_text(encoding="utf-8"))
GOOD = [case for case in CASES if "error" not in case]
WORDS = st.sampled_from(
    ["pier", "piers", "fare", "low", "open", "landing", "stage", "stage's", "É", "60,000"]
)
SENTENCES = st.lists(st.tuples(WORDS, st.sampled_from([" ", ", ", "-", "\n", " “"])), max_size=12).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['cue']} | {case['sentence']}")
def test_a_cue_finds_what_its_author_meant(case: dict[str, Any]) -> None:
    if "error" in case:
        with pytest.raises(CueError, match=case["error"]):
            parse_cue(case["cue"])
        return
    found = parse_cue(case["cue"]).find(case["sentence"])

    assert case["finds"] == (found and [case["sentence"][start:end] for start, end in found])


@given(SENTENCES)
def test_many_cues_at_once_find_what_each_finds_alone(sentence: str) -> None:
    cues = {str(number): [case["cue"]] for number, case in enumerate(GOOD)}
    alone = {key: found for key, [cue] in cues.items() if (found := parse_cue(cue).find(sentence))}

    assert {hit.key: hit.ranges for hit in CueFinder(cues).find(sentence)} == alone


@given(SENTENCES, st.sampled_from(GOOD))
def test_a_sentence_around_a_cue_moves_its_ranges_and_nothing_else(before: str, case: dict[str, Any]) -> None:
    cue = parse_cue(case["cue"])
    found = cue.find("Well. " + case["sentence"])

    assert found == (case["finds"] and [(s + 6, e + 6) for s, e in cue.find(case["sentence"]) or []])
    if case["finds"]:
        assert cue.find(before + " " + case["sentence"])


@given(st.text())
def test_any_text_is_a_cue_or_a_problem_and_any_text_can_be_searched(text: str) -> None:
    try:
        cue = parse_cue(text)
    except CueError:
        cue = parse_cue("pier")
    for start, end in cue.find(text) or []:
        assert 0 <= start < end <= len(text)
