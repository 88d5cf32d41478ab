"""What is missing: parties that do not speak, demands nobody is shown to make, articles nobody reports.

From tables to tables; nothing here reads or writes.
"""

from __future__ import annotations

import pandas as pd

from demarche.codebook import Codebook
from demarche.measures.rows import selected


def silent_parties(told: pd.DataFrame, events: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """One row a party that the sources concern and that never speaks in them, most concerned first.

    n_addressed (statements to it or its people), n_held (positions that others report of it), n_events (it
    takes part in), n_named (demands spoken of whose label names it), statement_ids, event_ids.
    """
    speaking = set(told["voice"])
    rows: list[tuple[str, int, int, int, int, str, str]] = []
    for actor in codebook.actors.values():
        party = actor.actor_id
        if actor.of or actor.kind == "person" or not actor.is_current or party in speaking:
            continue
        addressed = selected(told, (party in _parties(cell, codebook) for cell in told["addressee"]))
        held = told[told["party"] == party]
        taking_part = selected(events, (party in _parties(cell, codebook) for cell in events["actors"]))
        named = [d for d in dict.fromkeys(told["demand"]) if actor.name in codebook.demand_label(d)]
        if len(addressed) or len(held) or len(taking_part) or named:
            counts = len(addressed), len(held), len(taking_part), len(named)
            ids = ";".join([*addressed["statement_id"], *held["statement_id"]])
            rows.append((party, *counts, ids, ";".join(taking_part["event_id"])))
    columns = ["party", "n_addressed", "n_held", "n_events", "n_named", "statement_ids", "event_ids"]
    rows.sort(key=lambda row: (-row[4], -(row[1] + row[2] + row[3]), row[0]))
    return pd.DataFrame(rows, columns=columns)


def _parties(cell: str, codebook: Codebook) -> set[str]:
    return {codebook.party(actor) for actor in cell.split(";") if actor}


def unasked(told: pd.DataFrame) -> pd.DataFrame:
    """The statements that are open to, or support, a demand that no source reports anybody making."""
    asked = set(told.loc[told["position"] == "demands", "demand"])
    return told[~told["demand"].isin(asked) & told["position"].isin(["open", "supports"])].reset_index(
        drop=True
    )


def uncovered_demands(demands: pd.DataFrame) -> list[str]:
    """The demands of the codebook that no source speaks of: neither refused nor met with silence."""
    return list(demands.loc[demands["n_statements"] == 0, "demand"])


def article_coverage(articles: pd.DataFrame, demands: pd.DataFrame) -> pd.DataFrame:
    """One row an article of the reference: `demands` of the codebook drawn from it, those `reported`."""
    drawn = {
        article: [
            row["demand"] for row in demands.to_dict("records") if article in row["reference"].split(";")
        ]
        for article in articles["article"]
    }
    reported = set(demands.loc[demands["n_statements"] > 0, "demand"])
    return articles.assign(
        demands=[";".join(drawn[article]) for article in articles["article"]],
        reported=[";".join(d for d in drawn[article] if d in reported) for article in articles["article"]],
    )
