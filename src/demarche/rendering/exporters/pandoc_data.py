"""Blocks as Pandoc's document tree (its JSON form, API 1.23), for renderings that people go on to edit.

Everything stays that an editor needs: words, tables, pictures, evidence numbers as links, ids to link to.
Paragraphs with a meaning of their own carry the name of a style, which Word has and Markdown has not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from demarche import blocks as b
from demarche.blocks import Block, Inline
from demarche.rendering.characters import is_rtl
from demarche.rendering.citations import attributed, day, labels, plain, remaining, standing, surroundings
from demarche.rendering.marks import mark

API = [1, 23, 1]
LINE, PADDING = 92, 3
"""Letters of a table's type that a line holds, and those that the margins of a cell are worth."""
ALIGN = {"left": "AlignLeft", "right": "AlignRight", "center": "AlignCenter"}

Node = dict[str, Any]
Nodes = list[Node]


def pandoc_document(tree: Mapping[str, Any], pictures: Mapping[str, str]) -> Node:
    """A document's tree as Pandoc has it; `pictures` says for each figure's id where its picture lies."""
    facts = [f"{name}: {value}" for name, value in tree["study"].get("facts", [])]
    head = [_paragraph([_emphasis(_words(fact))]) for fact in facts]
    meta = {
        name: {"t": "MetaInlines", "c": _words(str(tree[name]))}
        for name in ("title", "subtitle", "date")
        if tree[name]
    }
    meta["lang"] = {"t": "MetaString", "c": tree["language"]}
    blocks = [*head, *_Writing(pictures).blocks(tree["blocks"])]
    return {"pandoc-api-version": API, "meta": meta, "blocks": blocks}


class _Writing:
    """Turns blocks into Pandoc's; knows where pictures lie."""

    def __init__(self, pictures: Mapping[str, str]) -> None:
        self.pictures = pictures

    def blocks(self, content: Iterable[Block]) -> Nodes:
        return [node for block in content for node in self._block(block)]

    def _block(self, block: Block) -> Nodes:
        inner: dict[str, Callable[[Block], Nodes]] = {
            "group": lambda node: self.blocks(node["blocks"]),
            "quote": lambda node: [{"t": "BlockQuote", "c": self.blocks(node["blocks"])}],
            "list": self._list,
            "card": self._card,
            "figure": self._figure,
        }
        return (inner.get(block["t"]) or _PLAIN[block["t"]])(block)

    def _list(self, block: Block) -> Nodes:
        items = [self.blocks(item) for item in block["items"]]
        if block["ordered"]:
            return [{"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], items]}]
        return [{"t": "BulletList", "c": items}]

    def _card(self, block: Block) -> Nodes:
        title = _header(block.get("level", 3), block["id"], _inlines(block["title"]))
        facts = [
            _styled("Fact", [_strong(_words(f"{fact['term']}:")), SPACE, *_inlines(fact["c"])])
            for fact in block["facts"]
        ]
        return [title, *facts, *self.blocks(block["blocks"])]

    def _figure(self, block: Block) -> Nodes:
        size = ["", [], [["width", "16cm"]]]
        image = {"t": "Image", "c": [size, _words(block["alt"]), [self.pictures[block["id"]], ""]]}
        caption = _styled("Image Caption", [_span([], block["id"]), *_caption(block, "Figure")])
        return [_styled("Captioned Figure", [image]), caption]


def _heading(block: Block) -> Nodes:
    number = _words(f"{block['number']} ") if block.get("number") else []
    return [_header(block["level"], block["id"], [*number, *_inlines(block["c"])])]


def _table(block: Block) -> Nodes:
    columns = [
        [{"t": ALIGN[column["align"]]}, {"t": "ColWidth", "c": width}]
        for column, width in zip(block["columns"], column_widths(block), strict=True)
    ]
    head = [_row([_words(column["title"]) for column in block["columns"]])]
    rows = [
        _row([[_strong(_inlines(row[0]))], *map(_inlines, row[1:])] if row else []) for row in block["rows"]
    ]
    caption = [_paragraph([_span([], block["id"]), *_caption(block, "Table")])]
    made = [NO_ATTR, [None, caption], columns, [NO_ATTR, head], [[NO_ATTR, 0, [], rows]], [NO_ATTR, []]]
    remark = [_styled("Remark", _inlines(block["note"]))] if block["note"] else []
    return [{"t": "Table", "c": made}, *remark]


def column_widths(block: Block) -> list[float]:
    """Each column's share of the line: as asked for, but no narrower than its longest word if it can."""
    total = sum(column["width"] for column in block["columns"]) or 1
    asked = [column["width"] / total for column in block["columns"]]
    needed = [
        (max(_longest_word(cell) for cell in column) + PADDING) / LINE
        for column in zip(
            [b.inlines(column["title"]) for column in block["columns"]], *block["rows"], strict=True
        )
    ]
    if sum(needed) >= 1:
        return [round(width / sum(needed), 4) for width in needed]
    spare = [max(0.0, width - need) for width, need in zip(asked, needed, strict=True)]
    share = (1 - sum(needed)) / (sum(spare) or 1)
    return [round(need + share * more, 4) for need, more in zip(needed, spare, strict=True)]


def _longest_word(cell: Iterable[Inline]) -> int:
    """The letters of the longest part of a cell that is not broken, links that break anywhere left out."""
    return max((len(word) for word in re.split(r"[\s/–-]+", plain(cell)) if "." not in word), default=0)


def _row(cells: Sequence[Nodes]) -> list[Any]:
    made = [
        [NO_ATTR, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": cell}] if cell else []] for cell in cells
    ]
    return [NO_ATTR, made]


def _finding(block: Block) -> Nodes:
    rest = remaining(block)
    cited = [SPACE, *_cite(rest, block.get("cite_id", ""))] if rest else []
    label = [*_words(block["label"]), SPACE] if block["label"] else []
    sentence = [_span([], block["id"]), *label, *_inlines(block["c"]), *cited]
    if not block["confidence"]:
        return [_paragraph(sentence)]
    return [_styled("Finding", sentence), _styled("Confidence", _words(block["confidence"]))]


def _quotation(block: Block) -> Nodes:
    origin = ", ".join(filter(None, [block["label"], attributed(block), *_source(block)]))
    if not block.get("id"):
        cited = _cite([block["number"]], block.get("cite_id", ""))
        words = [*_words(f"“{block['quote']}”"), BREAK, *cited, SPACE]
        said = [_paragraph([*words, *_words(f"{origin}. {standing(block)}")])]
        return _directed(block["quote"], [{"t": "BlockQuote", "c": said}])
    before, after = surroundings(block)
    marked = {"t": "Underline", "c": _words(block["quote"])}
    number = _span([_strong(_words(f"E{block['number']}"))], block["id"])
    place = f"{origin}. Characters {block['start']}–{block['end']}. {standing(block)}."
    said = [number, SPACE, *_words(before), marked, *_words(after), BREAK, *_words(place)]
    return _directed(block["quote"], [_styled("Evidence", [*said, *_back(block.get("back", []))])])


def _source(block: Block) -> list[str]:
    return [] if block.get("under_source") else [block["source"], block["publisher"], day(block)]


def _back(places: Sequence[Mapping[str, str]]) -> Nodes:
    made: Nodes = []
    for place in places:
        made += [
            *(_words("; ") if made else _words(" Cited in: ")),
            _link(_words(place["label"]), place["href"]),
        ]
    return made


_PLAIN: dict[str, Callable[[Block], Nodes]] = {
    "heading": _heading,
    "paragraph": lambda block: _directed(plain(block["c"]), [_paragraph(_inlines(block["c"]))]),
    "note": lambda block: [{"t": "BlockQuote", "c": [_paragraph(_inlines(block["c"]))]}],
    "preformatted": lambda block: [{"t": "CodeBlock", "c": [NO_ATTR, block["v"]]}],
    "table": _table,
    "finding": _finding,
    "quotation": _quotation,
}


def _inlines(content: Iterable[Inline]) -> Nodes:
    return [node for inline in content for node in _INLINE[inline["t"]](inline)]


def _cite(numbers: Sequence[int], place: str, proposed: Sequence[int] = ()) -> Nodes:
    if not numbers:
        return []
    inner = _words("[")
    for label in labels(numbers, proposed):
        inner += [*_words(label["before"]), _link(_words(f"E{label['n']}"), f"#e{label['n']}")]
    return [_span([*inner, *_words("]")], place)]


def _link_of(node: Inline) -> Nodes:
    return [_link(_inlines(node["c"]), node["href"])]


_INLINE: dict[str, Callable[[Inline], Nodes]] = {
    "text": lambda node: _words(node["v"]),
    "strong": lambda node: [_strong(_inlines(node["c"]))],
    "em": lambda node: [_emphasis(_inlines(node["c"]))],
    "code": lambda node: [{"t": "Code", "c": [NO_ATTR, node["v"]]}],
    "break": lambda node: [BREAK],
    "chip": lambda node: _words(f"{mark(node['kind']).glyph} {node['v']}".strip()),
    "cite": lambda node: _cite(node["n"], node.get("id", ""), node.get("proposed", ())),
    "span": lambda node: _inlines(node["c"]),
    "link": _link_of,
}


def _caption(block: Block, noun: str) -> Nodes:
    number = [_strong(_words(f"{noun} {block['number']}.")), SPACE] if block.get("number") else []
    return [*number, *_inlines(block["caption"])]


NO_ATTR: list[Any] = ["", [], []]
RIGHT_TO_LEFT: list[Any] = ["", [], [["dir", "rtl"]]]
SPACE: Node = {"t": "Space"}
BREAK: Node = {"t": "LineBreak"}


def _words(text: str) -> Nodes:
    """Text as words and the spaces between them, marked where it is read from right to left."""
    parts = re.split(r"(\s+)", text)
    words = [SPACE if part.isspace() else {"t": "Str", "c": part} for part in parts if part]
    return [{"t": "Span", "c": [RIGHT_TO_LEFT, words]}] if is_rtl(text) else words


def _directed(text: str, blocks: Nodes) -> Nodes:
    """Blocks that are set from right to left where the text is read so."""
    return [{"t": "Div", "c": [RIGHT_TO_LEFT, blocks]}] if is_rtl(text) else blocks


def _paragraph(content: Nodes) -> Node:
    return {"t": "Para", "c": content}


def _styled(style: str, content: Nodes) -> Node:
    """A paragraph in a style of Word."""
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], [_paragraph(content)]]}


def unstyled(document: Node) -> Node:
    """The document without the names of styles, for forms that have none."""
    return {**document, "blocks": _without_styles(document["blocks"])}


def _without_styles(blocks: Nodes) -> Nodes:
    made: Nodes = []
    for block in blocks:
        if block["t"] != "Div":
            made.append(block)
        elif block["c"][0] == RIGHT_TO_LEFT:
            made.append({"t": "Div", "c": [RIGHT_TO_LEFT, _without_styles(block["c"][1])]})
        else:
            made += block["c"][1]
    return made


def _strong(content: Nodes) -> Node:
    return {"t": "Strong", "c": content}


def _emphasis(content: Nodes) -> Node:
    return {"t": "Emph", "c": content}


def _span(content: Nodes, anchor: str = "") -> Node:
    return {"t": "Span", "c": [[anchor, [], []], content]}


def _link(content: Nodes, target: str) -> Node:
    return {"t": "Link", "c": [NO_ATTR, content, [target, ""]]}


def _header(level: int, anchor: str, content: Nodes) -> Node:
    # not the heading's own id: Markdown of GitHub's kind would drop it
    return {"t": "Header", "c": [min(level, 6), NO_ATTR, [_span([], anchor), *content]]}
