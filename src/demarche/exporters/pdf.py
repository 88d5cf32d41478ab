"""The briefing as a PDF, set by Typst: tagged for readers of every kind (PDF/UA-1), kept for long (PDF/A-2a).

Text goes to the template as data, made fit for the fonts; nothing is read from disk or network.
"""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import pikepdf
import typst
from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from demarche.characters import named
from demarche.citations import attributed, day, labels, nodes, remaining, standing, surroundings
from demarche.fonts import FAMILIES, MISSING, Fitting, matplotlib_fonts
from demarche.marks import mark
from demarche.merge import document_tree
from demarche.problems import InputError, Problem
from demarche.svg import ratio

STANDARDS: list[Any] = ["a-2a", "ua-1"]
NO_DAY = "1980-01-01"
NOT_TEXT = frozenset({"t", "id", "href", "svg", "kind", "align", "cite_id", "record_id", "doc_id"})
# columns beyond which a table is set smaller, and beyond which its page is turned
SMALL_FROM, WIDE_FROM = 7, 10

# letters beyond which a row or a card's facts may be divided between pages
LONG_FROM = 900
# the height of a picture, in its widths, beyond which it may move to the head or foot of a page
TALL_FROM = 0.6

Tree = dict[str, Any]


class PDFBriefing(Exporter):
    """Sets a merged notebook for paper."""

    export_from_notebook = "Briefing (PDF)"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any = None, **options: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The PDF, and nbconvert's resources with `remarks`: what could not be set."""
        notebook, resources = super().from_notebook_node(nb, resources, **options)
        pdf, missing = pdf_document(document_tree(notebook))
        if missing:
            resources["remarks"] = [f"no font has {', '.join(missing)}; each is set as {MISSING}"]
        return pdf, resources


def pdf_document(tree: Mapping[str, Any]) -> tuple[bytes, list[str]]:
    """A document's tree as a PDF, and the characters that no font has, by name."""
    fitting = Fitting()
    data = _prepared_data(tree, fitting)
    year, month, day_of_month = data["day"]
    made = datetime(year, month, day_of_month, tzinfo=UTC)
    return _smaller(_compiled(data, made)), [named(character) for character in sorted(fitting.missing)]


def page_pictures(tree: Mapping[str, Any], *, ppi: float = 72) -> list[bytes]:
    """Each page of a document's tree as a PNG."""
    with _typst(_prepared_data(tree, Fitting())) as compiler:
        pages = compiler.compile(format="png", ppi=ppi)
    return [page for page in (pages if isinstance(pages, list) else [pages]) if page is not None]


def _compiled(data: Tree, made: datetime) -> bytes:
    """What Typst makes of the data."""
    with _typst(data) as compiler:
        output = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=made)
    if not isinstance(output, bytes):
        raise TypeError(f"Typst made {type(output).__name__}, not one PDF")
    return output


@contextmanager
def _typst(data: Tree) -> Iterator[typst.Compiler]:
    """Typst with the template and the data. Its root and package folders are one empty folder."""
    template = files("demarche").joinpath("templates", "briefing.typ").read_bytes()
    with tempfile.TemporaryDirectory(prefix="dm-") as empty:
        try:
            yield typst.Compiler(
                template,
                root=empty,
                font_paths=_fonts(),
                sys_inputs={"doc": json.dumps(data, ensure_ascii=False)},
                package_path=empty,
                package_cache_path=empty,
            )
        except typst.TypstError as error:
            hints = "; ".join(error.hints)
            raise InputError([Problem("briefing.pdf", 0, f"{error.message} {hints}".strip())]) from error


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(matplotlib_fonts())])


def _smaller(pdf: bytes) -> bytes:
    """The same document with its objects packed; the same bytes each time."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(
            target,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=True,
            deterministic_id=True,
        )
    return target.getvalue()


def _prepared_data(tree: Mapping[str, Any], fitting: Fitting) -> Tree:
    """The data of the template, and the letters that stand upright in it."""
    data = _data(tree, fitting)
    return {**data, "upright": fitting.upright_pattern() or r"[^\s\S]"}


def _data(tree: Mapping[str, Any], fitting: Fitting) -> Tree:
    """What the template gets: fitting text, and beside it what it need not work out itself."""
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
        "fonts": list(FAMILIES),
        "blocks": [_prepared(block, fitting) for block in _with_floats(tree["blocks"])],
    }


def _with_floats(blocks: list[Tree]) -> list[Tree]:
    """The blocks, each picture with `floats`: whether it may move, for the text after it to fill the page."""
    placed: list[Tree] = []
    room = 0
    for block in reversed(blocks):
        if block["t"] == "figure":
            block = {**block, "floats": ratio(block["svg"]) > TALL_FROM and room > LONG_FROM / 2}
        room = 0 if block["t"] in {"figure", "table"} else room + _n_letters(block)
        placed.append(block)
    return placed[::-1]


def _prepared(node: Any, fitting: Fitting) -> Any:
    if isinstance(node, list):
        return [_prepared(value, fitting) for value in node]
    if not isinstance(node, dict):
        return node
    made = {key: _value(key, value, fitting) for key, value in node.items()}
    prepare = _PREPARE.get(node.get("t", ""))
    return {**made, **_fitted(prepare(node), fitting)} if prepare else made


def _value(key: str, value: Any, fitting: Fitting) -> Any:
    if not isinstance(value, str):
        return _prepared(value, fitting)
    return value if key in NOT_TEXT else fitting.fit(value)


def _fitted(extra: Tree, fitting: Fitting) -> Tree:
    return {key: _value(key, value, fitting) for key, value in extra.items()}


def _cite(numbers: list[int], place: str) -> Tree:
    return {"t": "cite", "n": numbers, "id": place}


def _chip(node: Tree) -> Tree:
    sign = mark(node["kind"])
    return {"glyph": sign.glyph, "ink": sign.ink}


def _table(block: Tree) -> Tree:
    n_columns = len(block["columns"])
    return {
        "size": 7.2 if n_columns > WIDE_FROM else 8 if n_columns >= SMALL_FROM else 8.8,
        "gap": 2 if n_columns >= SMALL_FROM else 4,
        "wide": n_columns >= WIDE_FROM,
        "rows-stay-whole": all(_n_letters(cell) < LONG_FROM for row in block["rows"] for cell in row),
    }


def _card(block: Tree) -> Tree:
    return {"facts-stay-whole": _n_letters(block["facts"]) < 2 * LONG_FROM}


def _n_letters(content: Any) -> int:
    """How many letters a page must find room for."""
    return sum(len(str(node["v"])) for node in nodes(content) if "v" in node)


def _finding(block: Tree) -> Tree:
    rest = remaining(block)
    return {"rest": _cite(rest, block.get("cite_id", "")) if rest else None}


def _quotation(block: Tree) -> Tree:
    sign = {"t": "chip", "v": standing(block), "kind": "decided" if block["decided"] else "proposed"}
    before, after = surroundings(block)
    origin = {"source": block["source"], "publisher": block["publisher"], "published": day(block)}
    return {
        **(dict.fromkeys(origin, "") if block.get("under_source", False) else origin),
        "who": attributed(block),
        "standing": sign,
        "cite": _cite([block["number"]], block.get("cite_id", "")),
        "before": before,
        "after": after,
        "stays-whole": len(before + block["quote"] + after) < LONG_FROM,
    }


_PREPARE: dict[str, Callable[[Tree], Tree]] = {
    "cite": lambda node: {"labels": labels(node["n"])},
    "chip": _chip,
    "card": _card,
    "table": _table,
    "finding": _finding,
    "quotation": _quotation,
}
