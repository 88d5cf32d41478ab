"""Numbers and places: chapters, tables and figures counted, ids unique, each citation known by its place."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Any

from demarche.blocks import Block, Inline, inlines
from demarche.problems import ProblemList
from demarche.rendering.as_html import is_link
from demarche.rendering.citations import in_picture, nodes, plain, remaining
from demarche.rendering.svg import links, relinked

# The ids of the page's own parts; `e12` is a piece of evidence, `r7` a place that cites.
RESERVED = frozenset({"contents", "content", "evidence", "cover"})
UNTITLED = "(without a title)"
_OWN_ID = re.compile(r"[er]\d+\Z")

Places = dict[int, list[dict[str, str]]]


def numbered(
    chapters: Sequence[list[Block]], known: Set[int], problems: ProblemList
) -> tuple[list[Block], Places]:
    """The blocks of all chapters with numbers and unique ids, and who cites each evidence from where.

    The blocks are changed in place. A place is {"href", "label"}; an evidence has one for each table,
    figure, card or section that cites it. Evidence that is cited but not `known` is a problem, and so is a
    link in prose that leads nowhere; a link in a display, which may lead to a chapter that this briefing
    leaves out, becomes its words.
    """
    state = _Numbering(known, problems)
    for chapter in chapters:
        state.enter(chapter)
    for chapter, own in zip(chapters, state.ids, strict=True):
        _resolve_links(chapter, own, state)
    return [block for chapter in chapters for block in chapter], state.places


class _Numbering:
    """Walks the chapters once, in reading order."""

    def __init__(self, known: Set[int], problems: ProblemList) -> None:
        self.known = known
        self.problems = problems
        self.used: set[str] = set(RESERVED)
        self.ids: list[dict[str, str]] = []
        self.counts = {"chapter": 0, "table": 0, "figure": 0, "cite": 0}
        self.places: Places = {}
        self.level = 1
        self.section = ""

    def enter(self, chapter: list[Block]) -> None:
        """Number one chapter; its first block is its heading."""
        self.ids.append({})
        self.level = 0
        for block in chapter:
            self._block(block, self.section)

    def _block(self, block: Block, label: str) -> None:
        kind = block["t"]
        if "id" in block:
            block["id"] = self._unique(block["id"])
        if kind == "heading":
            self._heading(block)
        elif kind in {"table", "figure"}:
            self._count(block)
            label = f"{kind.capitalize()} {block['number']}" if block["number"] else self.section
        elif kind == "card":
            block["level"] = self.level + 1
            block["title"] = block["title"] if plain(block["title"]).strip() else inlines(UNTITLED)
            label = plain(block["title"])
        self._citations(block, label if kind in {"table", "figure", "card"} else label or self.section)
        for inner in _inner(block):
            self._block(inner, label)

    def _heading(self, block: Block) -> None:
        """A chapter's first heading is its only one of level 1; no level is skipped, none is empty."""
        block["c"] = block["c"] if plain(block["c"]).strip() else inlines(UNTITLED)
        block["level"] = 1 if self.level == 0 else max(2, min(block["level"], self.level + 1))
        self.level = block["level"]
        if self.level == 1:
            self.counts["chapter"] += 1
            block["number"] = str(self.counts["chapter"])
        self.section = f"{block.get('number', '')} {plain(block['c'])}".strip()

    def _count(self, block: Block) -> None:
        """A table or figure has a number when it has a caption."""
        self.counts[block["t"]] += bool(block["caption"])
        block["number"] = str(self.counts[block["t"]]) if block["caption"] else ""

    def _citations(self, block: Block, label: str) -> None:
        own = {key: value for key, value in block.items() if key not in {"blocks", "items"}}
        for node in nodes(own):
            if node["t"] == "cite" and node["n"]:
                node["id"] = self._cite(node["n"], label)
            elif node["t"] == "finding" and (rest := remaining(block)):
                block["cite_id"] = self._cite(rest, label)
            elif node["t"] == "quotation":
                block["cite_id"] = self._cite([block["number"]], label)
            elif node["t"] == "figure":
                self._cite_from(block["id"], in_picture(block["svg"]), label)

    def _cite(self, numbers: Sequence[int], label: str) -> str:
        self.counts["cite"] += 1
        place = f"r{self.counts['cite']}"
        self._cite_from(place, numbers, label)
        return place

    def _cite_from(self, place: str, numbers: Sequence[int], label: str) -> None:
        for number in numbers:
            if number not in self.known:
                self.problems.add("briefing", 0, f"E{number} is cited in “{label}” but no display carries it")
            places = self.places.setdefault(number, [])
            if all(other["label"] != label for other in places):
                places.append({"href": f"#{place}", "label": label})

    def _unique(self, anchor: str) -> str:
        """The id itself, or with a number where it is taken; remembered for the chapter's links."""
        wanted = f"{anchor}-section" if _OWN_ID.match(anchor) else anchor
        unique, count = wanted, 1
        while unique in self.used:
            count += 1
            unique = f"{wanted}-{count}"
        self.used.add(unique)
        self.ids[-1].setdefault(anchor, unique)
        return unique


def _inner(block: Block) -> list[Block]:
    """The blocks that a block holds."""
    inner = list(block.get("blocks", []))
    for item in block.get("items", []):
        inner += item
    return inner


def _resolve_links(chapter: list[Block], own: dict[str, str], state: _Numbering) -> None:
    """Point each link within the briefing at the id its target has now; the own chapter's comes first.

    A link of a kind that no page may have becomes its words.
    """
    elsewhere: dict[str, str] = {}
    for ids in state.ids:
        for anchor, unique in ids.items():
            elsewhere.setdefault(anchor, unique)
    evidence = {f"e{number}": f"e{number}" for number in state.places}
    targets = {**elsewhere, **own, **evidence, "evidence": "evidence"}
    for node in list(nodes(chapter)):
        if node["t"] == "link" and not is_link(node["href"]):
            node.update({"t": "span"})
        elif node["t"] == "link" and node["href"].startswith("#"):
            _resolve(node, targets, state.problems)
        elif node["t"] == "figure" and links(node["svg"]):
            node["svg"] = relinked(node["svg"], targets.get)


def _resolve(node: Inline, targets: dict[str, str], problems: ProblemList) -> None:
    target = node["href"][1:]
    if target in targets:
        node["href"] = f"#{targets[target]}"
        return
    if file := node.get("checked"):
        problems.add(file, 0, f"a link leads to #{target}, which is not in the briefing")
    node.update({"t": "span"})


def outline(blocks: Sequence[Block], depth: int = 2) -> list[dict[str, Any]]:
    """The headings down to a level, in order, as {"level", "id", "number", "c"}: a table of contents.

    A heading with a false `listed` stays out.
    """
    entries: list[dict[str, Any]] = []
    for block in blocks:
        if block["t"] == "group":
            entries += outline(block["blocks"], depth)
        elif block["t"] == "heading" and block["level"] <= depth and block.get("listed", True):
            number = block.get("number", "")
            entries.append({"level": block["level"], "id": block["id"], "number": number, "c": block["c"]})
    return entries
