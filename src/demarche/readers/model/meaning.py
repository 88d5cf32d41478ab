"""What a document means for the demands of a codebook, word by word and on the whole."""

from __future__ import annotations

from typing import NamedTuple

from demarche.readers.model.kinship import Kinship
from demarche.readers.model.likeness import Likeness
from demarche.readers.model.numbered import Numbered
from demarche.readers.model.vectors import WordVectors
from demarche.readers.rules.scene import Scene


class Meaning(NamedTuple):
    """How akin the words of clauses are to those of demands, and how alike their sums are."""

    kinship: Kinship
    likeness: Likeness

    @classmethod
    def of(cls, scene: Scene, vectors: WordVectors) -> Meaning:
        """The meaning of a document."""
        numbered = Numbered.of(scene)
        return cls(Kinship.of(scene, numbered, vectors), Likeness.of(scene, numbered, vectors))
