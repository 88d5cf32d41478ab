"""Finds a quotation again in a text that may have shifted: at words equal to it, or not at all.

A quotation that stands where it should stays there. Else, in this order: it stands in the text once; or
the quotations around it say where it has gone; or, where nothing is around, one place is plainly the
nearest. Where the exact words are nowhere, words count as equal that differ only in white space, in the
shape of quotation marks or in how accents are encoded. What remains is lost or ambiguous, and said to be.
Nothing here reads or writes.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from demarche.inputs.words import QUOTES

PLAINLY_NEARER = 3
"""How many times nearer than the next one a place must be to be taken for its nearness alone."""

Range = tuple[int, int]


class Claim(NamedTuple):
    """A quotation, and where it is said to stand; None for what is not said.

    `occurrence` counts, from 1, the places where the words stand.
    """

    quote: str
    start: int | None = None
    end: int | None = None
    occurrence: int | None = None


class Lost(NamedTuple):
    """A quotation that cannot be placed, and why."""

    reason: str


@dataclass(frozen=True)
class Landmark:
    """A quotation that was found: where it was said to stand, and where it stands."""

    said: int
    found: int


def find_places(text: str, claims: Sequence[Claim]) -> list[Range | Lost]:
    """Where each quotation stands, in the order of the claims.

    >>> find_places("New words. The pier stays open.", [Claim("The pier stays", 0, 14), Claim("gone", 3, 7)])
    [(11, 25), Lost(reason='stands nowhere')]
    """
    places = [_certain(text, claim) for claim in claims]
    landmarks = sorted(
        (
            Landmark(claim.start, place[0])
            for claim, place in zip(claims, places, strict=True)
            if place is not None and claim.start is not None
        ),
        key=lambda landmark: (landmark.said, landmark.found),
    )
    view = _View(text)
    return [place or _find(text, claim, landmarks, view) for claim, place in zip(claims, places, strict=True)]


def find_alike(text: str, quote: str) -> list[Range]:
    """Every place where the words stand exactly, or else where only white space and marks differ."""
    return occurrences(text, quote) or _View(text).occurrences(quote)


def occurrences(text: str, quote: str) -> list[Range]:
    """Every place where the words stand exactly."""
    found, at = [], text.find(quote) if quote else -1
    while at >= 0:
        found.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    return found


def _certain(text: str, claim: Claim) -> Range | None:
    """The place where a quotation stands as said, or the only one where it stands."""
    if claim.start is not None and claim.quote and text.startswith(claim.quote, claim.start):
        return claim.start, claim.start + len(claim.quote)
    found = occurrences(text, claim.quote)
    return found[0] if len(found) == 1 and claim.occurrence in (None, 1) else None


def _find(text: str, claim: Claim, landmarks: list[Landmark], view: _View) -> Range | Lost:
    found = occurrences(text, claim.quote) or view.occurrences(claim.quote)
    if not found:
        return Lost("stands nowhere")
    if claim.occurrence is not None and claim.start is None:
        if 1 <= claim.occurrence <= len(found):
            return found[claim.occurrence - 1]
        return Lost(f"stands there {len(found)} times, not {claim.occurrence}")
    if len(found) == 1:
        return found[0]
    if claim.start is None:
        return Lost(f"stands there {len(found)} times: say where it begins (start)")
    chosen = _chosen(found, claim.start, landmarks)
    starts = ", ".join(str(start) for start, _ in found[:5])
    return chosen or Lost(f"stands there {len(found)} times (from {starts}), and none is plainly meant")


def _chosen(found: list[Range], said: int, landmarks: list[Landmark]) -> Range | None:
    """The place that the quotations around it, or else its nearness, single out."""
    at = bisect_left(landmarks, said, key=lambda landmark: landmark.said)
    before, after = landmarks[at - 1] if at else None, landmarks[at] if at < len(landmarks) else None
    expected = {each.found + said - each.said for each in (before, after) if each}
    there = [place for place in found if place[0] in expected]
    if expected:
        low, high = before.found if before else 0, after.found if after else found[-1][0]
        between = [place for place in found if low <= place[0] <= high]
        return (_only(there) if len(expected) == 1 or len(there) == 1 else None) or _only(between)
    nearest, next_one = sorted(found, key=lambda place: abs(place[0] - said))[:2]
    is_plain = abs(next_one[0] - said) >= PLAINLY_NEARER * abs(nearest[0] - said)
    return nearest if is_plain else None


def _only(places: list[Range]) -> Range | None:
    return places[0] if len(places) == 1 else None


class _View:
    """A text in one spelling, with the way back: made when it is first needed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._spelling: tuple[str, list[int]] | None = None

    def occurrences(self, quote: str) -> list[Range]:
        """Every place of the text whose one spelling is that of the quotation."""
        if self._spelling is None:
            self._spelling = _one_spelling(self.text)
        spelled, places = self._spelling
        wanted = _one_spelling(quote)[0].strip()
        found = []
        for first, after in occurrences(spelled, wanted):
            start, end = places[first], places[after - 1] + 1
            begins = first == 0 or places[first - 1] < start
            ends = after == len(places) or (
                places[after] >= end and not unicodedata.combining(spelled[after])
            )
            if begins and ends:
                found.append((start, end))
        return found


def _one_spelling(text: str) -> tuple[str, list[int]]:
    """A text with single spaces, straight quotation marks and decomposed accents; each place's origin."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text.translate(QUOTES)):
        if not character.isspace():
            pieces = character if character.isascii() else unicodedata.normalize("NFD", character)
        elif characters and characters[-1] == " ":
            continue
        else:
            pieces = " "
        characters.extend(pieces)
        places.extend([place] * len(pieces))
    return "".join(characters), places
