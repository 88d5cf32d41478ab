"""Where a model's quotation stands in its paragraph: at the same words, in one place, or not at all.

The exact words come first. Else words count as equal whose letters and digits are: quotation marks, dashes,
spaces, other punctuation, case, accents' encoding and hyphens at line ends do not count, a point or comma
inside a number does. Nothing is guessed: words that stand nowhere or in several places have no place.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from demarche.inputs.anchoring import occurrences

NOT_FOUND = "quotation not found in the text"
AMBIGUOUS = "quotation stands more than once in its paragraph"
ELSEWHERE = "quotation stands outside its paragraph"
_IN_NUMBER = re.compile(r"(?<=\d)[.,](?=\d)")


class Misplaced(NamedTuple):
    """A quotation that has no place, and why."""

    reason: str


def find_quotation(text: str, quote: str, within: tuple[int, int]) -> tuple[int, int] | Misplaced:
    """The one range inside `within` where the words stand; they begin and end with whole words.

    >>> find_quotation("No. “We won’t nego-\\ntiate”, he said.", 'we won\\'t negotiate"', (0, 36))
    (5, 25)
    """
    start, end = within
    found = _places(text[start:end], quote)
    if len(found) == 1:
        return start + found[0][0], start + found[0][1]
    if found:
        return Misplaced(AMBIGUOUS)
    return Misplaced(ELSEWHERE if _places(text, quote) else NOT_FOUND)


def find_words(text: str, words: str, within: tuple[int, int]) -> tuple[int, int] | None:
    """The first range where the words stand, inside `within` if they do, else anywhere."""
    start, end = within
    if found := _places(text[start:end], words):
        return start + found[0][0], start + found[0][1]
    return next(iter(_places(text, words)), None)


def _places(text: str, quote: str) -> list[tuple[int, int]]:
    """Every place of a text where the words stand whole: exactly, or else by letters and digits."""
    exact = [place for place in occurrences(text, quote.strip()) if _is_whole(text, place)]
    return exact or _alike(text, quote)


def _alike(text: str, quote: str) -> list[tuple[int, int]]:
    wanted, _ = _letters(quote)
    letters, origins = _letters(text)
    found = [
        (origins[at], origins[after - 1] + 1)
        for at, after in occurrences(letters, wanted)
        if (at == 0 or origins[at - 1] < origins[at])
        and (after == len(origins) or origins[after - 1] < origins[after])
    ]
    return [place for place in found if _is_whole(text, place)]


def _letters(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text in one encoding and case, and where each comes from."""
    numbers = {match.start() for match in _IN_NUMBER.finditer(text)}
    letters: list[str] = []
    origins: list[int] = []
    for place, character in enumerate(text):
        plain = (
            character.lower() if character.isascii() else unicodedata.normalize("NFKD", character).casefold()
        )
        for each in plain:
            if each.isalnum() or place in numbers:
                letters.append(each)
                origins.append(place)
    return "".join(letters), origins


def _is_whole(text: str, place: tuple[int, int]) -> bool:
    """Whether a range neither begins nor ends inside a word."""
    start, end = place
    return not (_joined(text, start) or _joined(text, end))


def _joined(text: str, at: int) -> bool:
    return 0 < at < len(text) and _is_letter(text[at - 1]) and _is_letter(text[at])


def _is_letter(character: str) -> bool:
    """Whether words go on at a character; letters without case (Han, Thai …) stand without spaces."""
    is_cased = character.isalnum() and unicodedata.category(character) != "Lo"
    return is_cased or unicodedata.combining(character) > 0
