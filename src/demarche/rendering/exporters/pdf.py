"""The briefing as a PDF, set by Typst: tagged for readers of every kind (PDF/UA-1), kept for long (PDF/A-3a).

Text goes to the template as data, made fit for the fonts; nothing is read from disk or network.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pikepdf
import typst
from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from demarche.problems import InputError, Problem
from demarche.rendering.attachments import Attachments
from demarche.rendering.characters import named
from demarche.rendering.exporters.pdf_data import pdf_data
from demarche.rendering.exporters.pdf_links import Place, lead_to_places
from demarche.rendering.fonts import Fitting, font_folders, remarks_on
from demarche.rendering.merge import document_tree

STANDARDS: list[Any] = ["a-3a", "ua-1"]


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
        resources["remarks"] = list(remarks_on(missing))
        return pdf, resources


def pdf_document(tree: Mapping[str, Any], attachments: Attachments = ()) -> tuple[bytes, list[str]]:
    """A document's tree as a PDF with files attached, and the characters that no font has, by name."""
    fitting = Fitting()
    data = {**pdf_data(tree, fitting), "attachments": [asdict(file) for file in attachments]}
    pdf = compiled(data, made_on(data["day"]), "briefing.typ")
    return pdf, [named(character) for character in sorted(fitting.missing)]


def made_on(day: Sequence[int]) -> datetime:
    """The time that a document says it was made: the day of its cut-off."""
    year, month, day_of_month = day
    return datetime(year, month, day_of_month, tzinfo=UTC)


def page_pictures(tree: Mapping[str, Any], *, ppi: float = 72) -> list[bytes]:
    """Each page of a document's tree as a PNG."""
    data = {**pdf_data(tree, Fitting()), "attachments": []}
    with _typst(_json(data), _template("briefing.typ")) as compiler:
        pages = compiler.compile(format="png", ppi=ppi)
    return [page for page in (pages if isinstance(pages, list) else [pages]) if page is not None]


def picture_png(svg: str, *, ppi: float) -> bytes:
    """A picture as PNG, set in the fonts that come along."""
    page = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.doc), format: "svg")'
    with _typst(svg, page) as compiler:
        made = compiler.compile(format="png", ppi=ppi)
    if not isinstance(made, bytes):
        raise TypeError(f"Typst made {type(made).__name__}, not one picture")
    return made


def compiled(data: dict[str, Any], made: datetime, template: str) -> bytes:
    """What Typst makes of the data with a template, its objects packed."""
    with _typst(_json(data), _template(template)) as compiler:
        output = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=made)
        places = [Place(**place) for found in _query(compiler, "<places>") for place in found]
    if not isinstance(output, bytes):
        raise TypeError(f"Typst made {type(output).__name__}, not one PDF")
    return _finished(output, places)


def _query(compiler: typst.Compiler, selector: str) -> list[Any]:
    """The values of what the template marked so."""
    return list(json.loads(compiler.query(selector, field="value")))


def _template(name: str) -> bytes:
    """A template of the package, after what all of them share."""
    folder = files("demarche.rendering").joinpath("templates")
    return b"\n".join(folder.joinpath(part).read_bytes() for part in ("inlines.typ", name))


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


@contextmanager
def _typst(doc: str, template: bytes) -> Iterator[typst.Compiler]:
    """Typst with a template and its data. Its root and package folders are one that holds nothing else."""
    with tempfile.TemporaryDirectory(prefix="dm-") as folder:
        main = Path(folder, "main.typ")
        main.write_bytes(template)
        try:
            yield typst.Compiler(
                main,
                root=folder,
                font_paths=_fonts(),
                sys_inputs={"doc": doc},
                package_path=folder,
                package_cache_path=folder,
            )
        except typst.TypstError as error:
            hints = "; ".join(error.hints)
            raise InputError([Problem("briefing.pdf", 0, f"{error.message} {hints}".strip())]) from error


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in font_folders()])


def _finished(pdf: bytes, places: Iterable[Place]) -> bytes:
    """The document with links to its places, its objects packed; the same bytes each time."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        lead_to_places(document, places)
        document.save(
            target,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
        )
    return target.getvalue()
