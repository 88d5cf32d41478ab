"""The fonts that come with the installation, and text made fit for them.

A PDF that is to be readable by everybody may not hold a single character without a glyph. Only fonts inside
typst's and matplotlib's wheels are used, so that the page is the same on every machine; Han and kana need an
optional extra (`han`).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from demarche.rendering import han
from demarche.rendering.characters import clean

# In order of preference; where one has no glyph, the next is asked, and after all of them `han`'s.
FAMILIES = (
    "Libertinus Serif",
    "DejaVu Serif",
    "DejaVu Sans",
    "New Computer Modern",
    "DejaVu Sans Mono",
)
MISSING = "\u25a1"
BREAK, JOINER = "\u200b", "\u2060"
LONGEST_TOKEN = 24
BRINGS_HAN = f"Han and kana come with an extra: pip install 'demarche[{han.EXTRA}]'"
# Han, kana and Hangul can be broken between any two, by rules of their own.
_EAST = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_LONG = re.compile(rf"[^\s{BREAK}{_EAST}]{{{LONGEST_TOKEN + 1},}}")
_SPAN = re.compile(r"(?<=\d)([–-])(?=\d)")
_AFTER = re.compile(r"(?<=[/\\.,;:?&=_@#%+-])(?=[^\s])")


def matplotlib_fonts() -> Path:
    """The folder of the fonts inside matplotlib's wheel."""
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("matplotlib is not installed")
    return Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"


class Fitting:
    """Makes texts fit for the fonts, and remembers what could not be set."""

    def __init__(self) -> None:
        self.missing: set[str] = set()
        self.upright: set[str] = set()
        self.of_one_weight: set[str] = set()
        self._fitted: dict[str, str] = {}

    def fit(self, text: str) -> str:
        """The text in composed form, on one line; what no font has becomes a white square."""
        if text not in self._fitted:  # names and titles come again and again
            composed = unicodedata.normalize("NFC", clean(text))
            glyphs = "".join(map(self._glyph, " ".join(_words(composed))))
            self._fitted[text] = _SPAN.sub(rf"{JOINER}\1{JOINER}", _breakable(glyphs))
        return self._fitted[text]

    def fit_lines(self, text: str) -> str:
        """The same with its lines kept."""
        lines = unicodedata.normalize("NFC", clean(text)).expandtabs(4).split("\n")
        return "\n".join(_breakable("".join(map(self._glyph, line))) for line in lines)

    def styles(self) -> dict[str, str]:
        """Regular expressions for the letters met that have no italics, and for those that have no bold."""
        return {"upright": _any_of(self.upright), "of-one-weight": _any_of(self.of_one_weight)}

    def _glyph(self, character: str) -> str:
        any_style, upright = coverage()
        point = ord(character)
        if unicodedata.category(character) == "Co":
            return ""  # an archive may hold no character of private meaning, though fonts have some
        if point in any_style:
            return character
        if point in upright:
            self.upright.add(character)
            return character
        if _is_ignorable(character):
            return ""
        if point in han.han_points():
            self.upright.add(character)
            self.of_one_weight.add(character)
            return character
        self.missing.add(character)
        return MISSING


def _any_of(characters: Iterable[str]) -> str:
    """A regular expression that fits these characters and no other; '' for none."""
    points = "".join(f"\\x{{{ord(character):x}}}" for character in sorted(characters))
    return f"[{points}]+" if points else ""


def remarks_on(missing: Sequence[str]) -> tuple[str, ...]:
    """What a report says of characters, by name, that no font has."""
    if not missing:
        return ()
    remark = f"no font has {', '.join(missing)}; each is set as {MISSING}"
    lacks_extra = han.han_font() is None and any(map(han.is_named_east_asian, missing))
    return (f"{remark}. {BRINGS_HAN}" if lacks_extra else remark,)


def font_folders() -> list[Path]:
    """The folders of the fonts to be set in, beside those inside typst."""
    extra = han.han_font()
    return [matplotlib_fonts(), *([extra.parent] if extra else [])]


@cache
def coverage() -> tuple[frozenset[int], frozenset[int]]:
    """The code points that can be set in every style, and those that can be set upright only."""
    known = json.loads(files("demarche.rendering").joinpath("fonts.json").read_text(encoding="utf-8"))
    return _points(known["any style"]), _points(known["upright only"])


def _points(ranges: Iterable[str]) -> frozenset[int]:
    points: set[int] = set()
    for text in ranges:
        first, _, last = text.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(points)


def _words(text: str) -> list[str]:
    """Words, with what stands at the ends kept as one space."""
    return re.split(r"[ \t\n\v\f\u2028\u2029]+", text)


def _is_ignorable(character: str) -> bool:
    """Whether a character shows nothing of its own: joiners, selectors, directional marks."""
    is_selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return is_selector or unicodedata.category(character) in {"Cf", "Cc"}


def _breakable(text: str) -> str:
    """The text with places to break long unbroken strings at: after punctuation, else every few letters."""
    return _LONG.sub(lambda token: _broken(token[0]), text)


def _broken(token: str) -> str:
    parts = [part for part in _AFTER.split(token) if part]
    step = LONGEST_TOKEN // 2
    return BREAK.join(
        BREAK.join(part[at : at + step] for at in range(0, len(part), step))
        if len(part) > LONGEST_TOKEN
        else part
        for part in parts
    )
