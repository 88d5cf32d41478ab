"""Readers propose statements, events and figures; people decide.

A reader is pure: a document and a codebook in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.inputs.lexicon import Phrase
from demarche.readers.llm.settings import Settings, settings_given
from demarche.records import Event, Quantity, Statement

READERS = ("rules", "model", "llm")
ANSWERED = "answered"
UNANSWERED = "unanswered"
REFUSED = "refused"


@dataclass(frozen=True)
class Remark:
    """What a reader says of its own reading of a document: `n` times `what`, of a `kind`.

    `answered`, `unanswered`: parts of the document that a model was asked about, or was not. `refused`: rows
    of an answer that did not pass a check.
    """

    doc_id: str
    kind: str
    what: str
    n: int


class Proposals(NamedTuple):
    """What a reader proposes for one document, in the order of the text, and what it says of that reading.

    `doubtful` are statements too unsure to be proposed: nothing rests on them, but a person who decides is
    shown them, since some of what was missed is among them.
    """

    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    remarks: tuple[Remark, ...] = ()
    doubtful: tuple[Statement, ...] = ()
    figures: tuple[Quantity, ...] = ()


class Reader(Protocol):
    """One way of reading."""

    name: str

    @property
    def version(self) -> str:
        """Changes whenever the same text could be read otherwise."""

    def read(self, document: Document, codebook: Codebook) -> Proposals:
        """Propose what the document says, each proposal with a confidence (0–1)."""


def reader_named(name: str, *, llm: Settings | None = None, lexicon: Sequence[Phrase] = ()) -> Reader:
    """The reader of that name: `rules` or `model` with a study's own phrases, or `llm` with its settings.

    InputError where it says nothing.
    """
    from demarche.readers.llm import LlmReader
    from demarche.readers.model import ModelReader
    from demarche.readers.rules import RulesReader

    if name == "llm":
        return LlmReader(settings_given(llm))
    return ModelReader(lexicon) if name == "model" else RulesReader(lexicon)
