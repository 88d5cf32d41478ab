"""What the sources say of parties and demands, counted, compared and left out in turn.

A source is on one side of a demand for a party: `for` (demands, supports), `open` or `against` (rejects).
n_documents counts sources: documents of the same words are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from demarche.measures.rows import ids_of, selected
from demarche.records import ATTRIBUTIONS

GROUP = ["party", "demand"]


def coverage(told: pd.DataFrame) -> pd.DataFrame:
    """One row a demand and a source that speaks of it.

    n_statements, n_asking (it is made), n_replies (any other position), statement_ids.
    """
    return _grouped(
        told,
        ["demand", "source"],
        ["n_statements", "n_asking", "n_replies", "statement_ids"],
        lambda cell: [len(cell), _n(cell, "demands"), len(cell) - _n(cell, "demands"), ids_of(cell)],
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
    return [side, n_documents, sources[side], n_voices, sources[side] / n_documents, ids_of(chosen)]


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
            ids_of(cell),
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


def _grouped(
    told: pd.DataFrame,
    keys: Sequence[str],
    columns: Sequence[str],
    summarise: Callable[[pd.DataFrame], Sequence[object]],
) -> pd.DataFrame:
    rows = [[*values, *summarise(cell)] for values, cell in told.groupby(list(keys), sort=False)]
    table = pd.DataFrame(rows, columns=[*keys, *columns])
    return table.sort_values(list(keys), kind="stable", ignore_index=True)
