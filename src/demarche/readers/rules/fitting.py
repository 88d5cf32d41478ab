"""Fitting the weights of the statements' features on annotated disputes: logistic regression.

Used by scripts/fit_confidence.py only; reading needs none of it.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from demarche.disputes import Dispute
from demarche.documents import Document
from demarche.readers.rules.candidates import Candidate, find_candidates
from demarche.readers.rules.confidence import BIAS
from demarche.readers.rules.scene import Guide, Scene, read_scene
from demarche.records import Statement

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Loss = Callable[[Floats], tuple[float, Floats]]
Booleans = npt.NDArray[np.bool_]
STEPS, MEMORY, ROUNDS = 14, 12, 200
FEWEST = 12
"""A feature met fewer times than this gets no weight."""
LEAST_TOLD = 0.01
"""Smaller weights are not kept."""


@dataclass(frozen=True)
class Sheet:
    """The candidates of one document, and which of them the annotation holds."""

    dispute: str
    document: Document
    scene: Scene
    candidates: list[Candidate]
    right: list[bool]


def sheets_of(
    dispute: Dispute, find: Callable[[Scene], Iterable[Candidate]] = find_candidates
) -> Iterator[Sheet]:
    """A sheet for each document of a dispute, with the candidates that are found in it."""
    guide = Guide.of(dispute.codebook)
    for document in dispute.documents:
        scene = read_scene(document, guide)
        candidates = list(find(scene))
        gold = [s for s in dispute.gold.statements if s.doc_id == document.doc_id]
        yield Sheet(dispute.name, document, scene, candidates, right_among(scene, candidates, gold))


def right_among(scene: Scene, candidates: Sequence[Candidate], gold: Sequence[Statement]) -> list[bool]:
    """Whether each candidate overlaps a statement with its demand, party and position."""
    wanted: dict[tuple[str, str, str], list[Statement]] = {}
    for s in gold:
        wanted.setdefault((s.demand, scene.guide.standings.party(s.actor), s.position), []).append(s)
    right = []
    for c in candidates:
        demand = scene.guide.topics.demands[c.demand].demand_id
        start, end = scene.sentences[c.clause.sentence].text_range(c.clause.first, c.clause.last)
        right.append(
            any(start < s.end and s.start < end for s in wanted.get((demand, c.party, c.position), ()))
        )
    return right


@dataclass(frozen=True)
class Design:
    """Rows of features in compressed form: `indices[pointers[i]:pointers[i+1]]` are those of row i."""

    names: list[str]
    pointers: npt.NDArray[np.int64]
    indices: npt.NDArray[np.int32]
    values: npt.NDArray[np.float32]

    def of(self, rows: Integers) -> Design:
        """Some of the rows."""
        lengths = self.pointers[rows + 1] - self.pointers[rows]
        pointers = np.concatenate([[0], np.cumsum(lengths)])
        taken = np.repeat(self.pointers[rows] - pointers[:-1], lengths) + np.arange(pointers[-1])
        return Design(self.names, pointers, self.indices[taken], self.values[taken])

    def weighted(self, weight: Floats) -> Floats:
        """The sum of the rows, each counting its weight."""
        spread = np.repeat(weight, np.diff(self.pointers)) * self.values
        return np.asarray(np.bincount(self.indices, spread, len(self.names)), np.float64)


def design_of(sheets: Sequence[Sheet]) -> Design:
    """The design matrix of all candidates of some sheets."""
    met = Counter(name for sheet in sheets for c in sheet.candidates for group in c.groups for name in group)
    names = [BIAS, *sorted(name for name, n in met.items() if n >= FEWEST)]
    index = {name: place for place, name in enumerate(names)}
    pointers, indices, values = [0], [], []
    for sheet in sheets:
        for c in sheet.candidates:
            indices.append(0)
            values.append(1.0)
            for name, value in c.features.items():
                if name in index and value:
                    indices.append(index[name])
                    values.append(value)
            pointers.append(len(indices))
    return Design(names, np.array(pointers), np.array(indices, np.int32), np.array(values, np.float32))


def fit(design: Design, right: Floats, rows: Integers, penalty: float) -> Floats:
    """The weights that make some rows likeliest, under a quadratic penalty."""
    ridge = np.full(len(design.names), penalty)
    ridge[0] = 1e-3
    chosen, rights = design.of(rows), right[rows]

    def loss(w: Floats) -> tuple[float, Floats]:
        totals = sums(chosen, w)
        error = logistic(totals) - rights
        likelihood = (np.logaddexp(0, totals) - rights * totals).sum()
        return float(likelihood + ridge @ w**2 / 2), chosen.weighted(error) + ridge * w

    return least(loss, np.zeros(len(ridge)))


def least(loss: Loss, w: Floats) -> Floats:
    """Where a smooth convex function is least: L-BFGS (Nocedal and Wright, algorithm 7.4)."""
    value, slope = loss(w)
    steps: deque[tuple[Floats, Floats]] = deque(maxlen=MEMORY)
    for _ in range(ROUNDS):
        direction = _downhill(slope, steps)
        length, fall = 1.0 if steps else 1 / float(np.abs(slope).sum()), float(slope @ direction)
        while (trial := loss(w + length * direction))[0] > value + 1e-4 * length * fall:
            length /= 2
            if length < 1e-10:
                return w
        done = value - trial[0] < 1e-7 * value
        if (length * direction) @ (trial[1] - slope) > 0:
            steps.append((length * direction, trial[1] - slope))
        w, (value, slope) = w + length * direction, trial
        if done:
            break
    return w


def _downhill(slope: Floats, steps: Sequence[tuple[Floats, Floats]]) -> Floats:
    """The direction of the next step, by the curvature that the last steps showed."""
    direction, shares = -slope, []
    for moved, bent in reversed(steps):
        share = (moved @ direction) / (moved @ bent)
        shares.append(share)
        direction = direction - share * bent
    if steps:
        moved, bent = steps[-1]
        direction = direction * (moved @ bent) / (bent @ bent)
    for (moved, bent), share in zip(steps, reversed(shares), strict=True):
        direction = direction + (share - (bent @ direction) / (moved @ bent)) * moved
    return direction


def fit_dense(x: Floats, right: Floats, penalty: float = 1.0) -> Floats:
    """The bias and weights of a few columns."""
    columns = np.hstack([np.ones((len(x), 1)), x])
    w = np.zeros(columns.shape[1])
    for _ in range(STEPS):
        gradient, hessian = _slopes(columns, right, np.ones(len(x)), w)
        w += np.linalg.solve(hessian + penalty * np.eye(len(w)), gradient - penalty * w)
    return w


def _slopes(x: Floats, right: Floats, weight: Floats, w: Floats) -> tuple[Floats, Floats]:
    """The gradient and the curvature of some rows' likelihood."""
    p = logistic(x @ w)
    return x.T @ (weight * (right - p)), (x * (weight * p * (1 - p))[:, None]).T @ x


def sums(design: Design, w: Floats) -> Floats:
    """The summed weights of each row."""
    return np.asarray(np.add.reduceat(design.values * w[design.indices], design.pointers[:-1]))


def logistic(total: Floats) -> Floats:
    """The probability that belongs to a sum."""
    return np.asarray(1 / (1 + np.exp(-np.clip(total, -30, 30))))


def rights_of(sheets: Sequence[Sheet]) -> Floats:
    """1 for each candidate that the annotation holds, 0 for others."""
    return np.array([float(right) for sheet in sheets for right in sheet.right])


def table(names: Sequence[str], w: Floats) -> dict[str, float]:
    """The weights by name, in the order of the names."""
    rounded = ((name, round(float(weight), 3)) for name, weight in sorted(zip(names, w, strict=True)))
    return {name: weight for name, weight in rounded if abs(weight) >= LEAST_TOLD or name == BIAS}
