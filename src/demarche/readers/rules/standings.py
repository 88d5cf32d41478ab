"""Who is known to press a demand and who is asked: `by` and `to`, persons and blocs followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from demarche.codebook import Codebook


class Standings:
    """The party of each actor, and how each party stands to each demand: by, to, both or none."""

    def __init__(self, codebook: Codebook) -> None:
        self._parties = {actor: codebook.party(actor) for actor in codebook.actors}
        self._members = {
            actor.actor_id: {self.party(member) for member in actor.members}
            for actor in codebook.actors.values()
        }
        parties = set(self._parties.values())
        self._standings = {
            demand.demand_id: {party: self._standing(party, demand.by, demand.to) for party in parties}
            for demand in codebook.demands.values()
        }
        self.sole_askers = {
            demand.demand_id: sole
            for demand in codebook.demands.values()
            if (sole := self._sole(demand.by)) is not None
        }
        self.blocs = {
            actor.actor_id: members
            for actor in codebook.actors.values()
            if actor.kind == "bloc" and len(members := self._members[actor.actor_id]) > 1
        }

    def party(self, actor: str) -> str:
        """The party that an actor counts as."""
        return self._parties.get(actor, actor)

    def of(self, demand: str, party: str) -> str:
        """How a party stands to a demand."""
        return self.towards(demand).get(party, "none")

    def towards(self, demand: str) -> Mapping[str, str]:
        """By party how it stands to a demand; who is not there stands in no way to it."""
        return self._standings.get(demand, {})

    def _sole(self, side: Sequence[str]) -> str | None:
        """The one party that actors count as; None where they are several, or none."""
        parties = {self.party(actor) for actor in side} - {"any"}
        return parties.pop() if len(parties) == 1 else None

    def _standing(self, party: str, by: Sequence[str], to: Sequence[str]) -> str:
        presses, is_asked = self._belongs(party, by), self._belongs(party, to)
        return "both" if presses and is_asked else "by" if presses else "to" if is_asked else "none"

    def _belongs(self, party: str, side: Sequence[str]) -> bool:
        """Whether a party is among some actors, a bloc standing for its members and they for it."""
        listed = {self.party(actor) for actor in side}
        if "any" in side or party in listed or self._members.get(party, set()) & listed:
            return True
        return any(party in self._members.get(actor, ()) for actor in listed)
