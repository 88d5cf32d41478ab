"""Statements of a document: the candidates that are sure enough, one for each clause, actor and demand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cache
from operator import mul
from typing import NamedTuple

from demarche.documents import Document
from demarche.readers.rules.candidates import Candidate, find_candidates
from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.confidence import BIAS, probability, weights
from demarche.readers.rules.ellipsis import Ellipsis, find_ellipses, opposite
from demarche.readers.rules.positions import kinds
from demarche.readers.rules.rivals import TERMS, terms
from demarche.readers.rules.roles import Part
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.sentences import sentence_length
from demarche.readers.rules.stance_features import FAVOURS
from demarche.readers.rules.tellers.choosing import find_teller
from demarche.readers.rules.weighing import Scale
from demarche.records import Statement

LEAST = 0.25
"""Proposals below this confidence are not made."""
LEAST_SHOWN = 0.1
"""From here on, what is not proposed is shown to a person who decides."""
NEARLY = 0.4
"""A neighbouring clause with this share of the confidence belongs to the quotation."""
SHARED = 0.9
"""How sure it is that a position is shared, by how sure the position is."""
LEAST_BESIDE = 0.45
"""What a second record on the same demand, or of the same party, in one clause needs."""


class Rated(NamedTuple):
    """A candidate with its confidence."""

    candidate: Candidate
    confidence: float


def find_statements(document: Document, scene: Scene) -> tuple[list[Statement], list[Statement]]:
    """The statements of a document in order, and those too doubtful to be proposed."""
    everything = rated(list(find_candidates(scene, _scale())), sentence_length(scene.sentences))
    proposed = statements_of(document, scene, choose(everything), everything)
    return proposed, doubtful_of(document, scene, everything)


@cache
def _scale() -> Scale:
    return Scale(weights("features"))


def statements_of(
    document: Document, scene: Scene, chosen: Sequence[Rated], everything: Sequence[Rated]
) -> list[Statement]:
    """The chosen candidates of a document as statements, in order."""
    told = widened(chosen, everything)
    return _in_order(document, scene, [*told, *shared(scene, told)])


def shared(scene: Scene, told: Sequence[Rated]) -> list[Rated]:
    """What sentences say of one more party without saying it again: "and so does X", "X does not"."""
    by_sentence: dict[int, list[Rated]] = defaultdict(list)
    for one in told:
        by_sentence[one.candidate.clause.sentence].append(one)
    found = []
    for sentence in sorted({near for index in by_sentence for near in (index, index + 1)}):
        for ellipsis in find_ellipses(scene, sentence) if sentence < len(scene.sentences) else ():
            before = _before(by_sentence, ellipsis.clause)
            found += [again for one in before if (again := _again(scene, one, ellipsis, told))]
    return found


def _before(by_sentence: Mapping[int, list[Rated]], clause: Clause) -> list[Rated]:
    """The replies, or else the demands, of the last clause told before another."""
    own = [one for one in by_sentence.get(clause.sentence, ()) if one.candidate.clause.first < clause.first]
    if not own and clause.first <= 1:
        own = by_sentence.get(clause.sentence - 1, [])
    last = max((one.candidate.clause.first for one in own), default=0)
    nearest = [one for one in own if one.candidate.clause.first == last]
    return [one for one in nearest if one.candidate.position != "demands"] or nearest


def _again(scene: Scene, one: Rated, ellipsis: Ellipsis, told: Sequence[Rated]) -> Rated | None:
    """What was told of one party as what is told of another; none where that says nothing new."""
    candidate, party = one.candidate, scene.guide.standings.party(ellipsis.actor)
    position = opposite(candidate.position, ellipsis.is_contrary)
    known = {(c.clause.sentence, c.demand, c.party) for c, _ in told}
    confidence = round(SHARED * one.confidence, 3)
    if not position or (ellipsis.clause.sentence, candidate.demand, party) in known or confidence < LEAST:
        return None
    again = candidate._replace(
        clause=ellipsis.clause, party=party, part=Part(ellipsis.actor), position=position
    )
    return Rated(again, confidence)


def doubtful_of(document: Document, scene: Scene, everything: Sequence[Rated]) -> list[Statement]:
    """The candidates of a document that are shown and not proposed, as statements, in order."""
    shown = widened(choose(everything, LEAST_SHOWN), everything)
    return _in_order(document, scene, [one for one in shown if round(one.confidence, 3) < LEAST])


def _in_order(document: Document, scene: Scene, found: Iterable[Rated]) -> list[Statement]:
    statements = (_statement(document, scene, one) for one in found)
    return sorted(statements, key=lambda s: (s.start, s.end, s.demand, s.actor, s.position))


def rated(candidates: Sequence[Candidate], length: float) -> list[Rated]:
    """Candidates that know their totals, with their confidence; `length` is that of the text's sentences."""
    table = weights("rivals")
    rows = terms(candidates, [candidate.total for candidate in candidates], length)
    weighing = [table.get(name, 0.0) for name in TERMS]
    return [
        Rated(candidate, probability(table[BIAS] + sum(map(mul, row, weighing))))
        for candidate, row in zip(candidates, rows, strict=True)
    ]


def choose(candidates: Sequence[Rated], least: float = LEAST) -> list[Rated]:
    """The surest candidates of each sentence that do not exclude each other."""
    by_sentence: dict[int, list[Rated]] = defaultdict(list)
    for one in candidates:
        if one.confidence >= least:
            by_sentence[one.candidate.clause.sentence].append(one)
    chosen: list[Rated] = []
    for _, rows in sorted(by_sentence.items()):
        kept: list[Rated] = []
        for one in sorted(rows, key=lambda row: -row.confidence):
            if all(_may_stand_beside(one, other) for other in kept):
                kept.append(one)
        chosen += kept
    return chosen


def widened(chosen: Sequence[Rated], everything: Iterable[Rated]) -> list[Rated]:
    """The chosen, their clauses widened to neighbours that may carry the same statement nearly as well."""
    rivals: dict[Hashable, list[Rated]] = defaultdict(list)
    for one in everything:
        rivals[_content(one)].append(one)
    taken: dict[int, list[Rated]] = defaultdict(list)
    for one in chosen:
        taken[one.candidate.clause.sentence].append(one)
    result = []
    for one in chosen:
        others = [
            r.candidate.clause for r in rivals[_content(one)] if r.confidence >= NEARLY * one.confidence
        ]
        same = [r for r in taken[one.candidate.clause.sentence] if _content(r)[1:3] == _content(one)[1:3]]
        result.append(_with_clause(one, [one.candidate.clause, *others]) if len(same) == 1 else one)
    return result


def _content(one: Rated) -> tuple[int, int, str, str]:
    c = one.candidate
    return c.clause.sentence, c.demand, c.party, c.position


def _with_clause(one: Rated, clauses: Sequence[Clause]) -> Rated:
    first, last = min(clause.first for clause in clauses), max(clause.last for clause in clauses)
    clause = one.candidate.clause._replace(first=first, last=last)
    return Rated(one.candidate._replace(clause=clause), one.confidence)


def _may_stand_beside(one: Rated, other: Rated) -> bool:
    a, b = one.candidate, other.candidate
    if a.demand == b.demand and a.party == b.party:
        return a.position != b.position and a.clause != b.clause and one.confidence >= LEAST_BESIDE
    if a.clause == b.clause and (a.demand == b.demand) != (a.party == b.party):
        replies = a.demand == b.demand and (a.position == "demands") != (b.position == "demands")
        together = a.position == b.position and "joined" in a.part.roles and "joined" in b.part.roles
        return replies or together or one.confidence >= LEAST_BESIDE
    return True


def _statement(document: Document, scene: Scene, one: Rated) -> Statement:
    candidate = one.candidate
    start, end = _range(scene, candidate)
    speaker, attribution = find_teller(scene, candidate.clause, candidate.part.actor)
    return Statement(
        doc_id=document.doc_id,
        start=start,
        end=end,
        quote=document.text[start:end],
        demand=scene.guide.topics.demands[candidate.demand].demand_id,
        actor=candidate.part.actor,
        position=candidate.position,
        speaker=speaker,
        attribution=attribution,
        addressee=_addressee(scene, candidate),
        method="rules",
        confidence=round(one.confidence, 3),
    )


def _addressee(scene: Scene, candidate: Candidate) -> tuple[str, ...]:
    """Whom the sentence names of those who are asked; for a reply, of those who ask."""
    standings, demand = scene.guide.standings, scene.guide.topics.demands[candidate.demand].demand_id
    side = {"to", "both"} if candidate.position == "demands" else {"by", "both"}
    found: dict[str, str] = {}
    for mention in scene.mentions[candidate.clause.sentence]:
        party = standings.party(mention.actor)
        if mention.form != "pronoun2" and party != candidate.party and standings.of(demand, party) in side:
            found.setdefault(party, mention.actor)
    return tuple(found.values())


def _range(scene: Scene, candidate: Candidate) -> tuple[int, int]:
    """The clause, widened to the nearest stance before it where it has none, without outer marks."""
    clause, sentence = candidate.clause, scene.sentences[candidate.clause.sentence]
    first, last = clause.first, clause.last
    favoured = FAVOURS[candidate.position]
    own = [one for one in scene.found[clause.sentence] if kinds({one.kind}) & favoured]
    if not any(first <= one.first < last for one in own):
        before = [one for one in own if one.last <= first]
        first = min(first, before[-1].first) if before else first
    while last - first > 1 and not sentence.tokens[last - 1].text[0].isalnum():
        last -= 1
    while last - first > 1 and not sentence.tokens[first].text[0].isalnum():
        first += 1
    return sentence.text_range(first, last)
