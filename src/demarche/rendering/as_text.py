"""Blocks as plain text, for a terminal and for whoever cannot show more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from demarche.blocks import Block, Inline
from demarche.rendering.citations import attributed, day, labels, remaining, standing
from demarche.rendering.marks import mark


def blocks_text(blocks: Sequence[Block]) -> str:
    """Blocks as text, an empty line between them."""
    return "\n\n".join(_SETTERS[block["t"]](block) for block in blocks)


def inlines_text(content: Iterable[Inline]) -> str:
    """Inlines as one line of text (more where it holds breaks)."""
    return "".join(map(_inline, content))


def _inline(node: Inline) -> str:
    kind = node["t"]
    if kind == "cite":
        return cited_text(node["n"], node.get("proposed", ()))
    if kind == "chip":
        return f"{mark(node['kind']).glyph} {node['v']}".strip()
    if kind == "break":
        return "\n"
    if kind == "link" and not node["href"].startswith("#"):
        return f"{inlines_text(node['c'])} <{node['href']}>"
    return inlines_text(node["c"]) if "c" in node else str(node["v"])


def cited_text(numbers: Sequence[int], proposed: Sequence[int] = ()) -> str:
    """A citation in words: `[E3, E5–E8]`, nothing for none; what is proposed with its sign."""
    shown = "".join(f"{label['before']}E{label['n']}" for label in labels(numbers, proposed))
    return f"[{shown}]" if numbers else ""


def _heading(block: Block) -> str:
    words = inlines_text(block["c"])
    return f"{words}\n{('=' if block['level'] == 1 else '-') * min(len(words), 80)}"


def _list(block: Block) -> str:
    signs = (f"{n}." if block["ordered"] else "-" for n in range(1, len(block["items"]) + 1))
    return "\n".join(
        f"{sign} " + blocks_text(item).replace("\n", "\n  ")
        for sign, item in zip(signs, block["items"], strict=True)
    )


def _table(block: Block) -> str:
    rows = [[column["title"] for column in block["columns"]]]
    rows += [[inlines_text(cell).replace("\n", "; ") for cell in row] for row in block["rows"]]
    widths = [min(40, max(map(len, column))) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join([inlines_text(block["caption"]), *lines, *_if_any(inlines_text(block["note"]))])


def _finding(block: Block) -> str:
    said = f"{block['label']} {inlines_text(block['c'])} {cited_text(remaining(block))}".strip()
    return "\n".join([said, *_if_any(block["confidence"] and f"({block['confidence']})")])


def _card(block: Block) -> str:
    title = inlines_text(block["title"])
    facts = [f"{fact['term']}: {inlines_text(fact['c'])}" for fact in block["facts"]]
    return "\n\n".join(
        [
            f"{title}\n{'-' * min(len(title), 80)}",
            *_if_any("\n".join(facts)),
            *_if_any(blocks_text(block["blocks"])),
        ]
    )


def _quotation(block: Block) -> str:
    origin = [block["label"], attributed(block), block["source"], block["publisher"], day(block)]
    place = ", ".join(filter(None, origin))
    return f"“{block['quote']}”\n    E{block['number']}: {place} – {standing(block)}"


def _if_any(text: str) -> list[str]:
    return [text] if text else []


_SETTERS: dict[str, Callable[[Block], str]] = {
    "heading": _heading,
    "paragraph": lambda block: inlines_text(block["c"]),
    "list": _list,
    "note": lambda block: f"Note: {inlines_text(block['c'])}",
    "quote": lambda block: "> " + blocks_text(block["blocks"]).replace("\n", "\n> "),
    "preformatted": lambda block: str(block["v"]),
    "table": _table,
    "group": lambda block: blocks_text(block["blocks"]),
    "figure": lambda block: f"[Figure: {block['alt']}]\n{inlines_text(block['caption'])}",
    "finding": _finding,
    "card": _card,
    "quotation": _quotation,
}
