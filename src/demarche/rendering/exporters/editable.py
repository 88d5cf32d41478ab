"""The briefing for people who must edit it: a Word document and Markdown, written by Pandoc.

Pandoc comes with the extra `edit`. It gets the document as data and reads no file but pictures made here.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from demarche.problems import InputError, Problem
from demarche.rendering.citations import nodes
from demarche.rendering.exporters.pandoc_data import pandoc_document, unstyled
from demarche.rendering.exporters.pdf import picture_png

Tree = Mapping[str, Any]
EXTRA = "pip install 'demarche[edit]'"
NAME = "briefing.docx"
STYLED = "styles.docx"
PPI = 200
A4 = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" '
    'w:footer="567" w:gutter="0"/>'
    "</w:sectPr>"
)
_COMMAND = re.compile(r"\\(?=[A-Za-z])")
_PAGE = re.compile(r"<w:sectPr\b[^>]*/>|<w:sectPr\b.*?</w:sectPr>", re.DOTALL)
_STYLE = re.compile(r'<w:style [^>]*w:styleId="([^"]+)".*?</w:style>', re.DOTALL)


def word_files(tree: Tree) -> dict[str, bytes]:
    """A document's tree as `briefing.docx`, its pictures inside."""
    with tempfile.TemporaryDirectory(prefix="dm-") as folder:
        names = {figure["id"]: f"picture-{count}.png" for count, figure in enumerate(_figures(tree))}
        for figure in _figures(tree):
            (Path(folder) / names[figure["id"]]).write_bytes(picture_png(figure["svg"], ppi=PPI))
        (Path(folder) / STYLED).write_bytes(word_styles(_pandoc_file("reference.docx")))
        options = ["--to=docx", f"--output={NAME}", f"--reference-doc={STYLED}"]
        _pandoc(pandoc_document(tree, names), options, tree["date"], Path(folder))
        return {NAME: (Path(folder) / NAME).read_bytes()}


def markdown_files(tree: Tree) -> dict[str, bytes]:
    """A document's tree as `briefing.md` (GitHub's kind, one line a paragraph), its pictures beside it."""
    names = {figure["id"]: f"pictures/{figure['id']}.svg" for figure in _figures(tree)}
    options = ["--sandbox", "--to=gfm", "--wrap=none", "--standalone"]
    text = _pandoc(_without_tex(unstyled(pandoc_document(tree, names))), options, tree["date"])
    return {"briefing.md": text, **{names[figure["id"]]: figure["svg"].encode() for figure in _figures(tree)}}


def _without_tex(node: Any) -> Any:
    """A Pandoc document in which no word is a TeX command to whoever makes something else of the Markdown.

    GitHub's kind has no TeX and leaves `\\input` as it is; Pandoc's own would obey it.
    """
    if isinstance(node, dict):
        return {key: _without_tex(value) for key, value in node.items()}
    if not isinstance(node, list):
        return node
    made: list[Any] = []
    for one in node:
        is_word = isinstance(one, dict) and one.get("t") == "Str"
        made += _word_without_tex(one["c"]) if is_word else [_without_tex(one)]
    return made


def _word_without_tex(word: str) -> list[dict[str, Any]]:
    first, *commands = _COMMAND.split(word)
    backslash = {"t": "RawInline", "c": ["html", "&#92;"]}
    later = [part for command in commands for part in (backslash, {"t": "Str", "c": command})]
    return [{"t": "Str", "c": first}, *later] if first else later


def word_styles(reference: bytes) -> bytes:
    """Pandoc's own document of styles with ours in it, on A4."""
    own = files("demarche.rendering").joinpath("templates", "word_styles.xml").read_text(encoding="utf-8")
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(reference)) as source, zipfile.ZipFile(target, "w") as styled:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "word/styles.xml":
                content = _with_styles(content.decode(), own).encode()
            elif entry.filename == "word/document.xml":
                content = _PAGE.sub(A4, content.decode()).encode()
            styled.writestr(zipfile.ZipInfo(entry.filename), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _with_styles(styles: str, own: str) -> str:
    """A sheet of styles in which ours stand in the place of those with their ids."""
    ours = {match[1]: match[0] for match in _STYLE.finditer(own)}
    kept = _STYLE.sub(lambda match: "" if match[1] in ours else match[0], styles)
    return kept.replace("</w:styles>", f"{''.join(ours.values())}</w:styles>")


def _figures(tree: Tree) -> list[dict[str, Any]]:
    return [node for node in nodes(tree["blocks"]) if node["t"] == "figure"]


def _pandoc(document: dict[str, Any], options: list[str], date: str, folder: Path | None = None) -> bytes:
    """What Pandoc makes of a document; the date stands for the time in what it writes."""
    day = date if re.fullmatch(r"\d{4}-\d{2}-\d{2}", date) else "1980-01-01"
    epoch = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
    run = subprocess.run(
        [pandoc_program(), "--from=json", *options],
        input=json.dumps(document, ensure_ascii=False).encode(),
        env={**os.environ, "SOURCE_DATE_EPOCH": str(max(epoch, 315532800))},
        capture_output=True,
        cwd=folder,
        check=False,
    )
    if run.returncode:
        raise InputError([Problem("briefing", 0, f"Pandoc stopped: {run.stderr.decode(errors='replace')}")])
    return run.stdout


def _pandoc_file(name: str) -> bytes:
    """A file that comes inside Pandoc."""
    run = subprocess.run(
        [pandoc_program(), f"--print-default-data-file={name}"], capture_output=True, check=True
    )
    return run.stdout


def pandoc_program() -> str:
    """Where the Pandoc of the extra lies; InputError with what to do where it is not installed."""
    try:
        import pypandoc  # type: ignore[import-not-found,import-untyped,unused-ignore]

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError) as error:
        message = f"docx and md are written by Pandoc, which is not installed; {EXTRA}"
        raise InputError([Problem("--formats", 0, message)]) from error
