"""How well a reader reads: its statements and events held against those that people decided.

Five figures, each with precision, recall and F1 (the definitions are the gold annotation's):

- who-what: same document, demand and party, overlapping ranges; paired one to one, longest overlap first;
- who-what-position: the same, with the position equal;
- inventory: the set of (document, demand) that somebody demands;
- stance matrix: (document, party, demand) with its majority position, a tie going to the first in the text;
- dated events: overlapping sentences and equal dates.

A person counts as the party that `of` names. Nothing here reads or writes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from demarche.records import Event, Statement

Record = TypeVar("Record", Statement, Event)
FIGURES = ("who-what", "who-what-position", "inventory", "stance matrix", "dated events")
_SENTENCE_END = re.compile(
    r"\n+|(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St))(?<!\b(?:Jan|Feb|Mar|Apr|Aug|Oct|Nov|Dec|Gen|Mrs))(?<!\bSept)"
    r"[.!?…]+[\"'”’)\]]*(?: +\([^()\n]{1,60}\))? +(?=[\"'“‘]?[A-Z0-9])"
)
"""Where the gold's own scorer ends a sentence: events are widened by it, so figures can be compared."""


class Reading(NamedTuple):
    """Statements and events of some documents, decided or proposed."""

    statements: Sequence[Statement]
    events: Sequence[Event]


@dataclass(frozen=True)
class Score:
    """Pairs found, how many a system and the gold have, and what was missed or reported in error."""

    matched: int = 0
    system: int = 0
    gold: int = 0
    missed: tuple[Hashable, ...] = ()
    false_alarms: tuple[Hashable, ...] = ()

    @property
    def precision(self) -> float:
        """The share of what was reported that is right; 0 where nothing was reported."""
        return self.matched / (self.system or 1)

    @property
    def recall(self) -> float:
        """The share of the gold that was found; 0 where there is no gold."""
        return self.matched / (self.gold or 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.matched / (self.system + self.gold or 1)

    def __add__(self, other: Score) -> Score:
        return Score(
            self.matched + other.matched,
            self.system + other.system,
            self.gold + other.gold,
            self.missed + other.missed,
            self.false_alarms + other.false_alarms,
        )


def score(
    gold: Reading, found: Reading, *, texts: Mapping[str, str], party: Callable[[str], str]
) -> dict[str, Score]:
    """The five figures; records of documents that are not among `texts` are ignored."""
    wanted, given = (_statements(reading, texts, party) for reading in (gold, found))
    wanted_events, given_events = (_events(reading, texts) for reading in (gold, found))
    return {
        "who-what": _paired(wanted, given, lambda s: (s.doc_id, s.demand, s.actor)),
        "who-what-position": _paired(wanted, given, lambda s: (s.doc_id, s.demand, s.actor, s.position)),
        "inventory": _compared(inventory(wanted), inventory(given)),
        "stance matrix": _compared(stances(wanted), stances(given)),
        "dated events": _paired(wanted_events, given_events, lambda e: (e.doc_id, e.date)),
    }


def inventory(statements: Iterable[Statement]) -> set[Hashable]:
    """The pairs (document, demand) that somebody demands."""
    return {(s.doc_id, s.demand) for s in statements if s.position == "demands"}


def stances(statements: Iterable[Statement]) -> set[Hashable]:
    """(document, actor, demand, majority position); a tie goes to the position met first in the text."""
    votes: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for s in sorted(statements, key=lambda s: (s.start, s.end, s.position)):
        votes[s.doc_id, s.actor, s.demand][s.position] += 1
    return {(*cell, counts.most_common(1)[0][0]) for cell, counts in votes.items()}


def _statements(reading: Reading, texts: Mapping[str, str], party: Callable[[str], str]) -> list[Statement]:
    return [replace(s, actor=party(s.actor)) for s in reading.statements if s.doc_id in texts]


def _events(reading: Reading, texts: Mapping[str, str]) -> list[Event]:
    cuts = {
        doc_id: sorted({0, len(text), *(match.end() for match in _SENTENCE_END.finditer(text))})
        for doc_id, text in texts.items()
    }
    return [_widened(event, cuts[event.doc_id]) for event in reading.events if event.doc_id in texts]


def _widened(event: Event, cuts: list[int]) -> Event:
    """An event whose range runs from the start of its first sentence to the end of its last."""
    start, end = (max(0, min(offset, cuts[-1])) for offset in (event.start, event.end))
    return replace(event, start=cuts[bisect_right(cuts, start) - 1], end=cuts[bisect_left(cuts, end)])


def _paired(gold: Sequence[Record], found: Sequence[Record], key: Callable[[Record], Hashable]) -> Score:
    """Overlapping records with equal keys, paired one to one, the longest overlap first."""
    by_key: dict[Hashable, list[int]] = defaultdict(list)
    for place, record in enumerate(found):
        by_key[key(record)].append(place)
    pairs = sorted(
        (-overlap, g, f)
        for g, wanted in enumerate(gold)
        for f in by_key[key(wanted)]
        if (overlap := min(wanted.end, found[f].end) - max(wanted.start, found[f].start)) > 0
    )
    gold_left, found_left = dict(enumerate(gold)), dict(enumerate(found))
    for _, g, f in pairs:
        if g in gold_left and f in found_left:
            del gold_left[g], found_left[f]
    return Score(
        len(gold) - len(gold_left),
        len(found),
        len(gold),
        tuple(gold_left.values()),
        tuple(found_left.values()),
    )


def _compared(gold: set[Hashable], found: set[Hashable]) -> Score:
    return Score(len(gold & found), len(found), len(gold), _ordered(gold - found), _ordered(found - gold))


def _ordered(items: set[Hashable]) -> tuple[Hashable, ...]:
    return tuple(sorted(items, key=str))
