"""Everything a document might say of the codebook's demands: each clause with demand, party and position.

A candidate is described by named features only; how much each is worth is learned apart (see confidence).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from typing import NamedTuple

from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.confidence import BIAS, worth
from demarche.readers.rules.roles import Part, find_parts
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.stance_features import stance_features
from demarche.readers.rules.topic_features import CUE_WEIGHT, Features, topic_features

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
HOPELESS = -4.0
"""Candidates whose features sum up to less are neither rated nor rivals."""


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


def find_candidates(scene: Scene, table: Mapping[str, float] | None = None) -> Iterator[Candidate]:
    """All candidates of a document, in the order of the text; with weights, those that are not hopeless."""
    matches: dict[int, float] = {}
    for sentence in scene.sentences:
        if sentence.kind == "text":
            for clause in scene.clauses[sentence.index]:
                yield from _of_clause(scene, clause, table, matches)


def _of_clause(
    scene: Scene, clause: Clause, table: Mapping[str, float] | None, matches: dict[int, float]
) -> Iterator[Candidate]:
    topics = topic_features(scene, clause)
    if not topics:
        return
    parts, weighed = find_parts(scene, clause), table or {}
    least = HOPELESS - weighed.get(BIAS, 0.0) if table else float("-inf")
    stances = [
        (position, features, worth(features, weighed), _stance_level(features, position))
        for position, features in stance_features(scene, clause).items()
    ]
    players = {party: _player(part, len(parts), weighed) for party, part in parts.items()}
    for demand, topic in topics.items():
        told, demand_id = _topic_level(topic), scene.guide.topics.demands[demand].demand_id
        start, everyone = worth(topic, weighed), parts | _implied(scene, demand, parts, topic)
        for party, part in everyone.items():
            player = players.get(party) or _player(part, len(parts), weighed)
            standing = scene.guide.standings.of(demand_id, party)
            for position, stance, stance_worth, taken in stances if party in parts else stances[:1]:
                role, role_worth = player.ask if position == "demands" else player.reply
                match = _match(position, standing, told, taken, player.level)
                if id(match) not in matches:
                    matches[id(match)] = worth(match, weighed)
                total = start + stance_worth + role_worth + matches[id(match)]
                if total >= least:
                    groups = (topic, stance, role, match)
                    total += weighed.get(BIAS, 0.0)
                    yield Candidate(clause, demand, party, part, position, groups, total)


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


@cache
def _match(position: str, standing: str, told: str, taken: str, held: str) -> Features:
    """What demand, position and party say together; callers do not change it."""
    kind = "ask" if position == "demands" else "reply"
    fits = standing in FITTING[kind]
    return {
        f"{position} {standing}": 1.0,
        f"{kind} fits {fits}, topic {told}, stance {taken}": 1.0,
        f"{kind} fits {fits}, role {held}, stance {taken}": 1.0,
        f"{kind} role {held}, topic {told}": 1.0,
    }


class _Player(NamedTuple):
    """A party’s features as one who asks and as one who replies, with their worth; and its level."""

    ask: tuple[Features, float]
    reply: tuple[Features, float]
    level: str


def _player(part: Part, n_parties: int, table: Mapping[str, float]) -> _Player:
    only = float(n_parties == 1)
    ask = {f"ask: {role}": 1.0 for role in part.roles} | {"ask: only party": only}
    reply = {f"reply: {role}": 1.0 for role in part.roles} | {"reply: only party": only}
    level = next((level for level, roles in LEVELS.items() if part.roles & roles), "weak")
    return _Player((ask, worth(ask, table)), (reply, worth(reply, table)), level)
