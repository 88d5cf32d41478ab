"""The coding of figures and forecasts: what people found in the texts beside statements and events."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from demarche.codebook import Codebook
from demarche.coding import Coding
from demarche.documents import Document
from demarche.inputs.anchoring import Lost, find_places
from demarche.inputs.coding_rows import RowCheck
from demarche.inputs.layer_rows import (
    FIGURE_COLUMNS,
    FIGURES,
    FORECAST_COLUMNS,
    FORECASTS,
    figure_fields,
    forecast_fields,
)
from demarche.inputs.rows import SUFFIXES, Columns, read_rows
from demarche.inputs.yaml_forms import nearest
from demarche.problems import Problem, ProblemList
from demarche.records import Coded, Forecast, Quantity

Record = TypeVar("Record", Quantity, Forecast)


@dataclass(frozen=True)
class Layers:
    """The figures and forecasts of a coding, accepted and rejected, each at its place.

    `moved` says, by file and line, which rows were found elsewhere than their offsets say; `renamed` pairs
    the ids that they had there with the rows as they stand now.
    """

    figures: tuple[Quantity, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    moved: tuple[Problem, ...] = ()
    renamed: tuple[tuple[str, Coded], ...] = ()


def read_layers(folder: Path, documents: Sequence[Document], codebook: Codebook) -> Layers:
    """Read `figures` and `forecasts` (.csv or .jsonl), both optional; InputError with every problem."""
    problems = ProblemList()
    layers = load_layers(folder, documents, codebook, problems)
    problems.raise_if_any()
    return layers


def load_layers(
    folder: Path,
    documents: Sequence[Document],
    codebook: Codebook,
    problems: ProblemList,
    *,
    unreadable: Collection[str] = (),
) -> Layers:
    """The two layers as far as they can be read; every problem is noted.

    Rows of documents that could not be read (`unreadable` ids) are passed over.
    """
    reading = _Reading(documents, codebook, problems, unreadable)
    figures = [
        reading.followed(check, Quantity(**place, **figure_fields(check)))
        for check, place in reading.rows(folder, "figures", FIGURES)
    ]
    forecasts = [
        reading.followed(check, Forecast(**place, **forecast_fields(check)))
        for check, place in reading.rows(folder, "forecasts", FORECASTS)
    ]
    _check_repeats(figures, folder / "figures.csv", problems)
    _check_repeats(forecasts, folder / "forecasts.csv", problems)
    renamed = tuple(reading.renamed.items())
    return Layers(_in_order(figures), _in_order(forecasts), tuple(reading.moved), renamed)


class _Reading:
    """Reads the files of the layers; what is wrong is noted, what has moved is kept."""

    def __init__(
        self,
        documents: Sequence[Document],
        codebook: Codebook,
        problems: ProblemList,
        unreadable: Collection[str],
    ) -> None:
        self.documents = {document.doc_id: document for document in documents}
        self.codebook = codebook
        self.problems = problems
        self.unreadable = unreadable
        self.moved: list[Problem] = []
        self.renamed: dict[str, Coded] = {}

    def followed(self, check: RowCheck, record: Record) -> Record:
        """The record, kept under the id that it had where its row says it stands, if that is elsewhere."""
        claim = check.claim()
        if claim.start is not None and claim.end is not None:
            was = replace(record, start=claim.start, end=claim.end).record_id
            if was != record.record_id:
                self.renamed[was] = record
        return record

    def rows(self, folder: Path, name: str, columns: Columns) -> Iterator[tuple[RowCheck, dict[str, Any]]]:
        """Each row whose quotation stands in its document, with the fields that say where."""
        by_document: dict[str, list[RowCheck]] = defaultdict(list)
        for path in (path for suffix in SUFFIXES if (path := folder / f"{name}{suffix}").exists()):
            for row in read_rows(path, columns, self.problems):
                by_document[row.text("doc_id")].append(RowCheck(row, self.codebook, self.problems))
        for doc_id, checks in by_document.items():
            if document := self.documents.get(doc_id):
                yield from self._placed(document, checks)
            elif doc_id not in self.unreadable:
                near = nearest(doc_id, self.documents)
                checks[0].note(f"document {doc_id!r} is not in the corpus{near}")

    def _placed(
        self, document: Document, checks: list[RowCheck]
    ) -> Iterator[tuple[RowCheck, dict[str, Any]]]:
        claims = [check.claim() for check in checks]
        for check, claim, place in zip(checks, claims, find_places(document.text, claims), strict=True):
            if isinstance(place, Lost):
                if claim.quote:
                    check.note(f"quotation is not in its document {document.path!r}: {place.reason}")
                continue
            start, end = place
            if claim.start not in (None, start):
                message = f"quotation moved from {claim.start}; now {start}–{end}"
                self.moved.append(Problem(str(check.row.path), check.row.line, message))
            quote = document.text[start:end]
            yield check, {"doc_id": document.doc_id, "start": start, "end": end, "quote": quote}


def _check_repeats(records: Sequence[Coded], path: Path, problems: ProblemList) -> None:
    ids = [record.record_id for record in records]
    for record, record_id in zip(records, ids, strict=True):
        if ids.count(record_id) > 1:
            problems.add(path, 0, f"two rows say the same of “{record.quote}”; keep one of the two")


def _in_order(records: Sequence[Record]) -> tuple[Record, ...]:
    return tuple(sorted(records, key=lambda record: (record.doc_id, record.start, record.end)))


def accepted_records(coding: Coding) -> dict[str, Coded]:
    """Every accepted statement, event, figure and forecast of a coding, by its id."""
    return {row.record_id: row for row in coding.rows if row.decision == "accepted"}


def settled_layer(records: Sequence[Record], basis: str) -> list[Record]:
    """The records of a layer that no reader proposes: those accepted."""
    return [] if basis == "proposed" else [record for record in records if record.decision == "accepted"]


def layers_as_csv(layers: Layers) -> dict[str, str]:
    """The files of the layers by name: UTF-8, `\\n`, sorted by place, offsets set right."""
    return {
        "figures.csv": _csv(FIGURE_COLUMNS, layers.figures),
        "forecasts.csv": _csv(FORECAST_COLUMNS, layers.forecasts),
    }


def _csv(columns: Sequence[str], records: Sequence[Quantity | Forecast]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[getattr(record, column) for column in columns] for record in records])
    return stream.getvalue()
