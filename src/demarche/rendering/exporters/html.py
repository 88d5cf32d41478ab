"""The briefing as one HTML page that needs nothing else: no script, no request, every style of its own."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from demarche.rendering.as_html import Setting, blocks_html, environment, mark_rules, stylesheet
from demarche.rendering.citations import nodes
from demarche.rendering.merge import document_tree
from demarche.rendering.numbering import outline
from demarche.rendering.pictures import night_rules, typeface_rules

STYLES = ("page.css", "blocks.css")


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
    pictures = [node["svg"] for node in nodes(tree["blocks"]) if node["t"] == "figure"]
    parts = [mark_rules(), _width_rules(tree), night_rules(pictures), typeface_rules(pictures)]
    style = Markup("").join([*map(stylesheet, STYLES), *parts])
    page = environment().get_template("briefing.html.j2")
    return page.render(
        tree=tree,
        content=blocks_html(tree["blocks"], Setting()),
        contents=outline(tree["blocks"]),
        style=style,
        policy=_policy(style),
    )


def _policy(style: str) -> str:
    """What the page may load: its own style, known by its hash, and pictures within it."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    style_source = f"style-src 'sha256-{digest}'"
    return f"default-src 'none'; {style_source}; img-src data:; font-src data:; base-uri 'none'"


def _width_rules(tree: Mapping[str, Any]) -> Markup:
    """A rule for each column width: the policy forbids styles in attributes."""
    tables = [node for node in nodes(tree["blocks"]) if node["t"] == "table"]
    widths = environment().filters["widths"]
    used = sorted({width for table in tables for width in widths(table["columns"])})
    return Markup("").join(Markup(".w{0}{{width:{0}%}}").format(width) for width in used)
