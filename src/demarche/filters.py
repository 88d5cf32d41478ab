"""What a reader of a briefing asks for: some actors, some demands, some dates, a least confidence.

Tables are filtered first, so that no measure needs an option; what falls away is counted with its reason.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.edtf_dates import bounds, is_edtf
from demarche.problems import InputError, Problem
from demarche.records import AUTHOR

WHERE = "parameters"
LEFT_OUT = ("layer", "reason", "n")
UNSURE = "below the least confidence asked for"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What is asked for; an empty field asks for everything. Dates are EDTF: `2022-01` means that month."""

    actors: tuple[str, ...] = ()
    demands: tuple[str, ...] = ()
    date_from: str = ""
    date_to: str = ""
    min_confidence: float = 0.0

    @property
    def earliest(self) -> str:
        """The first day asked for (ISO), empty when any."""
        return bounds(self.date_from)[0] if self.date_from else ""

    @property
    def latest(self) -> str:
        """The last day asked for (ISO), empty when any."""
        return bounds(self.date_to)[1] if self.date_to else ""


def check_filters(filters: Filters, codebook: Codebook) -> None:
    """InputError with everything that is wrong: unknown ids (and the nearest known), bad dates, no share."""
    messages = [
        *_unknown("actors", filters.actors, [*codebook.actors, AUTHOR]),
        *_unknown("demands", filters.demands, codebook.demands),
        *_bad_dates(filters),
    ]
    if not 0 <= filters.min_confidence <= 1:
        messages.append(f"min_confidence is {filters.min_confidence:g}; expected a number from 0 to 1")
    if messages:
        raise InputError(Problem(WHERE, 0, message) for message in messages)


def _unknown(name: str, ids: Iterable[str], known: Iterable[str]) -> list[str]:
    known = list(known)
    messages = []
    for unknown in [value for value in ids if value not in known]:
        near = difflib.get_close_matches(unknown, known, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "the codebook has none like it"
        messages.append(f"{name}: found {unknown!r}, expected an id of the codebook; {hint}")
    return messages


def _bad_dates(filters: Filters) -> list[str]:
    dates = {"date_from": filters.date_from, "date_to": filters.date_to}
    bad = [
        f"{name}: found {date!r}, expected a date such as 2022-01-26, 2022-01 or 2022"
        for name, date in dates.items()
        if date and not is_edtf(date)
    ]
    if not bad and filters.earliest and filters.latest and filters.earliest > filters.latest:
        bad = [f"date_from {filters.date_from} is after date_to {filters.date_to}"]
    return bad


def filtered_statements(
    statements: pd.DataFrame, filters: Filters, documents: Mapping[str, Document]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The statements asked for, and how many fell away for which reason (LEFT_OUT)."""
    published = {doc_id: bounds(document.published) for doc_id, document in documents.items()}
    ranges = [published[doc_id] if documents[doc_id].published else None for doc_id in statements["doc_id"]]
    tests = {
        UNSURE: statements["confidence"] >= filters.min_confidence,
        "position of another actor": _among(statements, ("actor", "party"), filters.actors),
        "another demand": _among(statements, ("demand",), filters.demands),
        "published outside the dates asked for, or on an unknown date": _within(
            ranges, filters, statements.index
        ),
    }
    return _kept("statements", statements, tests)


def filtered_events(
    events: pd.DataFrame, filters: Filters, codebook: Codebook
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The events asked for, and how many fell away for which reason (LEFT_OUT)."""
    asked = set(filters.actors)
    taking_part = [
        not asked
        or bool(asked & {name for actor in actors.split(";") for name in (actor, codebook.party(actor))})
        for actors in events["actors"]
    ]
    ranges = list(zip(events["earliest"], events["latest"], strict=True))
    tests = {
        UNSURE: events["confidence"] >= filters.min_confidence,
        "without an actor asked for": pd.Series(taking_part, index=events.index, dtype=bool),
        "outside the dates asked for": _within(ranges, filters, events.index),
    }
    return _kept("events", events, tests)


def filtered_layer(
    layer: str,
    table: pd.DataFrame,
    filters: Filters,
    documents: Mapping[str, Document],
    codebook: Codebook,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The figures or forecasts asked for, by who tells them and when, and how many fell away (LEFT_OUT)."""
    parties = table.assign(party=[codebook.party(speaker) for speaker in table["speaker"]])
    published = [documents[doc_id].published for doc_id in table["doc_id"]]
    ranges = [bounds(day) if day else None for day in published]
    tests = {
        UNSURE: table["confidence"] >= filters.min_confidence,
        "told by another actor": _among(parties, ("speaker", "party"), filters.actors),
        "published outside the dates asked for, or on an unknown date": _within(ranges, filters, table.index),
    }
    return _kept(layer, table, tests)


def _among(table: pd.DataFrame, columns: tuple[str, ...], ids: tuple[str, ...]) -> pd.Series[bool]:
    if not ids:
        return pd.Series(True, index=table.index)
    return table[list(columns)].isin(list(ids)).any(axis=1)


def _within(
    ranges: Iterable[tuple[str, str] | None], filters: Filters, index: pd.Index[int]
) -> pd.Series[bool]:
    first, last = filters.earliest, filters.latest
    inside = [
        not (first or last)
        or (
            days is not None
            and (not last or days[0] <= last)
            and (not first or not days[1] or days[1] >= first)
        )
        for days in ranges
    ]
    return pd.Series(inside, index=index, dtype=bool)


def _kept(
    layer: str, table: pd.DataFrame, tests: Mapping[str, pd.Series[bool]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    kept = pd.Series(True, index=table.index)
    rows = []
    for reason, passed in tests.items():
        if lost := int((kept & ~passed).sum()):
            rows.append((layer, reason, lost))
        kept &= passed
    return table[kept].reset_index(drop=True), pd.DataFrame(rows, columns=list(LEFT_OUT))
