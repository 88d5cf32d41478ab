"""From a merged notebook to a file that is read: nbconvert exporters, one for each rendering."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from demarche.rendering.exporters.html import HTMLBriefing
from demarche.rendering.exporters.pdf import PDFBriefing

EXPORTERS = {"html": HTMLBriefing, "pdf": PDFBriefing}
STEM = "briefing"


def export(
    notebook: NotebookNode,
    form: str,
    folder: Path,
    *,
    progress: Callable[[str], Any] = lambda line: None,
) -> Path:
    """Write one rendering of a merged notebook to `folder`; returns its path.

    `progress` is told what could not be set: characters for which no font is there.
    """
    exporter = EXPORTERS[form]()  # type: ignore[no-untyped-call]
    output, resources = exporter.from_notebook_node(notebook)
    path = folder / f"{STEM}{exporter.file_extension}"
    path.write_bytes(output.encode("utf-8") if isinstance(output, str) else output)
    for line in resources.get("remarks", []):
        progress(f"{path.name}: {line}")
    return path
