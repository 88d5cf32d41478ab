"""How well two coders agree on figures and forecasts, coded apart from each other, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import TypeVar

import pandas as pd

from demarche.agreement import (
    Agreement,
    accepted,
    agreement_of,
    alone,
    alpha,
    both_spoke,
    differing_fields,
    found_by_both,
    read_coders,
)
from demarche.coding import Coding
from demarche.records import Coded, Forecast, Quantity
from demarche.scoring.pairs import pairs

Record = TypeVar("Record", Quantity, Forecast)
FIGURE_FIELDS = ("value", "unit", "precision", "as_of", "speaker", "attribution")
FORECAST_FIELDS = ("about", "strength", "horizon", "speaker", "attribution")


def layer_agreement_of_study(path: Path) -> Agreement:
    """The agreement of each two coders who coded, or decided on, figures or forecasts (`coding/coders/`)."""
    coded = [(name, each) for name, each in read_coders(path)[1] if each.figures or each.forecasts]
    results = [layer_agreement(*both_spoke(*pair)) for pair in combinations(coded, 2)]
    results = results or [agreement_of([], [])]
    return Agreement(
        pd.concat([r.measures for r in results], ignore_index=True),
        pd.concat([r.differences for r in results], ignore_index=True),
    )


def layer_lines(result: Agreement) -> list[str]:
    """The measures as a table; nothing where no two coders found any."""
    return [] if result.measures.empty else [result.measures.to_string(index=False)]


def layer_agreement(first: tuple[str, Coding], second: tuple[str, Coding]) -> Agreement:
    """Compare two named codings: figures pair where they overlap and count the same, forecasts where they
    overlap; of the pairs, how often each field is alike."""
    (one, a), (two, b) = ((name, accepted(coding)) for name, coding in (first, second))
    figures = pairs(a.figures, b.figures, _subject)
    forecasts = pairs(a.forecasts, b.forecasts, _subject)
    rows = [
        *found_by_both("figures", len(figures), a.figures, b.figures),
        *_alike("figures", FIGURE_FIELDS, figures),
        *found_by_both("forecasts", len(forecasts), a.forecasts, b.forecasts),
        *_alike("forecasts", FORECAST_FIELDS, forecasts),
    ]
    measures = [(f"{one} / {two}", layer, measure, round(value, 3), n) for layer, measure, value, n in rows]
    paired: list[tuple[Coded, Coded]] = [*figures, *forecasts]
    differing = [
        *alone((one, two), [*a.figures, *a.forecasts], {id(x) for x, _ in paired}, is_first=True),
        *alone((one, two), [*b.figures, *b.forecasts], {id(y) for _, y in paired}, is_first=False),
        *(row for pair in paired for row in differing_fields((one, two), *pair)),
    ]
    return agreement_of(measures, differing)


def _subject(record: Quantity | Forecast) -> tuple[str, str]:
    """What two records must share to be paired: the document, and of figures what they count."""
    return record.doc_id, record.what if isinstance(record, Quantity) else ""


def _alike(
    layer: str, fields: Sequence[str], pairs: Sequence[tuple[Record, Record]]
) -> Iterator[tuple[str, str, float, int]]:
    for field in fields if pairs else ():
        labels = [(str(getattr(x, field)), str(getattr(y, field))) for x, y in pairs]
        same = sum(x == y for x, y in labels) / len(labels)
        yield layer, f"{field.replace('_', ' ')}, observed", same, len(labels)
        yield layer, f"{field.replace('_', ' ')}, alpha", alpha(labels), len(labels)
