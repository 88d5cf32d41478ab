"""The offline default: rules over clauses, mentions, cues and date expressions."""

from __future__ import annotations

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.readers import Proposals
from demarche.readers.rules.events import find_events
from demarche.readers.rules.scene import Guide, read_scene
from demarche.readers.rules.statements import find_statements


class RulesReader:
    """Reads with rules and the lexicons beside them."""

    name = "rules"
    version = "1"

    def read(self, document: Document, codebook: Codebook) -> Proposals:
        """Propose statements and events of one document."""
        scene = read_scene(document, Guide.of(codebook))
        mentions = [mention for group in scene.mentions for mention in group]
        events = find_events(document, codebook, scene.sentences, mentions)
        return Proposals(tuple(find_statements(document, scene)), tuple(events))
