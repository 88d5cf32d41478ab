"""How far a candidate is ahead of its rivals: others that the same words could as well be taken to mean.

Rivals share a sentence. Each gap is the candidate's own sum of weights less the best rival's,
cut at ±4; without a rival it is 4. A second, small logistic weighs the gaps (the weights named `rivals`), and
how long the text's sentences are: where they are long, as in the press, more is told that nobody asks or
answers, and the same sum is less sure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from demarche.readers.rules.candidates import Candidate

MOST = 4.0
NOBODY = -1e9
GAPS = (
    "another party",
    "another demand",
    "another position",
    "another clause",
    "anything in the clause",
    "anything in the sentence",
)
Pair = tuple[Hashable, Hashable]


def _pairs(one: Candidate) -> tuple[Pair, ...]:
    """For each gap: what rivals have in common with a candidate, and in what they differ from it."""
    clause, demand, party, position = one.clause.first, one.demand, one.party, one.position
    content = (demand, party, position)
    return (
        ((clause, demand, position == "demands"), party),
        ((clause, party), demand),
        ((clause, demand, party), position),
        ((demand, party), clause),
        (clause, content),
        (None, content),
    )


LENGTHS = ("length", "own by length")
TERMS = ("own", *GAPS, *LENGTHS)
"""All that the second logistic weighs, by name."""


def terms(candidates: Sequence[Candidate], totals: Sequence[float], length: float) -> list[dict[str, float]]:
    """The gaps of each candidate, with the length of its text's sentences (see `sentence_length`)."""
    rows = gaps(candidates, totals)
    for row in rows:
        row |= zip(LENGTHS, (length, row["own"] * length), strict=True)
    return rows


def gaps(candidates: Sequence[Candidate], totals: Sequence[float]) -> list[dict[str, float]]:
    """For each candidate: its own total (`own`) and its gap to the best rival of each kind."""
    rows = [{"own": total} for total in totals]
    by_sentence: dict[int, list[int]] = defaultdict(list)
    for place, candidate in enumerate(candidates):
        by_sentence[candidate.clause.sentence].append(place)
    for places in by_sentence.values():
        best_first = sorted(places, key=totals.__getitem__, reverse=True)
        own, pairs = (
            [rows[place] for place in best_first],
            [_pairs(candidates[place]) for place in best_first],
        )
        for name, kind in zip(GAPS, zip(*pairs, strict=True), strict=True):
            _add_gaps(name, own, kind)
    return rows


def _add_gaps(name: str, best_first: Sequence[dict[str, float]], pairs: Sequence[Pair]) -> None:
    """Add a gap to the rows of candidates, the best first; `pairs` say what each shares and differs in."""
    best = _two_best(best_first, pairs)
    for row, (shared, differing) in zip(best_first, pairs, strict=True):
        leader, most, second = best[shared]
        gap = row["own"] - (second if leader == differing else most)
        row[name] = gap if -MOST < gap < MOST else MOST if gap > 0 else -MOST


def _two_best(
    best_first: Iterable[dict[str, float]], pairs: Iterable[Pair]
) -> dict[Hashable, tuple[Hashable, float, float]]:
    """By what is shared: who leads, the leader's total, and that of the best who differs from the leader."""
    found: dict[Hashable, tuple[Hashable, float, float]] = {}
    for row, (shared, differing) in zip(best_first, pairs, strict=True):
        known = found.get(shared)
        if known is None:
            found[shared] = differing, row["own"], NOBODY
        elif known[2] == NOBODY and differing != known[0]:
            found[shared] = known[0], known[1], row["own"]
    return found
