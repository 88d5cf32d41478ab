"""Phrases of the lexicons, found in the words of a sentence all at once.

A phrase is a row of words: `word*` any ending, `a|b` either, `~` up to three words, `_` one word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from demarche.readers.rules.lexicons import lexicon

LEXICONS = ("positions", "speech", "assertion")
GAP = 3
EXCLUSIVE = frozenset(
    ("open", "accept", "refuse", "ridicule", "silence", "give_up", "ask", "must", "cond", "neg")
)
"""Kinds of which a longer phrase hides a shorter one that it overlaps; a negation hides none."""


class Found(NamedTuple):
    """A phrase at tokens `first` up to `last`: its kind, and which of the kind's senses it has (from 1)."""

    kind: str
    first: int
    last: int
    sense: int = 0


class Word(NamedTuple):
    """One place of a phrase: the words that may stand there, and beginnings of words."""

    exact: frozenset[str]
    stems: tuple[str, ...]

    def fits(self, word: str) -> bool:
        """Whether a word of a sentence (lower case) may stand here."""
        return (
            word in self.exact
            or (bool(self.stems) and word.startswith(self.stems))
            or not (self.exact or self.stems)
        )


Entry = tuple[str, int, tuple["Word | None", ...]]


class Entries:
    """Phrases that begin with a word: those of one word, and longer ones by their second word.

    `others` have a second word that stands for many; they are among those of each second word, too.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.alone: list[tuple[str, int]] = []
        self.others: list[Entry] = []
        by_second: dict[str, list[Entry]] = defaultdict(list)
        for kind, sense, phrase in entries:
            second = phrase[1] if len(phrase) > 1 else None
            if len(phrase) == 1:
                self.alone.append((kind, sense))
            elif second and second.exact and not second.stems:
                for word in second.exact:
                    by_second[word].append((kind, sense, phrase))
            else:
                self.others.append((kind, sense, phrase))
        self.longer = {word: [*found, *self.others] for word, found in by_second.items()}
        self.before_any = bool(self.alone or self.others)

    def longest(self, words: Sequence[str], place: int, following: str) -> list[tuple[str, tuple[int, int]]]:
        """Kind, with end and sense, of the longest phrase of each kind that stands at a place."""
        longest: dict[str, tuple[int, int]] = {}
        for kind, sense, last in self._ends(words, place, following):
            longest[kind] = max(longest.get(kind, (0, 0)), (last, sense))
        return sorted(longest.items())

    def _ends(self, words: Sequence[str], place: int, following: str) -> Iterator[tuple[str, int, int]]:
        """Kind, sense and end of each phrase that stands at a place of a sentence."""
        for kind, sense in self.alone:
            yield kind, sense, place + 1
        for kind, sense, phrase in self.longer.get(following, self.others):
            if last := _reach(phrase, 1, words, place + 1):
                yield kind, sense, last


class PhraseFinder:
    """Finds phrases of many kinds in a sentence; a phrase inside a longer one of its kind is not reported."""

    def __init__(self, phrases: Iterable[tuple[str, int, str]]) -> None:
        self._exact: dict[str, list[Entry]] = defaultdict(list)
        self._stems: dict[str, list[Entry]] = defaultdict(list)
        for kind, sense, phrase in phrases:
            words = tuple(_word(piece) for piece in phrase.split())
            first = words[0]
            assert first is not None
            for exact in first.exact:
                self._exact[exact].append((kind, sense, words))
            for stem in first.stems:
                self._stems[stem].append((kind, sense, words))
        self._lengths = sorted({len(stem) for stem in self._stems})
        self._beginning = lru_cache(maxsize=16384)(self._entries)

    def find(self, words: Sequence[str]) -> list[Found]:
        """Every phrase in the sentence's words (lower case), in order."""
        found: list[Found] = []
        reached: dict[str, int] = {}
        for place, (word, following) in enumerate(zip(words, (*words[1:], ""), strict=True)):
            entries = self._beginning(word)
            if entries and (entries.before_any or following in entries.longer):
                for kind, (last, sense) in entries.longest(words, place, following):
                    if last > reached.get(kind, 0):
                        found.append(Found(kind, place, last, sense))
                    reached[kind] = last
        return _without_weaker(found)

    def _entries(self, word: str) -> Entries | None:
        """The phrases that may begin with a word."""
        found = list(self._exact.get(word, ()))
        for length in self._lengths:
            found += self._stems.get(word[:length], ()) if len(word) >= length else ()
        return Entries(found) if found else None


@lru_cache(maxsize=8)
def phrase_finder(added: tuple[tuple[str, str], ...] = ()) -> PhraseFinder:
    """The finder of all phrases of the lexicons, and of those added (kind, phrase)."""
    own = (
        (kind, number, str(phrase))
        for name in LEXICONS
        for kind, senses in lexicon(name).items()
        for number, sense in enumerate(senses, 1)
        for phrase in sense["phrases"]
    )
    return PhraseFinder(chain(own, ((kind, 1, phrase) for kind, phrase in added)))


def _word(piece: str) -> Word | None:
    if piece == "~":
        return None
    parts = [] if piece == "_" else piece.lower().strip('"').split("|")
    return Word(
        frozenset(part for part in parts if not part.endswith("*")),
        tuple(part[:-1] for part in parts if part.endswith("*")),
    )


def _reach(phrase: tuple[Word | None, ...], element: int, words: Sequence[str], place: int) -> int:
    """Where the rest of a phrase ends that goes on at `place`; 0 where it does not stand there."""
    for number in range(element, len(phrase)):
        word = phrase[number]
        if word is None:
            ends = (_reach(phrase, number + 1, words, place + skip) for skip in range(GAP + 1))
            return next((end for end in ends if end), 0)
        if place >= len(words) or not word.fits(words[place]):
            return 0
        place += 1
    return place


def _without_weaker(found: list[Found]) -> list[Found]:
    """Phrases that say a position, where none overlaps a longer one: "no objection" is no "objection"."""
    stances = [one for one in found if one.kind in EXCLUSIVE]
    if len(stances) < 2:
        return found
    weak, strong = set(), list[Found]()
    for one in sorted(stances, key=lambda one: one.first - one.last):
        if any(_overlaps_longer(one, other) for other in strong):
            weak.add(one)
        elif one.kind != "neg":
            strong.append(one)
    return [one for one in found if one not in weak]


def _overlaps_longer(one: Found, other: Found) -> bool:
    is_longer = other.last - other.first > one.last - one.first
    return is_longer and one.first < other.last and other.first < one.last
