"""A document: a text, and what is known of where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

METADATA = (
    "title", "publisher", "author", "published", "url", "language",
    "genre", "viewpoint", "text_kind", "reliability", "note",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Document:
    """One text. `text` is the body after front matter exactly as decoded; all offsets count its code points.

    `published` is an ISO day or EDTF, empty when unknown; `published_from` says how it is known
    (`front matter`, `documents.csv`, `inferred`, or empty), and `published_words` is the range of the
    words that carry an inferred date. `body_line` is the line of the file on which the text begins.
    """

    doc_id: str
    text: str
    path: str = ""
    sha256: str = ""
    body_line: int = 1
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    published_from: str = ""
    published_words: tuple[int, int] | None = None
    url: str = ""
    language: str = ""
    genre: str = ""
    viewpoint: str = ""
    text_kind: str = ""
    reliability: str = ""
    note: str = ""

    @property
    def n_words(self) -> int:
        """How many words the text has, split at white space."""
        return len(self.text.split())

    def line_at(self, offset: int) -> int:
        """The line of the file in which the character at `offset` of the text stands."""
        return self.body_line + self.text.count("\n", 0, offset)
