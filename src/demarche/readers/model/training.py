"""Training on annotated disputes: each step rates disputes it has not seen, for the next to learn from.

Used by scripts/train_model.py only; reading needs none of it. LightGBM and scikit-learn are needed here
alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import lightgbm
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from demarche.disputes import Dispute
from demarche.readers.model.columns import Lenses, named_columns, table_of
from demarche.readers.model.kinship import Kinship
from demarche.readers.model.knowledge import LEAST_SUM
from demarche.readers.model.nearest import Nearness
from demarche.readers.model.sureness import Sureness, sureness_columns
from demarche.readers.model.trees import Trees, trees_of
from demarche.readers.model.vectors import WordVectors
from demarche.readers.model.vocabulary import Vocabulary
from demarche.readers.model.wording import Wording, phrases
from demarche.readers.rules import fitting
from demarche.readers.rules.candidates import Candidate, find_candidates
from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.fitting import Sheet
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.sentences import sentence_length
from demarche.readers.rules.statements import Rated
from demarche.records import POSITIONS, Statement

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
SEED, FEWEST_CLAUSES, FEWEST_CANDIDATES = 1, 3, 100
SINGLE_WORD = " w "
"""In the names of features that are one word for a position: the wording weighs words already."""
PENALTY, LOOSENESS = 10.0, 10.0
ROUNDS = 320
LEAST_TOLD = -2.2
"""The curve of confidence is fitted on sums from here on: what is less sure is neither proposed nor shown."""
GROWTH = {
    "objective": "binary",
    "learning_rate": 0.04,
    "num_leaves": 24,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.2,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "seed": SEED,
    "num_threads": 1,
    "deterministic": True,
    "force_col_wise": True,
    "verbose": -1,
}


def sheets_of(dispute: Dispute, vectors: WordVectors) -> Iterator[Sheet]:
    """A sheet for each document of a dispute, with all candidates, those on near demands among them."""

    def find(scene: Scene) -> Iterator[Candidate]:
        return find_candidates(
            scene, topics_of=Nearness.of(Kinship.of(scene, Vocabulary.of(scene), vectors)).topics
        )

    return fitting.sheets_of(dispute, find)


class First:
    """The first sum of a candidate's features: which weights tell right candidates from others."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        design, self._right = fitting.design_of(sheets), fitting.rights_of(sheets)
        shape = (len(self._right), len(design.names))
        self._rows = csr_matrix((design.values.astype(float), design.indices, design.pointers), shape)
        self._sizes, self._names = [len(sheet.candidates) for sheet in sheets], design.names

    def left_out_totals(self, fold_of: Sequence[int]) -> list[Floats]:
        """For each sheet the sums of weights that were fitted on the sheets of other folds."""
        folds, totals = np.repeat(fold_of, self._sizes), np.zeros(len(self._right))
        for fold in sorted(set(fold_of)):
            apart = folds == fold
            totals[apart] = self._rows[apart] @ self._fit(~apart)
        return list(np.split(totals, np.cumsum(self._sizes)[:-1]))

    def weights(self) -> dict[str, float]:
        """The weights by the name of their feature, fitted on all sheets."""
        return fitting.table(self._names, self._fit(np.ones(len(self._right), bool)))

    def _fit(self, chosen: npt.NDArray[np.bool_]) -> Floats:
        model = LogisticRegression(C=1 / PENALTY, fit_intercept=False, max_iter=1000, tol=1e-6)
        return np.ravel(model.fit(self._rows[chosen], self._right[chosen]).coef_)


@dataclass(frozen=True)
class Worded:
    """The phrases of a sheet's clauses, and for each clause which positions the annotation has there."""

    phrases: list[list[str]]
    taken: npt.NDArray[np.bool_]


def worded(sheet: Sheet, gold: Sequence[Statement]) -> Worded:
    """The wording of a sheet; `gold` holds the statements of its document."""
    clauses = [c for s in sheet.scene.sentences if s.kind == "text" for c in sheet.scene.clauses[s.index]]
    taken = [[_is_taken(sheet, clause, position, gold) for position in POSITIONS] for clause in clauses]
    return Worded([phrases(sheet.scene, clause) for clause in clauses], np.array(taken, bool).reshape(-1, 4))


def _is_taken(sheet: Sheet, clause: Clause, position: str, gold: Sequence[Statement]) -> bool:
    start, end = sheet.scene.sentences[clause.sentence].text_range(clause.first, clause.last)
    return any(s.position == position and start < s.end and s.start < end for s in gold)


def fit_wording(material: Sequence[Worded]) -> Wording:
    """The weights of phrases met in a few clauses: one logistic regression for each position."""
    rows = [row for one in material for row in one.phrases]
    met = Counter(phrase for row in rows for phrase in row)
    places = {phrase: n for n, phrase in enumerate(sorted(p for p, n in met.items() if n >= FEWEST_CLAUSES))}
    known = [[places[phrase] for phrase in row if phrase in places] for row in rows]
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(len(row))) for row in known if row])
    pointers = np.cumsum([0, *map(len, known)])
    design = csr_matrix((values, np.concatenate(known), pointers), shape=(len(rows), len(places)))
    taken = np.vstack([one.taken for one in material])
    fitted = [_logistic(design, taken[:, column]) for column in range(len(POSITIONS))]
    table = np.stack([np.ravel(one.coef_) for one in fitted], axis=1).astype(np.float16)
    return Wording(places, table.astype(np.float64), np.array([one.intercept_[0] for one in fitted]))


def _logistic(design: csr_matrix, right: npt.NDArray[np.bool_]) -> LogisticRegression:
    model = LogisticRegression(C=LOOSENESS, solver="liblinear", max_iter=300, random_state=SEED)
    return model.fit(design, right)


@dataclass(frozen=True)
class Pool:
    """The candidates of all sheets that are not hopeless: their columns, whether right, fold and sheet."""

    candidates: list[list[Candidate]]
    rows: Floats
    right: Floats
    fold: Integers
    sheet: Integers

    def rated(self, confidences: Floats) -> Iterator[list[Rated]]:
        """The candidates of each sheet with their confidences."""
        for number, group in enumerate(self.candidates):
            own = confidences[self.sheet == number].tolist()
            yield [Rated(c, p) for c, p in zip(group, own, strict=True)]


def pool_of(
    sheets: Sequence[Sheet],
    fold_of: Sequence[int],
    totals: Sequence[Floats],
    lenses: Mapping[int, Lenses],
) -> tuple[Pool, dict[str, int]]:
    """The pool, each sheet looked at through the lenses of its fold; and the named features' columns."""
    chosen = [np.flatnonzero(one >= LEAST_SUM) for one in totals]
    candidates = [[s.candidates[n] for n in places] for s, places in zip(sheets, chosen, strict=True)]
    met = Counter(
        name for group in candidates for one in group for name, value in one.features.items() if value
    )
    names = sorted(name for name, n in met.items() if n >= FEWEST_CANDIDATES and SINGLE_WORD not in name)
    places = {name: place for place, name in enumerate(names)}
    rows = [
        np.hstack([_table(s.scene, group, sums[at].tolist(), lenses[fold]), named_columns(group, places)])
        for s, group, at, sums, fold in zip(sheets, candidates, chosen, totals, fold_of, strict=True)
        if group
    ]
    right = [float(sheet.right[n]) for sheet, at in zip(sheets, chosen, strict=True) for n in at]
    sheet = np.repeat(np.arange(len(sheets)), [len(at) for at in chosen])
    fold = np.array(fold_of)[sheet]
    return Pool(candidates, np.vstack(rows), np.array(right), fold, sheet), places


def _table(scene: Scene, candidates: Sequence[Candidate], totals: Sequence[float], lenses: Lenses) -> Floats:
    return table_of(
        scene, candidates, totals, lenses.wording, Kinship.of(scene, Vocabulary.of(scene), lenses.vectors)
    )


def left_out_sums(pool: Pool) -> Floats:
    """For each row the sum of trees grown on the rows of other folds."""
    sums = np.zeros(len(pool.right))
    for fold in sorted(set(pool.fold.tolist())):
        apart = pool.fold == fold
        sums[apart] = grow(pool.rows[~apart], pool.right[~apart]).sums(pool.rows[apart])
    return sums


def grow(rows: Floats, right: Floats) -> Trees:
    """Trees that tell right candidates from others."""
    grown = lightgbm.train(GROWTH, lightgbm.Dataset(rows, right), ROUNDS)
    return trees_of([tree["tree_structure"] for tree in grown.dump_model()["tree_info"]])


def left_out_confidences(
    pool: Pool, sums: Floats, sheets: Sequence[Sheet], is_news: Sequence[bool]
) -> Floats:
    """For each row the confidence that a curve fitted on other folds gives to its sum."""
    lengths, news = _lengths(pool, sheets), np.array(is_news)[pool.sheet]
    found = np.zeros(len(sums))
    for fold in sorted(set(pool.fold.tolist())):
        apart = pool.fold == fold
        curve = _sureness(sums[~apart], lengths[~apart], pool.right[~apart], news[~apart])
        found[apart] = curve.confidences(sums[apart], lengths[apart])
    return found


def fit_sureness(pool: Pool, sums: Floats, sheets: Sequence[Sheet], is_news: Sequence[bool]) -> Sureness:
    """The curve that fits the sums of rows left out best, dense and news counting half each."""
    return _sureness(sums, _lengths(pool, sheets), pool.right, np.array(is_news)[pool.sheet])


def _lengths(pool: Pool, sheets: Sequence[Sheet]) -> Floats:
    return np.array([sentence_length(sheet.scene.sentences) for sheet in sheets])[pool.sheet]


def _sureness(sums: Floats, lengths: Floats, right: Floats, news: npt.NDArray[np.bool_]) -> Sureness:
    told = sums >= LEAST_TOLD
    shares = (
        np.where(news, 0.5 / max(1, (told & news).sum()), 0.5 / max(1, (told & ~news).sum())) * told.sum()
    )
    model = LogisticRegression(C=LOOSENESS, fit_intercept=False, tol=1e-8, max_iter=1000)
    model.fit(sureness_columns(sums, lengths)[told], right[told], sample_weight=shares[told])
    return Sureness(np.ravel(model.coef_).astype(np.float64))


def lenses_by_fold(
    material: Sequence[Worded], fold_of: Sequence[int], vectors: WordVectors
) -> dict[int, Lenses]:
    """For each fold, what the other folds teach on wording; -1 is taught by all."""
    lenses = {}
    for fold in (-1, *sorted(set(fold_of))):
        others = [one for one, own in zip(material, fold_of, strict=True) if own != fold]
        lenses[fold] = Lenses(fit_wording(others), vectors)
    return lenses
