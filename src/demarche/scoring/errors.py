"""What a reader missed and what it reported in error, each with its kind, for whoever works on the reader.

Errors are those of the figure who-what-position. A miss and a false alarm in one sentence may be two sides of
one mistake; each is counted on its own side. Nothing here reads or writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from demarche.records import Statement
from demarche.scoring.figures import sentence_cuts, widened
from demarche.scoring.pairs import paired
from demarche.scoring.surface import SURFACES, surface

NOTHING, PLACE = "nothing asserted", "elsewhere in the sentence"
MISSES = (
    "no topic found", "topic but no actor", "scored too low", "wrong actor", "wrong position", PLACE,
    "not proposed",
)  # fmt: skip
FALSE_ALARMS = (
    "wrong position", "wrong actor", "wrong demand", "wrong demand and actor", "told twice", PLACE, NOTHING,
)  # fmt: skip


class Considered(NamedTuple):
    """What a reader weighed: that a party has some position on a demand in a range of a text."""

    start: int
    end: int
    demand: str
    party: str


@dataclass(frozen=True)
class Error:
    """One miss or false alarm: the sentences it stands in, and the nearest on the other side, if any.

    `surface` is that of the sentence where nothing was asserted (see `surface`).
    """

    kind: str
    document: str
    start: int
    end: int
    wanted: Statement | None
    found: Statement | None
    surface: str = ""


class Errors(NamedTuple):
    """Both sides, and how many statements were proposed."""

    misses: tuple[Error, ...] = ()
    false_alarms: tuple[Error, ...] = ()
    n_proposed: int = 0

    def joined(self, other: Errors) -> Errors:
        """The errors of both."""
        return Errors(
            self.misses + other.misses,
            self.false_alarms + other.false_alarms,
            self.n_proposed + other.n_proposed,
        )


def errors_of(
    gold: Sequence[Statement],
    found: Sequence[Statement],
    text: str,
    *,
    party: Callable[[str], str],
    considered: Sequence[Considered] | None = None,
) -> Errors:
    """The errors in one document; without `considered` no miss says why it was silent."""
    cuts = sentence_cuts(text)
    wanted, given = ([replace(s, actor=party(s.actor)) for s in side] for side in (gold, found))
    score = paired(wanted, given, lambda s: (s.demand, s.actor, s.position))
    missed, alarms = (
        [s for s in side if isinstance(s, Statement)] for side in (score.missed, score.false_alarms)
    )
    return Errors(
        tuple(_miss(s, alarms, considered, cuts) for s in missed),
        tuple(_false_alarm(s, wanted, missed, text) for s in alarms),
        len(given),
    )


def _miss(
    wanted: Statement, alarms: Sequence[Statement], considered: Sequence[Considered] | None, cuts: list[int]
) -> Error:
    sentence = widened(wanted, cuts)
    near = [s for s in alarms if _overlap(s, sentence) and s.demand == wanted.demand]
    near.sort(key=lambda s: (*_differs(s, wanted), s.start))
    kind = _silence(wanted, considered)
    if near and near[0].actor == wanted.actor:
        kind = "wrong position" if near[0].position != wanted.position else PLACE
    elif near and near[0].position == wanted.position:
        kind = "wrong actor"
    return Error(kind, wanted.doc_id, sentence.start, sentence.end, wanted, near[0] if near else None)


def _silence(wanted: Statement, considered: Sequence[Considered] | None) -> str:
    """Why nothing like a statement was proposed."""
    if considered is None:
        return "not proposed"
    here = [one for one in considered if one.start < wanted.end and wanted.start < one.end]
    about = [one for one in here if one.demand == wanted.demand]
    if not about:
        return "no topic found"
    return "scored too low" if any(one.party == wanted.actor for one in about) else "topic but no actor"


def _false_alarm(
    found: Statement, gold: Sequence[Statement], missed: Sequence[Statement], text: str
) -> Error:
    cuts = sentence_cuts(text)
    sentence = widened(found, cuts)
    near = [s for s in gold if _overlap(widened(s, cuts), sentence)]
    near.sort(key=lambda s: (*_differs(s, found), s.start))
    if not near:
        looks = surface(text, sentence.start, sentence.end)
        return Error(NOTHING, found.doc_id, sentence.start, sentence.end, None, found, looks)
    kind = _likeness(found, near[0])
    if kind == "told twice" and any(s is near[0] for s in missed):
        kind = PLACE
    return Error(kind, found.doc_id, sentence.start, sentence.end, near[0], found)


def _differs(one: Statement, other: Statement) -> tuple[bool, bool, bool]:
    return one.demand != other.demand, one.actor != other.actor, one.position != other.position


def _likeness(found: Statement, wanted: Statement) -> str:
    demand, actor, position = _differs(found, wanted)
    if demand:
        return "wrong demand and actor" if actor else "wrong demand"
    return "wrong actor" if actor else "wrong position" if position else "told twice"


def _overlap(one: Statement, other: Statement) -> bool:
    return one.doc_id == other.doc_id and one.start < other.end and other.start < one.end


def counts(errors: Errors) -> list[tuple[str, str, int]]:
    """How many errors there are of each kind: side, kind, count; those asserting nothing also by surface."""
    missed = Counter(error.kind for error in errors.misses)
    alarms = Counter(error.kind for error in errors.false_alarms)
    looks = Counter(error.surface for error in errors.false_alarms if error.kind == NOTHING)
    return [
        *(("miss", kind, missed[kind]) for kind in MISSES if missed[kind]),
        *(("false alarm", kind, alarms[kind]) for kind in FALSE_ALARMS if alarms[kind]),
        *((NOTHING, name, looks[name]) for name in (*SURFACES, "other") if looks[name]),
    ]


def share_not_asserted(errors: Errors) -> float:
    """Of what is proposed, the share that takes a headline, question, supposition … for a position."""
    return sum(error.surface in SURFACES for error in errors.false_alarms) / (errors.n_proposed or 1)


def all_errors(parts: Iterable[Errors]) -> Errors:
    """The errors of several documents together."""
    together = Errors()
    for part in parts:
        together = together.joined(part)
    return together
