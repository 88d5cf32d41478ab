"""The offline default: rules over clauses, mentions, cues and date expressions."""

from __future__ import annotations

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.readers import Proposals
from demarche.readers.rules.scene import Guide, read_scene
from demarche.readers.rules.statements import find_statements


class RulesReader:
    """Reads with rules and the lexicons beside them."""

    name = "rules"
    version = "1"

    def read(self, document: Document, codebook: Codebook) -> Proposals:
        """Propose statements and events of one document."""
        scene = read_scene(document, Guide.of(codebook))
        return Proposals(tuple(find_statements(document, scene)))
