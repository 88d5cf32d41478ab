"""Pictures as SVG source: made from matplotlib, tidied and checked.

A picture may hold shapes, text and links only: no script, no foreign content, no entity, nothing fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import StringIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from demarche.rendering.characters import clean

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SVG = "{http://www.w3.org/2000/svg}"
TYPEFACE = "DejaVu Sans"
ALLOWED = frozenset(
    SVG + name
    for name in (
        *("svg", "g", "defs", "a", "title", "desc", "text", "tspan", "image"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("use", "clipPath", "linearGradient", "radialGradient", "stop", "pattern"),
    )
)
REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)")
_DATA_IMAGE = re.compile(r"data:image/png;base64,[A-Za-z0-9+/=\s]*\Z")
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_DIGITS = {"d": 2, "x": 2, "y": 2, "points": 2, "transform": 4}


class SVGError(ValueError):
    """A picture that may not stand in a briefing, and why."""


def svg_of(figure: Figure) -> str:
    """A matplotlib figure as SVG source, the same characters each time; the figure is closed.

    Letters stay letters, in DejaVu Sans: they can be selected, and take far less room than their outlines.
    """
    import matplotlib as mpl
    from matplotlib import pyplot as plt

    target = StringIO()
    with mpl.rc_context({"svg.hashsalt": "demarche", "svg.fonttype": "none", "svg.image_inline": True}):
        figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    source = target.getvalue()
    return serialised(_tidied(shapes(source[source.index("<svg") :])))


def shapes(source: str) -> ElementTree.Element:
    """The picture as a tree, its styles turned into attributes; SVGError if it holds what it may not."""
    if "<!" in re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL):
        raise SVGError("the picture declares a document type or entities")
    try:
        root = ElementTree.fromstring(source)
    except (ElementTree.ParseError, ValueError) as error:
        raise SVGError(f"the picture is not well-formed: {error}") from error
    if root.tag != f"{SVG}svg":
        raise SVGError(f"the picture is no SVG but {root.tag}")
    _drop(root, f"{SVG}metadata", f"{SVG}style")
    for element in root.iter():
        _plain_attributes(element)
        _check(element)
    return root


def links(source: str) -> list[str]:
    """The places within the briefing that a picture links to, in order."""
    return re.findall(r'<a\b[^>]*?href="#([^"]+)"', source)


def ratio(source: str) -> float:
    """The height of a picture in its widths."""
    box = shapes(source).get("viewBox", "").split()
    return float(box[3]) / float(box[2]) if len(box) == 4 else 1.0


def relinked(source: str, target: Callable[[str], str | None]) -> str:
    """The picture with each link led to where `target` says; where that is None, the link goes."""
    root = shapes(source)
    for element in root.iter(f"{SVG}a"):
        place = target(element.attrib.pop("href", "").removeprefix("#"))
        if place is None:
            element.tag = f"{SVG}g"
        else:
            element.set("href", f"#{place}")
    return serialised(root)


def serialised(root: ElementTree.Element) -> str:
    """The picture's source."""
    ElementTree.register_namespace("", SVG.strip("{}"))
    return ElementTree.tostring(root, encoding="unicode")


def _drop(root: ElementTree.Element, *tags: str) -> None:
    """Take away what describes the file, and style sheets, which would style the whole page."""
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag in tags]:
            parent.remove(child)


def _plain_attributes(element: ElementTree.Element) -> None:
    """`style` and namespaces in plain attributes: a page's policy can then forbid inline style."""
    for name, value in list(element.attrib.items()):
        local = name.rpartition("}")[2]
        if local != name:
            del element.attrib[name]
            element.attrib.setdefault(local, value)
    for declaration in element.attrib.pop("style", "").split(";"):
        name, _, value = declaration.partition(":")
        if value.strip():
            element.set(name.strip(), value.strip())


def _check(element: ElementTree.Element) -> None:
    if element.tag not in ALLOWED:
        raise SVGError(f"the picture holds <{str(element.tag).rpartition('}')[2]}>, which is no shape")
    for name, value in element.attrib.items():
        if name.lower().startswith("on"):
            raise SVGError(f"the picture holds the script attribute {name}")
        own = value.startswith("#") or (element.tag == f"{SVG}image" and _DATA_IMAGE.match(value))
        if (name in {"href", "src"} and not own) or "url(" in REFERENCE.sub("", value):
            raise SVGError(f"the picture fetches {value[:60]!r}")


def _tidied(root: ElementTree.Element) -> ElementTree.Element:
    """The picture without what it can do without: spare ids and groups, digits that nobody sees."""
    used = {match[1] for element in root.iter() for match in _references(element)}
    for element in root.iter():
        _tidy_attributes(element, used)
        element.text = clean(element.text or "") if element.tag in {f"{SVG}text", f"{SVG}tspan"} else None
        element.tail = None
    _unwrap(root)
    root.attrib.update({"font-family": TYPEFACE, "stroke-linejoin": "round"})
    return root


def _references(element: ElementTree.Element) -> Iterator[re.Match[str]]:
    for name, value in element.attrib.items():
        if name == "href":
            yield from re.finditer(r"\A#(.+)", value)
        else:
            yield from REFERENCE.finditer(value)


def _tidy_attributes(element: ElementTree.Element, used: set[str]) -> None:
    if element.get("id") not in used:
        element.attrib.pop("id", None)
    element.attrib.pop("font-family", None)
    element.attrib.pop("target", None)
    if re.fullmatch(r"rotate\(-?0 [^)]*\)", element.get("transform", "")):
        del element.attrib["transform"]
    for name, digits in _DIGITS.items():
        if value := element.get(name):
            element.set(name, _shorter(value, digits))


def _shorter(value: str, digits: int) -> str:
    return _LONG_NUMBER.sub(lambda number: _rounded(number[0], digits), value)


def _rounded(number: str, digits: int) -> str:
    return f"{round(float(number), digits) or 0.0:.{digits}f}".rstrip("0").rstrip(".")


def _unwrap(parent: ElementTree.Element) -> None:
    """Put what stands in a group without attributes, or in empty definitions, where the group stood."""
    for child in list(parent):
        _unwrap(child)
        spare = child.tag == f"{SVG}g" and not child.attrib
        empty = child.tag in {f"{SVG}g", f"{SVG}defs", f"{SVG}a"} and not len(child)
        if spare or empty:
            at = list(parent).index(child)
            parent[at : at + 1] = list(child)
