"""Markdown of a notebook's prose as blocks.

Raw HTML is text like any other. What a briefing cannot carry (images, links of other kinds than http, https,
mailto and `#id`) is an error with the words it stands in.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import mistune

from demarche import blocks as b
from demarche.problems import ProblemList
from demarche.rendering.as_html import is_link
from demarche.rendering.citations import plain

Token = Mapping[str, Any]


def markdown_blocks(text: str, problems: ProblemList, *, path: str = "") -> list[b.Block]:
    """The blocks of a Markdown text; what it may not hold is noted in `problems`.

    Headings have anchors made of their words; two may be alike, so make them unique where they meet.
    """
    return _Reading(problems, path).blocks(_parse(text))


def anchor_of(words: str) -> str:
    """An id made of words: ASCII letters, digits and hyphens.

    >>> anchor_of("Who asks what, of whom?")
    'who-asks-what-of-whom'
    """
    ascii_words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_words.lower()).strip("-")[:60].rstrip("-") or "section"


def _parse(text: str) -> list[Token]:
    tokens = _parser()(text)
    return [] if isinstance(tokens, str) else list(tokens)


@cache
def _parser() -> mistune.Markdown:
    return mistune.create_markdown(renderer=None, plugins=["table"])


class _Reading:
    """Turns tokens into blocks, and notes what cannot be turned."""

    def __init__(self, problems: ProblemList, path: str) -> None:
        self.problems = problems
        self.path = path

    def blocks(self, tokens: Iterable[Token]) -> list[b.Block]:
        """The blocks of block tokens; blank lines and rules leave none."""
        return [block for token in tokens for block in self._block(token)]

    def inlines(self, tokens: Iterable[Token]) -> list[b.Inline]:
        """The inlines of inline tokens."""
        return [inline for token in tokens for inline in b.inlines(self._inline(token))]

    def _block(self, token: Token) -> list[b.Block]:
        kind = token["type"]
        if kind in {"blank_line", "thematic_break"}:
            return []
        if kind == "heading":
            content = self.inlines(token["children"])
            return [b.heading(token["attrs"]["level"], content, anchor=anchor_of(plain(content)))]
        if kind in {"paragraph", "block_text"}:
            return [b.paragraph(self.inlines(token["children"]))]
        if kind == "list":
            return [self._list(token)]
        if kind == "block_quote":
            return [b.quote(self.blocks(token["children"]))]
        if kind == "table":
            return [self._table(token)]
        if kind == "block_html":
            return [b.paragraph(token["raw"].strip())]
        return [b.preformatted(token["raw"].rstrip("\n"))]

    def _list(self, token: Token) -> b.Block:
        items = [self.blocks(item["children"]) for item in token["children"]]
        return {"t": "list", "ordered": token["attrs"]["ordered"], "items": items}

    def _table(self, token: Token) -> b.Block:
        head, *bodies = token["children"]
        columns = [
            b.column(plain(self.inlines(cell["children"])), align=cell["attrs"]["align"] or "left")
            for cell in head["children"]
        ]
        rows = [
            [self.inlines(cell["children"]) for cell in row["children"]]
            for body in bodies
            for row in body["children"]
        ]
        return b.table(columns, rows, anchor="table", caption="")

    def _inline(self, token: Token) -> b.Inlines:
        kind = token["type"]
        if kind == "strong":
            return b.strong(self.inlines(token["children"]))
        if kind == "emphasis":
            return b.emphasis(self.inlines(token["children"]))
        if kind == "codespan":
            return b.code(token["raw"])
        if kind == "softbreak":
            return " "
        if kind == "linebreak":
            return b.line_break()
        if kind == "link":
            return self._link(token)
        if kind == "image":
            self._refuse(f"an image ({token['attrs']['url']}); show pictures from a code cell")
            return self.inlines(token["children"])
        return html.unescape(token["raw"]) if kind == "text" else str(token["raw"])

    def _link(self, token: Token) -> b.Inlines:
        content = self.inlines(token["children"])
        target = html.unescape(token["attrs"]["url"])
        if is_link(target):
            return b.link(target, content)
        self._refuse(f"a link to {target!r}; only http, https, mailto and #id lead somewhere")
        return content

    def _refuse(self, found: str) -> None:
        self.problems.add(self.path, 0, f"the prose holds {found}")
