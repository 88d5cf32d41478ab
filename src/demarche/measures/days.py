"""What is told of days: figures that differ, and events near one another in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import combinations
from typing import Any

import pandas as pd

from demarche.codebook import Codebook
from demarche.records import BY_PEOPLE

NEAR = 8
"""Within how many days an event must be dated for others to be near it."""


def differing_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures of which another one, of the same thing and unit, has another value; by thing, then value.

    A figure that a program found, and of which nobody has said more than its unit, is of no thing: 'crowns'.
    `is_dated_apart`: every two of the thing that differ hold for different days, so that both may be right.
    """
    figures = figures[(figures["what"] != figures["unit"]) | figures["method"].isin(BY_PEOPLE)]
    n_values = figures.groupby(["what", "unit"])["value"].transform("nunique")
    differing = figures[n_values > 1] if len(figures) else figures
    apart = {what: _are_dated_apart(cell) for what, cell in differing.groupby("what", sort=False)}
    rows = differing.assign(
        is_dated_apart=[apart[what] for what in differing["what"]], size=differing["value"].map(float)
    )
    return rows.sort_values(["what", "size"], kind="stable", ignore_index=True).drop(columns="size")


def _are_dated_apart(cell: pd.DataFrame) -> bool:
    rows = cell.to_dict("records")
    return all(
        one["as_of"] and other["as_of"] and not days_meet(one, other)
        for one, other in combinations(rows, 2)
        if one["value"] != other["value"]
    )


def days_meet(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> bool:
    """Whether two dates, from `earliest` to `latest` (ISO; '' is open), share a day."""
    return bool(
        (not one["latest"] or not other["earliest"] or other["earliest"] <= one["latest"])
        and (not other["latest"] or not one["earliest"] or one["earliest"] <= other["latest"])
    )


def near_in_time(events: pd.DataFrame, known: pd.DataFrame, codebook: Codebook) -> dict[str, list[str]]:
    """By event of the sources, the events known from elsewhere that share a day and a party with it.

    Only events that the sources date to within NEAR days: a month shares its days with everything in it.
    """
    found: dict[str, list[str]] = {}
    for row in events.to_dict("records"):
        if not _is_within_days(row["earliest"], row["latest"]):
            continue
        parties = parties_of(row["actors"], codebook)
        found[row["event_id"]] = [
            other["event"]
            for other in known.to_dict("records")
            if days_meet(row, other) and parties & parties_of(other["actors"], codebook)
        ]
    return found


def _is_within_days(earliest: str, latest: str) -> bool:
    if not earliest or not latest:
        return False
    return (date.fromisoformat(latest) - date.fromisoformat(earliest)).days < NEAR


def parties_of(actors: str, codebook: Codebook) -> set[str]:
    """The parties of a list of actors; a bloc stands for its members too."""
    parties = {codebook.party(actor) for actor in actors.split(";") if actor}
    members = {m for party in parties if party in codebook.actors for m in codebook.actors[party].members}
    return parties | members
