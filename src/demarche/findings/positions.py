"""Findings on the positions: refusals, openings, counter-demands, disagreement between sources, change."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pandas as pd

from demarche.briefing import Briefing
from demarche.codebook import Codebook
from demarche.edtf_dates import readable
from demarche.findings.finding import Finding, count_of_sources, finding, labels, leading
from demarche.measures.accounts import changes, contested
from demarche.measures.gaps import unasked
from demarche.measures.rows import selected
from demarche.prose import actor_in_sentence, counted, in_quotes, listed, number, sentence, share, verb

MOST_MOVES = 2
SIDE_WORDS = {"for": "for it", "open": "open to it", "against": "against it"}


def principal_asker(told: pd.DataFrame) -> str:
    """The party reported to make most demands, of equals the one with more statements; '' where none does."""
    made = told[told["position"] == "demands"]
    if made.empty:
        return ""
    groups = made.groupby("party", sort=True)
    ranks = groups.agg(n_demands=("demand", "nunique"), n_statements=("statement_id", "size"))
    return str(ranks.sort_values(["n_demands", "n_statements"], ascending=False, kind="stable").index[0])


def is_addressed(codebook: Codebook, demand_id: str, party: str) -> bool:
    """Whether a demand is made of a party: in `to`, itself or through a bloc; `any` or none: everybody."""
    demand = codebook.demands.get(demand_id)
    if demand is None or not demand.to or "any" in demand.to:
        return True
    blocs = {actor.actor_id for actor in codebook.actors.values() if party in actor.members}
    members = set(codebook.actors[party].members) if party in codebook.actors else set()
    return bool({party, *blocs, *members} & set(demand.to))


def refusals(briefing: Briefing) -> list[Finding]:
    """How many of the principal asker's demands are refused, and by whom."""
    asker, asked, replies = _answered(briefing)
    if not asker:
        return []
    refused = replies[replies["position"] == "rejects"]
    made_by = f"{counted(len(asked), 'demand')} made by {actor_in_sentence(briefing.codebook, asker)}"
    if refused.empty:
        return _unanswered(briefing, made_by, replies)
    by_party = Counter(dict(refused.groupby("party", sort=True)["demand"].nunique()))
    parties = listed(
        (
            f"{actor_in_sentence(briefing.codebook, party)} ({counted(int(n), 'demand')})"
            for party, n in by_party.most_common()
        ),
        most=4,
    )
    n_refused = refused["demand"].nunique()
    some = number(n_refused) if n_refused < len(asked) else "all" if n_refused > 2 else "both"
    some = "it" if len(asked) == 1 else some
    text = (
        f"of {made_by}, {some} {verb(n_refused, 'is', 'are')} refused by at least one "
        f"party addressed: by {parties}"
    )
    against = _contrary(replies, refused)
    return [finding(briefing, "refusals", sentence(text), weight=95, rows=refused, against=against)]


def _unanswered(briefing: Briefing, made_by: str, replies: pd.DataFrame) -> list[Finding]:
    if len(replies):
        return []
    text = sentence(f"no source reports any reply of the parties addressed to the {made_by}")
    return [count_of_sources("refusals", text, weight=80)]


def openings(briefing: Briefing) -> list[Finding]:
    """On which of the principal asker's demands a party addressed is open or agrees; or that none is."""
    asker, _, replies = _answered(briefing)
    if not asker or replies.empty:
        return []
    willing = replies[replies["position"].isin(["open", "supports"])]
    name = actor_in_sentence(briefing.codebook, asker)
    if willing.empty:
        text = sentence(
            f"no source reports that a party addressed is open to, or accepts, any demand made by {name}"
        )
        return [count_of_sources("openings", text, weight=90, leading_ids=leading(replies))]
    parts = []
    for demand, cell in willing.groupby("demand", sort=False):
        parties = listed(actor_in_sentence(briefing.codebook, p) for p in dict.fromkeys(cell["party"]))
        parts.append(f"{in_quotes(briefing.codebook.demand_label(str(demand)))} ({parties})")
    n_accepted = willing.loc[willing["position"] == "supports", "demand"].nunique()
    text = (
        f"space is reported on {counted(len(parts), 'demand')} made by {name}: {listed(parts, most=3)}; "
        + (
            f"{number(n_accepted)} of them {verb(n_accepted, 'is', 'are')} supported outright"
            if n_accepted
            else "none of them is supported outright"
        )
    )
    against = _contrary(replies, willing)
    return [finding(briefing, "openings", sentence(text), weight=90, rows=willing, against=against)]


def offers(briefing: Briefing) -> list[Finding]:
    """What parties are open to though no source reports anybody asking for it."""
    rows = unasked(briefing.told)
    if rows.empty:
        return []
    parts = []
    for demand, cell in rows.groupby("demand", sort=False):
        parties = listed(actor_in_sentence(briefing.codebook, p) for p in dict.fromkeys(cell["party"]))
        parts.append(f"{in_quotes(briefing.codebook.demand_label(str(demand)))} ({parties})")
    text = f"openness is also reported to what no source shows anybody asking for: {listed(parts, most=3)}"
    return [finding(briefing, "offers", sentence(text), weight=85, rows=rows)]


def _answered(briefing: Briefing) -> tuple[str, list[str], pd.DataFrame]:
    """The principal asker, the demands it makes, and the replies of the parties those are made of."""
    told = briefing.told
    asker = principal_asker(told)
    asked = list(
        dict.fromkeys(told.loc[(told["party"] == asker) & (told["position"] == "demands"), "demand"])
    )
    replies = told[told["demand"].isin(asked) & (told["party"] != asker) & (told["position"] != "demands")]
    addressed = [
        is_addressed(briefing.codebook, demand, party)
        for demand, party in zip(replies["demand"], replies["party"], strict=True)
    ]
    return asker, asked, selected(replies, addressed)


def _contrary(replies: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The replies that put a party on another side of a demand than these rows do."""
    cells = set(zip(rows["party"], rows["demand"], strict=True))
    sides = set(rows["side"])
    same = (cell in cells for cell in zip(replies["party"], replies["demand"], strict=True))
    return selected(replies, same).loc[lambda rows: ~rows["side"].isin(sides)]


def counter_demands(briefing: Briefing) -> list[Finding]:
    """What the parties that refuse ask for themselves."""
    _, _, replies = _answered(briefing)
    refusers = list(dict.fromkeys(replies.loc[replies["position"] == "rejects", "party"]))
    told = briefing.told
    made = told[told["party"].isin(refusers) & (told["position"] == "demands")]
    if made.empty:
        return []
    groups = made.groupby(["party", "demand"], sort=False)["source"].nunique()
    spread = groups.sort_values(ascending=False, kind="stable")
    party, demand = (str(part) for part in spread.index[0])
    rows = made[(made["demand"] == demand) & (made["party"] == party)]
    n_made = made["demand"].nunique()
    who = _those_who_refuse(briefing, refusers, n_made)
    first = f"{in_quotes(briefing.codebook.demand_label(demand))}, in {_share(briefing, int(spread.iloc[0]))}"
    of_whom = f", made by {actor_in_sentence(briefing.codebook, party)}" if len(refusers) > 1 else ""
    text = f"{who}: {first}{of_whom}" if n_made == 1 else f"{who}; the most reported is {first}{of_whom}"
    return [finding(briefing, "counter-demands", sentence(text), weight=75, rows=rows)]


def next_move(briefing: Briefing) -> list[Finding]:
    """Whether the principal asker is reported to answer what those who refuse ask of it in turn."""
    asker, _, replies = _answered(briefing)
    told, book = briefing.told, briefing.codebook
    refusers = set(replies.loc[replies["position"] == "rejects", "party"]) - {asker}
    made = told[told["party"].isin(refusers) & (told["position"] == "demands")]
    made = selected(made, (is_addressed(book, demand, asker) for demand in made["demand"]))
    if not asker or made.empty:
        return []
    own = told[(told["party"] == asker) & (told["position"] != "demands")]
    own = own[own["demand"].isin(set(made["demand"]))]
    name, n_made = actor_in_sentence(book, asker), made["demand"].nunique()
    asked = f"of {counted(n_made, 'demand')} that those who refuse make in turn"
    answered = list(dict.fromkeys(own["demand"]))
    if not answered:
        text = f"{asked}, {name} is reported to answer none"
    elif len(answered) == n_made:
        text = f"{asked}, {name} is reported to answer every one"
    else:
        text = f"{asked}, {name} is reported to answer {number(len(answered))}, {labels(briefing, answered)}"
        text += "; no source has its answer to the others"
    both = pd.concat([own, made])
    return [
        count_of_sources(
            "next move", sentence(text), weight=74, record_ids=list(both["statement_id"]),
            leading_ids=leading(own) + leading(made),
        )
    ]  # fmt: skip


def _those_who_refuse(briefing: Briefing, refusers: list[str], n_made: int) -> str:
    if len(refusers) == 1:
        name = actor_in_sentence(briefing.codebook, refusers[0])
        return f"{name}, which refuses, has {counted(n_made, 'demand')} of its own"
    return f"the parties that refuse make {counted(n_made, 'demand')} of their own"


def _share(briefing: Briefing, n_sources: int) -> str:
    return share(n_sources, len(briefing.sources), "source")


def disagreements(briefing: Briefing) -> list[Finding]:
    """Where sources put one party on different sides of one demand."""
    rows = contested(briefing.told)
    if rows.empty:
        return []
    parts = []
    for (party, demand), cell in rows.groupby(["party", "demand"], sort=False):
        sides = cell.groupby("side", sort=False)["source"].nunique()
        said = listed(f"{SIDE_WORDS[str(side)]} in {counted(int(n), 'source')}" for side, n in sides.items())
        label = in_quotes(briefing.codebook.demand_label(str(demand)))
        parts.append(f"{actor_in_sentence(briefing.codebook, str(party))} on {label} ({said})")
    ids = [statement_id for cell in rows["statement_ids"] for statement_id in cell.split(";")]
    cited = briefing.told[briefing.told["statement_id"].isin(ids)]
    where = counted(len(parts), "position")
    text = f"the sources do not agree on {where}: {listed(parts, most=3)}"
    return [
        count_of_sources(
            "disagreements", sentence(text), weight=70, record_ids=ids, leading_ids=leading(cited)
        )
    ]


def moves(briefing: Briefing) -> list[Finding]:
    """Which party's position is another in the latest dated source than in the first."""
    findings = []
    for row in changes(briefing.told).to_dict("records")[:MOST_MOVES]:
        first, last = (
            briefing.told[briefing.told["statement_id"].isin(row[ids].split(";"))]
            for ids in ("first_ids", "last_ids")
        )
        between = (readable(briefing.documents[row[doc]].published) for doc in ("first_doc", "last_doc"))
        text = (
            f"between {' and '.join(between)} the position reported of "
            f"{actor_in_sentence(briefing.codebook, row['party'])} on {labels(briefing, [row['demand']])} "
            f"turned from {SIDE_WORDS[row['first_side']]} to {SIDE_WORDS[row['last_side']]}"
        )
        findings.append(_on_both(briefing, sentence(text), first, last))
    return findings


def _on_both(briefing: Briefing, text: str, first: pd.DataFrame, last: pd.DataFrame) -> Finding:
    """A finding as sure as the weaker of the two accounts that it compares."""
    weaker = min((first, last), key=lambda rows: (rows["voice"].nunique(), rows["source"].nunique()))
    both = pd.concat([first, last])
    made = finding(briefing, "moves", text, weight=65, rows=weaker)
    return replace(made, record_ids=tuple(both["statement_id"]), leading_ids=leading(both))
