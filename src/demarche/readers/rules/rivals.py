"""How far a candidate is ahead of its rivals: others that the same words could as well be taken to mean.

Rivals share a sentence. Each gap is the candidate's own sum of weights less the best rival's,
cut at ±4; without a rival it is 4. A second, small logistic weighs the gaps (the weights named `rivals`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

from demarche.readers.rules.candidates import Candidate

Key = Callable[[Candidate], Hashable]
MOST = 4.0
GAPS: dict[str, tuple[Key, Key]] = {
    "another party": (lambda c: (c.clause, c.demand, c.position == "demands"), lambda c: c.party),
    "another demand": (lambda c: (c.clause, c.party), lambda c: c.demand),
    "another position": (lambda c: (c.clause, c.demand, c.party), lambda c: c.position),
    "another clause": (lambda c: (c.demand, c.party), lambda c: c.clause),
    "anything in the clause": (lambda c: c.clause, lambda c: (c.demand, c.party, c.position)),
    "anything in the sentence": (lambda c: None, lambda c: (c.demand, c.party, c.position)),
}
"""By name: what rivals have in common with a candidate, and in what they differ from it."""


def gaps(candidates: Sequence[Candidate], totals: Sequence[float]) -> list[dict[str, float]]:
    """For each candidate: its own total (`own`) and its gap to the best rival of each kind."""
    rows = [{"own": total} for total in totals]
    by_sentence: dict[int, list[int]] = defaultdict(list)
    for place, candidate in enumerate(candidates):
        by_sentence[candidate.clause.sentence].append(place)
    for places in by_sentence.values():
        for name, (shared, differing) in GAPS.items():
            _add_gaps(rows, name, [(p, shared(candidates[p]), differing(candidates[p])) for p in places])
    return rows


def _add_gaps(rows: list[dict[str, float]], name: str, keyed: list[tuple[int, Hashable, Hashable]]) -> None:
    best: dict[Hashable, dict[Hashable, float]] = defaultdict(dict)
    for place, shared, differing in keyed:
        total = rows[place]["own"]
        if total > best[shared].get(differing, -1e9):
            best[shared][differing] = total
    leaders = {shared: _two_best(totals) for shared, totals in best.items()}
    for place, shared, differing in keyed:
        (leader, total), (_, second) = leaders[shared]
        rival = second if leader == differing else total
        rows[place][name] = max(-MOST, min(MOST, rows[place]["own"] - rival))


def _two_best(totals: dict[Hashable, float]) -> list[tuple[Hashable, float]]:
    if len(totals) == 1:
        return [*totals.items(), ("", -1e9)]
    return sorted(totals.items(), key=lambda item: -item[1])[:2]
