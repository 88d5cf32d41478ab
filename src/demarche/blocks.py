"""What a page is made of: plain blocks and inlines, the one form that HTML, PDF and terminal are set from.

A block or inline is a dict that JSON can hold, with its type under `t`. Text is a value: nothing in it is
ever read as markup. Evidence is cited by number; the number is the same in every rendering.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

MIME = "application/vnd.demarche.blocks+json"
SCALE = "scale"
"""The kind of a note that says what phrases of the sentences before it mean."""

Inline = dict[str, Any]
Block = dict[str, Any]
Inlines = str | Inline | Sequence["str | Inline"]


def inlines(content: Inlines) -> list[Inline]:
    """A list of inlines from a string, an inline, or a mixture of both."""
    parts = [content] if isinstance(content, str | dict) else content
    return [{"t": "text", "v": part} if isinstance(part, str) else part for part in parts if part != ""]


def strong(content: Inlines) -> Inline:
    """Words that weigh more."""
    return {"t": "strong", "c": inlines(content)}


def emphasis(content: Inlines) -> Inline:
    """Words in italics."""
    return {"t": "em", "c": inlines(content)}


def code(value: str) -> Inline:
    """An id, a file name, a command."""
    return {"t": "code", "v": value}


def link(href: str, content: Inlines) -> Inline:
    """A link to http, https, mailto, or `#id` of a block of the briefing."""
    return {"t": "link", "href": href, "c": inlines(content)}


def cite(numbers: Iterable[int], *, proposed: Iterable[int] = ()) -> Inline:
    """The evidence that the words before it rest on: set as [E3, E12], each a link to its quotation.

    Those of the numbers that are `proposed`, and not decided, are marked where they stand.
    """
    shown = sorted(set(numbers))
    marked = sorted(set(proposed) & set(shown))
    return {"t": "cite", "n": shown} | ({"proposed": marked} if marked else {})


def chip(value: str, kind: str) -> Inline:
    """A short label with a meaning of its own; `kind` (a key of `marks.MARKS`) gives its glyph and colour."""
    return {"t": "chip", "v": value, "kind": kind}


def line_break() -> Inline:
    """A new line within a paragraph or cell."""
    return {"t": "break"}


def heading(level: int, content: Inlines, *, anchor: str) -> Block:
    """A heading; `level` 1 is the chapter."""
    return {"t": "heading", "level": level, "id": anchor, "c": inlines(content)}


def paragraph(content: Inlines) -> Block:
    """A paragraph of prose."""
    return {"t": "paragraph", "c": inlines(content)}


def absence(content: Inlines) -> Block:
    """A paragraph that says that something is not there; a briefing then leaves out the prose about it."""
    return {**paragraph(content), "absent": True}


def listing(items: Iterable[Inlines], *, ordered: bool = False) -> Block:
    """A list; each item is one paragraph."""
    return {"t": "list", "ordered": ordered, "items": [[paragraph(item)] for item in items]}


def note(content: Inlines, *, kind: str = "info") -> Block:
    """A remark set apart: `info`, `warning` or SCALE."""
    return {"t": "note", "kind": kind, "c": inlines(content)}


def column(title: str, *, align: str = "left", width: float = 1.0) -> dict[str, Any]:
    """A table's column: `align` left, right or center; `width` is its share of the line beside the others."""
    return {"title": title, "align": align, "width": width}


def preformatted(value: str) -> Block:
    """Lines to be set as they are: a listing, a log."""
    return {"t": "preformatted", "v": value}


def quote(blocks: Iterable[Block]) -> Block:
    """Words of somebody else in an author's prose; evidence is a `quotation`."""
    return {"t": "quote", "blocks": list(blocks)}


def table(
    columns: Sequence[dict[str, Any]],
    rows: Iterable[Sequence[Inlines]],
    *,
    anchor: str,
    caption: Inlines,
    remark: Inlines = "",
) -> Block:
    """A table; the first cell of each row heads it."""
    return {
        "t": "table",
        "id": anchor,
        "caption": inlines(caption),
        "columns": list(columns),
        "rows": [[inlines(cell) for cell in row] for row in rows],
        "note": inlines(remark),
    }


def figure(svg: str, *, anchor: str, alt: str, caption: Inlines) -> Block:
    """A picture as SVG source; `alt` says what it shows, from the same data."""
    return {"t": "figure", "id": anchor, "svg": svg, "alt": alt, "caption": inlines(caption)}


def with_narrow(figure: Block, svg: str) -> Block:
    """A picture with another in its place on a narrow screen, where it would have to be moved sideways."""
    return {**figure, "narrow": svg}


def with_heads(figure: Block, share: float) -> Block:
    """A picture whose rows are named in that share of its width (0–1) at the left, which stays in sight where
    the picture is moved sideways.
    """
    return {**figure, "heads": share}


def finding(
    content: Inlines, *, anchor: str, evidence: Iterable[int], confidence: str = "", label: str = ""
) -> Block:
    """A sentence made from tables, with the evidence it rests on and a confidence phrase of fixed meaning.

    `label` is what other parts of the briefing call it: `J1`, `3`.
    """
    return {
        "t": "finding",
        "id": anchor,
        "label": label,
        "c": inlines(content),
        "evidence": sorted(set(evidence)),
        "confidence": confidence,
    }


def card(
    title: Inlines, facts: Iterable[tuple[str, Inlines]], blocks: Iterable[Block], *, anchor: str
) -> Block:
    """One thing described: a title, facts as term and value, then blocks."""
    return {
        "t": "card",
        "id": anchor,
        "title": inlines(title),
        "facts": [{"term": term, "c": inlines(value)} for term, value in facts],
        "blocks": list(blocks),
    }


def group(
    blocks: Iterable[Block], *, summary: Inlines = "", is_open: bool = True, n_columns: int = 1
) -> Block:
    """Blocks that belong together; those with a `summary` can be folded on a screen, and begin so or open.

    `n_columns` is in how many columns they are set on paper, in small type where it is more than one.
    """
    return {
        "t": "group",
        "summary": inlines(summary),
        "open": is_open,
        "columns": n_columns,
        "blocks": list(blocks),
    }


def quotation(evidence: dict[str, Any]) -> Block:
    """A quotation with its number, source, speaker and place (the fields of `evidence.Evidence`)."""
    return {"t": "quotation", **evidence}
