"""A learned reader: the rules' candidates and features, rated by boosted trees; see CARD.md beside it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.readers import Proposals
from demarche.readers.model.knowledge import learned
from demarche.readers.model.statements import find_statements
from demarche.readers.rules import RulesReader
from demarche.readers.rules.events import find_events
from demarche.readers.rules.quantities import find_quantities
from demarche.readers.rules.scene import read_scene


@cache
def _version() -> str:
    digest = hashlib.sha256()
    own = Path(__file__).parent
    for path in sorted([*own.glob("*.py"), *own.glob("weights/*.npz")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class ModelReader(RulesReader):
    """Reads as the rules do, but rates candidates with learned weights."""

    name = "model"

    @property
    def version(self) -> str:
        """A hash of code and weights, those of the rules included: what was read by others is read again."""
        return f"{_version()}-{super().version}"

    def read(self, document: Document, codebook: Codebook) -> Proposals:
        """Propose statements, events and figures of one document."""
        scene = read_scene(document, self._guide(codebook))
        mentions = [mention for group in scene.mentions for mention in group if mention.form != "pronoun2"]
        events = find_events(document, codebook, scene.sentences, mentions)
        statements, doubtful = find_statements(document, scene, learned())
        figures = find_quantities(document, scene)
        return Proposals(tuple(statements), tuple(events), doubtful=tuple(doubtful), figures=tuple(figures))
