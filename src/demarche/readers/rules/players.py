"""The parties that may hold a position in a clause: what their roles are worth to those who ask or reply."""

from __future__ import annotations

from typing import NamedTuple

from demarche.readers.rules.matches import Features, level_of
from demarche.readers.rules.roles import Part
from demarche.readers.rules.weighing import Scale, Weighed
from demarche.records import POSITIONS


class Player(NamedTuple):
    """A party's part, the features of its roles for each position and their worth, and their level."""

    part: Part
    roles: tuple[Weighed, ...]
    worth: tuple[float, ...]
    level: str


def player_of(part: Part, n_parties: int, scale: Scale) -> Player:
    """The player that a part makes of a party, among so many."""
    return Player(part, *scale.once(_played, frozenset(part.roles), n_parties == 1))


def _played(
    scale: Scale, roles: frozenset[str], only: bool
) -> tuple[tuple[Weighed, ...], tuple[float, ...], str]:
    ask, reply = (scale.weighed(role_features(kind, roles, only)) for kind in ("ask", "reply"))
    each = tuple(ask if position == "demands" else reply for position in POSITIONS)
    return each, tuple(one.worth for one in each), level_of(roles)


def role_features(kind: str, roles: frozenset[str], only: bool) -> Features:
    """The roles of a party as features, for one who asks or one who replies."""
    return {f"{kind}: {role}": 1.0 for role in sorted(roles)} | {f"{kind}: only party": float(only)}
