"""Common ground: which demands somebody is willing to meet, and who blocks them."""

from __future__ import annotations

import pandas as pd

from demarche.measures.rows import ids_of


def common_ground(ledger: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """One row a demand that somebody makes: who is willing, who blocks it, and how it stands.

    standing: `blocked` (every reply refuses), `divided` (some refuse, some do not), `open` (no refusal, some
    opening), `unanswered` (no reply is reported).
    """
    rows = []
    for demand, cell in ledger.groupby("demand", sort=False):
        of = {reply: ";".join(cell.loc[cell["reply"] == reply, "party"]) for reply in set(cell["reply"])}
        willing = ";".join(filter(None, (of.get("supported"), of.get("open"))))
        blocking = of.get("rejected", "")
        ids = ";".join(filter(None, cell["statement_ids"]))
        rows.append([demand, cell["asked_by"].iloc[0], willing, blocking, _standing(willing, blocking), ids])
    table = pd.DataFrame(
        rows, columns=["demand", "asked_by", "willing", "blocking", "standing", "statement_ids"]
    )
    order = {demand: place for place, demand in enumerate(dict.fromkeys(told["demand"]))}
    return table.sort_values("demand", key=lambda c: c.map(order), kind="stable", ignore_index=True)


def bargaining_space(ledger: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """`common_ground` with `n_voices` and `n_documents` behind the answers, and the offers nobody asked for.

    `is_disputed`: the accounts put one party that answers on more than one side. An offer that no source
    shows anybody asking for has the standing `offered`; where no answer is reported, both counts are 0.
    """
    asked = common_ground(ledger, told)
    open_to = told[told["position"].isin(["open", "supports"])]
    offered = open_to[~open_to["demand"].isin(set(told.loc[told["position"] == "demands", "demand"]))]
    rows = [
        {
            "demand": demand,
            "asked_by": "",
            "willing": ";".join(dict.fromkeys(cell["party"])),
            "blocking": "",
            "standing": "offered",
            "statement_ids": ids_of(cell),
        }
        for demand, cell in offered.groupby("demand", sort=False)
    ]
    both = pd.concat([asked, pd.DataFrame(rows, columns=asked.columns)], ignore_index=True)
    by_id = told.set_index("statement_id")
    answers = [by_id.loc[[one for one in ids.split(";") if one]] for ids in both["statement_ids"]]
    return both.assign(
        n_voices=[answer["voice"].nunique() for answer in answers],
        n_documents=[answer["source"].nunique() for answer in answers],
        is_disputed=[bool((answer.groupby("party")["side"].nunique() > 1).any()) for answer in answers],
    )


def _standing(willing: str, blocking: str) -> str:
    if blocking:
        return "divided" if willing else "blocked"
    return "open" if willing else "unanswered"
