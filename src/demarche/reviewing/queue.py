"""Which proposals to decide on, and in which order: first what most probably changes what is found.

Pure and deterministic: nothing here reads or writes.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from demarche.coding import Coding
from demarche.decisions import open_texts, settled, undecided
from demarche.kinds import KINDS, Kind, kind_named, kind_of, meaning
from demarche.material import Material
from demarche.proposals import doubtful, proposed
from demarche.records import Coded
from demarche.reviewing.effect import Standing, effects, standing_of
from demarche.reviewing.reprints import sources_of, together, words_of
from demarche.scoring.measured import measured

ORDERS = ("value", "text", "random")
MIN_CONFIDENCE = measured("rules").least
"""Proposals from here on stand in a briefing that says nothing else (the notebooks' own default)."""

LIKENESS = 0.8
"""The share of words that two quotations must have in common to be asked about together."""


@dataclass(frozen=True)
class Item:
    """One question: does this proposal hold? `same` says it in the same words in reprints of its text, and is
    answered with it; `alike` are near-identical ones, each with its own reprints, that one answer may settle.

    `value` is the change to be expected of the answer (rows, weighted); `why` says what hangs on it.
    """

    record: Coded
    value: float = 0.0
    why: tuple[str, ...] = ()
    same: tuple[Coded, ...] = ()
    alike: tuple[tuple[Coded, ...], ...] = ()

    @property
    def item_id(self) -> str:
        """The id of the proposal."""
        return self.record.record_id

    @property
    def asked(self) -> tuple[Coded, ...]:
        """The proposal, and the same in reprints."""
        return (self.record, *self.same)

    @property
    def records(self) -> tuple[Coded, ...]:
        """The proposal and those like it."""
        return (*self.asked, *(row for each in self.alike for row in each))


def queue(  # noqa: PLR0913 - what is asked, and in which order
    material: Material,
    coding: Coding | None = None,
    *,
    order: str = "value",
    doc_id: str = "",
    min_confidence: float = MIN_CONFIDENCE,
    kinds: Sequence[str] = (),
) -> list[Item]:
    """The proposals that nobody has decided on, given a coding (else that of the material).

    `order`: by `value`, as in the `text`, or at `random` (seeded). `doc_id`: of one document. `kinds`: of
    these kinds only, one after the other; else of all, in the turns that `kinds` gives them.
    """
    coding = coding or material.coding
    rows = {kind.name: standing_rows(kind, material, coding, min_confidence) for kind in KINDS}
    standing = standing_of(rows["statements"], material.codebook, rows["figures"])
    sources = sources_of(material.documents)
    items = []
    for turn in turns(kinds):
        asked = [row for row in _open(turn, material, coding) if doc_id in ("", row.doc_id)]
        found = [_item(group, standing, min_confidence, sources) for group in _alike(asked)]
        items += _in_order(found, order)
    return items


def turns(kinds: Sequence[str] = ()) -> list[list[Kind]]:
    """The kinds that are asked about together, turn by turn."""
    if kinds:
        return [[kind_named(name)] for name in dict.fromkeys(kinds)]
    return [[kind for kind in KINDS if kind.turn == turn] for turn in sorted({kind.turn for kind in KINDS})]


def _in_order(items: list[Item], order: str) -> list[Item]:
    if order == "random":
        random.Random(0).shuffle(items)
        return items
    if order == "text":
        return sorted(items, key=lambda item: _place(item.record))
    return sorted(items, key=lambda item: (-round(item.value, 9), _place(item.record)))


def open_proposals(material: Material, coding: Coding) -> list[Coded]:
    """The proposals, doubtful ones included, that no decision speaks of; in order of the text."""
    return _open(KINDS, material, coding)


def _open(kinds: Iterable[Kind], material: Material, coding: Coding) -> list[Coded]:
    rows: list[Coded] = []
    for kind in kinds:
        where = open_texts(kind, coding, material.documents)
        shown = [*proposed(kind, material.proposals), *doubtful(kind, material.proposals)]
        rows += undecided(coding.of(kind), [row for row in shown if row.doc_id in where])
    return sorted(rows, key=_place)


def standing_rows(kind: Kind, material: Material, coding: Coding, min_confidence: float) -> list[Any]:
    """The records of a kind on which a briefing rests: those accepted, and proposals that are sure enough."""
    where = open_texts(kind, coding, material.documents)
    sure = [
        row
        for row in proposed(kind, material.proposals)
        if row.doc_id in where and row.confidence >= min_confidence
    ]
    return settled(coding.of(kind), sure)


def _item(
    group: Sequence[Coded], standing: Standing, min_confidence: float, sources: Mapping[str, str]
) -> Item:
    value = 0.0
    why: dict[str, float] = {}
    for row in group:
        stands = row.confidence >= min_confidence
        found = effects(row, standing, stands=stands)
        doubt = 1 - row.confidence if stands else row.confidence
        value += doubt * (1 + sum(found.values()))
        why |= found
    (record, *same), *alike = together(group, sources)
    return Item(record, value, tuple(why), tuple(same), tuple(alike))


def _alike(rows: Iterable[Coded]) -> list[list[Coded]]:
    """Rows in groups: of one meaning, in nearly the same words, at most one of each place."""
    groups: dict[tuple[object, ...], list[list[Coded]]] = defaultdict(list)
    words: dict[str, frozenset[str]] = {}
    for row in rows:
        words[row.record_id] = frozenset(words_of(row))
        same = groups[kind_of(row).name, *meaning(row)]
        for group in same:
            if _likeness(words[group[0].record_id], words[row.record_id]) >= LIKENESS:
                group.append(row)
                break
        else:
            same.append([row])
    return [group for same in groups.values() for group in same]


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def _place(row: Coded) -> tuple[object, ...]:
    return row.doc_id, row.start, row.end, KINDS.index(kind_of(row)), meaning(row)
