"""What demand, position and party say together: which of them fit each other, as named features."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

Features = dict[str, float]
LEVELS = {
    "strong": frozenset(
        (
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
        )
    ),
    "head": frozenset(("head subject", "head pronoun", "near", "left asker", "house", "collective")),
    "carried": frozenset(("carried speaker 1", "carried subject 1", "owner", "pronoun2", "asker pronoun")),
}
FITTING = {"ask": {"by", "both"}, "reply": {"to", "both"}}


class Surroundings(NamedTuple):
    """In what a demand is told of: how strongly, the kind of what governs the clause, and where it stands.

    `place` is before, behind or around the head, or beside where nothing governs the clause.
    """

    topic: str
    head: str
    place: str


class Told(NamedTuple):
    """A position on a demand: where stances favour it, and in what surroundings."""

    position: str
    stance: str
    surroundings: Surroundings


def level_of(roles: Set[str]) -> str:
    """How likely a party with these roles is to hold a position, in a word."""
    return next((level for level, names in LEVELS.items() if not names.isdisjoint(roles)), "weak")


def match_features(told: Told, standing: str, level: str) -> Features:
    """What a position, and a party's standing to the demand and the level of its roles, say together."""
    position, stance, (topic, head, place) = told
    kind = "ask" if position == "demands" else "reply"
    fits = standing in FITTING[kind]
    return {
        f"{position} {standing}": 1.0,
        f"{kind} fits {fits}, topic {topic}, stance {stance}": 1.0,
        f"{kind} fits {fits}, role {level}, stance {stance}": 1.0,
        f"{kind} role {level}, topic {topic}": 1.0,
        f"{position} {standing}: head {head}": 1.0,
        f"{position} role {level}: head {head}": 1.0,
        f"{position}: topic {topic} {place}": 1.0,
        f"{position}: topic {place}, head {head}": 1.0,
    }
