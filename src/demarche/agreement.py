"""How well coders agree who coded the same documents apart from each other, and what they saw differently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TypeVar

import pandas as pd

from demarche.codebook import Codebook, read_codebook
from demarche.coding import Coding, read_coding
from demarche.corpus import read_corpus
from demarche.problems import InputError, Problem
from demarche.records import Event, Statement
from demarche.study import read_study

CODERS = "coders"
Row = TypeVar("Row", Statement, Event)
Pair = tuple[Row, Row]


@dataclass(frozen=True)
class Agreement:
    """`measures`: layer, measure, value, n. `differences`: one row a record that only one coder has."""

    measures: pd.DataFrame
    differences: pd.DataFrame


def agreement_of_study(path: Path) -> Agreement:
    """The agreement of the two codings kept under `coding/coders/`, each a folder named by its coder."""
    study = read_study(path)
    folders = sorted(p for p in (path / "coding" / CODERS).glob("*") if p.is_dir())
    if len(folders) < 2:
        raise InputError(
            [Problem(str(path / "coding" / CODERS), 0, "two coders' folders are needed to compare")]
        )
    documents = read_corpus(study.corpus, metadata=study.documents_csv)
    codebook = read_codebook(study.codebook)
    codings = [(folder.name, read_coding(folder, documents, codebook)) for folder in folders]
    results = [agreement(*pair, codebook) for pair in combinations(codings, 2)]
    return Agreement(
        pd.concat([r.measures for r in results], ignore_index=True),
        pd.concat([r.differences for r in results], ignore_index=True),
    )


def agreement(first: tuple[str, Coding], second: tuple[str, Coding], codebook: Codebook) -> Agreement:
    """Compare two named codings, layer by layer: records pair where they overlap and say the same."""
    (one, a), (two, b) = first, second
    statements = pairs(a.statements, b.statements, lambda s: (*_who_what(s, codebook), s.position))
    events = pairs(a.events, b.events, lambda e: (e.doc_id, e.date))
    loose = pairs(a.statements, b.statements, lambda s: _who_what(s, codebook))
    rows = [
        ("statements", "F1", f1(len(statements), a.statements, b.statements), len(statements)),
        *_labels("position", [(x.position, y.position) for x, y in loose]),
        *_labels("speaker", [(x.speaker, y.speaker) for x, y in statements]),
        *_labels("attribution", [(x.attribution, y.attribution) for x, y in statements]),
        ("events", "F1", f1(len(events), a.events, b.events), len(events)),
        *_labels("status", [(x.status, y.status) for x, y in events]),
    ]
    measures = [(f"{one} / {two}", layer, measure, round(value, 3), n) for layer, measure, value, n in rows]
    alone = [
        *_alone(one, [*a.statements, *a.events], {id(x) for x, _ in (*statements, *events)}),
        *_alone(two, [*b.statements, *b.events], {id(y) for _, y in (*statements, *events)}),
    ]
    columns = ["doc_id", "start", "end", "layer", "coder", "what", "quote"]
    return Agreement(
        pd.DataFrame(measures, columns=["coders", "layer", "measure", "value", "n"]),
        pd.DataFrame(alone, columns=columns).sort_values(columns[:5], ignore_index=True),
    )


def _who_what(statement: Statement, codebook: Codebook) -> tuple[str, ...]:
    return statement.doc_id, statement.demand, codebook.party(statement.actor)


def pairs(
    first: Sequence[Row], second: Sequence[Row], key: Callable[[Row], tuple[str, ...]]
) -> list[tuple[Row, Row]]:
    """Records of both sides that overlap and agree in `key`, one to one, the longest overlap first."""
    candidates = sorted(
        (-overlap, i, j)
        for i, x in enumerate(first)
        for j, y in enumerate(second)
        if key(x) == key(y) and (overlap := min(x.end, y.end) - max(x.start, y.start)) > 0
    )
    used: tuple[set[int], set[int]] = set(), set()
    matched = []
    for _, i, j in candidates:
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            matched.append((first[i], second[j]))
    return matched


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


def _alone(coder: str, rows: Sequence[Statement | Event], paired: set[int]) -> list[tuple[object, ...]]:
    return [
        (row.doc_id, row.start, row.end, *_said(coder, row), row.quote)
        for row in rows
        if id(row) not in paired
    ]


def _said(coder: str, row: Statement | Event) -> tuple[str, str, str]:
    if isinstance(row, Statement):
        return "statements", coder, f"{row.actor} {row.position} {row.demand}"
    return "events", coder, f"{row.date} {row.status}"
