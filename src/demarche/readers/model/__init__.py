"""A learned reader: what words and their meaning point to, rated by boosted trees; see CARD.md beside it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from demarche.documents import Document
from demarche.readers.model.knowledge import learned
from demarche.readers.model.statements import find_statements
from demarche.readers.rules import RulesReader
from demarche.readers.rules.scene import Scene
from demarche.records import Statement


@cache
def _version() -> str:
    digest = hashlib.sha256()
    own = Path(__file__).parent
    for path in sorted([*own.glob("*.py"), *own.glob("weights/*.npz")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class ModelReader(RulesReader):
    """Reads as the rules do, but considers near demands as well and rates candidates with learned weights."""

    name = "model"

    @property
    def version(self) -> str:
        """A hash of code and weights, those of the rules included: what was read by others is read again."""
        return f"{_version()}-{super().version}"

    def _statements(self, document: Document, scene: Scene) -> tuple[list[Statement], list[Statement]]:
        return find_statements(document, scene, learned())
