"""Which proposals to decide on, and in which order: first what most probably changes what is found.

Pure and deterministic: nothing here reads or writes.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from demarche.coding import Coding
from demarche.decisions import undecided
from demarche.material import Material
from demarche.records import Event, Statement
from demarche.reviewing.combine import meaning
from demarche.reviewing.effect import Standing, effects, standing_of
from demarche.scoring.measured import measured

ORDERS = ("value", "text", "random")
MIN_CONFIDENCE = measured("rules").least
"""Proposals from here on stand in a briefing that says nothing else (the notebooks' own default)."""

LIKENESS = 0.8
"""The share of words that two quotations must have in common to be asked about together."""

_WORD = re.compile(r"\w+")
Record = Statement | Event


@dataclass(frozen=True)
class Item:
    """One question: does this proposal hold? `alike` are near-identical ones that one answer may settle.

    `value` is the change to be expected of the answer (rows, weighted); `why` says what hangs on it.
    """

    record: Record
    value: float = 0.0
    why: tuple[str, ...] = ()
    alike: tuple[Record, ...] = ()

    @property
    def item_id(self) -> str:
        """The id of the proposal."""
        return self.record.record_id

    @property
    def layer(self) -> str:
        """`statements` or `events`."""
        return "statements" if isinstance(self.record, Statement) else "events"

    @property
    def records(self) -> tuple[Record, ...]:
        """The proposal and those like it."""
        return (self.record, *self.alike)


def queue(
    material: Material,
    coding: Coding | None = None,
    *,
    order: str = "value",
    doc_id: str = "",
    min_confidence: float = MIN_CONFIDENCE,
) -> list[Item]:
    """The proposals that nobody has decided on, given a coding (else that of the material).

    `order`: by `value`, as in the `text`, or at `random` (seeded). `doc_id`: of one document.
    """
    coding = coding or material.coding
    open_rows = open_proposals(material, coding)
    standing = standing_of(standing_statements(material, coding, min_confidence), material.codebook)
    asked = [row for row in open_rows if doc_id in ("", row.doc_id)]
    items = [_item(group, standing, min_confidence) for group in _alike(asked)]
    if order == "random":
        random.Random(0).shuffle(items)
        return items
    if order == "text":
        return sorted(items, key=lambda item: _place(item.record))
    return sorted(items, key=lambda item: (-round(item.value, 9), _place(item.record)))


def open_proposals(material: Material, coding: Coding) -> list[Record]:
    """The proposals, doubtful ones included, that no decision speaks of; in order of the text."""
    proposed = material.proposals
    shown = [row for each in proposed for row in (*each.statements, *each.doubtful)]
    statements = undecided(coding.statements, shown)
    events = undecided(coding.events, [row for each in proposed for row in each.events])
    return sorted([*statements, *events], key=_place)


def standing_statements(material: Material, coding: Coding, min_confidence: float) -> list[Statement]:
    """The statements on which a briefing rests: those accepted, and proposals that are sure enough."""
    accepted = [row for row in coding.statements if row.decision == "accepted"]
    proposed = undecided(coding.statements, [row for each in material.proposals for row in each.statements])
    return accepted + [row for row in proposed if row.confidence >= min_confidence]


def _item(group: Sequence[Record], standing: Standing, min_confidence: float) -> Item:
    value = 0.0
    why: dict[str, float] = {}
    for row in group:
        stands = row.confidence >= min_confidence
        found = effects(row, standing, stands=stands)
        doubt = 1 - row.confidence if stands else row.confidence
        value += doubt * (1 + sum(found.values()))
        why |= found
    return Item(group[0], value, tuple(why), tuple(group[1:]))


def _alike(rows: Iterable[Record]) -> list[list[Record]]:
    """Rows in groups: of one meaning, in nearly the same words, at most one of each place."""
    groups: dict[tuple[str, ...], list[list[Record]]] = defaultdict(list)
    words: dict[str, frozenset[str]] = {}
    for row in rows:
        words[row.record_id] = frozenset(_WORD.findall(row.quote.casefold()))
        same = groups[meaning(row)]
        for group in same:
            if _likeness(words[group[0].record_id], words[row.record_id]) >= LIKENESS:
                group.append(row)
                break
        else:
            same.append([row])
    return [group for same in groups.values() for group in same]


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def _place(row: Record) -> tuple[object, ...]:
    return row.doc_id, row.start, row.end, isinstance(row, Event), meaning(row)
