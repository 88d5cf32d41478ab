"""What a briefing would be without one of its sources: positions, dates, findings and judgements lost."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from demarche.briefing import Briefing
from demarche.confidence import HIGH, LOW, MODERATE
from demarche.findings import all_findings
from demarche.measures.accounts import leave_one_out
from demarche.tables import Tables, summary_tables

MOST_TRIED = 8
"""Of how many sources, those that would be missed most first, the findings are made anew without them."""
MOST_STATEMENTS = 600
"""Up to how many statements findings are made anew; beyond, that would take minutes."""
NOT_TRIED = "not tried"
SURENESS = (LOW, MODERATE, HIGH)


def losses(briefing: Briefing) -> pd.DataFrame:
    """One row a source that states anything: what a briefing without it, and what repeats it, would lose.

    doc_id, demands (`;`-joined), n_demands, n_cells_lost, n_cells_turned (see `accounts.leave_one_out`),
    n_dates (days that no other source dates), findings and judgements (`;`-joined: kinds of findings that
    vanish or are less sure, `not tried` where that was not tried; ids of judgements that lose a
    reading), n_findings and n_judgements.
    """
    table = leave_one_out(briefing.told)
    events = briefing.tables.events
    is_own = [events["doc_id"].isin(briefing.family(source)) for source in table["doc_id"]]
    dates = [len(set(events.loc[own, "date"]) - set(events.loc[~own, "date"])) for own in is_own]
    table = table.assign(n_dates=pd.Series(dates, index=table.index, dtype=int))
    weight = table[["n_demands", "n_cells_lost", "n_cells_turned", "n_dates"]].sum(axis=1)
    n_tried = MOST_TRIED if len(briefing.told) <= MOST_STATEMENTS else 0
    tried = set(table.loc[weight.sort_values(ascending=False, kind="stable").index[:n_tried], "doc_id"])
    table = table.assign(
        findings=[
            ";".join(weaker_findings(briefing, d)) if d in tried else NOT_TRIED for d in table["doc_id"]
        ],
        judgements=[";".join(shaken_judgements(briefing, d)) for d in table["doc_id"]],
    )
    return table.assign(
        n_findings=[
            0 if f == NOT_TRIED else len(list(filter(None, f.split(";")))) for f in table["findings"]
        ],
        n_judgements=[len(list(filter(None, j.split(";")))) for j in table["judgements"]],
    )


def without(briefing: Briefing, source: str) -> Briefing:
    """The briefing as it would be if one source did not exist; evidence numbers stay."""
    tables, left_out = briefing.tables, briefing.family(source)
    documents, statements, events, figures, forecasts = (
        table[~table["doc_id"].isin(left_out)].reset_index(drop=True)
        for table in (tables.documents, tables.statements, tables.events, tables.figures, tables.forecasts)
    )
    summaries = summary_tables(documents, statements, briefing.codebook)
    return replace(
        briefing,
        documents={name: document for name, document in briefing.documents.items() if name not in left_out},
        tables=Tables(documents, statements, events, *summaries, figures, forecasts),
        judgements=(),
    )


def weaker_findings(briefing: Briefing, source: str) -> list[str]:
    """The kinds of findings that vanish without a source, or are less sure."""
    left = _sureness(without(briefing, source))
    return [kind for kind, sure in _sureness(briefing).items() if left.get(kind, -1) < sure]


def _sureness(briefing: Briefing) -> dict[str, int]:
    found: dict[str, int] = {}
    for finding in all_findings(briefing):
        phrase = finding.confidence.split(":")[0]
        found.setdefault(finding.kind, SURENESS.index(phrase) if phrase in SURENESS else 0)
    return found


def shaken_judgements(briefing: Briefing, source: str) -> list[str]:
    """The judgements that rest on a reading of a source."""
    if not briefing.judgements:
        return []
    family = set(briefing.family(source))
    own = {record.record_id for record in briefing.evidence.values() if record.doc_id in family}
    return [each.judgement_id for each in briefing.judgements if own & set(each.rests_on)]
