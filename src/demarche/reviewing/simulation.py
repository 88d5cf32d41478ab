"""What deciding is worth: a settled coding answers, question by question, and the study is scored after each.

The one who answers knows the settled coding and sees one proposal at a time with its passage. A proposal
that holds is accepted; one that has only its position or its actor wrong is corrected; any other is rejected.
What no proposal points to is never added, so the curves say what deciding alone gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from demarche.coding import Coding
from demarche.disputes import Dispute
from demarche.kinds import KINDS
from demarche.material import Material
from demarche.readers import Proposals
from demarche.records import Statement
from demarche.reviewing.queue import Item, open_proposals, queue, standing_rows
from demarche.scoring import Reading
from demarche.scoring.figures import score
from demarche.tables import make_tables

CODER = "oracle"
MEASURE = "who-what-position"
Order = Callable[[Material, Coding], Sequence[Item]]


@dataclass
class Oracle:
    """Answers from a settled coding; each of its statements answers one proposal only."""

    gold: Sequence[Statement]
    party: Callable[[str], str]
    used: set[str] = field(default_factory=set)

    def answer(self, proposal: Statement) -> list[Statement]:
        """The decided rows that settle a proposal: itself, and perhaps a correction."""
        near = [
            row
            for row in self.gold
            if row.doc_id == proposal.doc_id
            and row.start < proposal.end
            and proposal.start < row.end
            and row.statement_id not in self.used
        ]
        best = max(near, key=lambda row: self._likeness(row, proposal), default=None)
        if best is None or self._likeness(best, proposal)[0] < 2:
            return [replace(proposal, decision="rejected", coder=CODER)]
        self.used.add(best.statement_id)
        if self._likeness(best, proposal)[0] == 3:
            return [replace(proposal, decision="accepted", coder=CODER, confidence=1.0)]
        corrected = replace(best, method=proposal.method, coder=CODER)
        return [replace(proposal, decision="rejected", coder=CODER), corrected]

    def _likeness(self, row: Statement, proposal: Statement) -> tuple[int, int]:
        """How many of demand, party and position are the same, at least demand or party; and words shared."""
        what = row.demand == proposal.demand
        who = self.party(row.actor) == self.party(proposal.actor)
        same = what + who + (row.position == proposal.position)
        shared = min(row.end, proposal.end) - max(row.start, proposal.start)
        return (same if what else 0), shared


def material_of(dispute: Dispute, proposals: Sequence[Proposals]) -> Material:
    """A dispute as a study in which nobody has decided anything; only statements count."""
    kept = tuple(each._replace(events=(), figures=()) for each in proposals)
    tables = make_tables(
        list(dispute.documents), dispute.codebook, [s for each in kept for s in each.statements], []
    )
    return Material(dispute.documents, dispute.codebook, Coding(), kept, tables)


def by_value(least: float) -> Order:
    """The order of the product: asked anew after each answer."""
    return lambda material, coding: queue(material, coding, min_confidence=least)


def in_order(items: Sequence[Item]) -> Order:
    """A fixed order; what has been settled along the way is not asked again."""

    def rest(material: Material, coding: Coding) -> Sequence[Item]:
        still = {record.record_id for record in open_proposals(material, coding)}
        return [item for item in items if item.item_id in still]

    return rest


def curve(dispute: Dispute, material: Material, order: Order, *, steps: int, least: float) -> list[float]:
    """F1 of a study before any decision and after each of `steps`; where none is left, the last value."""
    oracle = Oracle(dispute.gold.statements, dispute.codebook.party)
    return [_f1(dispute, material, coding, least) for coding in _decided(material, order, oracle, steps)]


def _decided(material: Material, order: Order, oracle: Oracle, steps: int) -> Iterator[Coding]:
    coding = Coding()
    yield coding
    for _ in range(steps):
        item = next(iter(order(material, coding)), None)
        if item is not None:
            answers = [
                row
                for record in item.records
                if isinstance(record, Statement)
                for row in oracle.answer(record)
            ]
            coding = replace(coding, statements=(*coding.statements, *answers))
        yield coding


def _f1(dispute: Dispute, material: Material, coding: Coding, least: float) -> float:
    found = Reading(standing_rows(KINDS[0], material, coding, least), [])
    texts = {document.doc_id: document.text for document in dispute.documents}
    return score(dispute.gold, found, texts=texts, party=dispute.codebook.party)[MEASURE].f1


def area(values: Sequence[float]) -> float:
    """The mean rise of a curve over its first value: the area between them, for each decision.

    >>> round(area([0.5, 0.6, 0.7]), 3)
    0.15
    """
    rises = [value - values[0] for value in values]
    return sum((one + two) / 2 for one, two in pairwise(rises)) / max(1, len(rises) - 1)
