"""Words of a damaged or sound text: each token keeps its place and carries its repaired form.

Nothing here changes a text. A word that a former line end broke with a hyphen is one token whose `text` is
whole and whose range covers the break; curly quotation marks become straight ones in `lower` only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache, partial
from typing import NamedTuple

TOKEN = re.compile(
    r"\s*+("
    r"[a-z]++(?=[ ,.])"  # most words, found at once
    r"|(?:[A-Z]\.){2,}|[^\W\d_]+n[’']t\b"  # initials, contractions
    r"|[^\W\d_]+(?:(?:[-‐‑](?:\s*\n\s*)?|\u00ad\n?|[’'](?=[^\W\d_]{3,}))[^\W\d_]+)*"  # words
    r"|\d+(?:[.,:/]\d+)*%?|[’'](?:s|S|ll|re|ve|d|m|t)\b|\.\.\.|[^\w\s]"
    r")"
)
JOINT = re.compile(r"[-‐‑](?:\s*\n\s*)?|\u00ad\n?")
BROKEN = re.compile(r"\b[^\W\d_]++(?:\u00ad|[-‐‑]\s*\n\s*|[-‐‑])[a-zà-ÿ]+")
WHOLE = re.compile(r"[^\W\d_]{4,}")
STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "—": "–"})
MOST_KEPT = 20000
SHARE_OF_A_SCAN = 0.025
"""From this share of words with a hyphen inside, a text counts as scanned: all its soft breaks are joined."""


class Token(NamedTuple):
    """A word, number or mark: its range in the text, its repaired form, and that form in lower case."""

    start: int
    end: int
    text: str
    lower: str


class Repair(NamedTuple):
    """How the hyphens of one text are to be read: `scanned` joins all, else only those of `joined` words."""

    scanned: bool
    joined: frozenset[str]


_token = partial(tuple.__new__, Token)


@lru_cache(maxsize=4)
def find_tokens(text: str) -> Sequence[Token]:
    """The words of a text in order; kept for the texts read last, as sentences and dates both ask.

    >>> [token.text for token in find_tokens("The sched-\\nule’s late.")]
    ['The', 'schedule', '’s', 'late', '.']
    """
    forms = _forms(repair_of(text))
    return [_token(match.span(1) + forms[match[1]]) for match in TOKEN.finditer(text)]


class _Forms(dict[str, tuple[str, str]]):
    """By word as it stands in texts of one repair: repaired, and in lower case too; found when first met."""

    def __init__(self, repair: Repair) -> None:
        super().__init__()
        self._repair = repair

    def __missing__(self, word: str) -> tuple[str, str]:
        whole = _whole(word, self._repair) if len(word) > 2 and not word.isalpha() else word
        plain = whole if whole.isascii() else whole.translate(STRAIGHT)
        if len(self) >= MOST_KEPT:
            self.clear()
        forms = self[word] = whole, plain.lower()
        return forms


_forms = lru_cache(maxsize=8)(_Forms)


def repair_of(text: str) -> Repair:
    """Whether a text is scanned, and which of its broken words are elsewhere whole."""
    broken = BROKEN.findall(text)
    scanned = len(broken) > max(8, SHARE_OF_A_SCAN * text.count(" "))
    if not broken or scanned:
        return Repair(scanned, frozenset())
    lower = text.lower()
    joined = frozenset(word for word in map(_joined, broken) if word in lower)
    return Repair(False, joined and joined.intersection(WHOLE.findall(lower)))


def _joined(word: str) -> str:
    return JOINT.sub("", word).lower()


def _whole(word: str, repair: Repair) -> str:
    if not JOINT.search(word):
        return word
    if "\n" in word or "\u00ad" in word:
        return JOINT.sub("", word)
    pieces = JOINT.split(word)
    if not all(piece[:1].islower() for piece in pieces[1:]):
        return word
    return "".join(pieces) if repair.scanned or "".join(pieces).lower() in repair.joined else word
