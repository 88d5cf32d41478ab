"""The briefing as one HTML page that needs nothing else: no request, every style and the one script its own.

The page is whole without its script, which filters and sorts what is there.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from demarche.rendering.as_html import Setting, asset, blocks_html, environment, mark_rules
from demarche.rendering.citations import nodes
from demarche.rendering.facets import days, filter_choices
from demarche.rendering.merge import document_tree
from demarche.rendering.numbering import outline
from demarche.rendering.pictures import head_rules, night_rules, typeface_rules

STYLES = ("page.css", "blocks.css")
SCRIPT = "briefing.js"


class HTMLBriefing(Exporter):
    """Sets a merged notebook as a page for the browser."""

    export_from_notebook = "Briefing (HTML)"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page, and nbconvert's resources."""
        notebook, resources = super().from_notebook_node(nb, resources, **options)
        return html_page(document_tree(notebook)), resources


def html_page(tree: Mapping[str, Any]) -> str:
    """A document's tree as a page."""
    figures = [node for node in nodes(tree["blocks"]) if node["t"] == "figure"]
    pictures = [figure[form] for figure in figures for form in ("svg", "narrow") if form in figure]
    parts = [mark_rules(), _width_rules(tree), head_rules(figures), night_rules(pictures)]
    parts.append(typeface_rules(pictures))
    style = Markup("").join([*map(asset, STYLES), *parts])
    script = asset(SCRIPT)
    language = tree["texts_language"] if tree["texts_language"] != tree["language"] else ""
    page = environment().get_template("briefing.html.j2")
    return page.render(
        tree=tree,
        content=blocks_html(tree["blocks"], Setting(language=language)),
        texts_language=language,
        contents=outline(tree["blocks"]),
        choices=filter_choices(tree["evidence"]),
        days=days(tree["evidence"]),
        style=style,
        script=script,
        policy=_policy(style, script),
    )


def _policy(style: str, script: str) -> str:
    """What the page may use: its own style and script, known by their hashes, and pictures within it."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(source: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}"


def _width_rules(tree: Mapping[str, Any]) -> Markup:
    """A rule for each column width: the policy forbids styles in attributes."""
    tables = [node for node in nodes(tree["blocks"]) if node["t"] == "table"]
    widths = environment().filters["widths"]
    used = sorted({width for table in tables for width in widths(table["columns"])})
    return Markup("").join(Markup(".w{0}{{width:{0}%}}").format(width) for width in used)
