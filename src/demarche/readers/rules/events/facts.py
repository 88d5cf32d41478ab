"""What is known of a date and the sentence it stands in, when it is asked whether an event has that date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from demarche.readers.rules.dates.expressions import DateExpression
from demarche.readers.rules.dates.published import Published
from demarche.readers.rules.dates.words import lexicon

WORD = re.compile(r"[^\W\d_]+(?:[-‐‑\u00ad]\n?[a-z]+)*")
JOINT = re.compile(r"[-‐‑\u00ad]\n?")
STRONG = re.compile(r"[;:–—]|(?<=\w)\s-\s|[“”\"]")
OPENING = re.compile(r"[\s,;:.)–—\"“”(•*·-]*(?:(?:and|but|or|so|yet)\s+)?", re.IGNORECASE)
WEAK = re.compile(
    r",\s+(?=(?:and|but|or|while|which|who|whose|when|where|after|before|because|although|though|so|yet|as|since|if)\b)"
    r"|\s(?=(?:but|while|which|whose|because|although|though|if|unless|whether)\b)"
)


@cache
def event_words(name: str) -> frozenset[str]:
    """A list of words of lexicon/events.yaml."""
    return frozenset(map(str, lexicon("events")[name]))


@lru_cache(maxsize=256)
def words_of(text: str) -> list[str]:
    """The words of a text in lower case; those broken by a hyphen are whole, the month May is left out.

    Kept for the stretches read last, as many questions are asked of them; callers do not change it.
    """
    words = WORD.findall(text)
    return [(word if word.isalpha() else JOINT.sub("", word)).lower() for word in words if word != "May"]


@dataclass(frozen=True)
class Facts:
    """A date in its sentence: where clause and sentence begin and end, and when the text was published."""

    text: str
    date: DateExpression
    sentence: tuple[int, int]
    kind: str
    is_question: bool
    published: Published | None
    with_other_dates: bool
    opens_text: bool

    @cached_property
    def clause(self) -> tuple[int, int]:
        """The clause of the sentence in which the date stands."""
        return clause_around(self.text, self.sentence, self.date.start, self.date.end)

    @cached_property
    def words(self) -> list[str]:
        """The words of the clause."""
        return words_of(self.text[slice(*self.clause)])

    @cached_property
    def words_before(self) -> list[str]:
        """The words of the sentence before the date."""
        return words_of(self.text[self.sentence[0] : self.date.start])

    @cached_property
    def words_after(self) -> list[str]:
        """The words of the sentence behind the date."""
        return words_of(self.text[self.date.end : self.sentence[1]])

    @property
    def clause_words_before(self) -> list[str]:
        """The words of the clause before the date."""
        return words_of(self.text[self.clause[0] : self.date.start])

    @cached_property
    def sentence_words(self) -> list[str]:
        """The words of the sentence."""
        return words_of(self.text[slice(*self.sentence)])

    @property
    def word_after(self) -> str:
        """The word right behind the date; '' where a mark follows."""
        match = re.match(r"\s*(\w+)", self.text[self.date.end : self.sentence[1]])
        return match.group(1).lower() if match else ""

    @cached_property
    def own_words(self) -> list[str]:
        """The words of the date itself."""
        return words_of(self.text[self.date.start : self.date.end])


def clause_around(text: str, sentence: tuple[int, int], start: int, end: int) -> tuple[int, int]:
    """The stretch between two marks or conjunctions that holds a date and enough words to say something."""
    begin, close = sentence
    if not begin <= start < close:
        return trimmed(text, begin, close)
    end = min(end, close)
    cuts = [m.end() for m in STRONG.finditer(text, begin, close)] + [
        m.end() for m in WEAK.finditer(text, begin, close)
    ]
    cuts = sorted({begin, close, *cuts})
    before = [cut for cut in cuts if cut <= start]
    after = [cut for cut in cuts if cut >= end]
    left, right = len(before) - 1, 0
    while _is_thin(text[before[left] : after[right]], text[start:end]) and (
        left > 0 or right < len(after) - 1
    ):
        left, right = (left - 1, right) if left > 0 else (left, right + 1)
    return trimmed(text, before[left], after[right])


def _is_thin(clause: str, date: str) -> bool:
    """Whether a stretch has too few words besides its date to tell of an event."""
    return len(words_of(clause)) - len(words_of(date)) < 4


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A range without blanks, opening conjunctions, and closing marks."""
    if opening := OPENING.match(text, start, end):
        start = min(opening.end(), end - 1)
    while end > start + 1 and text[end - 1] in ' \n\t,;:–—"“”.!?-(':
        end -= 1
    return start, end
