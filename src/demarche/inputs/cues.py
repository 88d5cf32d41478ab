"""Cues: what an analyst writes to say which words point to a demand.

A cue is a row of terms; all must occur in one sentence, in any order::

    expan*|enlarg* nato          a word beginning "expan" or "enlarg", and "nato"
    "open door"|free choice      the exact phrase or "free", and "choice"

`*` at the end of a word stands for any ending, `|` means either, double quotes hold an exact phrase (which
may be an alternative, and may use `*` too). Case does not count; straight and curly quotation marks are the
same; an accent counts, however it is encoded. A word is found as a whole, and before an apostrophe:
`guild` is found in "the guild's offer"; `guild's` only there. In a phrase, and in a word with a hyphen,
a hyphen and a space are the same: `phase-out` finds "phase out", `"open door"` finds "open-door" and
'the "open" door'. Other punctuation inside a phrase must be there as written.

Use::

    cue = parse_cue('"open door"|membership nato*')     # CueError where it cannot match
    cue.find("NATO keeps its open door.")               # [(0, 4), (15, 24)], one range per term; or None

    finder = CueFinder({"open-door": demand.cues, …})    # many cues at once: use this in a reader
    for hit in finder.find(words_of(sentence)):          # hit.key, hit.cue, hit.ranges

`words_of` splits a sentence once for any number of cues. Ranges count characters of the sentence given.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from demarche.inputs.words import QUOTES, WORD, Words, gap_form, word_form

Range = tuple[int, int]

_LOOSE = {" ", "-"}
_TOKEN = re.compile(r'"(?P<phrase>[^"]*)"|(?P<either>\s*\|\s*)|(?P<space>\s+)|(?P<word>[^\s|"]+)')
_OUTSIDE = ",;:!?()[]{}"
EVERYWHERE = frozenset(("the", "a", "an", "of", "to", "and", "in"))
"""Words that nearly every sentence has; a cue of these alone says nothing of a demand."""


class CueError(ValueError):
    """A cue that can match nothing, or not what its author meant."""


@dataclass(frozen=True)
class Phrase:
    """One alternative of a term: a word, or several in a row.

    `gaps[i]` is what stands before `words[i + 1]`; `endings[i]` says that `words[i]` may end in any way.
    """

    words: tuple[str, ...]
    endings: tuple[bool, ...]
    gaps: tuple[str, ...] = ()

    def ranges(self, sentence: Words) -> list[Range]:
        """Every place in the sentence where it stands."""
        last = len(self.words) - 1
        return [
            (sentence.starts[place], sentence.ends[place + last])
            for place in self._candidates(sentence)
            if self._stands_at(place, sentence)
        ]

    def _candidates(self, sentence: Words) -> Sequence[int]:
        first = self.words[0]
        if not self.endings[0]:
            return sentence.places.get(first, ())
        return [place for place, form in enumerate(sentence.forms) if form.startswith(first)]

    def _stands_at(self, place: int, sentence: Words) -> bool:
        if place + len(self.words) > len(sentence.forms):
            return False
        return all(
            _same_gap(gap, sentence.gap(place + i))
            and (
                sentence.forms[place + i + 1].startswith(word)
                if ending
                else sentence.forms[place + i + 1] == word
            )
            for i, (gap, word, ending) in enumerate(
                zip(self.gaps, self.words[1:], self.endings[1:], strict=True)
            )
        )


@dataclass(frozen=True)
class Term:
    """One part of a cue: at least one of its alternatives must occur."""

    alternatives: tuple[Phrase, ...]

    def ranges(self, sentence: Words) -> list[Range]:
        """Every place where one of the alternatives stands, in the order of the text."""
        return sorted({place for phrase in self.alternatives for place in phrase.ranges(sentence)})


@dataclass(frozen=True)
class Cue:
    """A parsed cue; `text` is what was written."""

    text: str
    terms: tuple[Term, ...]

    def find(self, sentence: str | Words) -> list[Range] | None:
        """One range per term, those nearest to each other, in the order of the text; None if one is missing.

        >>> parse_cue("expan*|enlarg* nato").find("NATO will not expand; NATO stays.")
        [(14, 20), (22, 26)]
        """
        words = words_of(sentence) if isinstance(sentence, str) else sentence
        found = []
        for term in self.terms:
            ranges = term.ranges(words)
            if not ranges:
                return None
            found.append(ranges)
        return _nearest(found)


class Hit(NamedTuple):
    """A cue that was found: whose it is (`key`), which one, and where its terms stand."""

    key: str
    cue: Cue
    ranges: list[Range]


class CueFinder:
    """Finds many cues at once: only those are tried whose words occur in the sentence."""

    def __init__(self, cues: Mapping[str, Sequence[str]]) -> None:
        self.cues = [(key, parse_cue(text)) for key, texts in cues.items() for text in texts]
        self._first: dict[tuple[str, bool], set[tuple[int, int]]] = defaultdict(set)
        for number, (_, cue) in enumerate(self.cues):
            for place, term in enumerate(cue.terms):
                for phrase in term.alternatives:
                    self._first[phrase.words[0], phrase.endings[0]].add((number, place))
        self._stems = {length: set[str]() for length in {len(w) for w, ending in self._first if ending}}
        for word, ending in self._first:
            if ending:
                self._stems[len(word)].add(word)
        self._terms = lru_cache(maxsize=16384)(self._terms_of)

    def find(self, sentence: str | Words) -> list[Hit]:
        """Every cue found in the sentence, in the order in which the cues were given."""
        words = words_of(sentence) if isinstance(sentence, str) else sentence
        seen: dict[int, set[int]] = defaultdict(set)
        for form in words.places:
            for number, place in self._terms(form):
                seen[number].add(place)
        hits = []
        for number in sorted(seen):
            key, cue = self.cues[number]
            if len(seen[number]) == len(cue.terms) and (ranges := cue.find(words)):
                hits.append(Hit(key, cue, ranges))
        return hits

    def _terms_of(self, form: str) -> Set[tuple[int, int]]:
        """The terms of cues that may begin with a word: numbers of cue and term."""
        terms = set(self._first.get((form, False), ()))
        for length, stems in self._stems.items():
            if (stem := form[:length]) in stems:
                terms |= self._first[stem, True]
        return terms


def words_of(sentence: str) -> Words:
    """A sentence split into words, for any number of cues."""
    return Words(sentence)


@lru_cache(maxsize=4096)
def parse_cue(text: str) -> Cue:
    """The cue that a text writes; CueError says why it cannot match."""
    pieces = _pieces(unicodedata.normalize("NFC", text).translate(QUOTES).strip())
    if not pieces:
        raise CueError("is empty, expected at least one word")
    cue = Cue(text, tuple(Term(tuple(_phrase(piece) for piece in term)) for term in pieces))
    if all(any(EVERYWHERE.issuperset(each.words) for each in term.alternatives) for term in cue.terms):
        raise CueError("would match nearly every sentence; it needs a word that tells the demand from others")
    return cue


def _pieces(text: str) -> list[list[str]]:
    """The alternatives of each term, as written; a phrase has lost its quotation marks."""
    if text.count('"') % 2:
        raise CueError("has a double quotation mark without its partner")
    terms: list[list[str]] = []
    before = "space"
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        if kind == "either":
            _check_either(before, terms)
        elif kind != "space":
            if before in {"word", "phrase"}:
                raise CueError(f"{match.group()!r} touches what stands before it: put a space or | between")
            if before != "either":
                terms.append([])
            terms[-1].append(match.group(kind))
        before = kind
    if before == "either":
        _check_either(before, terms)
    return terms


def _check_either(before: str, terms: list[list[str]]) -> None:
    if before == "either" or not terms:
        raise CueError("has an empty alternative: | needs a word on either side")


def _phrase(piece: str) -> Phrase:
    if not piece.strip():
        raise CueError("has an empty phrase: two double quotation marks with nothing between")
    if set(piece) <= {"*", " "}:
        raise CueError("has a * without a word before it; it would match every sentence")
    if re.search(r"(?<![^\W])\*|\*\w", piece):
        raise CueError(f"{piece!r} has a * that is not at the end of a word")
    found = list(WORD.finditer(piece))
    if not found:
        raise CueError(f"{piece!r} has no letter or digit, so it can match nothing")
    if piece.strip()[0] in _OUTSIDE or piece.strip("* ")[-1] in _OUTSIDE:
        raise CueError(f"{piece!r} begins or ends with punctuation; only words can be found")
    endings = tuple(piece[match.end() : match.end() + 1] == "*" for match in found)
    gaps = tuple(gap_form(piece[one.end() : two.start()].replace("*", "")) for one, two in pairwise(found))
    return Phrase(tuple(word_form(match.group()) for match in found), endings, gaps)


def _same_gap(one: str, two: str) -> bool:
    return one == two or (one in _LOOSE and two in _LOOSE)


def _nearest(found: list[list[Range]]) -> list[Range]:
    """One range of each list, so that together they span as little as may be."""
    if all(len(ranges) == 1 for ranges in found):
        return sorted({ranges[0] for ranges in found})
    best: list[Range] = []
    for start in sorted({place for ranges in found for place in ranges}):
        chosen = []
        for ranges in found:
            at = bisect_left(ranges, start)
            if at == len(ranges):
                return best
            chosen.append(ranges[at])
        if not best or _span(chosen) < _span(best):
            best = sorted(set(chosen))
    return best


def _span(ranges: list[Range]) -> int:
    return max(end for _, end in ranges) - min(start for start, _ in ranges)
