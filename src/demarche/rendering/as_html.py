"""Blocks as HTML. Text is a value everywhere: the templates escape whatever they are given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from demarche.blocks import Block
from demarche.rendering.characters import is_rtl
from demarche.rendering.citations import attributed, day, labels, plain, remaining, standing, surroundings
from demarche.rendering.facets import day_of, ids_of
from demarche.rendering.marks import MARKS, mark
from demarche.rendering.pictures import inline_picture, row_heads
from demarche.rendering.sorting import sort_keys
from demarche.rendering.stacking import stacked_labels

HREF = re.compile(r"(?:https?://|mailto:|#)[^\s\x00-\x1f\x7f]+\Z", re.IGNORECASE)
LONGEST_HREF = 8000
"""Bytes beyond which Typst sets no link."""


@dataclass(frozen=True)
class Setting:
    """Where blocks are set: `prefix` keeps the ids of one display apart from those of another.

    `shift` is added to heading levels (chapters are `h2` under a page's one `h1`). `language` is that of the
    texts where it is not the page's.
    """

    prefix: str = ""
    shift: int = 1
    language: str = ""

    def href(self, target: str) -> str:
        """A link's target, prefixed where it lies within the display."""
        return f"#{self.prefix}{target[1:]}" if target.startswith("#") else target


def blocks_html(blocks: Sequence[Block], setting: Setting | None = None) -> Markup:
    """Blocks as HTML, in order."""
    module = environment().get_template("blocks.html.j2").make_module({"setting": setting or Setting()})
    return Markup(module.blocks(blocks))  # type: ignore[attr-defined]


def asset(name: str) -> Markup:
    """A style sheet or script of the package."""
    source, _, _ = environment().loader.get_source(environment(), name)  # type: ignore[union-attr]
    return Markup(source)


def mark_rules() -> Markup:
    """The style rules that colour the marks, by day and by night."""
    kinds = {class_name(kind): sign for kind, sign in MARKS.items()}
    day = "".join(f".demarche .chip-{name}{{--ink:{sign.ink}}}" for name, sign in kinds.items())
    night = "".join(f".demarche .chip-{name}{{--ink:{sign.night}}}" for name, sign in kinds.items())
    return Markup(f"{day}@media screen and (prefers-color-scheme:dark){{{night}}}")


def class_name(kind: str) -> str:
    """A kind as part of a class name: letters, digits and hyphens only."""
    return re.sub(r"[^a-z0-9]+", "-", kind.lower()).strip("-")


def is_link(target: str) -> bool:
    """Whether a page may link there: http, https, mailto, a place in the page itself; nothing endless."""
    return bool(HREF.match(target)) and len(target.encode("utf-8", "surrogatepass")) <= LONGEST_HREF


@cache
def environment() -> Environment:
    """The templates of the package, which escape every value."""
    made = Environment(
        loader=PackageLoader("demarche.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for function in (labels, plain, mark, remaining, class_name, attributed, day, standing, surroundings):
        made.filters[function.__name__] = function
    made.filters.update({"ids_of": ids_of, "day_of": day_of, "sort_keys": sort_keys})
    made.filters["stacked_labels"] = stacked_labels
    made.filters["widths"] = _widths
    made.tests["link"] = is_link
    made.tests["rtl"] = lambda content: is_rtl(plain(content))
    made.globals.update({"picture": _picture, "narrow_picture": _narrow_picture, "heads": _heads})
    return made


def _widths(columns: Sequence[dict[str, Any]]) -> list[int]:
    """Each column's share of the line in whole percent."""
    total = sum(column["width"] for column in columns) or 1
    return [max(1, round(100 * column["width"] / total)) for column in columns]


def _picture(block: Block, prefix: str) -> Markup:
    return inline_picture(block["svg"], prefix=f"{prefix}{block['id']}-", anchors=prefix, label=block["alt"])


def _narrow_picture(block: Block, prefix: str) -> Markup:
    own = f"{prefix}{block['id']}-narrow-"
    return inline_picture(block["narrow"], prefix=own, anchors=prefix, label=block["alt"])


def _heads(block: Block, prefix: str) -> Markup:
    return row_heads(block["svg"], prefix=f"{prefix}{block['id']}-", share=block["heads"])
