"""A document: a text, and what is known of where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from demarche.edtf_dates import bounds, is_edtf

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
    `repeats` is the id of the earliest document of the corpus that has the same words, empty where it is
    this one.
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
    repeats: str = ""

    @property
    def source(self) -> str:
        """What it counts as: documents of the same words are one source, named by the earliest of them."""
        return self.repeats or self.doc_id

    @property
    def n_words(self) -> int:
        """How many words the text has, split at white space."""
        return len(self.text.split())

    def line_at(self, offset: int) -> int:
        """The line of the file in which the character at `offset` of the text stands."""
        return self.body_line + self.text.count("\n", 0, offset)


def publication_order(document: Document) -> tuple[bool, str, str]:
    """The key that sorts documents by publication, those of unknown date last."""
    day = bounds(document.published)[0] if is_edtf(document.published) else ""
    return (not day, day, document.doc_id)
