"""How far a candidate is ahead of its rivals: others that the same words could as well be taken to mean.

Rivals share a sentence. Others elsewhere in the document share a demand, a party or a position with it:
what a text keeps coming back to is meant once more sooner than what it mentions once. Each gap is the
candidate's own sum of weights less the best other's, cut at ±4; without any it is 4. A second, small
logistic (`rivals` among the weights) takes the gaps, and how long the text's sentences are: where they are
long, as in the press, more is told that nobody asks or answers, and the same sum is less sure.
"""

from __future__ import annotations

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
    "the same elsewhere",
    "demand and party elsewhere",
    "demand and position elsewhere",
    "party and position elsewhere",
    "demand elsewhere",
    "party elsewhere",
)
LENGTHS = ("length", "own by length")
TERMS = ("own", *GAPS, *LENGTHS)
"""All that the second logistic weighs, by name."""


def terms(candidates: Sequence[Candidate], totals: Sequence[float], length: float) -> list[list[float]]:
    """One row per candidate, its columns TERMS; `length` is that of the text's sentences."""
    return [[*row, length, row[0] * length] for row in gaps(candidates, totals)]


def gaps(candidates: Sequence[Candidate], totals: Sequence[float]) -> list[list[float]]:
    """One row per candidate: its own total, and its gap to the best rival of each kind (GAPS)."""
    rows = [[total] for total in totals]
    best_first = sorted(range(len(totals)), key=totals.__getitem__, reverse=True)
    own = [rows[place] for place in best_first]
    for shared, differing in _kinds([candidates[place] for place in best_first]):
        _add_gaps(own, shared, differing)
    return rows


Things = Sequence[Hashable]


def _kinds(candidates: Sequence[Candidate]) -> list[tuple[Things, Things]]:
    """For each gap: what others have in common with each candidate, and in what they differ from it."""
    clauses = [one.clause for one in candidates]
    sentences = [clause.sentence for clause in clauses]
    demands = [one.demand for one in candidates]
    parties = [one.party for one in candidates]
    positions = [one.position for one in candidates]
    asked = [position == "demands" for position in positions]
    contents = [*zip(demands, parties, positions, strict=True)]
    return [
        ([*zip(clauses, demands, asked, strict=True)], parties),
        ([*zip(clauses, parties, strict=True)], demands),
        ([*zip(clauses, demands, parties, strict=True)], positions),
        ([*zip(sentences, demands, parties, strict=True)], clauses),
        (clauses, contents),
        (sentences, contents),
        (contents, sentences),
        ([*zip(demands, parties, strict=True)], sentences),
        ([*zip(demands, positions, strict=True)], sentences),
        ([*zip(parties, positions, strict=True)], sentences),
        (demands, sentences),
        (parties, sentences),
    ]


def _add_gaps(best_first: Sequence[list[float]], shared: Things, differing: Things) -> None:
    """Add a gap to the rows of candidates, the best first, by what each shares and in what it differs."""
    best = _two_best(best_first, shared, differing)
    for row, common, other in zip(best_first, shared, differing, strict=True):
        leader, most, second = best[common]
        gap = row[0] - (second if leader == other else most)
        row.append(gap if -MOST < gap < MOST else MOST if gap > 0 else -MOST)


def _two_best(
    best_first: Iterable[Sequence[float]], shared: Things, differing: Things
) -> dict[Hashable, tuple[Hashable, float, float]]:
    """By what is shared: who leads, the leader's total, and that of the best who differs from the leader."""
    found: dict[Hashable, tuple[Hashable, float, float]] = {}
    for row, common, other in zip(best_first, shared, differing, strict=True):
        known = found.get(common)
        if known is None:
            found[common] = other, row[0], NOBODY
        elif known[2] == NOBODY and other != known[0]:
            found[common] = known[0], known[1], row[0]
    return found
