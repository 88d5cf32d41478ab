"""Measures: from tables to tables. Filter the tables first; nothing here takes an option, reads or writes.

`told` is the statements table in order of publication with `source`, `day`, `voice` (see `with_voices`).
n_documents counts sources: documents of the same words are one.
A source is on one side of a demand for a party: `for` (demands, supports), `open` or `against` (rejects).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

import pandas as pd

from demarche.codebook import Codebook
from demarche.edtf_dates import bounds
from demarche.records import ATTRIBUTIONS, AUTHOR
from demarche.tables import SIDES, in_order_of_publication, sources_of

GROUP = ["party", "demand"]
STRENGTH = {"quoted": 0, "reported": 1, "narrator": 2}
NEAR = 8
"""Within how many days an event must be dated for others to be near it."""


def with_voices(statements: pd.DataFrame, documents: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """The statements in order of publication, with `voice`, `side`, and the days `day` and `until`.

    They were published between `day` and `until` (ISO, '' when unknown). A voice is the party that a text
    quotes or reports, however many of its people speak: five texts that carry one minister are one voice.
    The own voice of a text is one more, or that of the party that published it.
    """
    told = in_order_of_publication(statements, documents)
    own_voice = own_voices(documents, codebook)
    voices = [
        own_voice[doc_id] if speaker == AUTHOR else codebook.party(speaker)
        for doc_id, speaker in zip(told["doc_id"], told["speaker"], strict=True)
    ]
    until = {row.doc_id: bounds(row.published)[1] for row in documents.itertuples()}
    return told.assign(
        until=[until[source] for source in told["source"]],
        voice=voices,
        side=[SIDES[position] for position in told["position"]],
    )


def in_order_of_strength(rows: pd.DataFrame) -> pd.DataFrame:
    """Statements with the strongest words first: quoted, reported, narrated; then the surer, the earlier."""
    ranks = rows.assign(strength=[STRENGTH[attribution] for attribution in rows["attribution"]])
    ranks = ranks.sort_values(
        ["strength", "confidence", "day", "doc_id", "start"],
        ascending=[True, False, True, True, True],
        kind="stable",
    )
    return ranks.drop(columns="strength")


def told_with_voices(table: pd.DataFrame, documents: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """A table of what somebody tells (figures, forecasts), with `source` and `voice` as of statements."""
    own_voice = own_voices(documents, codebook)
    voices = [
        own_voice[doc_id] if speaker == AUTHOR else codebook.party(speaker)
        for doc_id, speaker in zip(table["doc_id"], table["speaker"], strict=True)
    ]
    sources = sources_of(documents)
    return table.assign(
        source=pd.Series([sources[doc_id] for doc_id in table["doc_id"]], index=table.index, dtype=str),
        voice=pd.Series(voices, index=table.index, dtype=str),
    )


def selected(table: pd.DataFrame, flags: Iterable[bool]) -> pd.DataFrame:
    """The rows of a table whose flag is set (of a table without rows, none)."""
    return table[pd.Series(list(flags), index=table.index, dtype=bool)]


def own_voices(documents: pd.DataFrame, codebook: Codebook) -> dict[str, str]:
    """The voice in which each document speaks for itself: its publisher's, if a party, else its author's.

    What repeats an earlier document speaks in the voice of that one.
    """
    parties = {
        name.lower(): codebook.party(actor.actor_id)
        for actor in codebook.actors.values()
        for name in (actor.name, *actor.aliases)
    }
    voices = {
        doc_id: parties.get(str(publisher).lower(), f"{AUTHOR}:{doc_id}")
        for doc_id, publisher in zip(documents["doc_id"], documents["publisher"], strict=True)
    }
    return {doc_id: voices[source] for doc_id, source in sources_of(documents).items()}


def coverage(told: pd.DataFrame) -> pd.DataFrame:
    """One row a demand and a source that speaks of it.

    n_statements, n_asking (it is made), n_replies (any other position), statement_ids.
    """
    return _grouped(
        told,
        ["demand", "source"],
        ["n_statements", "n_asking", "n_replies", "statement_ids"],
        lambda cell: [len(cell), _n(cell, "demands"), len(cell) - _n(cell, "demands"), _ids(cell)],
    )


def accounts(told: pd.DataFrame) -> pd.DataFrame:
    """One row a party, a demand and a source: the side that source puts the party on, with its statements.

    Where one source puts a party on several sides, it has a row for each.
    """
    keys = [*GROUP, "source", "side"]
    cells: dict[tuple[str, ...], list[tuple[str, str, str]]] = {}
    of_all = zip(told["position"], told["voice"], told["statement_id"], strict=True)
    for cell, row in zip(zip(*(told[key] for key in keys), strict=True), of_all, strict=True):
        cells.setdefault(cell, []).append(row)
    rows = []
    for cell, of_cell in cells.items():
        positions, voices, ids = zip(*of_cell, strict=True)
        position = Counter(positions).most_common(1)[0][0]
        rows.append([*cell, len(of_cell), position, ";".join(sorted(set(voices))), ";".join(ids)])
    table = pd.DataFrame(rows, columns=[*keys, "n_statements", "position", "voices", "statement_ids"])
    return table.sort_values(keys, kind="stable", ignore_index=True)


def agreement(told: pd.DataFrame) -> pd.DataFrame:
    """One row a party and a demand: its side by most sources, how many they are, and what share.

    n_documents (sources that speak of the cell), n_agreeing, n_voices (of that side), share (0–1), side,
    statement_ids (of that side). A tie goes to the side told first.
    """
    columns = ["side", "n_documents", "n_agreeing", "n_voices", "share", "statement_ids"]
    return _grouped(told, GROUP, columns, _most_reported_side)


def _most_reported_side(cell: pd.DataFrame) -> list[object]:
    order = list(dict.fromkeys(cell["side"]))
    sources = {side: cell.loc[cell["side"] == side, "source"].nunique() for side in order}
    side = max(order, key=lambda name: sources[name])
    chosen = cell[cell["side"] == side]
    n_documents = cell["source"].nunique()
    n_voices = chosen["voice"].nunique()
    return [side, n_documents, sources[side], n_voices, sources[side] / n_documents, _ids(chosen)]


def independence(told: pd.DataFrame) -> pd.DataFrame:
    """One row a demand: n_statements, n_documents, n_voices, is_single_source, statement_ids."""
    return _grouped(
        told,
        ["demand"],
        ["n_statements", "n_documents", "n_voices", "is_single_source", "statement_ids"],
        lambda cell: [
            len(cell),
            cell["source"].nunique(),
            cell["voice"].nunique(),
            cell["source"].nunique() == 1,
            _ids(cell),
        ],
    )


def contested(told: pd.DataFrame) -> pd.DataFrame:
    """The rows of `accounts` for the cells where a party is put on more than one side."""
    rows = accounts(told)
    n_sides = rows.groupby(GROUP)["side"].nunique()
    divided = (n_sides[cell] > 1 for cell in zip(rows["party"], rows["demand"], strict=True))
    return selected(rows, divided).reset_index(drop=True)


def changes(told: pd.DataFrame) -> pd.DataFrame:
    """One row a party and a demand whose side differs between its first and its last dated source.

    first_doc, first_side, first_ids, and the same for last. A source that puts the party
    on several sides, and sources whose dates may be the same, say nothing about change.
    """
    columns = ["party", "demand", "day", "until", "side", "source", "statement_id"]
    dated: dict[tuple[str, str], list[dict[Any, Any]]] = {}
    for row in told.loc[told["day"] != "", columns].to_dict("records"):
        dated.setdefault((row["party"], row["demand"]), []).append(row)
    rows = []
    for cell, accounts_of in sorted(dated.items()):
        earliest, latest = min(r["until"] for r in accounts_of), max(r["day"] for r in accounts_of)
        first = [row for row in accounts_of if row["until"] == earliest]
        last = [row for row in accounts_of if row["day"] == latest]
        sides = [*dict.fromkeys(r["side"] for r in first), *dict.fromkeys(r["side"] for r in last)]
        if len(sides) == 2 and sides[0] != sides[1] and earliest < latest:
            ids = (";".join(row["statement_id"] for row in some) for some in (first, last))
            rows.append([*cell, first[0]["source"], sides[0], last[0]["source"], sides[1], *ids])
    named = [*GROUP, "first_doc", "first_side", "last_doc", "last_side", "first_ids", "last_ids"]
    return pd.DataFrame(rows, columns=named)


def attributions(told: pd.DataFrame) -> pd.DataFrame:
    """One row a source, one column a kind of attribution: how many of its statements are told so."""
    counts = pd.crosstab(told["doc_id"], told["attribution"])
    return counts.reindex(columns=list(ATTRIBUTIONS), fill_value=0).rename_axis(columns=None)


def leave_one_out(told: pd.DataFrame) -> pd.DataFrame:
    """One row a source: what a briefing without it, and without what repeats it, would lose.

    doc_id (the earliest document of the source), demands, n_demands (nobody else speaks of them),
    n_cells_lost, n_cells_turned (to another side).
    """
    accounts_of: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for party, demand, source, side in zip(
        told["party"], told["demand"], told["source"], told["side"], strict=True
    ):
        accounts_of.setdefault((party, demand), []).append((source, side))
    whole = {cell: _side_of(told_of) for cell, told_of in accounts_of.items()}
    n_demands = Counter(demand for _, demand in whole)
    rows = []
    for source in dict.fromkeys(told["source"]):
        own = [cell for cell, told_of in accounts_of.items() if any(one == source for one, _ in told_of)]
        rest = {cell: _side_of([one for one in accounts_of[cell] if one[0] != source]) for cell in own}
        lost = [cell for cell in own if not rest[cell]]
        n_turned = sum(bool(rest[cell]) and rest[cell] != whole[cell] for cell in own)
        n_lost = Counter(demand for _, demand in lost)
        demands = sorted(demand for demand, n in n_lost.items() if n == n_demands[demand])
        rows.append([source, ";".join(demands), len(demands), len(lost), n_turned])
    return pd.DataFrame(rows, columns=["doc_id", "demands", "n_demands", "n_cells_lost", "n_cells_turned"])


def _side_of(told_of: Sequence[tuple[str, str]]) -> str:
    """The side that most sources put a party on, of equals the one told first; '' where none does."""
    sources = Counter(side for _, side in dict.fromkeys(told_of))
    return max(dict.fromkeys(side for _, side in told_of), key=lambda side: sources[side], default="")


def _n(cell: pd.DataFrame, position: str) -> int:
    return int((cell["position"] == position).sum())


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
            "statement_ids": _ids(cell),
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


def differing_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures of which another one, of the same thing and unit, has another value; by thing, then value.

    `is_dated_apart`: every two of the thing that differ hold for different days, so that both may be right.
    """
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
        one["as_of"] and other["as_of"] and not _days_meet(one, other)
        for one, other in combinations(rows, 2)
        if one["value"] != other["value"]
    )


def _days_meet(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> bool:
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
        parties = _parties_of(row["actors"], codebook)
        found[row["event_id"]] = [
            other["event"]
            for other in known.to_dict("records")
            if _days_meet(row, other) and parties & _parties_of(other["actors"], codebook)
        ]
    return found


def _is_within_days(earliest: str, latest: str) -> bool:
    if not earliest or not latest:
        return False
    return (date.fromisoformat(latest) - date.fromisoformat(earliest)).days < NEAR


def _parties_of(actors: str, codebook: Codebook) -> set[str]:
    """The parties of a list of actors; a bloc stands for its members too."""
    parties = {codebook.party(actor) for actor in actors.split(";") if actor}
    members = {m for party in parties if party in codebook.actors for m in codebook.actors[party].members}
    return parties | members


def _grouped(
    told: pd.DataFrame,
    keys: Sequence[str],
    columns: Sequence[str],
    summarise: Callable[[pd.DataFrame], Sequence[object]],
) -> pd.DataFrame:
    rows = [[*values, *summarise(cell)] for values, cell in told.groupby(list(keys), sort=False)]
    table = pd.DataFrame(rows, columns=[*keys, *columns])
    return table.sort_values(list(keys), kind="stable", ignore_index=True)


def _ids(cell: pd.DataFrame) -> str:
    return ";".join(cell["statement_id"])
