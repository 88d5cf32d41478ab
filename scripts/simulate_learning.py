"""Whether decisions on half of a study's documents make a reader's proposals on the other half better.

    python scripts/simulate_learning.py [--split building]

Half of each dispute's documents count as decided, then the other half. What they teach, as features of each
candidate on the documents left: which positions have been met, which parties and demands, and how alike its
clause is to decided clauses on the same demand, on others and on none. A logistic on top of the reader's own
confidence weighs them; it is fitted on other disputes. The reader itself is not changed by this: what it
gained was too little to be built in (see the README).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt

from demarche.disputes import SPLITS, Dispute, read_dispute, read_split, score_dispute
from demarche.documents import Document
from demarche.readers.model.knowledge import word_vectors
from demarche.readers.rules import fitting
from demarche.readers.rules.candidates import find_candidates
from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.confidence import weights
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.sentences import sentence_length
from demarche.readers.rules.statements import Rated, choose, rated, statements_of
from demarche.readers.rules.weighing import Scale
from demarche.scoring import Reading, Score

DISPUTES = Path(__file__).resolve().parents[1] / "tests" / "disputes"
FOLDS = 4
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Page:
    """A document, its rated candidates and which of them hold."""

    document: Document
    scene: Scene
    rated: list[Rated]
    right: list[bool]


@dataclass(frozen=True)
class Lesson:
    """One document left open: a row for each candidate, made from the decided half of its dispute."""

    dispute: Dispute
    page: Page
    rows: Floats


@click.command()
@click.option("--split", type=click.Choice(SPLITS), default="building")
def main(split: str) -> None:
    """Print F1 with and without what decisions teach, and the spread of the gain over disputes."""
    lessons = [
        one for name in read_split(DISPUTES, split) for one in lessons_of(read_dispute(DISPUTES / name))
    ]
    teachers = (
        lessons
        if split == "building"
        else [
            one
            for name in read_split(DISPUTES, "building")
            for one in lessons_of(read_dispute(DISPUTES / name))
        ]
    )
    without, taught = (scores(lessons, teachers, columns) for columns in (slice(0, 1), slice(None)))
    gains = [taught[name].f1 - without[name].f1 for name in without]
    for label, found in (("without", without), ("taught", taught)):
        one = sum(found.values(), Score())
        print(f"{label:<8} precision {one.precision:.3f} recall {one.recall:.3f} F1 {one.f1:.3f}")
    print(f"gain by dispute: mean {np.mean(gains):+.3f}, from {min(gains):+.3f} to {max(gains):+.3f}")


def lessons_of(dispute: Dispute) -> Iterator[Lesson]:
    """Each document of a dispute, once, with what the other half of the documents teaches."""
    pages = [page_of(dispute, sheet) for sheet in fitting.sheets_of(dispute)]
    for half in (0, 1):
        decided, left = pages[half::2], pages[1 - half :: 2]
        memory = Memory(dispute, decided)
        for page in left:
            yield Lesson(dispute, page, memory.rows(page))


def page_of(dispute: Dispute, sheet: fitting.Sheet) -> Page:
    """A document as the rules read it."""
    candidates = list(find_candidates(sheet.scene, Scale(weights("features"))))
    gold = [s for s in dispute.gold.statements if s.doc_id == sheet.document.doc_id]
    return Page(
        sheet.document,
        sheet.scene,
        rated(candidates, sentence_length(sheet.scene.sentences)),
        fitting.right_among(sheet.scene, candidates, gold),
    )


class Memory:
    """What was decided: positions met, by demand and party, and the clauses with the demands they carry."""

    def __init__(self, dispute: Dispute, decided: Sequence[Page]) -> None:
        self.party, self.vectors = dispute.codebook.party, word_vectors()
        ids = {page.document.doc_id for page in decided}
        kept = [s for s in dispute.gold.statements if s.doc_id in ids]
        self.met = Counter((s.demand, self.party(s.actor), s.position) for s in kept)
        self.pairs = Counter((s.demand, self.party(s.actor)) for s in kept)
        self.demands = Counter(s.demand for s in kept)
        self.positions = Counter((s.demand, s.position) for s in kept)
        self.clauses: list[tuple[Floats, frozenset[str]]] = []
        for page in decided:
            own = [s for s in kept if s.doc_id == page.document.doc_id]
            for sentence, clauses in zip(page.scene.sentences, page.scene.clauses, strict=True):
                for clause in clauses:
                    start, end = sentence.text_range(clause.first, clause.last)
                    told = frozenset(s.demand for s in own if start < s.end and s.start < end)
                    self.clauses.append((self.vector(page.scene, clause), told))

    def vector(self, scene: Scene, clause: Clause) -> Floats:
        """A clause's direction in the space of word vectors."""
        tokens = scene.sentences[clause.sentence].tokens[clause.first : clause.last]
        total = self.vectors.sum(token.text for token in tokens)
        return total / (float(np.linalg.norm(total)) or 1.0)

    def rows(self, page: Page) -> Floats:
        """One row for each candidate: the reader's own log-odds, then what is remembered."""
        likeness = {one.candidate.clause: self._alike(page.scene, one.candidate.clause) for one in page.rated}
        rows = [self._row(page.scene, one, likeness[one.candidate.clause]) for one in page.rated]
        return np.array(rows) if rows else np.zeros((0, 11))

    def _row(self, scene: Scene, one: Rated, likeness: dict[str, float]) -> list[float]:
        c = one.candidate
        demand = scene.guide.topics.demands[c.demand].demand_id
        met, pair = self.met[demand, c.party, c.position], self.pairs[demand, c.party]
        same = likeness.get(demand, 0.0)
        other = max((value for name, value in likeness.items() if name not in ("", demand)), default=0.0)
        share = (self.positions[demand, c.position] + 0.5) / (self.demands[demand] + 2)
        odds = float(np.log(one.confidence / (1 - one.confidence)))
        memory = [np.log1p(met), met / pair if pair else 0.0, pair == 0, pair > 0 and not met, share]
        alike = [
            same,
            other,
            likeness.get("", 0.0),
            same - max(other, likeness.get("", 0.0)),
            same * np.log1p(met),
        ]
        return [odds, *map(float, [*memory, *alike])]

    def _alike(self, scene: Scene, clause: Clause) -> dict[str, float]:
        """The likeness to the likest decided clause on each demand; on none, under the empty name."""
        own, best = self.vector(scene, clause), dict[str, float]()
        for vector, demands in self.clauses:
            value = float(own @ vector)
            for name in demands or ("",):
                best[name] = max(best.get(name, 0.0), value)
        return best


def scores(lessons: Sequence[Lesson], teachers: Sequence[Lesson], columns: slice) -> dict[str, Score]:
    """Who-what-position by dispute, each weighed by what was fitted on other disputes."""
    names = sorted({one.dispute.name for one in (*teachers, *lessons)})
    fold = {name: place % FOLDS for place, name in enumerate(names)}
    found: dict[str, Score] = {}
    for number in range(FOLDS):
        known = [one for one in teachers if fold[one.dispute.name] != number]
        table = np.vstack([one.rows[:, columns] for one in known])
        right = np.concatenate([np.array(one.page.right, float) for one in known])
        fitted = fitting.fit_dense(table, right)
        for one in lessons:
            if fold[one.dispute.name] == number:
                chances = fitting.logistic(fitted[0] + one.rows[:, columns] @ fitted[1:])
                found[one.dispute.name] = found.get(one.dispute.name, Score()) + scored(one, chances)
    return found


def scored(one: Lesson, chances: Floats) -> Score:
    """Who-what-position of one document, read with other confidences."""
    again = [Rated(r.candidate, float(p)) for r, p in zip(one.page.rated, chances, strict=True)]
    found = statements_of(one.page.document, one.page.scene, choose(again), again)
    alone = replace(one.dispute, documents=(one.page.document,))
    return score_dispute(Reading(found, []), alone)["who-what-position"]


if __name__ == "__main__":
    main()
