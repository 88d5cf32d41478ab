"""Which tables a narrow screen sets row by row, each cell under the name of its column.

Columns of prose beside each other become columns of single words there; columns of numbers stay a table.
"""

from __future__ import annotations

from demarche.blocks import Block, Inline
from demarche.rendering.citations import labels, nodes, plain

PROSE_FROM = 20
"""Letters of a column's longest cell from which on it is prose."""
LONG_FROM = 60
"""Letters from which on a column of prose leaves too little room for one like it, or for three others."""
SHORT_HEAD = 4
"""Letters up to which the head of a row says nothing without the name of its column."""
MOST_COLUMNS = 5
"""More columns than these are no table on a phone, whatever they hold."""


def stacked_labels(table: Block) -> list[str]:
    """What stands before each cell where rows stand one below another; empty for a table that stays one.

    The first cell heads its row, without a label unless it is a bare number or the like.
    """
    titles = [str(column["title"]) for column in table["columns"]]
    longest = [
        max((_n_letters(row[place]) for row in table["rows"]), default=0) for place in range(len(titles))
    ]
    if not _is_crowded(longest):
        return []
    return [titles[0] if longest[0] <= SHORT_HEAD else "", *titles[1:]]


def _is_crowded(longest: list[int]) -> bool:
    """Whether columns with cells of so many letters are too much for a phone."""
    n_columns, n_prose = len(longest), sum(length >= PROSE_FROM for length in longest)
    if n_columns == 2:
        return min(longest) >= LONG_FROM
    has_room = n_prose < 2 and (n_columns < 4 or max(longest) < LONG_FROM)
    return n_columns > MOST_COLUMNS or not has_room


def _n_letters(cell: list[Inline]) -> int:
    """The letters of a cell, those of its citations included."""
    cites = [node for node in nodes(cell) if node["t"] == "cite"]
    return len(plain(cell)) + sum(5 * len(labels(node["n"])) for node in cites)
