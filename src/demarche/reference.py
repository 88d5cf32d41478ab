"""The tables that a study is held against: articles of the documents at issue, known events and replies."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd

from demarche.edtf_dates import bounds
from demarche.problems import ProblemList

COLUMNS = {
    "treaty_articles": (
        "article",
        "document",
        "number",
        "binds",
        "obliges",
        "note",
        "checked",
        "sure",
        "source",
    ),
    "known_events": ("event", "date", "what", "actors", "checked", "sure", "source"),
    "replies": ("reply", "document", "kind", "topic", "line", "checked", "sure", "source"),
}


@dataclass(frozen=True)
class Reference:
    """What is known from outside the corpus; a table that a study does not have is empty.

    `known_events` has `earliest` and `latest` (ISO days) beside its columns.
    """

    treaty_articles: pd.DataFrame
    known_events: pd.DataFrame
    replies: pd.DataFrame


def read_reference(folder: Path) -> Reference:
    """Read the tables of a study's `reference/`; InputError with every missing column and bad date."""
    problems = ProblemList()
    tables = {
        table.name: _read(folder / f"{table.name}.csv", table.name, problems) for table in fields(Reference)
    }
    problems.raise_if_any()
    return Reference(**{**tables, "known_events": _dated(tables["known_events"], folder, problems)})


def _read(path: Path, name: str, problems: ProblemList) -> pd.DataFrame:
    columns = list(COLUMNS[name])
    if not path.exists():
        return pd.DataFrame(columns=columns, dtype=str)
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except (UnicodeDecodeError, ValueError) as error:  # pandas' own errors of form are ValueErrors
        problems.add(path, 1, f"no table in UTF-8 with commas between its columns: {error}")
        return pd.DataFrame(columns=columns, dtype=str)
    missing = [column for column in columns if column not in table.columns]
    if missing:
        problems.add(
            path, 1, f"found the columns {', '.join(table.columns)}; expected also {', '.join(missing)}"
        )
        return pd.DataFrame(columns=columns, dtype=str)
    for repeated in sorted(set(table.loc[table[columns[0]].duplicated(), columns[0]])):
        problems.add(path, 1, f"the id {repeated!r} stands on more than one row; ids are unique")
    return table[columns]


def _dated(events: pd.DataFrame, folder: Path, problems: ProblemList) -> pd.DataFrame:
    ranges = []
    for position, date in enumerate(events["date"]):
        try:
            ranges.append(bounds(date))
        except ValueError:
            problems.add(folder / "known_events.csv", position + 2, f"{date!r} is no EDTF date")
            ranges.append(("", ""))
    problems.raise_if_any()
    earliest, latest = ([days[side] for days in ranges] for side in (0, 1))
    return events.assign(earliest=pd.Series(earliest, dtype=str), latest=pd.Series(latest, dtype=str))
