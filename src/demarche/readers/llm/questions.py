"""The requests that a document takes, each known by a hash of all that is asked and of whom."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.readers.llm.pieces import Piece, find_pieces
from demarche.readers.llm.prompt import answer_schema, document_message, system_message

BYTES_A_TOKEN = 4
"""Bytes of UTF-8 counted as one token before a run: our own estimate, every model counts otherwise."""


@dataclass(frozen=True)
class Question:
    """One request: a piece of a document, put to a model in two messages, with the form of the answer."""

    document: Document
    piece: Piece
    model: str
    system: str
    user: str
    schema: dict[str, Any]

    @cached_property
    def sha256(self) -> str:
        """The hash of model, messages and form: another one is another question."""
        asked = json.dumps([self.model, self.system, self.user, self.schema])
        return hashlib.sha256(asked.encode()).hexdigest()

    @property
    def text_sha256(self) -> str:
        """The hash of the document's text."""
        return hashlib.sha256(self.document.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def name(self) -> str:
        """How the request is called in messages: the document, and which part of it."""
        shown = "".join(c if c.isprintable() else "�" for c in self.document.doc_id)
        part = f", part {self.piece.number} of {self.piece.of}" if self.piece.of > 1 else ""
        return f"{shown}{part}"

    @property
    def n_prompt_tokens(self) -> int:
        """How many tokens the two messages have, estimated."""
        return -(-len((self.system + self.user).encode("utf-8", "replace")) // BYTES_A_TOKEN)

    @property
    def n_tokens(self) -> int:
        """How many tokens go in, estimated: the messages, and the form of the answer."""
        return self.n_prompt_tokens + -(-len(json.dumps(self.schema)) // BYTES_A_TOKEN)


def questions_of(document: Document, codebook: Codebook, model: str) -> list[Question]:
    """The requests that a document takes, in the order of its text."""
    system, schema = system_message(codebook), answer_schema(codebook)
    return [
        Question(document, piece, model, system, document_message(document, piece), schema)
        for piece in find_pieces(document.text)
    ]
