"""The one font that an optional extra brings: Han, kana and Hangul.

It is Noto Sans CJK JP out of the wheel `notojp-matplotlib`, whose code is never run. It has one weight, and
is looked at only where a text holds what the fonts of the installation do not have.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

EXTRA = "cjk"
FAMILY = "Noto Sans CJK JP"
_PACKAGE, _FILE = "notojp_matplotlib", "NotoSansCJKjp-Regular.otf"
_SCRIPTS = ("CJK ", "HIRAGANA ", "KATAKANA ", "HANGUL ", "IDEOGRAPHIC ", "BOPOMOFO ")


@cache
def han_font() -> Path | None:
    """The font's file; None where the extra is not installed."""
    spec = find_spec(_PACKAGE)
    path = Path(spec.origin).parent / "fonts" / _FILE if spec and spec.origin else None
    return path if path and path.is_file() else None


@cache
def han_points() -> frozenset[int]:
    """The code points that the font has; none where the extra is not installed."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    path = han_font()
    if path is None:
        return frozenset()
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def is_named_east_asian(named: str) -> bool:
    """Whether a character, named as `U+3042 HIRAGANA LETTER A`, is of an East Asian script."""
    return named.partition(" ")[2].startswith(_SCRIPTS)
