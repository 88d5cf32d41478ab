"""Words of a sentence as they are compared: without case, in one encoding, with what stands between them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u20d0-\u20ff\u00ad\u200c\u200d"
)
WORD = re.compile(rf"(?:\d+[.,](?=\d))*[\w{_MARKS}]+")
_INVISIBLE = re.compile("[\u00ad\u200c\u200d]")
QUOTES = str.maketrans("“”„‟«»＂‘’‚‛ʼ＇`´", '"""""""' + "'" * 8)
_HYPHENS = str.maketrans("‐‑‒–", "----")


class Words:
    """A sentence split into words once: their places, and how they are compared."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = list(WORD.finditer(text))
        self.starts = [match.start() for match in found]
        self.ends = [match.end() for match in found]
        self.forms = [word_form(match.group()) for match in found]
        self.places: dict[str, list[int]] = defaultdict(list)
        for place, form in enumerate(self.forms):
            self.places[form].append(place)

    def gap(self, place: int) -> str:
        """What stands between a word and the next, as phrases compare it."""
        return gap_form(self.text[self.ends[place] : self.starts[place + 1]])


def word_form(word: str) -> str:
    """A word as words are compared: NFC, without case or invisible hyphens.

    >>> word_form("E\u0301tat")
    'état'
    """
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", word)).casefold()


def gap_form(text: str) -> str:
    """What stands between two words, in one spelling.

    Quotation marks are left out and the hyphen of a broken line is a hyphen; a dash between spaces stays one.
    """
    if text == " ":
        return text
    text = re.sub(r"\s+", " ", text.translate(QUOTES).translate(_HYPHENS).replace('"', ""))
    if text != "'":
        text = text.replace("'", "") or " "
    return "-" if text == "- " else re.sub(" +", " ", text)
