"""What the Typst template gets: text fit for the fonts, and beside it what it need not work out itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from textwrap import shorten
from typing import Any

from demarche.blocks import SCALE, inlines
from demarche.rendering import han
from demarche.rendering.characters import closed, is_rtl
from demarche.rendering.citations import (
    attributed,
    day,
    labels,
    plain,
    remaining,
    standing,
    surroundings,
)
from demarche.rendering.exporters.pdf_tables import LONG_FROM, n_letters, stays_whole, table_data
from demarche.rendering.fonts import BREAK, FAMILIES, JOINER, Fitting
from demarche.rendering.marks import mark
from demarche.rendering.numbering import UNTITLED
from demarche.rendering.svg import ratio

NO_DAY = "1980-01-01"
NOT_TEXT = frozenset({"t", "id", "href", "svg", "kind", "align", "cite_id", "record_id", "doc_id"})
FOR_PHONES = frozenset({"narrow", "heads"})
TITLES = {"heading": "c", "card": "title"}
# the height of a picture, in its widths, beyond which it may move to the foot of a page
TALL_FROM = 0.6
PAGE_FROM = 0.9
# columns from which on quotations stand closely, and the letters then shown on each side
CLOSELY_FROM, LONGEST_CONTEXT = 3, 40
# what the page of findings can hold
PROSE = frozenset({"heading", "paragraph", "note", "finding"})
# letters of a title at the head of a page
LONGEST_RUNNING = 70

Tree = dict[str, Any]


def pdf_data(tree: Mapping[str, Any], fitting: Fitting) -> Tree:
    """The data of the template, and which letters have one style only."""
    data = _data(tree, fitting)
    return {**data, **fitting.styles()}


def _data(tree: Mapping[str, Any], fitting: Fitting) -> Tree:
    """What the template gets: fitting text, and beside it what it need not work out itself."""
    return {
        **front_data(tree, fitting),
        "running": [fitting.fit(_shortened(words)) for words in _running(tree)],
        "blocks": [prepared(block, fitting) for block in _with_opening(_with_floats(tree["blocks"]))],
    }


def front_data(tree: Mapping[str, Any], fitting: Fitting) -> Tree:
    """What every page knows: title, question, facts, day, language, fonts."""
    date = str(tree["date"])
    iso_day = date if re.fullmatch(r"\d{4}-\d{2}-\d{2}", date) else NO_DAY
    lang, _, region = str(tree["language"]).partition("-")
    return {
        "title": fitting.fit(tree["title"]),
        "subtitle": fitting.fit(tree["subtitle"]),
        "facts": [[fitting.fit(str(value)) for value in fact] for fact in tree["study"].get("facts", [])],
        "foot": fitting.fit(f"As of {day({'published': date})}") if date else "",
        "day": [int(part) for part in iso_day.split("-")],
        "language": {"lang": lang.lower(), "region": region.lower() if len(region) == 2 else None},
        "fonts": [*FAMILIES, *([han.FAMILY] if han.han_font() else [])],
    }


def _may_move(height: float, room: int, in_section: int) -> bool:
    """Whether a picture, so high in its widths, may move; past a heading only where it fills a page."""
    return height > TALL_FROM and (room if height > PAGE_FROM else in_section) > LONG_FROM / 2


def _with_opening(blocks: list[Tree]) -> list[Tree]:
    """The blocks, the first of them up to the first chapter's last finding as one, to be set on one page."""
    chapters = [
        place for place, block in enumerate(blocks) if block["t"] == "heading" and block["level"] == 1
    ]
    first = blocks[: chapters[1] if len(chapters) > 1 else None]
    told = [place for place, block in enumerate(first) if block["t"] == "finding" or _is_scale(block)]
    end = told[-1] + 1 if told else 0
    is_prose = all(block["t"] in PROSE for block in blocks[:end])
    return [{"t": "opening", "blocks": blocks[:end]}, *blocks[end:]] if told and is_prose else blocks


def _is_scale(block: Tree) -> bool:
    return bool(block["t"] == "note" and block["kind"] == SCALE)


def _running(tree: Mapping[str, Any]) -> list[str]:
    """What stands at the head of pages: the title, then the name of each chapter."""
    chapters = [block for block in tree["blocks"] if block["t"] == "heading" and block["level"] == 1]
    names = [f"{block.get('number', '')}  {plain(block['c'])}".strip() for block in chapters]
    return [str(tree["title"]), *names]


def _shortened(words: str) -> str:
    return shorten(words, LONGEST_RUNNING, placeholder=" …") if len(words) > LONGEST_RUNNING else words


def _with_floats(blocks: list[Tree]) -> list[Tree]:
    """The blocks, each picture with `floats`: whether it may move, for the text after it to fill the page."""
    placed: list[Tree] = []
    room = in_section = 0
    for block in reversed(blocks):
        if block["t"] == "figure":
            block = {**block, "floats": _may_move(ratio(block["svg"]), room, in_section)}
        room = 0 if block["t"] == "figure" or stays_whole(block) else room + n_letters(block)
        in_section = 0 if block["t"] == "heading" else min(room, in_section + n_letters(block))
        placed.append(block)
    return placed[::-1]


def prepared(node: Any, fitting: Fitting) -> Any:
    """Blocks with text that fits, and with what the template need not work out itself."""
    if isinstance(node, list):
        return [prepared(value, fitting) for value in node]
    if not isinstance(node, dict):
        return node
    if node.get("t") == "preformatted":
        return {**node, "v": fitting.fit_lines(node["v"])}
    if node.get("t") == "group" and node["columns"] >= CLOSELY_FROM:
        node = _closely(node)
    made = {key: _value(key, value, fitting) for key, value in node.items() if key not in FOR_PHONES}
    title = TITLES.get(node.get("t", ""))
    if title and not plain(made[title]).strip(f" {BREAK}{JOINER}"):
        made[title] = inlines(UNTITLED)
    prepare = _PREPARE.get(node.get("t", ""))
    return {**made, **_fitted(prepare(node), fitting)} if prepare else made


def _value(key: str, value: Any, fitting: Fitting) -> Any:
    if not isinstance(value, str):
        return prepared(value, fitting)
    return value if key in NOT_TEXT else fitting.fit(value)


def _fitted(extra: Tree, fitting: Fitting) -> Tree:
    return {key: _value(key, value, fitting) for key, value in extra.items()}


def _cite(numbers: list[int], place: str) -> Tree:
    return {"t": "cite", "n": numbers, "id": place}


def _chip(node: Tree) -> Tree:
    sign = mark(node["kind"])
    return {"glyph": sign.glyph, "ink": sign.ink}


def _card(block: Tree) -> Tree:
    return {
        "facts-stay-whole": n_letters(block["facts"]) < 2 * LONG_FROM,
        "rtl": is_rtl(plain(block["title"])),
        "facts-rtl": [is_rtl(plain(fact["c"])) for fact in block["facts"]],
    }


def _finding(block: Tree) -> Tree:
    rest = remaining(block)
    level, colon, carried = block["confidence"].partition(":")
    return {
        "rest": _cite(rest, block.get("cite_id", "")) if rest else None,
        "rtl": is_rtl(plain(block["c"])),
        "level": level + colon,
        "carried": carried,
    }


def _quotation(block: Tree) -> Tree:
    sign = {"t": "chip", "v": standing(block), "kind": "decided" if block["decided"] else "proposed"}
    before, after = surroundings(block)
    if block.get("closely", False):
        before, after = _last_words(before), _first_words(after)
    origin = {
        "source": closed(block["source"]),
        "publisher": closed(block["publisher"]),
        "published": day(block),
    }
    return {
        "rtl": is_rtl(block["quote"]),
        "label": closed(block["label"]),
        **(dict.fromkeys(origin, "") if block.get("under_source", False) else origin),
        "who": closed(attributed(block)),
        "standing": sign,
        "cite": _cite([block["number"]], block.get("cite_id", "")),
        "before": before,
        "after": after,
        "stays-whole": len(before + block["quote"] + after) < LONG_FROM,
    }


def _direction(block: Tree) -> Tree:
    return {"rtl": is_rtl(plain(block["c"]))}


def _last_words(text: str) -> str:
    """The end of what stands before a quotation, from a word on."""
    return text if len(text) <= LONGEST_CONTEXT else f"… {text[-LONGEST_CONTEXT:].partition(' ')[2]}"


def _first_words(text: str) -> str:
    """The beginning of what stands after a quotation, up to a word's end."""
    return text if len(text) <= LONGEST_CONTEXT else f"{text[:LONGEST_CONTEXT].rpartition(' ')[0]} …"


def _closely(block: Tree) -> Tree:
    """The block, each quotation in it with few words around."""
    if block["t"] == "group":
        return {**block, "blocks": [_closely(inner) for inner in block["blocks"]]}
    return {**block, "closely": True} if block["t"] == "quotation" else block


_PREPARE: dict[str, Callable[[Tree], Tree]] = {
    "heading": _direction,
    "paragraph": _direction,
    "note": _direction,
    "cite": lambda node: {"labels": labels(node["n"], node.get("proposed", ()))},
    "chip": _chip,
    "card": _card,
    "table": table_data,
    "finding": _finding,
    "quotation": _quotation,
}
