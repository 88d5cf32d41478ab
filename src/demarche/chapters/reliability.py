"""The chapter on trust: what was decided and what proposed, how coders agree, what was left out."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from demarche import __version__
from demarche import blocks as b
from demarche.agreement import agreement_of_study
from demarche.briefing import KINDS, Briefing
from demarche.chapters.page import MOST_ROWS, and_more, show, source_link, weightiest
from demarche.coding import Coding
from demarche.prose import counted, listed, sentence
from demarche.readers import reader_named
from demarche.records import BY_PEOPLE, Coded
from demarche.remarks import refused
from demarche.rendering.display import Display
from demarche.reviewing.journal import journals

NO_READING = "There are no readings in this briefing."
AGREEMENT = ("agreement.csv", "agreement_layers.csv")
BANDS = (
    (0.9, 1.01, "0.90 to 1.00"),
    (0.7, 0.9, "0.70 to 0.89"),
    (0.5, 0.7, "0.50 to 0.69"),
    (0.0, 0.5, "below 0.50"),
)


def basis(briefing: Briefing) -> Display:
    """One row a source: how many of its records were decided, how many are proposals, and who coded."""
    records = _records(briefing)
    if records.empty:
        return show(briefing, b.absence(NO_READING))
    rows: list[list[b.Inlines]] = []
    n_of = records["doc_id"].value_counts()
    shown = weightiest(list(briefing.documents), lambda doc_id: n_of.get(doc_id, 0))
    for doc_id in shown:
        own = records[records["doc_id"] == doc_id]
        proposed = own[~own["decided"]]
        coders = listed(sorted({coder for coder in own["coder"] if coder}))
        rows.append(
            [
                source_link(briefing, doc_id),
                str(int(own["decided"].sum())),
                str(len(proposed)),
                f"{proposed['confidence'].mean():.2f}" if len(proposed) else "–",
                coders or "–",
            ]
        )
    columns = [
        b.column("Source", width=3),
        b.column("Decided", align="right"),
        b.column("Proposed", align="right"),
        b.column("Mean confidence of proposals", align="right", width=1.5),
        b.column("Coded by", width=1.5),
    ]
    caption = "Readings by who made them"
    more = and_more(len(briefing.documents), len(shown), "source", "from which fewer readings come")
    remark = (
        f"Decided: coders accepted the reading. Proposed: the program’s reading, unchecked. {more}".strip()
    )
    table = b.table(columns, rows, anchor="basis", caption=caption, remark=remark)
    return show(briefing, table, *_who_the_coders_are(briefing, records))


def _who_the_coders_are(briefing: Briefing, records: pd.DataFrame) -> list[b.Block]:
    """What the study says of each coder whose decisions stand in the briefing."""
    names = sorted({coder for coder in records["coder"] if coder})
    known = [name for name in names if name in briefing.study.coders]
    items: list[b.Inlines] = [[b.strong(name), f": {briefing.study.coders[name]}."] for name in known]
    unknown = [name for name in names if name not in known]
    if unknown:
        items.append([b.strong(listed(unknown)), ": the study does not say who that is."])
    return [b.paragraph("Who the coders are:"), b.listing(items)] if items else []


def _records(briefing: Briefing) -> pd.DataFrame:
    columns = ["doc_id", "coder", "method", "confidence"]
    tables: list[pd.DataFrame] = [
        getattr(briefing.tables, f"{kind}s")[[*columns, f"{kind}_id"]].rename(
            columns={f"{kind}_id": "record_id"}
        )
        for kind in KINDS
    ]
    records: pd.DataFrame = pd.concat(
        [table for table in tables if len(table)] or tables[:1], ignore_index=True
    )
    return records.assign(decided=[record_id in briefing.decided for record_id in records["record_id"]])


def coder_agreement(briefing: Briefing) -> Display:
    """How well two coders agreed before they settled their differences, where the study records it."""
    rows = _agreement(briefing)
    if not rows:
        return show(briefing, b.absence("The study records no agreement of coders."))
    columns = [
        b.column("Coders"),
        b.column("Layer", width=1.5),
        b.column("Measure", width=3),
        b.column("Value", align="right"),
        b.column("Compared", align="right"),
    ]
    caption = "How well two coders agreed, before their differences were settled"
    return show(briefing, b.table(columns, rows, anchor="coder-agreement", caption=caption))


def _agreement(briefing: Briefing) -> list[list[str]]:
    """The agreement on record; where none is, that of the coders whose decisions the study keeps."""
    named = ("coders", "layer", "measure", "value", "n")
    folder = briefing.study.coding
    paths = [folder / name for name in AGREEMENT if (folder / name).exists()] if folder else []
    if folder and not paths and len(journals(folder)) > 1 and folder == briefing.study.path / "coding":
        live = agreement_of_study(briefing.study.path).measures
        return [[str(row[name]) for name in named] for row in live.to_dict("records")]
    rows = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as stream:
            rows += [[row.get(name, "–") for name in named] for row in csv.DictReader(stream)]
    return rows


def confidence_bands(briefing: Briefing) -> Display:
    """How many proposals lie in each band of confidence."""
    records = _records(briefing)
    proposed = records[~records["decided"]]
    if proposed.empty:
        decided = "Coders decided every reading in this briefing; no proposal of the program stands in it."
        return show(briefing, b.absence(NO_READING if records.empty else decided))
    rows: list[list[b.Inlines]] = []
    for low, high, label in BANDS:
        inside = proposed[(proposed["confidence"] >= low) & (proposed["confidence"] < high)]
        rows.append([label, str(len(inside)), f"{len(inside) / len(proposed):.0%}"])
    columns = [b.column("Confidence"), b.column("Proposals", align="right"), b.column("Share", align="right")]
    caption = f"The confidence of {counted(len(proposed), 'proposal')}"
    return show(briefing, b.table(columns, rows, anchor="confidence-bands", caption=caption))


def left_out(briefing: Briefing) -> Display:
    """What does not stand in the briefing, and why."""
    rejected = {
        layer: Counter(_fate(row, rows) for row in rows if row.decision == "rejected")
        for layer, rows in _decided(briefing.coding).items()
    }
    rows = [[row["layer"], row["reason"], str(row["n"])] for row in briefing.left_out.to_dict("records")]
    rows += [[layer, fate, str(n)] for layer, fates in rejected.items() for fate, n in sorted(fates.items())]
    if aside := briefing.coding.aside:
        rows.append(["decisions", "wait for another look (demarche check lists them)", str(len(aside))])
    rows += [["model’s rows", kind, str(n)] for kind, n in sorted(refused(briefing.proposals).items())]
    rows += [
        [briefing.title(doc_id), "parts that the model was not asked about", str(n)]
        for doc_id, n in briefing.unread.items()
    ]
    moved = briefing.coding.moved
    found = f"{counted(len(moved), 'decided row')} had moved in the texts and could be found again"
    notes = [b.paragraph(sentence(found))] if moved else []
    if not rows:
        return show(briefing, b.paragraph("Nothing that was found was left out."), *notes)
    columns = [b.column("Layer"), b.column("Reason", width=4), b.column("Left out", align="right")]
    return show(
        briefing, b.table(columns, rows, anchor="left-out", caption="What was left out, and why"), *notes
    )


def _decided(coding: Coding) -> dict[str, Sequence[Coded]]:
    return {
        "statements": coding.statements,
        "events": coding.events,
        "figures": coding.figures,
        "forecasts": coding.forecasts,
    }


def _fate(row: Coded, rows: Sequence[Coded]) -> str:
    """Whether a reading was rejected altogether, or another stands in its place."""
    replaced = {each.answers for each in rows} - {""}
    is_corrected = row.record_id in replaced
    return "coders corrected the reading" if is_corrected else "coders rejected the reading"


def versions(briefing: Briefing) -> Display:
    """What the briefing was made from: program, reader, codebook, coding, texts, with their fingerprints."""
    rows: list[list[b.Inlines]] = [
        ["Program", f"demarche {__version__}", ""],
        *_reader(briefing),
        ["Codebook", briefing.codebook.title, b.code(briefing.codebook.sha256[:16])],
    ]
    if briefing.study.coding:
        files = sorted(briefing.study.coding.glob("*.csv")) + sorted(briefing.study.coding.glob("*.jsonl"))
        rows += [["Coding", path.name, b.code(_digest([path]))] for path in files]
        own = journals(briefing.study.coding)
        rows += [["Decisions", journal.coder, b.code(_digest([journal.path]))] for journal in own]
    texts = list(briefing.documents.values())
    rows += [["Source", briefing.title(d.doc_id), b.code(d.sha256[:16])] for d in texts[:MOST_ROWS]]
    more = and_more(len(texts), min(len(texts), MOST_ROWS), "source", "in tables/documents.csv")
    columns = [b.column("Part"), b.column("What", width=4), b.column("SHA-256 (first 16)", width=2)]
    caption = "What this briefing was made from"
    return show(briefing, b.table(columns, rows, anchor="versions", caption=caption, remark=more))


def _reader(briefing: Briefing) -> list[list[b.Inlines]]:
    """The reader, where anything in the briefing is its proposal."""
    if set(_records(briefing)["method"]) <= set(BY_PEOPLE):
        return []
    study = briefing.study
    reader = reader_named(study.reader, llm=study.llm, lexicon=study.lexicon)
    name = f"{reader.name}: {study.llm.model}" if study.reader == "llm" and study.llm else reader.name
    return [["Reader", name, b.code(reader.version)]]


def _digest(paths: Iterable[Path]) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:16]
