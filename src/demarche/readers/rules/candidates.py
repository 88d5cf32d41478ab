"""Everything a document might say of the codebook's demands: each clause with demand, party and position.

A candidate is described by named features only; how much each is worth is learned apart (see confidence).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.confidence import BIAS, worth
from demarche.readers.rules.heads import Heads, find_heads
from demarche.readers.rules.roles import Part, find_parts
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.stance_features import (
    Labels,
    clause_features,
    everyday_words_of,
    labels_of,
    stance_features,
    word_features,
)
from demarche.readers.rules.topic_features import Features, topic_features
from demarche.readers.rules.topics import CUE_WEIGHT
from demarche.records import POSITIONS

LEVELS = {
    "strong": {
        "subject",
        "agent",
        "asker",
        "asker of",
        "quotes",
        "turn",
        "first person",
        "pronoun",
        "speaker",
        "relative",
    },
    "head": {"head subject", "head pronoun", "near", "left asker", "house", "collective"},
    "carried": {"carried speaker 1", "carried subject 1", "owner", "pronoun2", "asker pronoun"},
}
FITTING = {"ask": {"by", "both"}, "reply": {"to", "both"}}
MOST_KEPT = 20000
HOPELESS = -4.0
"""Candidates whose features sum up to less are neither rated nor rivals."""


class Weighed(NamedTuple):
    """Features and the sum of their weights; callers do not change them."""

    features: Features
    worth: float


class Candidate(NamedTuple):
    """A position that a party might take on a demand (by number) in a clause, with groups of features.

    `total` is the sum of its features' weights, where weights were given.
    """

    clause: Clause
    demand: int
    party: str
    part: Part
    position: str
    groups: tuple[Features, ...]
    total: float = 0.0

    @property
    def features(self) -> Features:
        """All features in one."""
        return dict(chain.from_iterable(group.items() for group in self.groups))


def find_candidates(scene: Scene, scale: Scale | None = None) -> Iterator[Candidate]:
    """All candidates of a document, in the order of the text; with weights, those that are not hopeless."""
    scale = scale or Scale()
    for sentence in scene.sentences:
        if sentence.kind == "text":
            for clause in scene.clauses[sentence.index]:
                yield from _of_clause(scene, clause, scale)


class Scale:
    """Weighs features by a table, those that many candidates share only once."""

    def __init__(self, table: Mapping[str, float] | None = None) -> None:
        self.table = table or {}
        self.bias = self.table.get(BIAS, 0.0)
        self.least = HOPELESS if table else float("-inf")
        self._kept: dict[Hashable, Weighed] = {}
        self._matches: dict[tuple[str, ...], Matches] = {}

    def weighed(self, features: Features) -> Weighed:
        """Features with their worth."""
        return Weighed(features, worth(features, self.table))

    def shared(self, make: Callable[..., Features], *key: Hashable) -> Weighed:
        """What `make` says of a key, with its worth; made and weighed once."""
        kept = self._kept.get((make, key))
        if kept is None:
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            kept = self._kept[make, key] = self.weighed(make(*key))
        return kept

    def matches(self, *words: str) -> Matches:
        """The worth of what position, topic, stance, head and place say together with each kind of party."""
        kept = self._matches.get(words)
        if kept is None:
            if len(self._matches) > MOST_KEPT:
                self._matches.clear()
            kept = self._matches[words] = Matches(words, self.table)
        return kept


class Matches(dict[tuple[str, str], float]):
    """By a party's standing and the level of its roles: the worth of `_match`, summed when asked for."""

    def __init__(self, words: tuple[str, ...], table: Mapping[str, float]) -> None:
        super().__init__()
        self.words, self._table = words, table

    def __missing__(self, party: tuple[str, str]) -> float:
        total = self[party] = worth(_match(*self.words, *party), self._table)
        return total


class Case(NamedTuple):
    """What speaks for a position on a demand in a clause, whoever holds it, and the worth of it all."""

    position: str
    stance: Weighed
    told_by: Weighed
    matches: Matches
    worth: float


def _of_clause(scene: Scene, clause: Clause, scale: Scale) -> Iterator[Candidate]:
    topics = topic_features(scene, clause)
    if not topics:
        return
    heads = find_heads(scene, clause)
    parts, labels = find_parts(scene, clause, heads), labels_of(scene, clause, heads)
    shape = scale.weighed(clause_features(scene, clause, labels))
    stances = _stances(scene, clause, labels, scale)
    players = {party: _player(part, len(parts), scale) for party, part in parts.items()}
    for demand, topic in topics.items():
        start = scale.bias + shape.worth + worth(topic, scale.table)
        told, place = _topic_level(topic), _topic_place(scene, clause, demand, heads)
        cases = [
            Case(
                position,
                stance,
                told_by,
                scale.matches(position, told, taken, heads.kind, place),
                start + stance.worth + told_by.worth,
            )
            for position, stance, taken, told_by in stances
        ]
        implied = _implied(scene, demand, parts, topic)
        players |= {party: _player(part, len(parts), scale) for party, part in implied.items()}
        demand_id = scene.guide.topics.demands[demand].demand_id
        for party, part in (parts | implied).items():
            player, standing = players[party], scene.guide.standings.of(demand_id, party)
            met = standing, player.level
            for case in cases if party in parts else cases[:1]:
                role = player.ask if case.position == "demands" else player.reply
                total = case.worth + role.worth + case.matches[met]
                if total >= scale.least:
                    match = scale.shared(_match, *case.matches.words, *met).features
                    groups = (
                        topic,
                        shape.features,
                        case.stance.features,
                        case.told_by.features,
                        role.features,
                        match,
                    )
                    yield Candidate(clause, demand, party, part, case.position, groups, total)


def _stances(
    scene: Scene, clause: Clause, labels: Labels, scale: Scale
) -> list[tuple[str, Weighed, str, Weighed]]:
    """By position: what stances say for it, where they stand, and what everyday words say for it."""
    words = everyday_words_of(scene, clause)
    stances = []
    for position in POSITIONS:
        stance = scale.shared(stance_features, labels, position)
        taken = _stance_level(stance.features, position)
        stances.append((position, stance, taken, scale.weighed(word_features(words, position))))
    return stances


def _implied(scene: Scene, demand: int, parts: dict[str, Part], topic: Features) -> dict[str, Part]:
    """The one party known to press a demand that a clause is clearly about, where the sentence names none."""
    if not topic.get("best in clause") or topic.get("words", 0.0) + topic.get("cue", 0.0) < 1:
        return {}
    by = scene.guide.topics.demands[demand].by
    parties = {scene.guide.standings.party(actor) for actor in by} - {"any"}
    if len(parties) != 1:
        return {}
    return {party: Part(party, {"implied"}) for party in parties if party not in parts}


def _topic_level(topic: Features) -> str:
    """How strong the evidence is for the demand, in a word."""
    total = CUE_WEIGHT * topic.get("cue", 0.0) + topic.get("words", 0.0)
    told = "strong" if total >= 2 else "clear" if total >= 1 else "faint" if total >= 0.5 else "none"
    return "carried" if told == "none" and topic.get("carried first") else told


def _stance_level(stance: Features, position: str) -> str:
    """Where words stand that favour the position, in a word."""
    if stance.get(f"{position} favoured"):
        return "own"
    return "beside" if stance.get(f"{position} beside") else "none"


def _topic_place(scene: Scene, clause: Clause, demand: int, heads: Heads) -> str:
    """Whether the words on a demand stand before or behind the clause's own head."""
    if heads.own is None:
        return "beside"
    share = scene.topics[clause.sentence].share_behind(demand, clause.first, clause.last, heads.own.first)
    return "behind" if share > 0.6 else "before" if share < 0.4 else "around"


def _match(*key: str) -> Features:
    """What demand, position and party say together."""
    position, told, taken, head, place, standing, held = key
    kind = "ask" if position == "demands" else "reply"
    fits = standing in FITTING[kind]
    return {
        f"{position} {standing}": 1.0,
        f"{kind} fits {fits}, topic {told}, stance {taken}": 1.0,
        f"{kind} fits {fits}, role {held}, stance {taken}": 1.0,
        f"{kind} role {held}, topic {told}": 1.0,
        f"{position} {standing}: head {head}": 1.0,
        f"{position} role {held}: head {head}": 1.0,
        f"{position}: topic {told} {place}": 1.0,
        f"{position}: topic {place}, head {head}": 1.0,
    }


class _Player(NamedTuple):
    """A party’s features as one who asks and as one who replies; and the level of its roles."""

    ask: Weighed
    reply: Weighed
    level: str


def _player(part: Part, n_parties: int, scale: Scale) -> _Player:
    roles, only = frozenset(part.roles), n_parties == 1
    ask, reply = (scale.shared(_played, kind, roles, only) for kind in ("ask", "reply"))
    level = next((level for level, names in LEVELS.items() if roles & names), "weak")
    return _Player(ask, reply, level)


def _played(kind: str, roles: frozenset[str], only: bool) -> Features:
    """The roles of a party as features, for one who asks or one who replies."""
    return {f"{kind}: {role}": 1.0 for role in sorted(roles)} | {f"{kind}: only party": float(only)}
