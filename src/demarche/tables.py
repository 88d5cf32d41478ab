"""The tables between reading and telling: what was read, what is said in it, and what is counted of that.

Everything is sorted, so the same input gives the same bytes. Lists inside a cell are joined by `;`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

import pandas as pd

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.edtf_dates import bounds
from demarche.records import AUTHOR, POSITIONS, Event, Forecast, Quantity, Statement

COLUMNS = {
    "documents": (
        "doc_id", "title", "publisher", "author", "published", "published_from", "language", "genre",
        "viewpoint", "text_kind", "reliability", "n_words", "sha256", "path", "repeats",
    ),
    "statements": (
        "statement_id", "doc_id", "start", "end", "quote", "demand", "actor", "party", "position",
        "speaker", "attribution", "addressee", "method", "coder", "confidence",
    ),
    "events": (
        "event_id", "doc_id", "start", "end", "quote", "date", "earliest", "latest", "date_text",
        "status", "actors", "method", "coder", "confidence",
    ),
    "demands": (
        "demand", "label", "theme", "by", "to", "n_statements", "n_documents", "n_speakers",
        "first_published", "rejected_by", "open_to", "supported_by", "reference",
    ),
    "stances": (
        "party", "demand", "position", "n_demands", "n_supports", "n_open", "n_rejects",
        "n_documents", "n_speakers", "contested", "first", "last",
    ),
    "ledger": ("demand", "asked_by", "party", "reply", "n_statements", "statement_ids"),
    "figures": (
        "figure_id", "doc_id", "start", "end", "quote", "what", "value", "unit", "precision", "as_of",
        "earliest", "latest", "speaker", "attribution", "method", "coder", "confidence",
    ),
    "forecasts": (
        "forecast_id", "doc_id", "start", "end", "quote", "about", "expects", "condition", "horizon",
        "earliest", "latest", "strength", "speaker", "attribution", "method", "coder", "confidence",
    ),
}  # fmt: skip

REPLIES = {"rejects": "rejected", "open": "open", "supports": "supported"}
SIDES = {"demands": "for", "supports": "for", "open": "open", "rejects": "against"}


@dataclass(frozen=True)
class Tables:
    """The tables of a study, each with the columns that COLUMNS lists."""

    documents: pd.DataFrame
    statements: pd.DataFrame
    events: pd.DataFrame
    demands: pd.DataFrame
    stances: pd.DataFrame
    ledger: pd.DataFrame
    figures: pd.DataFrame = field(default_factory=lambda: _frame("figures", [], []))
    forecasts: pd.DataFrame = field(default_factory=lambda: _frame("forecasts", [], []))


def make_tables(
    documents: Sequence[Document],
    codebook: Codebook,
    statements: Iterable[Statement],
    events: Iterable[Event],
) -> Tables:
    """The tables from what was read and what is held to be said in it, without figures and forecasts."""
    document_rows = documents_table(documents)
    statement_rows = statements_table(statements, codebook)
    return Tables(
        document_rows,
        statement_rows,
        events_table(events),
        *summary_tables(document_rows, statement_rows, codebook),
    )


def summary_tables(
    documents: pd.DataFrame, statements: pd.DataFrame, codebook: Codebook
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Demands, stances and ledger, counted from a table of statements (whole or filtered)."""
    told = in_order_of_publication(statements, documents)
    return demands_table(told, codebook), stances_table(told), ledger_table(told, codebook)


def write_tables(tables: Tables, folder: Path) -> list[Path]:
    """Write each table as CSV (UTF-8, `\\n`, no index) into a folder; the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for table in fields(tables):
        path = folder / f"{table.name}.csv"
        path.write_bytes(getattr(tables, table.name).to_csv(index=False, lineterminator="\n").encode())
        paths.append(path)
    return paths


def documents_table(documents: Iterable[Document]) -> pd.DataFrame:
    """One row a document, by id."""
    rows = [[getattr(document, name) for name in COLUMNS["documents"]] for document in documents]
    return _frame("documents", rows, ["doc_id"])


def statements_table(statements: Iterable[Statement], codebook: Codebook) -> pd.DataFrame:
    """One row a position taken in a clause; `party` is the actor rolled up through `of`."""
    rows = [
        [
            s.statement_id, s.doc_id, s.start, s.end, s.quote, s.demand, s.actor, codebook.party(s.actor),
            s.position, s.speaker, s.attribution, ";".join(s.addressee), s.method, s.coder, s.confidence,
        ]
        for s in statements
    ]  # fmt: skip
    return _frame("statements", rows, ["doc_id", "start", "end", "demand", "actor", "position"])


def events_table(events: Iterable[Event]) -> pd.DataFrame:
    """One row a dated occurrence; `earliest` and `latest` are the days its date allows, empty when open."""
    rows = [
        [
            e.event_id, e.doc_id, e.start, e.end, e.quote, e.date, *bounds(e.date), e.date_text,
            e.status, ";".join(e.actors), e.method, e.coder, e.confidence,
        ]
        for e in events
    ]  # fmt: skip
    return _frame("events", rows, ["doc_id", "start", "end", "date"])


def figures_table(figures: Iterable[Quantity]) -> pd.DataFrame:
    """One row a figure told; `earliest` and `latest` are the days of `as_of`, empty where undated."""
    rows = [
        [
            f.figure_id, f.doc_id, f.start, f.end, f.quote, f.what, f.value, f.unit, f.precision, f.as_of,
            *_days(f.as_of), f.speaker, f.attribution, f.method, f.coder, f.confidence,
        ]
        for f in figures
    ]  # fmt: skip
    return _frame("figures", rows, ["doc_id", "start", "end", "what", "value"])


def forecasts_table(forecasts: Iterable[Forecast]) -> pd.DataFrame:
    """One row an expectation; `earliest` and `latest` are the days of `horizon`, empty without one."""
    rows = [
        [
            f.forecast_id, f.doc_id, f.start, f.end, f.quote, f.about, f.expects, f.condition,
            f.horizon, *_days(f.horizon), f.strength, f.speaker, f.attribution, f.method, f.coder,
            f.confidence,
        ]
        for f in forecasts
    ]  # fmt: skip
    return _frame("forecasts", rows, ["doc_id", "start", "end", "speaker"])


def _days(date: str) -> tuple[str, str]:
    return bounds(date) if date else ("", "")


def in_order_of_publication(statements: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The statements as they were published: `source`, `day` (ISO, last when unknown), `teller` added.

    Documents of the same words are one source, and are as old as the earliest of them. A teller is a speaker,
    or the own voice of one source: the n_speakers of the tables. Voices count parties (`measures.voices`).
    """
    days = {row.doc_id: bounds(row.published)[0] for row in documents.itertuples() if row.published}
    sources = sources_of(documents)
    told = statements.assign(source=[sources[doc_id] for doc_id in statements["doc_id"]])
    told = told.assign(
        day=[days.get(source, "") for source in told["source"]],
        teller=[
            f"{AUTHOR}:{source}" if speaker == AUTHOR else speaker
            for source, speaker in zip(told["source"], told["speaker"], strict=True)
        ],
    )
    order = told.assign(last=told["day"] == "", is_repeat=told["source"] != told["doc_id"]).sort_values(
        ["last", "day", "source", "is_repeat", "doc_id", "start", "end"], kind="stable"
    )
    return order.drop(columns=["last", "is_repeat"]).reset_index(drop=True)


def sources_of(documents: pd.DataFrame) -> dict[str, str]:
    """What each document counts as: itself, or the earliest document whose words it repeats."""
    return dict(
        zip(
            documents["doc_id"],
            documents["repeats"].where(documents["repeats"] != "", documents["doc_id"]),
            strict=True,
        )
    )


def told_once(told: pd.DataFrame) -> pd.DataFrame:
    """Of each source the statements of one document, so that what is republished has one vote."""
    return told[told["doc_id"].isin(told.drop_duplicates("source")["doc_id"])]


def demands_table(told: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """One row a demand of the codebook, with how often and by whom it is spoken of in any position."""
    rows = []
    for demand in codebook.demands.values():
        about = told[told["demand"] == demand.demand_id]
        days = [day for day in about["day"] if day]
        rows.append([
            demand.demand_id, demand.label, demand.theme, ";".join(demand.by), ";".join(demand.to),
            len(about), about["source"].nunique(), about["teller"].nunique(), min(days, default=""),
            *(_parties(about, position) for position in ("rejects", "open", "supports")),
            ";".join(demand.reference),
        ])  # fmt: skip
    return _frame("demands", rows, [])


def stances_table(told: pd.DataFrame) -> pd.DataFrame:
    """One row a party and a demand; the majority position, a tie going to what was told first.

    What is republished is counted among the statements, but has one vote on the position.
    `contested`: the sources put the party on more than one side (for it, open to it, against it).
    """
    rows = []
    for (party, demand), cell in told.groupby(["party", "demand"], sort=True):
        votes, told_in_all = Counter(told_once(cell)["position"]), Counter(cell["position"])
        days = [day for day in cell["day"] if day]
        rows.append([
            party, demand, votes.most_common(1)[0][0], *(told_in_all[position] for position in POSITIONS),
            cell["source"].nunique(), cell["teller"].nunique(), len({SIDES[p] for p in told_in_all}) > 1,
            min(days, default=""), max(days, default=""),
        ])  # fmt: skip
    return _frame("stances", rows, ["party", "demand"])


def ledger_table(told: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """One row a demand that somebody makes and a party that it is made of, or that answers it.

    Where a party has no reply of its own, that of a bloc it belongs to stands for it; else it is `silent`.
    """
    rows = []
    for demand in codebook.demands.values():
        about = told[told["demand"] == demand.demand_id]
        askers = sorted(set(about.loc[about["position"] == "demands", "party"]))
        replies = about[about["position"].isin(list(REPLIES))]
        parties = {*replies["party"], *demand.to} - set(askers) - {"any"} if askers else set()
        for party in sorted(parties):
            told_of = _replies_of(party, replies, codebook)
            votes = Counter(told_once(told_of)["position"])
            reply = REPLIES[votes.most_common(1)[0][0]] if votes else "silent"
            ids = ";".join(told_of["statement_id"])
            rows.append([demand.demand_id, ";".join(askers), party, reply, len(told_of), ids])
    return _frame("ledger", rows, [])


def _replies_of(party: str, replies: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    own = replies[replies["party"] == party]
    if len(own):
        return own
    blocs = [actor.actor_id for actor in codebook.actors.values() if party in actor.members]
    return replies[replies["party"].isin(blocs)]


def _parties(about: pd.DataFrame, position: str) -> str:
    return ";".join(sorted(set(about.loc[about["position"] == position, "party"])))


def _frame(name: str, rows: list[list[object]], order: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(COLUMNS[name]))
    return frame.sort_values(order, kind="stable", ignore_index=True) if order else frame
