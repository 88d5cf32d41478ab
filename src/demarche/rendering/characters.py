"""Characters that no page may carry, and the one way to take them out."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

# Controls (but not tab and newline), and what reorders the text around it: bidirectional embeddings,
# overrides and isolates, which could make a quotation read as something else. Not characters at all:
# U+FFFE, U+FFFF and their like.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """`text` without controls and bidirectional overrides; a lone surrogate becomes U+FFFD."""
    return _HARMFUL.sub("", _SURROGATE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")))


LEFT_TO_RIGHT = "\u200e"
_TO_THE_LEFT, _STRONG = frozenset({"R", "AL"}), frozenset({"L", "R", "AL"})


def is_rtl(text: str) -> bool:
    """Whether a text is read from right to left: whether its first letter is, and at least half of them.

    An English sentence may begin with a name in other letters.

    >>> is_rtl("3 מאי"), is_rtl("May, מאי"), is_rtl("מאי comes after April")
    (True, False, False)
    """
    letters = [one for one in map(unicodedata.bidirectional, text) if one in _STRONG]
    n_to_the_left = sum(one in _TO_THE_LEFT for one in letters)
    return bool(letters) and letters[0] in _TO_THE_LEFT and 2 * n_to_the_left >= len(letters)


def closed(text: str) -> str:
    """A name for a line read from left to right: what follows it is kept from joining its direction."""
    if any(unicodedata.bidirectional(character) in _TO_THE_LEFT for character in text):
        return text + LEFT_TO_RIGHT
    return text


def cleaned(tree: Any) -> Any:
    """A copy of a tree of dicts, lists and strings with every string clean."""
    if isinstance(tree, str):
        return clean(tree)
    if isinstance(tree, dict):
        return {key: cleaned(value) for key, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [cleaned(value) for value in tree]
    return tree


def named(character: str) -> str:
    """A character as a person can look it up: `U+4E2D CJK UNIFIED IDEOGRAPH-4E2D`."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'without a name')}"
