"""What a briefing would say otherwise if one record were not so: the weight of deciding on it.

Counted, not computed anew: the stances of parties and the texts behind each demand, as they stand now.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from demarche.codebook import Codebook
from demarche.records import Coded, Statement
from demarche.tables import SIDES

Cell = tuple[str, str]

# How much each change weighs beside that of one more or one less row, which weighs 1.
ONLY_WORD, TURNS, CONTESTS, ONLY_TEXT = 0.5, 0.5, 0.25, 0.25


@dataclass(frozen=True)
class Standing:
    """What stands: positions by party and demand, and how often each text speaks of each demand."""

    codebook: Codebook
    cells: dict[Cell, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    texts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def cell(self, row: Statement) -> Cell:
        """The cell of the stance matrix to which a statement belongs."""
        return self.codebook.party(row.actor), row.demand


def standing_of(statements: Iterable[Statement], codebook: Codebook) -> Standing:
    """What stands when these statements do."""
    standing = Standing(codebook)
    for row in statements:
        standing.cells[standing.cell(row)][row.position] += 1
        standing.texts[row.demand][row.doc_id] += 1
    return standing


def effects(row: Coded, standing: Standing, *, stands: bool) -> dict[str, float]:
    """What changes if a record that stands went, or one that does not came: words, weight.

    Stances and texts behind a demand are made of statements; nothing else changes them.
    """
    if not isinstance(row, Statement):
        return {}
    here = standing.cells.get(standing.cell(row), Counter())
    there = Counter(here)
    there[row.position] += -1 if stands else 1
    without, with_it = (+there, here) if stands else (here, there)
    found = {}
    if not without:
        found["the only word on this stance"] = ONLY_WORD
    elif majority(without) != majority(with_it):
        found["would turn this stance"] = TURNS
    if without and is_contested(without) != is_contested(with_it):
        found["makes this stance contested"] = CONTESTS
    texts = standing.texts.get(row.demand, Counter())
    if not any(n - (stands and doc_id == row.doc_id) > 0 for doc_id, n in texts.items()):
        found["the only text on this demand"] = ONLY_TEXT
    return found


def majority(votes: Counter[str]) -> str:
    """The position that most statements take; of equals the first by name, empty where there is none."""
    return min(votes, key=lambda position: (-votes[position], position), default="")


def is_contested(votes: Counter[str]) -> bool:
    """Whether statements put the party on more than one side."""
    return len({SIDES[position] for position in votes if votes[position] > 0}) > 1


def stances(standing: Standing) -> dict[Cell, tuple[str, bool]]:
    """The majority position of each cell, and whether it is contested."""
    return {
        cell: (majority(votes), is_contested(votes))
        for cell, votes in sorted(standing.cells.items())
        if votes
    }
