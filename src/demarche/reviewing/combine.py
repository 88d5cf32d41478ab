"""How the settled file and the coders' journals add up to one coding, whoever comes first.

1. A verdict on a row of the settled file replaces that row; all others of the settled file stand.
2. What the settled file already holds, accepted or rejected, of the same position at the same place, needs
   no verdict any more: the settled file is the later word.
3. Verdicts of several coders on one thing count where they say the same. Where they differ, nobody has
   decided: what stood before stands (the settled row, or the proposal), and the difference is kept `aside`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from demarche.kinds import described, meaning, subject
from demarche.problems import Problem
from demarche.records import Coded
from demarche.reviewing.replay import Key, Verdict, key_of


@dataclass(frozen=True)
class Aside:
    """A decided row that does not count until somebody looks again, and why."""

    record: Coded
    reason: str
    place: Problem

    @property
    def note(self) -> Problem:
        """The row and the reason, with its file and line."""
        return replace(self.place, message=self.reason)


@dataclass(frozen=True)
class Combined:
    """The rows that count, and those that wait for another look."""

    records: tuple[Coded, ...]
    aside: tuple[Aside, ...] = ()


def combine(settled: Sequence[Coded], spoken: Iterable[Mapping[Key, Verdict]]) -> Combined:
    """One coding out of the settled rows and what each coder says; the order of coders changes nothing."""
    verdicts = sorted((v for each in spoken for v in each.values()), key=_order)
    rows = {key_of(row): row for row in settled}
    open_verdicts = [v for v in verdicts if v.key in rows or not _has_spoken(rows.values(), v)]
    records, aside, replaced = [], [], set()
    for matter in matters(open_verdicts):
        if agree(matter):
            replaced |= {verdict.key for verdict in matter}
            records += _rows_of(matter)
        else:
            aside += [_difference(verdict, matter) for verdict in matter]
    kept = [row for key, row in rows.items() if key not in replaced]
    once = {(row.record_id, row.decision): row for row in [*records, *kept][::-1]}
    return Combined(tuple(_without_contradiction(once)), tuple(aside))


def overlaps(one: Coded, other: Coded) -> bool:
    """Whether two records have words in common."""
    return one.doc_id == other.doc_id and one.start < other.end and other.start < one.end


def _order(verdict: Verdict) -> tuple[object, ...]:
    row = verdict.outcome
    return row.doc_id, row.start, row.end, meaning(row), verdict.coder, verdict.key


def _has_spoken(rows: Iterable[Coded], verdict: Verdict) -> bool:
    """Whether the settled file holds the outcome's meaning at its place, accepted or rejected."""
    own = verdict.outcome
    return any(type(row) is type(own) and meaning(row) == meaning(own) and overlaps(row, own) for row in rows)


def matters(verdicts: Sequence[Verdict]) -> list[list[Verdict]]:
    """Verdicts on one thing together: those that answer one record, and those of different coders
    whose outcomes speak of one subject in the same words.
    """
    root = list(range(len(verdicts)))

    def find(place: int) -> int:
        while root[place] != place:
            place = root[place]
        return place

    for group in _near(verdicts):
        for i, j in combinations(group, 2):
            if verdicts[i].coder != verdicts[j].coder and _same_matter(verdicts[i], verdicts[j]):
                low, high = sorted((find(i), find(j)))
                root[high] = low
    groups: dict[int, list[Verdict]] = {}
    for place, verdict in enumerate(verdicts):
        groups.setdefault(find(place), []).append(verdict)
    return list(groups.values())


def _near(verdicts: Sequence[Verdict]) -> Iterable[list[int]]:
    """The places of verdicts that may be on one thing: by what they answer, and by subject."""
    near: dict[object, list[int]] = {}
    for place, verdict in enumerate(verdicts):
        near.setdefault(verdict.key, []).append(place)
        near.setdefault(subject(verdict.outcome), []).append(place)
    return near.values()


def _same_matter(one: Verdict, other: Verdict) -> bool:
    if one.key == other.key:
        return True
    return subject(one.outcome) == subject(other.outcome) and overlaps(one.outcome, other.outcome)


def agree(matter: Sequence[Verdict]) -> bool:
    """Whether every coder who speaks of a matter accepts the same meanings."""
    accepted: dict[str, set[tuple[str, ...]]] = {}
    for verdict in matter:
        said = accepted.setdefault(verdict.coder, set())
        if verdict.accepted:
            said.add(meaning(verdict.outcome))
    return len({frozenset(said) for said in accepted.values()}) == 1


def _rows_of(matter: Sequence[Verdict]) -> list[Coded]:
    """The rows of an agreed matter, in the version of the coder whose name comes first.

    A record that was corrected stays, rejected, so that it does not come back.
    """
    first = min(verdict.coder for verdict in matter)
    own = [verdict for verdict in matter if verdict.coder == first]
    corrected = [
        replace(v.answered, decision="rejected", coder=v.coder, note="corrected")
        for v in matter
        if v.is_correction and v.answered
    ]
    others = [v.outcome for v in matter if v.coder != first and not v.accepted]
    return [*(verdict.outcome for verdict in own), *corrected, *others]


def _difference(verdict: Verdict, matter: Sequence[Verdict]) -> Aside:
    others = sorted({f"{v.coder} {_said(v)}" for v in matter if v.coder != verdict.coder})
    reason = f"coders differ: {verdict.coder} {_said(verdict)}, {', '.join(others)}; nobody has decided"
    return Aside(verdict.outcome, reason, verdict.place)


def _said(verdict: Verdict) -> str:
    if not verdict.accepted:
        return f"rejects ‘{described(verdict.outcome)}’"
    return f"accepts ‘{described(verdict.outcome)}’"


def _without_contradiction(once: Mapping[tuple[str, str], Coded]) -> list[Coded]:
    """Rows in the order they came; one that is accepted is not rejected as well."""
    rows = list(once.values())[::-1]
    accepted = {row.record_id for row in rows if row.decision == "accepted"}
    return [row for row in rows if row.decision == "accepted" or row.record_id not in accepted]
