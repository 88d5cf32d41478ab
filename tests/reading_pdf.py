"""A PDF as its reader meets it: where its links lead, and what words stand there."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pikepdf

PDFTOTEXT = shutil.which("pdftotext")
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
_IGNORED = re.compile("[\\s\u00ad\u200b\u2060-]+")


@dataclass(frozen=True)
class Place:
    """A point on a page: `page` from 0, `x` and `y` in points from the upper left."""

    page: int
    x: float
    y: float


@dataclass(frozen=True)
class Word:
    """A word and its box, with what of it stands where."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def pages_of_words(path: Path) -> list[list[Word]]:
    """The words of each page, in the order in which they were set."""
    command = [str(PDFTOTEXT), "-raw", "-bbox", str(path), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [
        [Word(*map(float, match[:4]), unescape(match[4])) for match in _WORD.findall(page)]
        for page in text.split("<page ")[1:]
    ]


def links_within(path: Path) -> Iterator[tuple[Place, Place]]:
    """Each link within a PDF: where it stands and where it leads."""
    with pikepdf.open(path) as pdf:
        number = {page.obj.objgen: count for count, page in enumerate(pdf.pages)}
        names = pikepdf.NameTree(pdf.Root.Names.Dests) if "/Dests" in pdf.Root.get("/Names", {}) else {}
        heights = [float(page.MediaBox[3]) for page in pdf.pages]
        for count, page in enumerate(pdf.pages):
            for note in page.get("/Annots", []):
                if "/Dest" in note:
                    goal = note.Dest if isinstance(note.Dest, pikepdf.Array) else names[str(note.Dest)]
                    target = number[goal[0].objgen]
                    there = Place(target, float(goal[2]), heights[target] - float(goal[3]))
                    yield Place(count, float(note.Rect[0]), heights[count] - float(note.Rect[3])), there


def words_at(words: list[Word], place: Place) -> str:
    """The words from a place on, to the end of its page, without spaces and hyphens; empty for none."""
    starts = [
        count
        for count, word in enumerate(words)
        if abs(word.left - place.x) < 2 and 0 <= word.top - place.y < 12
    ]
    return squeezed("".join(word.text for word in words[starts[0] :])) if starts else ""


def squeezed(text: str) -> str:
    """Text without spaces, hyphens and marks that only break lines."""
    return _IGNORED.sub("", text)
