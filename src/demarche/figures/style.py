"""How figures look: one width for A4, one typeface, a restrained palette that survives a grey printer.

A figure is one page measured in points (1/72 inch), its origin at the lower left, so that every text can be
measured before it is placed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from demarche.rendering import han

WIDTH = 453.6
"""The line width of an A4 page with ordinary margins: 6.3 inches."""
SIZE = 7.5
SMALL = 7.0
FAMILY = "DejaVu Sans"
MISSING = "□"
HINTING = 0.03
"""By how much letters fitted to pixels may be wider than they measure."""

INK = "#1d2329"
MUTED = "#55595f"
RULE = "#c9cdd2"
FAINT = "#eceef0"
PAPER = "#ffffff"

TINTS = {"demands": "#c9dcee", "supports": "#dff0e8", "open": "#f5e8cd"}
"""The pale grounds of positions; their inks are in `marks`, and a refusal stands on its ink.

What nobody has decided on stands on white, in a line of its ink."""


@dataclass(frozen=True)
class Page:
    """A figure and the axes that fill it, measured in points."""

    figure: Figure
    axes: Axes
    width: float
    height: float


def new_page(height: float, *, width: float = WIDTH) -> Page:
    """An empty page of some height in points."""
    figure = Figure(figsize=(width / 72, height / 72), facecolor=PAPER)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(0, height))
    axes.set_axis_off()
    return Page(figure, axes, width, height)


def write(  # noqa: PLR0913 - where, what, and how it looks
    page: Page,
    x: float,
    y: float,
    text: str,
    *,
    size: float = SIZE,
    colour: str = INK,
    align: str = "left",
    weight: str = "normal",
    rotation: float = 0.0,
) -> Text:
    """Write one line at a place; `y` is its middle. A dollar sign is a dollar sign."""
    return page.axes.text(
        x,
        y,
        fit_for_figure(text),
        fontsize=size,
        color=colour,
        ha=align,
        va="center_baseline" if not rotation else "bottom",
        weight=weight,
        family=_families(text),
        rotation=rotation,
        rotation_mode="anchor",
        parse_math=False,
        zorder=5,
    )


def draw_rule(
    page: Page, x: tuple[float, float], y: tuple[float, float], *, colour: str = RULE, width: float = 0.5
) -> Line2D:
    """A straight line."""
    (line,) = page.axes.plot(x, y, color=colour, linewidth=width, solid_capstyle="butt", zorder=1)
    return line


def draw_box(  # noqa: PLR0913 - where, and how it looks
    page: Page,
    x: float,
    y: float,
    *,
    width: float,
    height: float,
    ground: str,
    edge: str = "none",
    line: float = 0.8,
    rounding: float = 2.0,
    dashed: bool = False,
) -> FancyBboxPatch:
    """A box with rounded corners; `x`, `y` is its lower left corner."""
    box = FancyBboxPatch(
        (x, y),
        width,
        height,
        boxstyle=f"round,pad=0,rounding_size={rounding}",
        facecolor=ground,
        edgecolor=edge,
        linewidth=line,
        linestyle=(0, (2, 1.4)) if dashed else "solid",
        zorder=3,
    )
    page.axes.add_patch(box)
    return box


@lru_cache(maxsize=20_000)
def width_of(text: str, size: float = SIZE, weight: str = "normal") -> float:
    """How wide a line of text is, in points."""
    properties = FontProperties(family=_families(text), size=size, weight=weight)
    return float(text_to_path.get_text_width_height_descent(fit_for_figure(text), properties, False)[0])


def wrapped(text: str, width: float, *, size: float = SIZE, most: int = 2) -> list[str]:
    """A text in lines no wider than `width` points, broken at spaces and, where it must be, at hyphens.

    What goes beyond `most` lines is cut with an ellipsis.
    """
    lines: list[str] = []
    rest = text.strip()
    while rest:
        if len(lines) == most - 1:
            return [*lines, shortened(rest, width, size=size)]
        line = _longest_head(rest, width, size)
        lines.append(line)
        rest = rest[len(line) :].lstrip()
    return lines


def _longest_head(text: str, width: float, size: float) -> str:
    """As many words of a text as fit on a line; of a word that does not fit, as much as fits."""
    for pattern in (r"\s+|$", r"(?<=-)|$"):
        ends = [match.start() for match in re.finditer(pattern, text) if match.start()]
        fitting = [end for end in ends if width_of(text[:end], size) <= width]
        if fitting:
            return text[: fitting[-1]]
    return next((text[:n] for n in range(len(text), 1, -1) if width_of(text[:n], size) <= width), text[:1])


def shortened(text: str, width: float, *, size: float = SIZE) -> str:
    """A text cut at a word, with an ellipsis, to be no wider than `width` points."""
    width *= 1 - HINTING
    if width_of(text, size) <= width:
        return text
    cut = text
    while cut and width_of(f"{cut}…", size) > width:
        shorter = cut.rsplit(maxsplit=1)[0] if " " in cut.strip() else cut[:-1]
        cut = shorter.rstrip(" ,;:–-(“")
    return f"{cut}…"


def fit_for_figure(text: str) -> str:
    """A text in one line with a box for each character that no typeface has."""
    return "".join(_known(character) for character in " ".join(text.split()))


def _known(character: str) -> str:
    return character if _is_own(character) or ord(character) in han.han_points() else MISSING


def _families(text: str) -> list[str]:
    """The typefaces for a text: a second one only where the first lacks a letter that the second has."""
    if all(_is_own(character) or ord(character) not in han.han_points() for character in text):
        return [FAMILY]
    return [FAMILY, _han_family()]


@lru_cache(maxsize=4096)
def _is_own(character: str) -> bool:
    font = get_font(findfont(FontProperties(family=FAMILY)))
    return bool(font.get_char_index(ord(character)))


@cache
def _han_family() -> str:
    """The name of the extra's typeface, made known to matplotlib."""
    fontManager.addfont(str(han.han_font()))
    return han.FAMILY
