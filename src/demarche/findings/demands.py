"""Findings on the demands: which are reported most, on how little some rest, what no source reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from demarche.briefing import Briefing
from demarche.findings.finding import Finding, count_of_sources, finding, labels, leading
from demarche.measures.accounts import independence
from demarche.measures.gaps import article_coverage, uncovered_demands
from demarche.measures.rows import selected
from demarche.prose import actor_in_sentence, counted, in_quotes, listed, number, sentence, share, verb


def dominance(briefing: Briefing) -> list[Finding]:
    """Which demand most sources carry; up to three that are carried equally widely stand together."""
    made = briefing.told[briefing.told["position"] == "demands"]
    if made.empty:
        return []
    spread = _spread(made)
    most = int(spread["n_documents"].max())
    top = spread[spread["n_documents"] == most]
    carried = share(most, len(briefing.sources), "source")
    if len(top) > 3:
        text = f"no single demand stands out: {counted(len(top), 'demand')} are carried by {carried} each"
    else:
        named = listed(_with_asker(briefing, row) for row in top.to_dict("records"))
        is_are = (
            "is the most widely reported demand" if len(top) == 1 else "are the most widely reported demands"
        )
        each = "" if len(top) == 1 else " each"
        text = f"{named} {is_are}, carried by {carried}{each}"
    cells = set(zip(top["party"], top["demand"], strict=True))
    rows = selected(made, (cell in cells for cell in zip(made["party"], made["demand"], strict=True)))
    return [finding(briefing, "dominance", sentence(text), weight=100, rows=rows)]


def _spread(made: pd.DataFrame) -> pd.DataFrame:
    groups = made.groupby(["party", "demand"], sort=False)
    spread = groups.agg(
        n_documents=("source", "nunique"), n_statements=("statement_id", "size")
    ).reset_index()
    return spread.sort_values(["n_documents", "n_statements"], ascending=False, kind="stable")


def _with_asker(briefing: Briefing, row: Mapping[Any, Any]) -> str:
    label = in_quotes(briefing.codebook.demand_label(row["demand"]))
    return f"{label} (made by {actor_in_sentence(briefing.codebook, row['party'])})"


def single_sources(briefing: Briefing) -> list[Finding]:
    """How many of the demands reported rest on one source, and on which source most of them."""
    reported = independence(briefing.told)
    single = reported[reported["is_single_source"]]
    if single.empty or len(briefing.sources) < 2:
        return []
    rows = briefing.told[briefing.told["demand"].isin(single["demand"])]
    by_source = (
        rows.groupby("source", sort=False)["demand"].nunique().sort_values(ascending=False, kind="stable")
    )
    text = f"{share(len(single), len(reported), 'demand')} that the sources speak of {_rest(len(single))}"
    title = in_quotes(briefing.title(str(by_source.index[0])))
    if len(by_source) == 1:
        text += f": {title}"
    elif len(single) > 1:
        text += f"; {number(int(by_source.iloc[0]))} of them on {title}"
    return [
        count_of_sources(
            "single sources",
            sentence(text),
            weight=60,
            record_ids=list(rows["statement_id"]),
            leading_ids=leading(rows.drop_duplicates("demand")),
        )
    ]


def _rest(count: int) -> str:
    return verb(count, "rests on one source", "rest on one source each")


def not_covered(briefing: Briefing) -> list[Finding]:
    """Which demands of the codebook no source speaks of."""
    if briefing.filters.demands or briefing.told.empty:
        return []
    missing = uncovered_demands(briefing.tables.demands)
    if not missing:
        return []
    known = len(briefing.tables.demands)
    text = (
        f"{share(len(missing), known, 'demand')} that the codebook follows "
        f"{verb(len(missing), 'is', 'are')} in no source: {labels(briefing, missing)}"
    )
    return [count_of_sources("not covered", sentence(text), weight=35)]


def unreported_articles(briefing: Briefing) -> list[Finding]:
    """How many articles of the reference documents no source reports."""
    articles = article_coverage(briefing.reference.treaty_articles, briefing.tables.demands)
    missing = articles[articles["reported"] == ""]
    if missing.empty or briefing.filters.demands or briefing.told.empty:
        return []
    text = (
        f"{share(len(missing), len(articles), 'article')} of the documents at issue "
        f"{verb(len(missing), 'is', 'are')} reported by no source"
    )
    drawn = int((missing["demands"] != "").sum())
    if drawn and len(missing) > 1:
        text += f", though the codebook follows a demand drawn from {number(drawn)} of them"
    return [count_of_sources("unreported articles", sentence(text), weight=45)]
