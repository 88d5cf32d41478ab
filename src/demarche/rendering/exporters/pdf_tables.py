"""How a table is set on paper: its type, and where it may be divided between pages."""

from __future__ import annotations

import math
from typing import Any

from demarche.rendering.characters import is_rtl
from demarche.rendering.citations import nodes, plain

# columns from which on a table is set smaller, and its page turned
SMALL_FROM, WIDE_FROM = 7, 10
# letters beyond which a header is not repeated, and a table of few rows may be divided
LONG_FROM = 900
FEW_ROWS = 10
# lines beyond which a row may be divided, and letters on a line as wide as the page's text
LONG_ROW, LETTERS_A_LINE = 24, 110
# how many of the last rows stay together, so that no page carries one alone
LAST_ROWS = 2

Tree = dict[str, Any]


def table_data(block: Tree) -> Tree:
    """What the template need not work out itself about a table."""
    n_columns = len(block["columns"])
    return {
        "size": 7.2 if n_columns > WIDE_FROM else 8 if n_columns >= SMALL_FROM else 8.8,
        "gap": 2 if n_columns >= SMALL_FROM else 4,
        "wide": n_columns >= WIDE_FROM,
        # a header that leaves the page no room for rows would be repeated for ever
        "header-repeats": sum(len(column["title"]) for column in block["columns"]) < LONG_FROM,
        "stays-whole": stays_whole(block),
        "rtl": [[is_rtl(plain(cell)) for cell in row] for row in block["rows"]],
        "long-rows": [_n_lines(row, block) > LONG_ROW for row in block["rows"]],
        "n-foot": _n_foot(block),
    }


def stays_whole(block: Tree) -> bool:
    """Whether a block is a table too small to be divided between pages."""
    return (
        block["t"] == "table"
        and len(block["rows"]) <= FEW_ROWS
        and n_letters([block["rows"], block["note"]]) < LONG_FROM
    )


def n_letters(content: Any) -> int:
    """How many letters a page must find room for."""
    return sum(len(str(node["v"])) for node in nodes(content) if "v" in node)


def _n_foot(block: Tree) -> int:
    """How many of a table's last rows are kept together, with its remark."""
    last = [_n_lines(row, block) for row in block["rows"][-LAST_ROWS:]]
    while sum(last) > LONG_ROW:
        last = last[1:]
    return 0 if stays_whole(block) else len(last)


def _n_lines(row: list[Tree], block: Tree) -> int:
    """About how many lines the highest cell of a row takes."""
    widths = [column["width"] for column in block["columns"]]
    rooms = [LETTERS_A_LINE * width / sum(widths) for width in widths]
    cells = zip(row, rooms, strict=False)
    return max((sum(math.ceil(n / room) for n in _lengths(cell)) for cell, room in cells), default=0)


def _lengths(cell: Tree) -> list[int]:
    """How many letters stand between the line breaks of a cell; a number that is cited counts as six."""
    lengths = [0]
    for node in nodes(cell):
        if node["t"] == "break":
            lengths.append(0)
        elif node["t"] == "cite":
            lengths[-1] += 6 * len(node["n"])
        else:
            lengths[-1] += len(str(node.get("v", "")))
    return lengths
