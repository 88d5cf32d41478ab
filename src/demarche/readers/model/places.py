"""Where a party, what governs a clause, and the words on a demand stand to each other in a sentence.

Distances count tokens. Long sentences name several actors: the nearer one is not always the one who acts,
and what lies between them tells more than the distance alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

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
FAR = 40
"""The distance to what is not there."""
MARKS = frozenset(',;:()–"“”')
RELATIVES = ("that", "which", "who", "whose", "whom", "where")
LINKS = frozenset((*RELATIVES, "because", "while", "although", "if", "as", "when", "for", "to"))
"""Words at which something begins that a subject before them may have no part in."""


def place_columns(scene: Scene, candidates: Sequence[Candidate]) -> Floats:
    """One row per candidate: of the clause, of the party in it, of the words on the demand, of both."""
    return np.hstack(
        [
            shared_rows(partial(_of_clause, scene), [(one.clause,) for one in candidates]),
            shared_rows(partial(_of_party, scene), [(one.clause, one.party) for one in candidates]),
            shared_rows(partial(_of_demand, scene), [(one.clause, one.demand) for one in candidates]),
            shared_rows(
                partial(_of_both, scene), [(one.clause.sentence, one.party, one.demand) for one in candidates]
            ),
        ]
    )


def shared_rows(row: Callable[..., Sequence[float]], keys: Iterable[tuple[Any, ...]]) -> Floats:
    """A row for each key, made once for all that are the same."""
    places: dict[tuple[Any, ...], int] = {}
    numbers = [places.setdefault(key, len(places)) for key in keys]
    return np.array([row(*key) for key in places], np.float64)[numbers]


def _head(scene: Scene, clause: Clause) -> tuple[Found | None, bool]:
    """What governs a clause, and whether it stands in the clause."""
    heads = scene.kept(find_heads, clause)
    return heads.own or heads.left, heads.own is not None


def _topic_tokens(scene: Scene, asked: tuple[int, int]) -> list[int]:
    """The tokens of a sentence that speak of a demand."""
    sentence, demand = asked
    return sorted(set(scene.topics[sentence].tokens.get(demand, ())))


def _mentions(scene: Scene, asked: tuple[int, str]) -> list[Mention]:
    """The mentions of a sentence by a party; by all, where none is asked for."""
    sentence, party = asked
    standings = scene.guide.standings
    return [
        mention
        for mention in scene.mentions[sentence]
        if mention.form != "pronoun2" and party in {"", standings.party(mention.actor)}
    ]


def _of_clause(scene: Scene, clause: Clause) -> list[float]:
    """Whether the clause opens the sentence; from its start to its head, how many capitals and tokens."""
    head, is_own = scene.kept(_head, clause)
    tokens, n_mentions = (
        scene.sentences[clause.sentence].tokens,
        len(scene.kept(_mentions, (clause.sentence, ""))),
    )
    if head is None or not is_own:
        return [n_mentions, float(clause.first == 0), -1.0, 0.0]
    before = tokens[clause.first : head.first]
    return [n_mentions, float(clause.first == 0), _capitals(before), head.first - clause.first]


def _of_party(scene: Scene, clause: Clause, party: str) -> list[float]:
    """The nearest mentions of a party and of others around the head, and what lies between."""
    head, _ = scene.kept(_head, clause)
    place = head.first if head else clause.first
    everyone = scene.kept(_mentions, (clause.sentence, ""))
    own = scene.kept(_mentions, (clause.sentence, party))
    others = [mention for mention in everyone if mention not in own]
    last = max((m.last for m in own if m.last <= place), default=-1)
    apart = place - last if last >= 0 else FAR
    behind = min((m.first - place for m in own if m.first >= place), default=FAR)
    rival = min((place - m.last for m in others if m.last <= place and not m.owner), default=FAR)
    between = sum(last <= m.first < place for m in others) if last >= 0 else 0
    subject = scene.kept(_subject, clause)
    tokens = scene.sentences[clause.sentence].tokens
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


def _subject(scene: Scene, clause: Clause) -> Mention | None:
    """The subject of what governs a clause."""
    head, _ = scene.kept(_head, clause)
    return subject_of(scene, clause.sentence, head) if head else None


def _of_demand(scene: Scene, clause: Clause, demand: int) -> list[float]:
    """How near the words on a demand come to the head, how many are behind it, how many in the clause."""
    head, _ = scene.kept(_head, clause)
    place = head.first if head else clause.first
    tokens = scene.kept(_topic_tokens, (clause.sentence, demand))
    return [
        min((abs(token - place) for token in tokens), default=FAR),
        sum(token > place for token in tokens) / len(tokens) if tokens else 0.5,
        len(tokens),
        sum(clause.first <= token < clause.last for token in tokens),
    ]


def _of_both(scene: Scene, sentence: int, party: str, demand: int) -> list[float]:
    """How near a party comes to the words on a demand."""
    tokens = scene.kept(_topic_tokens, (sentence, demand))
    own = scene.kept(_mentions, (sentence, party))
    return [float(min((abs(token - m.first) for token in tokens for m in own), default=FAR))]


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
