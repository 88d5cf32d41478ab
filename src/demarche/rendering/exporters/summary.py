"""The briefing on one page of its own: the question and the findings, for whoever reads no further.

It is a PDF, as a page to be handed over is one; on a screen the first chapter of the HTML page does the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from demarche.blocks import SCALE
from demarche.rendering.as_text import cited_text
from demarche.rendering.characters import named
from demarche.rendering.citations import plain, remaining
from demarche.rendering.exporters.pdf import compiled, made_on
from demarche.rendering.exporters.pdf_data import front_data, prepared
from demarche.rendering.fonts import Fitting

REFERENCE = "The numbers are those of the evidence in briefing.html and briefing.pdf."
MOST = 8

Tree = Mapping[str, Any]


def summary_document(tree: Tree) -> tuple[bytes, list[str]]:
    """The page as a PDF, and the characters that no font has."""
    fitting = Fitting()
    data = {
        **front_data(tree, fitting),
        "reference": fitting.fit(REFERENCE),
        "meaning": fitting.fit(_meaning(tree)),
        "parts": prepared(summary_parts(tree), fitting),
    }
    data |= fitting.styles()
    return compiled(data, made_on(data["day"]), "summary.typ"), [named(c) for c in sorted(fitting.missing)]


def summary_parts(tree: Tree) -> list[dict[str, Any]]:
    """The parts of the first chapter that hold findings: title, share of the page, findings, how many more.

    Links become words and citations numbers, as what they lead to is in the briefing.
    """
    parts: list[dict[str, Any]] = []
    title = "Findings"
    for block in _first_chapter(tree):
        if block["t"] == "heading":
            title = plain(block["c"])
        elif block["t"] == "finding":
            if not parts or parts[-1]["title"] != title:
                parts.append({"title": title, "findings": [], "more": 0})
            _add(parts[-1], block)
    total = sum(len(part["findings"]) for part in parts)
    return [{**part, "share": len(part["findings"]) / total} for part in parts]


def _first_chapter(tree: Tree) -> list[dict[str, Any]]:
    starts = [
        place for place, block in enumerate(tree["blocks"]) if block["t"] == "heading" and block["level"] == 1
    ]
    end = starts[1] if len(starts) > 1 else None
    return list(tree["blocks"][:end])


def _add(part: dict[str, Any], block: dict[str, Any]) -> None:
    if len(part["findings"]) == MOST:
        part["more"] += 1
        return
    part["findings"].append(
        {
            "label": block["label"],
            "c": [_without_links(node) for node in block["c"]],
            "cited": cited_text(remaining(block)),
            "confidence": block["confidence"],
        }
    )


def _without_links(node: dict[str, Any]) -> dict[str, Any]:
    if node["t"] == "cite":
        return {"t": "text", "v": cited_text(node["n"], node.get("proposed", ()))}
    if "c" in node:
        kind = "span" if node["t"] == "link" else node["t"]
        return {"t": kind, "c": [_without_links(inner) for inner in node["c"]]}
    return node


def _meaning(tree: Tree) -> str:
    """What the confidence phrases mean, as the first chapter says it."""
    notes = [block for block in _first_chapter(tree) if block["t"] == "note" and block["kind"] == SCALE]
    return " ".join(plain(block["c"]) for block in notes)
