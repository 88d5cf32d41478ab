"""The offline default: rules over clauses, mentions, cues and date expressions."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.inputs.lexicon import Phrase
from demarche.readers import Proposals
from demarche.readers.rules.collecting import collecting_later
from demarche.readers.rules.events.finding import find_events
from demarche.readers.rules.quantities import find_quantities
from demarche.readers.rules.scene import Guide, Scene, read_scene
from demarche.readers.rules.statements import find_statements
from demarche.records import Statement


@cache
def _version() -> str:
    own = Path(__file__).parent
    knowledge = [
        *own.rglob("*.py"),
        *own.rglob("*.yaml"),
        *own.rglob("*.json"),
        own.parents[1] / "inputs" / "cues.py",
    ]
    digest = hashlib.sha256()
    for path in sorted(knowledge):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class RulesReader:
    """Reads with rules and the lexicons beside them, to which a study may add phrases of its own."""

    name = "rules"

    @property
    def version(self) -> str:
        """A hash of the rules, lexicons and weights, a study's own too: what others read is read again."""
        added = repr([tuple(phrase) for phrase in self._added]) if self._added else ""
        return _version() + (f"-{hashlib.sha256(added.encode()).hexdigest()[:8]}" if added else "")

    def __init__(self, lexicon: Sequence[Phrase] = ()) -> None:
        self._added = tuple(lexicon)
        self._known: Guide | None = None

    def read(self, document: Document, codebook: Codebook) -> Proposals:
        """Propose statements, events and figures of one document."""
        with collecting_later():
            return self._read(document, codebook)

    def _read(self, document: Document, codebook: Codebook) -> Proposals:
        scene = read_scene(document, self._guide(codebook))
        mentions = [mention for group in scene.mentions for mention in group if mention.form != "pronoun2"]
        events = find_events(document, codebook, scene.sentences, mentions)
        statements, doubtful = self._statements(document, scene)
        figures = find_quantities(document, scene)
        return Proposals(tuple(statements), tuple(events), doubtful=tuple(doubtful), figures=tuple(figures))

    def _statements(self, document: Document, scene: Scene) -> tuple[list[Statement], list[Statement]]:
        """The statements of a document, and those too doubtful to be proposed."""
        return find_statements(document, scene)

    def _guide(self, codebook: Codebook) -> Guide:
        """The guide of a codebook; the last one is kept, as most documents share theirs."""
        guide = self._known
        if guide is None or guide.codebook is not codebook:
            self._known = guide = Guide.of(codebook, self._added)
        return guide
