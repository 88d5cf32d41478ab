"""What the rules reader weighed before it proposed: to tell silence from not having seen."""

from __future__ import annotations

from demarche.documents import Document
from demarche.readers.rules.candidates import find_candidates
from demarche.readers.rules.scene import Guide, read_scene
from demarche.scoring.errors import Considered


def considered_by_rules(document: Document, guide: Guide) -> list[Considered]:
    """Each demand and party that the rules weighed, clause by clause, each once."""
    scene = read_scene(document, guide)
    seen: dict[Considered, None] = {}
    for candidate in find_candidates(scene):
        clause = candidate.clause
        start, end = scene.sentences[clause.sentence].text_range(clause.first, clause.last)
        demand = guide.topics.demands[candidate.demand].demand_id
        seen[Considered(start, end, demand, candidate.party)] = None
    return list(seen)
