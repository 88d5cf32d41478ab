"""Pictures within a page: ids kept apart, the typeface carried along, colours that can turn for the night."""

from __future__ import annotations

import base64
import colorsys
import io
import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from markupsafe import Markup

from demarche.blocks import Block
from demarche.rendering.fonts import matplotlib_fonts
from demarche.rendering.svg import REFERENCE, SVG, serialised, shapes

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

FACE = "Briefing Figures"
# The lightness of a dark page and of its text: what is nearly white or black becomes nearly these.
NIGHT_GROUND, NIGHT_TEXT = 0.095, 0.90
WHOLE = "whole"
_COLOUR = re.compile(r"#[0-9a-f]{6}\Z")
_PAINTS = ("fill", "stroke", "stop-color")
_FILES = {400: "DejaVuSans.ttf", 700: "DejaVuSans-Bold.ttf"}


def inline_picture(source: str, *, prefix: str, anchors: str, label: str) -> Markup:
    """The picture as an element of a page, with `label` as its alternative text.

    Its ids begin with `prefix`, the places it links to with `anchors`.
    """
    root = shapes(source)
    for element in root.iter():
        _prefix(element, prefix, anchors)
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    linked = root.find(f".//{SVG}a") is not None
    root.attrib.update({"role": "group" if linked else "img", "aria-label": label, "id": f"{prefix}{WHOLE}"})
    return Markup(serialised(root))


def row_heads(source: str, *, prefix: str, share: float) -> Markup:
    """The left `share` of a picture that stands in the page, drawn once more without being copied."""
    _, _, width, height = shapes(source).get("viewBox", "0 0 0 0").split()
    left = round(float(width) * _percent(share) / 100, 2)
    return Markup(
        '<svg class="heads h{}" viewBox="0 0 {} {}" aria-hidden="true">'
        '<use href="#{}" width="{}" height="{}"></use></svg>'
    ).format(_percent(share), left, height, prefix + WHOLE, width, height)


def head_rules(figures: Iterable[Block]) -> Markup:
    """A style rule for each width of `row_heads`: the policy forbids styles in attributes."""
    used = sorted({_percent(figure["heads"]) for figure in figures if "heads" in figure})
    rule = Markup(".demarche .picture .h{0}{{width:{0}%}}")
    return Markup("").join(rule.format(percent) for percent in used)


def _percent(share: float) -> int:
    return round(100 * share)


def night_rules(sources: Iterable[str]) -> Markup:
    """Style rules that turn the colours of pictures for a dark page: light for dark, the hue kept."""
    used = sorted({(name, value) for source in sources for name, value in _paints(source)})
    rules = "".join(f'.picture [{name}="{value}"]{{{name}:{at_night(value)}}}' for name, value in used)
    black = f".picture text:not([fill]){{fill:{at_night('#000000')}}}"
    return Markup(f"@media screen and (prefers-color-scheme:dark){{{black}{rules}}}") if used else Markup("")


def at_night(colour: str) -> str:
    """A colour `#rrggbb` with its lightness turned round; white is the page itself.

    >>> at_night("#000000"), at_night("#ffffff")
    ('#e6e6e6', 'var(--ground)')
    """
    if colour == "#ffffff":
        return "var(--ground)"
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    turned = NIGHT_GROUND + (1 - lightness) * (NIGHT_TEXT - NIGHT_GROUND)
    return "#" + "".join(
        f"{round(255 * part):02x}" for part in colorsys.hls_to_rgb(hue, turned, saturation * 0.8)
    )


def typeface_rules(sources: Iterable[str]) -> Markup:
    """The letters that pictures need, as fonts within the page: they were placed by the measure of these."""
    needed: dict[int, set[str]] = {}
    for source in sources:
        for text in shapes(source).iter(f"{SVG}text"):
            letters = needed.setdefault(700 if text.get("font-weight") in {"700", "bold"} else 400, set())
            letters.update(*text.itertext())
    return Markup("").join(
        Markup(
            '@font-face{{font-family:"{}";font-weight:{};src:url(data:font/woff;base64,{}) format("woff")}}'
        ).format(FACE, weight, _subset(weight, "".join(sorted(letters))))
        for weight, letters in sorted(needed.items())
    )


@cache
def _subset(weight: int, letters: str) -> str:
    """The part of the typeface that has these letters, as WOFF in base 64."""
    from fontTools import subset  # type: ignore[import-untyped]

    options = subset.Options(
        flavor="woff", layout_features=["kern", "liga"], hinting=False, notdef_outline=True
    )
    options.drop_tables += ["FFTM"]  # when the font was made; nothing is set by it
    font: TTFont = subset.load_font(str(matplotlib_fonts() / _FILES[weight]), options)
    font.recalcTimestamp = False
    chooser = subset.Subsetter(options)
    chooser.populate(text=letters)
    chooser.subset(font)
    target = io.BytesIO()
    subset.save_font(font, target, options)
    font.close()
    return base64.b64encode(target.getvalue()).decode()


def _paints(source: str) -> Iterable[tuple[str, str]]:
    for element in shapes(source).iter():
        for name in _PAINTS:
            value = element.get(name, "").lower()
            if _COLOUR.match(value):
                yield name, value


def _prefix(element: ElementTree.Element, prefix: str, anchors: str) -> None:
    is_link = element.tag == f"{SVG}a"
    for name, value in list(element.attrib.items()):
        if name == "id":
            element.set(name, prefix + value)
        elif name == "href" and value.startswith("#"):
            element.set(name, f"#{anchors if is_link else prefix}{value[1:]}")
        else:
            element.set(name, REFERENCE.sub(rf"url(#{prefix}\1)", value))
    if is_link and not "".join(element.itertext()).strip():
        # the same link stands beside it with words; a shape alone has no name to be read out
        element.attrib.update({"tabindex": "-1", "aria-hidden": "true"})
