"""Readers propose statements and events; people decide. A reader is pure: a document and a codebook in."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.records import Event, Statement

READERS = ("rules",)


class Proposals(NamedTuple):
    """What a reader proposes for one document, in the order of the text."""

    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()


class Reader(Protocol):
    """One way of reading."""

    name: str

    @property
    def version(self) -> str:
        """Changes whenever the same text could be read otherwise."""

    def read(self, document: Document, codebook: Codebook) -> Proposals:
        """Propose what the document says, each proposal with a confidence (0–1)."""


def reader_named(name: str) -> Reader:
    """The reader of that name: `rules`."""
    from demarche.readers.rules import RulesReader

    return {"rules": RulesReader}[name]()
