"""Where a party, what governs a clause, and the words on a demand stand to each other in a sentence.

Distances count tokens. Long sentences name several actors: the nearer one is not always the one who acts,
and what lies between them tells more than the distance alone.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from demarche.readers.rules.candidates import Candidate
from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.heads import find_heads, subject_of
from demarche.readers.rules.mentions import Mention
from demarche.readers.rules.phrases import Found
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.words import Token

Floats = npt.NDArray[np.float64]
Answer = TypeVar("Answer")
FAR = 40
"""The distance to what is not there."""
MARKS = frozenset(',;:()–"“”')
RELATIVES = ("that", "which", "who", "whose", "whom", "where")
LINKS = frozenset((*RELATIVES, "because", "while", "although", "if", "as", "when", "for", "to"))
"""Words at which something begins that a subject before them may have no part in."""


def place_columns(scene: Scene, candidates: Sequence[Candidate]) -> Floats:
    """One row per candidate: of the clause, of the party in it, of the words on the demand, of both."""
    places = _Places(scene)
    return np.array([places.row(one.clause, one.party, one.demand) for one in candidates])


@dataclass(frozen=True)
class _Places:
    """The places of one document, each found once, as many candidates share them."""

    scene: Scene
    _kept: dict[Hashable, object] = field(default_factory=dict)

    def row(self, clause: Clause, party: str, demand: int) -> list[float]:
        """All columns, which candidates for different positions share."""
        return self._once(self._row, clause, party, demand)

    def _row(self, clause: Clause, party: str, demand: int) -> list[float]:
        tokens = self._once(self._topic_tokens, clause.sentence, demand)
        own = self._once(self._mentions, clause.sentence, party)
        apart = min((abs(token - m.first) for token in tokens for m in own), default=FAR)
        return [
            *self._once(self._of_clause, clause),
            *self._once(self._of_party, clause, party),
            *self._once(self._of_demand, clause, demand),
            float(apart),
        ]

    def _once(self, make: Callable[..., Answer], *key: Hashable) -> Answer:
        """What a method says of a key, asked once."""
        name = (make.__name__, *key)
        if name not in self._kept:
            self._kept[name] = make(*key)
        answer: Answer = self._kept[name]  # type: ignore[assignment]
        return answer

    def _head(self, clause: Clause) -> tuple[Found | None, bool]:
        """What governs a clause, and whether it stands in the clause."""
        heads = find_heads(self.scene, clause)
        return heads.own or heads.left, heads.own is not None

    def _topic_tokens(self, sentence: int, demand: int) -> list[int]:
        """The tokens of a sentence that speak of a demand."""
        topics = self.scene.topics[sentence]
        cued = {token for hit in topics.cues if hit.demand == demand for token in hit.tokens}
        told = {token for token, _, weights in topics.words if any(number == demand for number, _ in weights)}
        return sorted(cued | told)

    def _mentions(self, sentence: int, party: str = "") -> list[Mention]:
        """The mentions of a sentence, or those of a party."""
        standings = self.scene.guide.standings
        return [
            mention
            for mention in self.scene.mentions[sentence]
            if mention.form != "pronoun2" and party in {"", standings.party(mention.actor)}
        ]

    def _of_clause(self, clause: Clause) -> list[float]:
        """Whether the clause opens the sentence; from its start to its head, how many capitals and tokens."""
        head, is_own = self._once(self._head, clause)
        tokens, n_mentions = (
            self.scene.sentences[clause.sentence].tokens,
            len(self._mentions(clause.sentence)),
        )
        if head is None or not is_own:
            return [n_mentions, float(clause.first == 0), -1.0, 0.0]
        before = tokens[clause.first : head.first]
        return [n_mentions, float(clause.first == 0), _capitals(before), head.first - clause.first]

    def _of_party(self, clause: Clause, party: str) -> list[float]:
        """The nearest mentions of a party and of others around the head, and what lies between."""
        head, _ = self._once(self._head, clause)
        place = head.first if head else clause.first
        everyone = self._once(self._mentions, clause.sentence)
        own = self._once(self._mentions, clause.sentence, party)
        others = [mention for mention in everyone if mention not in own]
        last = max((m.last for m in own if m.last <= place), default=-1)
        apart = place - last if last >= 0 else FAR
        behind = min((m.first - place for m in own if m.first >= place), default=FAR)
        rival = min((place - m.last for m in others if m.last <= place and not m.owner), default=FAR)
        between = sum(last <= m.first < place for m in others) if last >= 0 else 0
        subject = subject_of(self.scene, clause.sentence, head) if head else None
        tokens = self.scene.sentences[clause.sentence].tokens
        return [
            apart,
            behind,
            min(rival, FAR),
            apart - min(rival, FAR),
            between,
            *_between(tokens[last:place] if last >= 0 else ()),
            len(own),
            own[0].first / len(tokens) if own else -1.0,
            everyone.index(own[0]) if own else -1.0,
            float(subject in own) if subject else -1.0,
            float(bool(own) and own[0].first <= 2),
        ]

    def _of_demand(self, clause: Clause, demand: int) -> list[float]:
        """How near the words on a demand come to the head, how many are behind it, how many in the clause."""
        head, _ = self._once(self._head, clause)
        place = head.first if head else clause.first
        tokens = self._once(self._topic_tokens, clause.sentence, demand)
        return [
            min((abs(token - place) for token in tokens), default=FAR),
            sum(token > place for token in tokens) / len(tokens) if tokens else 0.5,
            len(tokens),
            sum(clause.first <= token < clause.last for token in tokens),
        ]


def _between(tokens: Sequence[Token]) -> list[float]:
    """How many marks, linking words, capitals and likely participles stand in some tokens."""
    words = [token.lower for token in tokens]
    return [
        sum(word in MARKS for word in words),
        sum(word in LINKS for word in words),
        _capitals(tokens),
        sum(word.endswith("ed") for word in words),
    ]


def _capitals(tokens: Sequence[Token]) -> float:
    return float(sum(token.text[:1].isupper() for token in tokens))
