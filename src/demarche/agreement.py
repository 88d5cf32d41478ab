"""How well coders agree who coded the same documents apart from each other, and what they saw differently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from demarche.codebook import Codebook, read_codebook
from demarche.coding import Coding, Source, load_source, rows_by_kind
from demarche.corpus import read_corpus
from demarche.decisions import coded_by_hand
from demarche.kinds import KINDS, described, kind_of, meaning, subject
from demarche.problems import InputError, Problem
from demarche.records import Coded, Event, Statement
from demarche.reviewing.combine import overlaps
from demarche.reviewing.journal import CODERS, Journal
from demarche.reviewing.journal import FILE as DECISIONS
from demarche.reviewing.replay import Reading
from demarche.scoring.pairs import pairs
from demarche.study import read_study

Row = TypeVar("Row", Statement, Event)
Pair = tuple[Row, Row]
DIFFERENCES = ("doc_id", "start", "end", "layer", "coders", "differs", "first", "second", "quote")
LAYERS = ("statements", "events")
FIELDS = (
    "position", "speaker", "attribution", "addressee", "status", "actors",
    "value", "unit", "precision", "as_of", "about", "strength", "horizon", "start", "end",
)  # fmt: skip


@dataclass(frozen=True)
class Agreement:
    """`measures`: coders, layer, measure, value, n. `differences`: one row a record that only one coder has
    (`differs` is `record`), or a field in which both differ, with both versions.
    """

    measures: pd.DataFrame
    differences: pd.DataFrame


def agreement_of_study(path: Path) -> Agreement:
    """The agreement of every two coders whose rows or decisions lie under `coding/coders/NAME/`."""
    codebook, codings = read_coders(path)
    results = [agreement(*both_spoke(*pair), codebook) for pair in combinations(codings, 2)]
    return Agreement(
        pd.concat([r.measures for r in results], ignore_index=True),
        pd.concat([r.differences for r in results], ignore_index=True),
    )


def agreement_lines(result: Agreement) -> list[str]:
    """The measures as a table; what no coder found is said, as nothing is not agreement."""
    measures = result.measures
    missing = [layer for layer in LAYERS if layer not in set(measures["layer"])]
    lines = [] if measures.empty else [measures.to_string(index=False)]
    return lines + [f"{layer}: nothing to compare, no two coders found any" for layer in missing]


def read_coders(path: Path) -> tuple[Codebook, list[tuple[str, Coding]]]:
    """The codebook of a study and what each coder found or decided; InputError for fewer than two."""
    study = read_study(path)
    folders = sorted(p for p in (path / "coding" / CODERS).glob("*") if p.is_dir())
    if len(folders) < 2:
        raise InputError(
            [Problem(str(path / "coding" / CODERS), 0, "two coders' folders are needed to compare")]
        )
    documents = read_corpus(study.corpus, metadata=study.documents_csv)
    codebook = read_codebook(study.codebook)
    reading = Reading(documents, codebook)
    codings = []
    for folder in folders:
        journal = Journal(folder / DECISIONS)
        own = (journal,) if journal.path.exists() else ()
        codings.append((folder.name, load_source(Source(folder, own), reading)))
    reading.problems.raise_if_any()
    return codebook, codings


def both_spoke(
    first: tuple[str, Coding], second: tuple[str, Coding]
) -> tuple[tuple[str, Coding], tuple[str, Coding]]:
    """Two codings, of texts that were not coded whole only what both coders spoke of.

    What a coder added counts where the other decided on anything in that text, and a correction where the
    other decided on what it corrects.
    """

    def spoken(own: Sequence[Coded], other: Sequence[Coded]) -> tuple[Any, ...]:
        whole = coded_by_hand(own) & coded_by_hand(other)
        seen, ids = {row.doc_id for row in other}, {row.record_id for row in other}
        return tuple(
            row
            for row in own
            if row.doc_id in whole
            or row.answers in ids
            or (row.method == "added" and row.doc_id in seen)
            or any(overlaps(row, each) and subject(row) == subject(each) for each in other)
        )

    (one, a), (two, b) = first, second
    if all(row.method == "hand" for row in (*a.rows, *b.rows)):
        return first, second
    return (
        (one, Coding(**{kind.name: spoken(a.of(kind), b.of(kind)) for kind in KINDS})),
        (two, Coding(**{kind.name: spoken(b.of(kind), a.of(kind)) for kind in KINDS})),
    )


def agreement(first: tuple[str, Coding], second: tuple[str, Coding], codebook: Codebook) -> Agreement:
    """Compare two named codings, layer by layer: records pair where they overlap and say the same."""
    (one, all_a), (two, all_b) = first, second
    a, b = accepted(all_a), accepted(all_b)
    statements = pairs(a.statements, b.statements, lambda s: (*_who_what(s, codebook), s.position))
    events = pairs(a.events, b.events, lambda e: (e.doc_id, e.date))
    loose = pairs(a.statements, b.statements, lambda s: _who_what(s, codebook))
    rows = [
        *_decisions("statements", all_a.statements, all_b.statements),
        *found_by_both("statements", len(statements), a.statements, b.statements),
        *_labels("position", [(x.position, y.position) for x, y in loose]),
        *_labels("speaker", [(x.speaker, y.speaker) for x, y in statements]),
        *_labels("attribution", [(x.attribution, y.attribution) for x, y in statements]),
        *_decisions("events", all_a.events, all_b.events),
        *found_by_both("events", len(events), a.events, b.events),
        *_labels("status", [(x.status, y.status) for x, y in events]),
    ]
    measures = [(f"{one} / {two}", layer, measure, round(value, 3), n) for layer, measure, value, n in rows]
    paired: list[Pair[Statement] | Pair[Event]] = [*statements, *_turned(loose, statements), *events]
    differing = [
        *alone((one, two), [*a.statements, *a.events], {id(x) for x, _ in paired}, is_first=True),
        *alone((one, two), [*b.statements, *b.events], {id(y) for _, y in paired}, is_first=False),
        *(row for pair in paired for row in differing_fields((one, two), *pair)),
    ]
    return agreement_of(measures, differing)


def agreement_of(
    measures: Sequence[tuple[object, ...]], differing: Sequence[tuple[object, ...]]
) -> Agreement:
    """The agreement that rows of measures and of differences make up."""
    return Agreement(
        pd.DataFrame(measures, columns=["coders", "layer", "measure", "value", "n"]),
        pd.DataFrame(differing, columns=list(DIFFERENCES)).sort_values(
            list(DIFFERENCES[:8]), ignore_index=True
        ),
    )


def accepted(coding: Coding) -> Coding:
    """A coding without what was rejected."""
    return Coding(**rows_by_kind(row for row in coding.rows if row.decision == "accepted"))


def _turned(loose: list[Pair[Statement]], same: list[Pair[Statement]]) -> list[Pair[Statement]]:
    """Pairs of one actor and demand that differ in position; their records have no other partner."""
    taken = {id(row) for pair in same for row in pair}
    return [(x, y) for x, y in loose if x.position != y.position and not {id(x), id(y)} & taken]


def _decisions(layer: str, first: Sequence[Row], second: Sequence[Row]) -> list[tuple[str, str, float, int]]:
    """How far coders accept and reject the same, where anything was rejected."""
    if not any(row.decision == "rejected" for row in (*first, *second)):
        return []
    both = pairs(first, second, lambda row: (row.doc_id, *meaning(row)))
    return _labels(f"{layer}: accepted or rejected", [(x.decision, y.decision) for x, y in both])


def _who_what(statement: Statement, codebook: Codebook) -> tuple[str, ...]:
    return statement.doc_id, statement.demand, codebook.party(statement.actor)


def found_by_both(
    layer: str, matched: int, first: Sequence[object], second: Sequence[object]
) -> list[tuple[str, str, float, int]]:
    """The row of a layer's F1; none where neither coder found anything, as there is nothing to compare."""
    return [(layer, "F1", f1(matched, first, second), matched)] if first or second else []


def f1(matched: int, first: Sequence[object], second: Sequence[object]) -> float:
    """The share of records that both have (F1); 1 where neither has any."""
    return 2 * matched / (len(first) + len(second)) if len(first) + len(second) else 1.0


def alpha(labels: Sequence[tuple[str, str]]) -> float:
    """Krippendorff's alpha for two coders and nominal labels (Krippendorff 2004, ch. 11).

    1 where all labels are the same, as nothing could have been seen otherwise.

    >>> alpha([("a", "a"), ("b", "b")])
    1.0
    """
    counts = Counter(label for pair in labels for label in pair)
    n = sum(counts.values())
    expected = n * n - sum(c * c for c in counts.values())
    if not expected:
        return 1.0
    observed = 2 * sum(x != y for x, y in labels)
    return 1 - (n - 1) * observed / expected


def _labels(layer: str, labels: Sequence[tuple[str, str]]) -> list[tuple[str, str, float, int]]:
    if not labels:
        return []
    same = sum(x == y for x, y in labels) / len(labels)
    return [(layer, "observed", same, len(labels)), (layer, "alpha", alpha(labels), len(labels))]


def alone(
    coders: tuple[str, str], rows: Sequence[Coded], paired: set[int], *, is_first: bool
) -> list[tuple[object, ...]]:
    """A row for each record that one coder has alone; what the other has is empty."""
    return [
        (
            *(row.doc_id, row.start, row.end, kind_of(row).name, " / ".join(coders), "record"),
            *((described(row), "") if is_first else ("", described(row))),
            row.quote,
        )
        for row in rows
        if id(row) not in paired
    ]


def differing_fields(coders: tuple[str, str], one: Coded, other: Coded) -> list[tuple[object, ...]]:
    """A row for each field in which a pair differs; a range counts once, with the words of both."""
    place = (one.doc_id, one.start, one.end, kind_of(one).name, " / ".join(coders))
    versions = [(name, getattr(one, name, ""), getattr(other, name, "")) for name in FIELDS]
    differing = [(name, _text(x), _text(y)) for name, x, y in versions if x != y]
    rows = [(name, x, y) for name, x, y in differing if name not in ("start", "end")]
    if (one.start, one.end) != (other.start, other.end):
        rows.append(("range", one.quote, other.quote))
    return [(*place, *row, one.quote) for row in rows]


def _text(value: object) -> str:
    return ";".join(value) if isinstance(value, tuple) else str(value)
