"""A study's own words for its reader: what they add, and how mistakes in them are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from demarche.codebook import Actor, Codebook, Demand
from demarche.documents import Document
from demarche.inputs.lexicon import Phrase, load_lexicon
from demarche.problems import ProblemList
from demarche.readers.rules import RulesReader

CODEBOOK = Codebook(
    "Lake",
    {
        "arvenia": Actor(actor_id="arvenia", name="Arvenia"),
        "bostria": Actor(actor_id="bostria", name="Bostria"),
    },
    {
        "lower-tolls": Demand(
            demand_id="lower-tolls",
            label="Lower tolls",
            by=("bostria",),
            to=("arvenia",),
            cues=("lower* toll*",),
        )
    },
)
TEXT = "A day on the lake\n\nArvenia frumped at the lower tolls on Monday, as it had done before."


def read(text: str, folder: Path) -> tuple[tuple[Phrase, ...], list[str]]:
    (folder / "lexicon.yaml").write_text(text, encoding="utf-8")
    problems = ProblemList()
    phrases = load_lexicon(folder / "lexicon.yaml", problems)
    return phrases, [str(problem).removeprefix(f"{folder}/") for problem in problems.problems]


def test_a_study_without_a_lexicon_adds_nothing(tmp_path: Path) -> None:
    assert load_lexicon(tmp_path / "lexicon.yaml", ProblemList()) == ()


def test_a_phrase_of_the_study_is_understood() -> None:
    document = Document(doc_id="lake", text=TEXT)

    plain = RulesReader().read(document, CODEBOOK).statements
    taught = RulesReader([Phrase("refuse", "frump*")]).read(document, CODEBOOK).statements

    assert "rejects" not in {s.position for s in plain}
    assert [(s.actor, s.position) for s in taught] == [("arvenia", "rejects")]


def test_a_lexicon_is_part_of_the_readers_version() -> None:
    versions = {RulesReader(words).version for words in ((), [Phrase("ask", "x")], [Phrase("refuse", "x")])}

    assert len(versions) == 3


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("refused: [no]", "lexicon.yaml:1: unknown key 'refused'; did you mean 'refuse'?"),
        ("ask: plea", "lexicon.yaml:1: ask is the text 'plea', expected a list: write ask: [ … ]"),
        ("ask: [~ for]", "lexicon.yaml:1: '~ for' begins or ends with a gap, expected a word there"),
        ("ask: ['(for']", "lexicon.yaml:1: '(for' in '(for' is no word: write letters, `*` and `|`"),
        ("ask: ['*']", "lexicon.yaml:1: '*' in '*' is no word: write letters, `*` and `|`"),
    ],
)
def test_a_mistake_is_told_with_its_line(line: str, problem: str, tmp_path: Path) -> None:
    assert read(line, tmp_path)[1] == [problem]


def test_all_phrases_of_all_kinds_are_read_in_one_order(tmp_path: Path) -> None:
    phrases, problems = read("refuse: [Cold Shoulder]\nask: ['beat* ~ drum|drums']\n", tmp_path)

    assert phrases == (Phrase("ask", "beat* ~ drum|drums"), Phrase("refuse", "cold shoulder"))
    assert problems == []
