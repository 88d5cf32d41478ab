"""Writes src/demarche/fonts.json: which characters the fonts of the installation have.

The fonts are those inside typst's wheel (within its compiled library) and DejaVu in matplotlib's. A test
compares the file with the installed wheels; run this after a change of either version.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]

from demarche.rendering.fonts import FAMILIES, matplotlib_fonts

TARGET = Path(__file__).parents[1] / "src" / "demarche" / "rendering" / "fonts.json"
_BEGINNING = re.compile(rb"(?:OTTO|\x00\x01\x00\x00)\x00[\x06-\x20]")
_LONGEST = 3_000_000
_BOLD, _ITALIC = 1, 2

Variants = dict[tuple[str, int], set[int]]


def coverage() -> dict[str, object]:
    """The characters that can be set, and those of them that can be set upright and regular only."""
    variants: Variants = {}
    for font in (*_fonts_of_typst(), *_fonts_of_matplotlib()):
        family = _family(font)
        if family in FAMILIES:
            style = (font["OS/2"].fsSelection >> 5 & 1) * _BOLD + (font["OS/2"].fsSelection & 1) * _ITALIC
            variants.setdefault((family, style), set()).update(font.getBestCmap())
    by_style = [
        set[int]().union(*(variants.get((name, style), set()) for name in FAMILIES)) for style in range(4)
    ]
    everywhere = set.intersection(*by_style)
    return {
        "made with": {name: version(name) for name in ("typst", "matplotlib")},
        "any style": _ranges(everywhere),
        "upright only": _ranges(by_style[0] - everywhere),
    }


def _fonts_of_typst() -> Iterator[TTFont]:
    spec = find_spec("typst")
    folder = Path(spec.origin or "").parent if spec else Path()
    library = next(path for path in sorted(folder.iterdir()) if path.suffix in {".so", ".pyd"}).read_bytes()
    for beginning in _BEGINNING.finditer(library):
        start = beginning.start()
        try:
            font = TTFont(io.BytesIO(library[start : start + _LONGEST]), lazy=True)
            font.getBestCmap(), font["name"], font["OS/2"]
        except (TTLibError, KeyError, AssertionError, ValueError, IndexError):
            continue
        yield font


def _fonts_of_matplotlib() -> Iterator[TTFont]:
    for path in sorted(matplotlib_fonts().glob("DejaVu*.ttf")):
        yield TTFont(path, lazy=True)


def _family(font: TTFont) -> str:
    """The family as Typst knows it."""
    name = font["name"].getDebugName(1) or ""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|10$", " ", name).strip() if name.startswith("NewComputer") else name


def _ranges(characters: set[int]) -> list[str]:
    """Code points as ranges such as `41-5a`."""
    ranges: list[list[int]] = []
    for point in sorted(characters):
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return [f"{first:x}" if first == last else f"{first:x}-{last:x}" for first, last in ranges]


if __name__ == "__main__":
    TARGET.write_text(json.dumps(coverage(), indent=0) + "\n", encoding="utf-8")
    print(TARGET)
