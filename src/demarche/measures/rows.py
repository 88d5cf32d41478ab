"""Rows of tables: chosen by flags, named by their ids."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd


def selected(table: pd.DataFrame, flags: Iterable[bool]) -> pd.DataFrame:
    """The rows of a table whose flag is set (of a table without rows, none)."""
    return table[pd.Series(list(flags), index=table.index, dtype=bool)]


def ids_of(cell: pd.DataFrame) -> str:
    """The ids of statements, joined by `;`."""
    return ";".join(cell["statement_id"])
