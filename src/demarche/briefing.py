"""The briefing: one study, filtered as its reader asks, with every record numbered as evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from demarche.codebook import Codebook
from demarche.coding import Coding, accepted_records
from demarche.decisions import coded_by_hand
from demarche.documents import Document, publication_order
from demarche.evidence import Cited, Evidence, evidence_of
from demarche.filters import Filters, check_filters, filtered_events, filtered_layer, filtered_statements
from demarche.judgements import Judgement
from demarche.material import Material, read_material
from demarche.measures.differing_dates import differing_dates
from demarche.measures.voices import in_order_of_strength, with_voices
from demarche.outcomes import Outcome
from demarche.readers import Proposals
from demarche.reference import Reference, read_reference
from demarche.remarks import unanswered
from demarche.study import Study, read_study
from demarche.tables import Tables, sources_of, summary_tables

NO_CODING = "none"
KINDS = ("statement", "event", "figure", "forecast")


@dataclass(frozen=True, kw_only=True)
class Briefing:
    """All that the chapters are made from.

    `tables` are filtered; `numbers` gives each statement, event, figure and forecast of them its evidence
    number, the same in every chapter; `decided` holds the ids that coders accepted, `proposals` all that
    the reader found, also where coders decided; `left_out` counts what filters took away; `judgements`
    are those of the analyst whose readings are all among them.
    """

    study: Study
    codebook: Codebook
    documents: Mapping[str, Document]
    coding: Coding
    tables: Tables
    filters: Filters
    left_out: pd.DataFrame
    reference: Reference
    decided: frozenset[str]
    proposals: tuple[Proposals, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    max_quotes: int = 3
    judgements: tuple[Judgement, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    @property
    def is_selection(self) -> bool:
        """Whether only some readings were asked for: then nothing can be said of what is missing."""
        filters = self.filters
        return bool(filters.actors or filters.demands or filters.date_from or filters.date_to or self.unread)

    @cached_property
    def unread(self) -> dict[str, int]:
        """How many parts of which documents nobody has read: no coder, and no model was asked about them."""
        coded = coded_by_hand([*self.coding.statements, *self.coding.events])
        return unanswered(self.proposals, but=coded)

    @cached_property
    def told(self) -> pd.DataFrame:
        """The statements in order of publication, with `day` and `voice` (see `measures.with_voices`)."""
        return with_voices(self.tables.statements, self.tables.documents, self.codebook)

    @cached_property
    def strength(self) -> dict[str, tuple[int, str]]:
        """By statement, its rank (0 has the strongest words, see `measures`) and its source."""
        ranked = in_order_of_strength(self.told)
        places = enumerate(ranked["source"])
        return dict(zip(ranked["statement_id"], places, strict=True))

    @cached_property
    def known_events(self) -> pd.DataFrame:
        """The events known from elsewhere that began by the cut-off, in order of time, with `code` (R1 …)."""
        known, filters = self.reference.known_events, self.filters
        last = min(filter(None, (self.study.as_of, filters.latest)), default="")
        known = known[(known["earliest"] >= filters.earliest) & ((known["earliest"] <= last) | (last == ""))]
        known = known.sort_values(["earliest", "latest", "event"], kind="stable", ignore_index=True)
        return known.assign(code=[f"R{place + 1}" for place in range(len(known))])

    @cached_property
    def differing_dates(self) -> pd.DataFrame:
        """What seems one occurrence with two dates, a row each (see `measures.differing_dates`)."""
        sources = sources_of(self.tables.documents)
        return differing_dates(self.tables.events, self.known_events, sources, self.codebook)

    @cached_property
    def evidence(self) -> dict[int, Evidence]:
        """Every quotation by its number, each checked against its document."""
        found = [self._evidence(kind, row) for kind in KINDS for row in self._rows(kind)]
        return {evidence.number: evidence for evidence in sorted(found, key=lambda each: each.number)}

    def _rows(self, kind: str) -> list[dict[str, Any]]:
        table: pd.DataFrame = getattr(self.tables, f"{kind}s")
        return [{str(name): cell for name, cell in row.items()} for row in table.to_dict("records")]

    def _evidence(self, kind: str, row: Mapping[str, Any]) -> Evidence:
        record_id, document = row[f"{kind}_id"], self.documents[row["doc_id"]]
        cited = Cited(row, document, self.numbers[record_id], record_id in self.decided)
        return evidence_of(kind, cited, self.codebook)

    def cited(self, record_ids: Iterable[str]) -> list[int]:
        """The evidence numbers of records, in order."""
        return sorted({self.numbers[record_id] for record_id in record_ids})

    def n_sources(self, record_ids: Iterable[str]) -> int:
        """Of how many sources some records are."""
        records = (self.evidence[number] for number in self.cited(record_ids))
        return len({self.documents[record.doc_id].source for record in records})

    def family(self, source: str) -> list[str]:
        """The ids of the documents that are one source: the earliest, and those that repeat it."""
        return [doc_id for doc_id, document in self.documents.items() if document.source == source]

    def title(self, doc_id: str) -> str:
        """The title to print for a document."""
        return self.documents[doc_id].title or doc_id

    def outlet(self, doc_id: str) -> str:
        """The publisher's name without what brackets or a semicolon add; else the title."""
        return re.split(r"[(;:]|, (?=\d)", self.documents[doc_id].publisher)[0].strip() or self.title(doc_id)

    def source_code(self, doc_id: str) -> str:
        """The short name of a document in figures and tables: S1 is the one published first."""
        return f"S{list(self.documents).index(doc_id) + 1}"

    @property
    def sources(self) -> list[str]:
        """The sources in order of publication: documents of the same words are one, the earliest of them."""
        return [doc_id for doc_id, document in self.documents.items() if not document.repeats]

    def in_order(self) -> list[Document]:
        """The documents in order of publication, those of unknown date last."""
        return sorted(self.documents.values(), key=publication_order)


def open_briefing(  # noqa: PLR0913 - the parameters of a notebook, one by one
    study: str | Path,
    *,
    corpus: str = "",
    coding: str = "",
    actors: Sequence[str] = (),
    demands: Sequence[str] = (),
    date_from: str = "",
    date_to: str = "",
    min_confidence: float = 0.0,
    max_quotes: int = 3,
) -> Briefing:
    """Read a study and filter it; InputError with everything that is wrong with either.

    Paths count from the working directory. An empty `corpus` or `coding` is the study's own; with another
    corpus, or with `coding="none"`, the briefing rests on proposals alone.
    """
    filters = Filters(
        actors=tuple(actors),
        demands=tuple(demands),
        date_from=date_from,
        date_to=date_to,
        min_confidence=min_confidence,
    )
    chosen = _with_inputs(read_study(Path(study)), corpus, coding)
    return make_briefing(chosen, read_material(chosen), filters, max_quotes=max_quotes)


def make_briefing(study: Study, material: Material, filters: Filters, *, max_quotes: int = 3) -> Briefing:
    """The briefing of what has been read, filtered."""
    check_filters(filters, material.codebook)
    documents = {document.doc_id: document for document in sorted(material.documents, key=publication_order)}
    tables, left_out = _filtered(material, filters, documents)
    numbers = evidence_numbers(tables, list(documents))
    return Briefing(
        study=study,
        codebook=_asked_for(material.codebook, filters),
        documents=documents,
        coding=material.coding,
        tables=tables,
        filters=filters,
        left_out=left_out,
        reference=read_reference(study.path / "reference"),
        decided=frozenset(accepted_records(material.coding)),
        proposals=material.proposals,
        numbers=numbers,
        max_quotes=max_quotes,
        judgements=tuple(
            each for each in material.judgements if {*each.rests_on, *each.against} <= set(numbers)
        ),
        outcomes=material.outcomes,
    )


def _filtered(
    material: Material, filters: Filters, documents: Mapping[str, Document]
) -> tuple[Tables, pd.DataFrame]:
    """The tables of what is asked for, and how much fell away for which reason."""
    whole, codebook = material.tables, material.codebook
    found = [
        filtered_statements(whole.statements, filters, documents),
        filtered_events(whole.events, filters, codebook),
        filtered_layer("figures", whole.figures, filters, documents, codebook),
        filtered_layer("forecasts", whole.forecasts, filters, documents, codebook),
    ]
    statements, events, figures, forecasts = (kept for kept, _ in found)
    summaries = summary_tables(whole.documents, statements, _asked_for(codebook, filters))
    tables = Tables(whole.documents, statements, events, *summaries, figures, forecasts)
    return tables, pd.concat([fewer for _, fewer in found], ignore_index=True)


def _asked_for(codebook: Codebook, filters: Filters) -> Codebook:
    """The codebook with the demands that are asked for."""
    if not filters.demands:
        return codebook
    chosen = {name: demand for name, demand in codebook.demands.items() if name in filters.demands}
    return replace(codebook, demands=chosen)


def evidence_numbers(tables: Tables, documents: Sequence[str]) -> dict[str, int]:
    """A number for each record: by document (in the order given), then place, then kind and id."""
    place = {doc_id: position for position, doc_id in enumerate(documents)}
    records = [
        (place[row["doc_id"]], row["start"], row["end"], kind, row[f"{kind}_id"])
        for kind in KINDS
        for row in getattr(tables, f"{kind}s")[["doc_id", "start", "end", f"{kind}_id"]].to_dict("records")
    ]
    return {record[-1]: position for position, record in enumerate(sorted(records), start=1)}


def _with_inputs(study: Study, corpus: str, coding: str) -> Study:
    if corpus and Path(corpus).resolve() != Path(study.corpus).resolve():
        study = study.with_inputs(corpus=Path(corpus), coding=None)
    if coding == NO_CODING:
        return replace(study, coding=None, judgements=None)
    return study.with_inputs(corpus=None, coding=Path(coding)) if coding else study
