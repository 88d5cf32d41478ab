"""A finding: a sentence made from tables, with the records it rests on and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from demarche.briefing import Briefing
from demarche.confidence import COUNTED, Support, phrase
from demarche.measures.voices import in_order_of_strength
from demarche.prose import in_quotes, listed, number


@dataclass(frozen=True, kw_only=True)
class Finding:
    """`record_ids` is everything counted, `leading_ids` what is cited beside the sentence.

    Cited is the strongest statement of each source and position. The heavier `weight`, the earlier it stands.
    """

    kind: str
    sentence: str
    confidence: str
    weight: float
    record_ids: tuple[str, ...] = ()
    leading_ids: tuple[str, ...] = ()


def finding(  # noqa: PLR0913 - the fields of a finding, one by one
    briefing: Briefing,
    kind: str,
    sentence: str,
    *,
    weight: float,
    rows: pd.DataFrame,
    against: pd.DataFrame | None = None,
) -> Finding:
    """A finding on the dispute, carried by rows of the statements and held against others."""
    support = support_of(briefing, rows, against)
    return Finding(
        kind=kind,
        sentence=sentence,
        confidence=phrase(support),
        weight=weight,
        record_ids=tuple(rows["statement_id"]),
        leading_ids=leading(rows),
    )


def count_of_sources(
    kind: str,
    sentence: str,
    *,
    weight: float,
    record_ids: Sequence[str] = (),
    leading_ids: Sequence[str] = (),
) -> Finding:
    """A finding on the sources themselves: a count, neither more nor less sure than the reading of them."""
    return Finding(
        kind=kind,
        sentence=sentence,
        confidence=COUNTED,
        weight=weight,
        record_ids=tuple(record_ids),
        leading_ids=tuple(leading_ids) or tuple(record_ids),
    )


def support_of(briefing: Briefing, rows: pd.DataFrame, against: pd.DataFrame | None = None) -> Support:
    """What carries a finding: sources and voices for it, sources against it, readings decided or proposed."""
    n_decided = sum(statement_id in briefing.decided for statement_id in rows["statement_id"])
    return Support(
        n_sources=rows["source"].nunique(),
        n_against=0 if against is None else against["source"].nunique(),
        n_voices=rows["voice"].nunique(),
        n_decided=n_decided,
        n_proposed=len(rows) - n_decided,
    )


def leading(rows: pd.DataFrame) -> tuple[str, ...]:
    """Of each source, party, demand and position the strongest statement, by id."""
    ranked = in_order_of_strength(rows)
    return tuple(ranked.drop_duplicates(["source", "party", "demand", "position"])["statement_id"])


def labels(briefing: Briefing, demands: Iterable[str], *, most: int = 4) -> str:
    """The labels of demands in quotation marks, listed."""
    return listed((in_quotes(briefing.codebook.demand_label(demand)) for demand in demands), most=most)


def ordinary(count: int, whole: int) -> str:
    """A part of a whole as a number: words throughout, or figures throughout where the whole is above ten."""
    return number(count) if whole <= 10 or count == 0 else str(count)
