"""Counts in how many disputes for building each stem stands, and which words are everyday ones.

    python scripts/fit_background.py [--disputes DIR]   # writes the reader's weights/background.json

A stem of few disputes tells what a text is about; a word of many tells at most how something is said.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import click

from demarche.disputes import Dispute, read_dispute, read_split
from demarche.readers.rules import lexicons
from demarche.readers.rules.stems import stem
from demarche.readers.rules.words import find_tokens

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS = Path(lexicons.__file__).parent / "weights" / "background.json"
FEWEST, EVERYDAY = 3, 0.2
"""Stems of fewer disputes are left out; a word of this share of all disputes is an everyday one."""


@click.command()
@click.option("--disputes", "folder", type=click.Path(path_type=Path), default=ROOT / "tests" / "disputes")
def main(folder: Path) -> None:
    """Count, and write."""
    names = read_split(folder, "building")
    spread = Counter(word for name in names for word in words_of(read_dispute(folder / name)))
    stems = Counter(one for name in names for one in stems_of(read_dispute(folder / name)))
    background = {
        "disputes": len(names),
        "stems": {one: n for one, n in sorted(stems.items()) if n >= FEWEST},
        "everyday": sorted(word for word, n in spread.items() if n >= EVERYDAY * len(names)),
    }
    WEIGHTS.write_text(json.dumps(background, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def words_of(dispute: Dispute) -> set[str]:
    """The different words of a dispute's texts, in lower case."""
    tokens = (token.lower for document in dispute.documents for token in find_tokens(document.text))
    return {word for word in tokens if word[0].isalpha() or word == "'"}


def stems_of(dispute: Dispute) -> set[str]:
    """The different stems of those of at least three letters."""
    return {stem(word) for word in words_of(dispute) if len(word) > 2 and word.isalpha()}


if __name__ == "__main__":
    main()
