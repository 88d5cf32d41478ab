"""Everything a document might say of the codebook's demands: each clause with demand, party and position.

A candidate is described by named features only; how much each is worth is learned apart (see confidence).
Most of what could be said is hopeless: candidates are weighed before their features are written out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import NamedTuple

from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.heads import find_heads
from demarche.readers.rules.matches import Features, Surroundings
from demarche.readers.rules.players import Player, player_of
from demarche.readers.rules.roles import Part, find_parts
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.stance_features import Shape, labels_of, shape_features, shape_of, word_endings
from demarche.readers.rules.stances import stances_of
from demarche.readers.rules.topic_features import topic_features
from demarche.readers.rules.topics import CUE_WEIGHT
from demarche.readers.rules.weighing import Match, Met, Scale, Weighed, matches_of
from demarche.records import POSITIONS


class Candidate(NamedTuple):
    """A position that a party might take on a demand (by number) in a clause.

    `describe` writes out its features, in groups; `total` is the sum of their weights, where weights were
    given.
    """

    clause: Clause
    demand: int
    party: str
    part: Part
    position: str
    describe: Callable[[], tuple[Features, ...]]
    total: float = 0.0

    @property
    def groups(self) -> tuple[Features, ...]:
        """The features in groups, each of which other candidates may share."""
        return self.describe()

    @property
    def features(self) -> Features:
        """All features in one."""
        return dict(chain.from_iterable(group.items() for group in self.groups))


TopicsOf = Callable[[Scene, Clause], Mapping[int, Features]]
"""Says what a clause may be about: by demand, how clearly."""


def find_candidates(
    scene: Scene, scale: Scale | None = None, topics_of: TopicsOf = topic_features
) -> Iterator[Candidate]:
    """All candidates of a document, in the order of the text; with weights, those that are not hopeless."""
    scale = scale or Scale()
    for sentence in scene.sentences:
        for clause in scene.clauses[sentence.index] if sentence.kind == "text" else ():
            if topics := topics_of(scene, clause):
                ground = Ground(scene, clause, scale)
                for demand, topic in topics.items():
                    yield from ground.candidates(demand, topic)


class Ground:
    """What all candidates of a clause have in common: its heads, shape and stances, and who may hold one."""

    def __init__(self, scene: Scene, clause: Clause, scale: Scale) -> None:
        self.scene, self.clause, self.scale = scene, clause, scale
        self.heads = scene.kept(find_heads, clause)
        labels, parts = labels_of(scene, clause, self.heads), find_parts(scene, clause, self.heads)
        self.shape = scale.once(_weighed_shape, shape_of(scene, clause, labels))
        self.stances, self._words = scale.once(stances_of, labels), word_endings(scene, clause)
        self.worth = [*zip(self.stances.worth, scale.by_position(self._words), strict=True)]
        self.players = {party: player_of(part, len(parts), scale) for party, part in parts.items()}
        self._said: dict[str, Features] = {}

    def candidates(self, demand: int, topic: Features) -> Iterator[Candidate]:
        """The candidates on a demand."""
        start = self.scale.bias + self.shape.worth + self.scale.worth(topic)
        worth = [start + stances + words for stances, words in self.worth]
        told = Surroundings(_topic_level(topic), self.heads.kind, self._place(demand))
        matches = self.scale.once(matches_of, told, self.stances.levels)
        demand_id, least = self.scene.guide.topics.demands[demand].demand_id, self.scale.least
        standings = self.scene.guide.standings.towards(demand_id)
        implied = self._implied(demand_id) if _is_plain(topic) else {}
        for party, player in (self.players | implied).items():
            met = standings.get(party, "none"), player.level
            possible = worth[:1] if party in implied else worth
            for place, (own, role, gain) in enumerate(
                zip(possible, player.worth, matches[met], strict=False)
            ):
                if own + role + gain >= least:
                    position, match = POSITIONS[place], matches.each[place]
                    describe = partial(self._described, topic, position, player.roles[place], match, met)
                    yield Candidate(
                        self.clause, demand, party, player.part, position, describe, own + role + gain
                    )

    def _described(
        self, topic: Features, position: str, role: Weighed, match: Match, met: Met
    ) -> tuple[Features, ...]:
        stances, words = self.stances[position], self._said.get(position)
        if words is None:
            words = self._said[position] = {position + ending: 1.0 for ending in self._words}
        return topic, self.shape.features, stances, words, role.features, match.features(met)

    def _implied(self, demand: str) -> dict[str, Player]:
        """The one party known to press a demand, where the sentence names it nowhere."""
        party = self.scene.guide.standings.sole_askers.get(demand)
        if party is None or party in self.players:
            return {}
        return {party: player_of(Part(party, {"implied"}), len(self.players), self.scale)}

    def _place(self, demand: int) -> str:
        """Whether the words on a demand stand before or behind the clause's own head."""
        if self.heads.own is None:
            return "beside"
        clause, head = self.clause, self.heads.own.first
        share = self.scene.topics[clause.sentence].share_behind(demand, clause.first, clause.last, head)
        return "behind" if share > 0.6 else "before" if share < 0.4 else "around"


def _weighed_shape(scale: Scale, shape: Shape) -> Weighed:
    return scale.weighed(shape_features(shape))


def _is_plain(topic: Features) -> bool:
    """Whether a clause is clearly about a demand, and about none more."""
    return bool(topic.get("best in clause")) and topic.get("words", 0.0) + topic.get("cue", 0.0) >= 1


def _topic_level(topic: Features) -> str:
    """How strong the evidence is for the demand, in a word."""
    total = CUE_WEIGHT * topic.get("cue", 0.0) + topic.get("words", 0.0)
    told = "strong" if total >= 2 else "clear" if total >= 1 else "faint" if total >= 0.5 else "none"
    return "carried" if told == "none" and topic.get("carried first") else told
