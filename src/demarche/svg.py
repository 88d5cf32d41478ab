"""Pictures as SVG source: made from matplotlib, checked, and made fit to stand inside a page.

A picture may hold shapes only: no script, no foreign content, no entity, nothing fetched from elsewhere.
"""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from markupsafe import Markup

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"

SHAPES = frozenset(
    [
        *("svg", "g", "defs", "a", "title", "desc", "text", "tspan", "image"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("use", "clipPath", "linearGradient", "radialGradient", "stop", "pattern"),
    ]
)
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)")
_DATA_IMAGE = re.compile(r"data:image/png;base64,[A-Za-z0-9+/=\s]*\Z")


class SVGError(ValueError):
    """A picture that may not stand in a briefing, and why."""


def svg_of(figure: Figure) -> str:
    """A matplotlib figure as SVG source, the same characters each time; the figure is closed.

    Letters become paths, so that the picture looks the same wherever it is read.
    """
    import matplotlib as mpl
    from matplotlib import pyplot as plt

    target = StringIO()
    with mpl.rc_context({"svg.hashsalt": "demarche", "svg.fonttype": "path", "svg.image_inline": True}):
        figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    return _serialised(_shapes(_without_prolog(target.getvalue())))


def check_svg(source: str) -> None:
    """Raise SVGError if the picture holds anything but shapes."""
    _shapes(source)


def inline_svg(source: str, *, prefix: str, label: str) -> Markup:
    """The picture as an element of a page: its ids begin with `prefix`, `label` is its alternative text."""
    root = _shapes(source)
    for element in root.iter():
        _prefix_ids(element, prefix)
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    root.attrib.update({"role": "img", "aria-label": label})
    return Markup(_serialised(root))


def _without_prolog(source: str) -> str:
    return source[source.index("<svg") :]


def _shapes(source: str) -> ElementTree.Element:
    """The picture as a tree of shapes, its style sheets turned into attributes."""
    if "<!" in re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL):
        raise SVGError("the picture declares a document type or entities")
    try:
        root = ElementTree.fromstring(source)
    except (ElementTree.ParseError, ValueError) as error:
        raise SVGError(f"the picture is not well-formed: {error}") from error
    if root.tag != f"{{{SVG}}}svg":
        raise SVGError(f"the picture is no SVG but {root.tag}")
    _drop(root, "metadata", "style")
    for element in root.iter():
        _check_element(element)
        _style_to_attributes(element)
    root.attrib.setdefault("stroke-linejoin", "round")
    return root


def _drop(root: ElementTree.Element, *names: str) -> None:
    """Take away what describes the file and what styles the whole page it stands in.

    matplotlib's only style sheet sets round joins and butt caps; the root says so instead.
    """
    tags = {f"{{{SVG}}}{name}" for name in names}
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag in tags]:
            parent.remove(child)


def _check_element(element: ElementTree.Element) -> None:
    namespace, _, name = str(element.tag).rpartition("}")
    if namespace != f"{{{SVG}" or name not in SHAPES:
        raise SVGError(f"the picture holds <{name}>, which is no shape")
    for attribute, value in element.attrib.items():
        _check_attribute(name, attribute.rpartition("}")[2], value)


def _check_attribute(name: str, attribute: str, value: str) -> None:
    if attribute.lower().startswith("on"):
        raise SVGError(f"the picture holds the script attribute {attribute}")
    own = value.startswith("#") or (name == "image" and _DATA_IMAGE.match(value))
    if attribute in {"href", "src"} and not own:
        raise SVGError(f"the picture fetches {value[:60]!r}")
    if "url(" in _REFERENCE.sub("", value):
        raise SVGError(f"the picture fetches {value[:60]!r}")


def _style_to_attributes(element: ElementTree.Element) -> None:
    """Say in attributes what `style` says, so that the page's policy can forbid inline style."""
    for declaration in element.attrib.pop("style", "").split(";"):
        name, _, value = declaration.partition(":")
        if value.strip():
            element.set(name.strip(), value.strip())


def _prefix_ids(element: ElementTree.Element, prefix: str) -> None:
    for name, value in list(element.attrib.items()):
        local = name.rpartition("}")[2]
        if local == "id":
            element.set(name, prefix + value)
        elif local == "href" and value.startswith("#") and not element.tag.endswith("}a"):
            element.set(name, "#" + prefix + value[1:])
        else:
            element.set(name, _REFERENCE.sub(rf"url(#{prefix}\1)", value))


def _serialised(root: ElementTree.Element) -> str:
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    return ElementTree.tostring(root, encoding="unicode")
