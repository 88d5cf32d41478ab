"""The codebook: which demands are followed, and who the actors are."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from demarche.records import AUTHOR

KINDS = ("state", "organisation", "bloc", "person", "group")


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody who can hold a position. `of` names the party that a person speaks for."""

    actor_id: str
    name: str
    kind: str = "organisation"
    aliases: tuple[str, ...] = ()
    of: str = ""
    members: tuple[str, ...] = ()
    replaced_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Demand:
    """A proposition that somebody wants another party to bring about. `by` is a prior, never evidence."""

    demand_id: str
    label: str
    theme: str = ""
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    definition: str = ""
    cues: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    reference: tuple[str, ...] = ()
    replaced_by: str = ""


@dataclass(frozen=True)
class Codebook:
    """Actors and demands by id, in the order of the file; `sha256` is that of the file."""

    title: str
    actors: dict[str, Actor] = field(default_factory=dict)
    demands: dict[str, Demand] = field(default_factory=dict)
    sha256: str = ""

    def party(self, actor_id: str) -> str:
        """The party that an actor counts as: `of`, followed to its end; itself where there is none.

        >>> Codebook("", {"biden": Actor(actor_id="biden", name="Joe Biden", of="usa")}).party("biden")
        'usa'
        """
        seen = set()
        while (actor := self.actors.get(actor_id)) and actor.of and actor_id not in seen:
            seen.add(actor_id)
            actor_id = actor.of
        return actor_id

    def actor_name(self, actor_id: str) -> str:
        """The name to print for an actor's id."""
        if actor_id == AUTHOR:
            return "the text’s own voice"
        return self.actors[actor_id].name if actor_id in self.actors else actor_id

    def demand_label(self, demand_id: str) -> str:
        """The label to print for a demand's id."""
        return self.demands[demand_id].label if demand_id in self.demands else demand_id


def read_codebook(path: Path) -> Codebook:
    """Read a codebook; problems are reported all at once (InputError)."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Codebook(
        data["title"],
        {key: Actor(actor_id=key, **_tuples(value)) for key, value in data["actors"].items()},
        {key: Demand(demand_id=key, **_tuples(value)) for key, value in data["demands"].items()},
    )


def _tuples(entry: dict) -> dict:
    return {key: tuple(map(str, value)) if isinstance(value, list) else value for key, value in entry.items()}
