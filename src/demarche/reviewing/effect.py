"""What a briefing would say otherwise if one record were not so: the weight of deciding on it.

Counted, not computed anew: the stances of parties, the texts behind each demand and the numbers told of one
thing, as they stand now.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from demarche.codebook import Codebook
from demarche.records import Coded, Quantity, Statement
from demarche.tables import SIDES

Cell = tuple[str, str]

# How much each change weighs beside that of one more or one less row, which weighs 1.
ONLY_WORD, TURNS, CONTESTS, ONLY_TEXT, DIFFERS = 0.5, 0.5, 0.25, 0.25, 0.25


@dataclass(frozen=True)
class Standing:
    """What stands: positions by party and demand, how often each text speaks of each demand, and the numbers
    told of one thing in one unit.
    """

    codebook: Codebook
    cells: dict[Cell, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    texts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    numbers: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def cell(self, row: Statement) -> Cell:
        """The cell of the stance matrix to which a statement belongs."""
        return self.codebook.party(row.actor), row.demand


def standing_of(
    statements: Iterable[Statement], codebook: Codebook, figures: Iterable[Quantity] = ()
) -> Standing:
    """What stands when these statements and figures do."""
    standing = Standing(codebook)
    for row in statements:
        standing.cells[standing.cell(row)][row.position] += 1
        standing.texts[row.demand][row.doc_id] += 1
    for figure in figures:
        standing.numbers[figure.what, figure.unit].add(figure.value)
    return standing


def effects(row: Coded, standing: Standing, *, stands: bool) -> dict[str, float]:
    """What changes if a record that stands went, or one that does not came: words, weight.

    Nothing is counted that hangs on events and forecasts.
    """
    if isinstance(row, Statement):
        return _of_statement(row, standing, stands=stands)
    return _of_figure(row, standing) if isinstance(row, Quantity) else {}


def _of_figure(row: Quantity, standing: Standing) -> dict[str, float]:
    others = standing.numbers.get((row.what, row.unit), set()) - {row.value}
    if not others:
        return {}
    if row.what == row.unit:
        return {"another number in this unit is told: is the same counted?": DIFFERS}
    return {"another number is told of the same": DIFFERS}


def _of_statement(row: Statement, standing: Standing, *, stands: bool) -> dict[str, float]:
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
