"""From a document's tree to files that are read: one function for each form of the briefing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demarche.rendering.attachments import Attachments
from demarche.rendering.exporters.editable import markdown_files, word_files
from demarche.rendering.exporters.html import html_page
from demarche.rendering.exporters.pdf import pdf_document
from demarche.rendering.exporters.summary import summary_document
from demarche.rendering.fonts import remarks_on

Tree = Mapping[str, Any]


@dataclass(frozen=True)
class Rendering:
    """A form of a briefing: `files` by name, the first the one that is opened; `remarks` on what it lacks."""

    files: Mapping[str, bytes]
    remarks: tuple[str, ...] = ()


def write_rendering(
    tree: Tree,
    form: str,
    folder: Path,
    *,
    attachments: Attachments = (),
    progress: Callable[[str], Any] = lambda line: None,
) -> Path:
    """Write one form of a briefing to a folder; the path of the file that is opened.

    `progress` is told what could not be set: characters for which no font is there.
    """
    rendering = RENDERINGS[form](tree, attachments)
    for name, content in rendering.files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    first = folder / next(iter(rendering.files))
    for line in rendering.remarks:
        progress(f"{first.name}: {line}")
    return first


def _html(tree: Tree, attachments: Attachments) -> Rendering:
    return Rendering({"briefing.html": html_page(tree).encode()})


def _pdf(tree: Tree, attachments: Attachments) -> Rendering:
    content, missing = pdf_document(tree, attachments)
    return Rendering({"briefing.pdf": content}, remarks_on(missing))


def _summary(tree: Tree, attachments: Attachments) -> Rendering:
    content, missing = summary_document(tree)
    return Rendering({"summary.pdf": content}, remarks_on(missing))


def _word(tree: Tree, attachments: Attachments) -> Rendering:
    return Rendering(word_files(tree))


def _markdown(tree: Tree, attachments: Attachments) -> Rendering:
    return Rendering(markdown_files(tree))


RENDERINGS: dict[str, Callable[[Tree, Attachments], Rendering]] = {
    "html": _html,
    "pdf": _pdf,
    "summary": _summary,
    "docx": _word,
    "md": _markdown,
}
FORMATS: Sequence[str] = tuple(RENDERINGS)
USUAL = ("html", "pdf")
