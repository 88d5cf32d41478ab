"""Measures: from tables to tables. Filter the tables first; nothing here takes an option, reads or writes.

`told` is the statements table in order of publication with `day`, `voice` (see `with_voices`).
A source is on one side of a demand for a party: `for` (demands, supports), `open` or `against` (rejects).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import pandas as pd

from demarche.codebook import Codebook
from demarche.edtf_dates import bounds
from demarche.records import ATTRIBUTIONS, AUTHOR, POSITIONS
from demarche.tables import SIDES, in_order_of_publication

GROUP = ["party", "demand"]


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
        until=[until[doc_id] for doc_id in told["doc_id"]],
        voice=voices,
        side=[SIDES[position] for position in told["position"]],
    )


def own_voices(documents: pd.DataFrame, codebook: Codebook) -> dict[str, str]:
    """The voice in which each document speaks for itself: its publisher's, if a party, else its author's."""
    parties = {
        name.lower(): codebook.party(actor.actor_id)
        for actor in codebook.actors.values()
        for name in (actor.name, *actor.aliases)
    }
    return {
        doc_id: parties.get(str(publisher).lower(), f"{AUTHOR}:{doc_id}")
        for doc_id, publisher in zip(documents["doc_id"], documents["publisher"], strict=True)
    }


def coverage(told: pd.DataFrame) -> pd.DataFrame:
    """One row a demand and a source that speaks of it.

    n_statements, n_asking (it is made), n_replies (any other position), statement_ids.
    """
    return _grouped(
        told,
        ["demand", "doc_id"],
        ["n_statements", "n_asking", "n_replies", "statement_ids"],
        lambda cell: [len(cell), _n(cell, "demands"), len(cell) - _n(cell, "demands"), _ids(cell)],
    )


def accounts(told: pd.DataFrame) -> pd.DataFrame:
    """One row a party, a demand and a source: the side that source puts the party on, with its statements.

    Where one source puts a party on several sides, it has a row for each.
    """
    return _grouped(
        told,
        [*GROUP, "doc_id", "side"],
        ["n_statements", "position", "voices", "statement_ids"],
        lambda cell: [
            len(cell),
            Counter(cell["position"]).most_common(1)[0][0],
            ";".join(sorted(set(cell["voice"]))),
            _ids(cell),
        ],
    )


def agreement(told: pd.DataFrame) -> pd.DataFrame:
    """One row a party and a demand: its side by most sources, how many they are, and what share.

    n_documents (sources that speak of the cell), n_agreeing, n_voices (of that side), share (0–1), side,
    statement_ids (of that side). A tie goes to the side told first.
    """
    columns = ["side", "n_documents", "n_agreeing", "n_voices", "share", "statement_ids"]
    return _grouped(told, GROUP, columns, _most_reported_side)


def _most_reported_side(cell: pd.DataFrame) -> list[object]:
    order = list(dict.fromkeys(cell["side"]))
    sources = {side: cell.loc[cell["side"] == side, "doc_id"].nunique() for side in order}
    side = max(order, key=lambda name: sources[name])
    chosen = cell[cell["side"] == side]
    n_documents = cell["doc_id"].nunique()
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
            cell["doc_id"].nunique(),
            cell["voice"].nunique(),
            cell["doc_id"].nunique() == 1,
            _ids(cell),
        ],
    )


def contested(told: pd.DataFrame) -> pd.DataFrame:
    """The rows of `accounts` for the cells where a party is put on more than one side."""
    rows = accounts(told)
    n_sides = rows.groupby(GROUP)["side"].nunique()
    divided = [n_sides[cell] > 1 for cell in zip(rows["party"], rows["demand"], strict=True)]
    return rows[pd.Series(divided, index=rows.index, dtype=bool)].reset_index(drop=True)


def changes(told: pd.DataFrame) -> pd.DataFrame:
    """One row a party and a demand whose side differs between its first and its last dated source.

    first_doc, first_side, first_ids, and the same for last. A source that puts the party
    on several sides, and sources whose dates may be the same, say nothing about change.
    """
    rows = []
    for (party, demand), cell in told[told["day"] != ""].groupby(GROUP, sort=True):
        first, last = cell[cell["until"] == cell["until"].min()], cell[cell["day"] == cell["day"].max()]
        sides = [*first["side"].unique(), *last["side"].unique()]
        if len(sides) == 2 and sides[0] != sides[1] and first["until"].max() < last["day"].min():
            earlier, later = first["doc_id"].iloc[0], last["doc_id"].iloc[0]
            rows.append([party, demand, earlier, sides[0], later, sides[1], _ids(first), _ids(last)])
    columns = [*GROUP, "first_doc", "first_side", "last_doc", "last_side", "first_ids", "last_ids"]
    return pd.DataFrame(rows, columns=columns)


def attributions(told: pd.DataFrame) -> pd.DataFrame:
    """One row a source, one column a kind of attribution: how many of its statements are told so."""
    counts = pd.crosstab(told["doc_id"], told["attribution"])
    return counts.reindex(columns=list(ATTRIBUTIONS), fill_value=0).rename_axis(columns=None)


def leave_one_out(told: pd.DataFrame) -> pd.DataFrame:
    """One row a source: what a briefing without it would lose.

    demands, n_demands (nobody else speaks of them), n_cells_lost, n_cells_turned (to another side).
    """
    whole = _sides(told)
    rows = []
    for doc_id in dict.fromkeys(told["doc_id"]):
        rest = _sides(told[told["doc_id"] != doc_id])
        lost = [cell for cell in whole if cell not in rest]
        turned = [cell for cell in whole if cell in rest and rest[cell] != whole[cell]]
        demands = sorted({demand for _, demand in whole} - {demand for _, demand in rest})
        rows.append([doc_id, ";".join(demands), len(demands), len(lost), len(turned)])
    return pd.DataFrame(rows, columns=["doc_id", "demands", "n_demands", "n_cells_lost", "n_cells_turned"])


def _sides(told: pd.DataFrame) -> dict[tuple[str, str], str]:
    cells = agreement(told)
    return dict(zip(zip(cells["party"], cells["demand"], strict=True), cells["side"], strict=True))


def silent_parties(told: pd.DataFrame, events: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """One row a party that the sources concern and that never speaks in them, most concerned first.

    n_addressed (statements to it or its people), n_held (positions that others report of it), n_events (it
    takes part in), n_named (demands spoken of whose label names it), statement_ids, event_ids.
    """
    speaking = set(told["voice"])
    rows: list[tuple[str, int, int, int, int, str, str]] = []
    for actor in codebook.actors.values():
        party = actor.actor_id
        if actor.of or actor.kind == "person" or actor.replaced_by or party in speaking:
            continue
        addressed = told[[party in _parties(cell, codebook) for cell in told["addressee"]]]
        held = told[told["party"] == party]
        taking_part = events[[party in _parties(cell, codebook) for cell in events["actors"]]]
        named = [d for d in dict.fromkeys(told["demand"]) if actor.name in codebook.demand_label(d)]
        if len(addressed) or len(held) or len(taking_part) or named:
            counts = len(addressed), len(held), len(taking_part), len(named)
            ids = ";".join([*addressed["statement_id"], *held["statement_id"]])
            rows.append((party, *counts, ids, ";".join(taking_part["event_id"])))
    columns = ["party", "n_addressed", "n_held", "n_events", "n_named", "statement_ids", "event_ids"]
    rows.sort(key=lambda row: (-row[4], -(row[1] + row[2] + row[3]), row[0]))
    return pd.DataFrame(rows, columns=columns)


def _n(cell: pd.DataFrame, position: str) -> int:
    return int((cell["position"] == position).sum())


def _parties(cell: str, codebook: Codebook) -> set[str]:
    return {codebook.party(actor) for actor in cell.split(";") if actor}


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


def _standing(willing: str, blocking: str) -> str:
    if blocking:
        return "divided" if willing else "blocked"
    return "open" if willing else "unanswered"


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


def position_counts(told: pd.DataFrame) -> dict[str, int]:
    """How many statements take each position."""
    return {position: _n(told, position) for position in POSITIONS}


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
