"""Figures that a text tells: a number, what it counts, how it is limited, and who says so.

Nothing is proposed from what is only supposed, asked or foretold, nor from dates, ordinals and names. What a
number counts stands in the words behind it; a number without such words is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from demarche.documents import Document
from demarche.readers.rules.dates.expressions import find_expressions
from demarche.readers.rules.lexicons import lexicon, words_of
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.sentences import Sentence
from demarche.readers.rules.tellers.speech import Voice
from demarche.records import AUTHOR, Quantity

DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
MODIFIERS = 2
"""So many words may stand between a number and the noun that it counts."""
TAIL = 5
"""So many words behind that noun are taken into the name of what is counted."""
BEGIN_FRACTIONS = frozenset(("a", "half"))
SMALL = words_of("grammar", "stopwords")
NOT_BETWEEN = SMALL - {"more", "other", "further"}
"""Small words that do not stand between a number and the noun that it counts."""
ENDS = words_of("quantities", "ends") | words_of("grammar", "breaks_a_clause")
CONFIDENCE = {"digits": 0.88, "words": 0.67, "fraction": 0.33}
"""How often a figure so written was right (tests/disputes/README.md); of fractions there were nine."""


class Number(NamedTuple):
    """A number at tokens `first` up to `last`, how it is written, and the unit that is written with it."""

    first: int
    last: int
    value: Decimal
    form: str
    unit: str = ""


class Counted(NamedTuple):
    """What a number counts: its noun, and the words from `first` up to `last` that name it."""

    unit: str
    first: int
    last: int


def find_quantities(document: Document, scene: Scene) -> list[Quantity]:
    """The figures of a document in the order of the text, each value of a unit once for each speaker."""
    dates = [(date.start, date.end) for date in find_expressions(document.text, document.published)]
    found: dict[tuple[str, str, str], Quantity] = {}
    for sentence in scene.sentences:
        if sentence.kind == "text" and not sentence.is_question:
            for one in _of_sentence(document, scene, sentence, dates):
                found.setdefault((one.value, one.unit, one.speaker), one)
    return sorted(found.values(), key=lambda one: (one.start, one.end))


def _of_sentence(
    document: Document, scene: Scene, sentence: Sentence, dates: Sequence[tuple[int, int]]
) -> Iterator[Quantity]:
    voice = scene.voices[sentence.index]
    for number in _numbers(sentence):
        first, last = _clause(scene, sentence, number)
        counted = _counted(sentence, number)
        if counted is None or _is_imagined(sentence, first, last) or _is_dated(sentence, number, dates):
            continue
        start, end = sentence.tokens[first].start, sentence.tokens[last - 1].end
        speaker, attribution = _teller(voice, number)
        yield Quantity(
            doc_id=document.doc_id,
            start=start,
            end=end,
            quote=document.text[start:end],
            what=_named(sentence, counted),
            value=_in_digits(number.value),
            unit=counted.unit,
            precision=_precision(sentence, number),
            speaker=speaker,
            attribution=attribution,
            method="rules",
            confidence=CONFIDENCE[number.form],
        )


def _teller(voice: Voice, number: Number) -> tuple[str, str]:
    """Who tells a number, and how; what stands before a verb of speech is told by the text, unless quoted."""
    is_quoted = voice.quotes(number.first, number.last)
    is_told = is_quoted or voice.source != "frame" or number.first >= voice.frame[1]
    if not voice.speaker or not is_told:
        return AUTHOR, "narrator"
    return voice.speaker, "quoted" if is_quoted else "reported"


def _numbers(sentence: Sentence) -> Iterator[Number]:
    """Every number of a sentence that is written in digits, in words, or as a common fraction."""
    words, end = sentence.words, 0
    for place in [
        at for at, word in enumerate(words) if word in BEGIN_FRACTIONS or _simple(word) is not None
    ]:
        number = (_fraction(words, place) or _number(words, place)) if place >= end else None
        if number is None:
            continue
        if not (_is_part_of_a_name(sentence, number) or _points_back(words, number)):
            yield number
        end = number.last


def _fraction(words: Sequence[str], place: int) -> Number | None:
    if words[place] not in BEGIN_FRACTIONS or place + 2 >= len(words):
        return None
    last = place + 1 + (words[place] == "a")
    value = lexicon("quantities")["fractions"].get(words[last - 1])
    is_share = words[last] == "of" or (place and words[place - 1] == "by")
    return Number(place, last, Decimal(value), "fraction", "share") if value and is_share else None


def _number(words: Sequence[str], place: int) -> Number | None:
    value = _simple(words[place])
    if value is None:
        return None
    form = "digits" if words[place][0].isdigit() else "words"
    last, powers = place + 1, lexicon("quantities")["powers"]
    while last < len(words) and words[last] in powers:
        value, last = value * powers[words[last]], last + 1
    unit = lexicon("quantities")["currencies"].get(words[place - 1], "") if place else ""
    if words[place].endswith("%"):
        unit = "percent"
    return Number(place, last, value, form, unit)


@lru_cache(maxsize=16384)
def _simple(word: str) -> Decimal | None:
    """The value of one word, in digits (`3,100`, `3.8`, `61%`) or in letters (`twenty-nine`)."""
    if DIGITS.fullmatch(word.removesuffix("%")):
        return Decimal(word.removesuffix("%").replace(",", ""))
    numbers = lexicon("quantities")["numbers"]
    parts = word.split("-")
    if parts[-1] == "one" and len(parts) == 2 and parts[0] in numbers:
        return Decimal(numbers[parts[0]] + 1)
    if len(parts) <= 2 and all(part in numbers for part in parts):
        return Decimal(sum(numbers[part] for part in parts))
    return None


def _is_part_of_a_name(sentence: Sentence, number: Number) -> bool:
    """`Resolution 242`, `Article 5`; at the head of a sentence everything has a capital."""
    if number.form != "digits" or number.first < 2:
        return False
    before = sentence.tokens[number.first - 1].text
    return before[:1].isupper() and before.isalpha()


def _points_back(words: Sequence[str], number: Number) -> bool:
    """`the two ministries`, `the last ten years`: what the text has named, or a time."""
    before = words[max(0, number.first - 1) : number.first]
    if before and before[0] in words_of("quantities", "pointing"):
        return True
    return before == ("the",) and words[number.first] == "two"


def _counted(sentence: Sentence, number: Number) -> Counted | None:
    """The noun that a number counts, with what names it further; None where no noun is in reach."""
    words = sentence.words
    if number.unit:
        return Counted(number.unit, *_behind(words, number.last))
    if words[number.last : number.last + 2] == ("per", "cent"):
        return Counted("percent", *_behind(words, number.last))
    if words[number.last : number.last + 1] == ("-",) and number.last + 1 < len(words):
        noun = words[number.last + 1]
        return Counted(f"{noun}s", number.last, number.last) if noun.isalpha() else None
    for place in range(number.last, min(number.last + MODIFIERS + 1, len(words))):
        word = words[place]
        if not word.isalpha() or word in NOT_BETWEEN:
            return None
        if _is_plural(word):
            if word in words_of("quantities", "own") or _says_when(words, place):
                return None
            return Counted(word, number.last, _behind(words, place)[1])
    return None


def _says_when(words: Sequence[str], place: int) -> bool:
    """`three weeks ago`, `nine days before`: a time, and no span of it."""
    is_time = words[place] in words_of("quantities", "times")
    return is_time and bool(set(words[place + 1 : place + 2]) & words_of("quantities", "when"))


def _is_plural(word: str) -> bool:
    return word in words_of("quantities", "plurals") or (
        word.endswith("s") and not word.endswith(("ss", "us"))
    )


def _behind(words: Sequence[str], place: int) -> tuple[int, int]:
    """From a place to the end of what a preposition adds to it: at most TAIL words, none begins a clause."""
    last = place + 1
    if not set(words[place : place + 2]) & words_of("grammar", "prepositions"):
        return place, last
    while last < min(len(words), place + 1 + TAIL) and words[last].isalpha() and words[last] not in ENDS:
        last += 1
    return place, min(last, len(words))


def _named(sentence: Sentence, counted: Counted) -> str:
    """The words that name what is counted, without small words on either side; else the unit."""
    tokens = list(sentence.tokens[counted.first : counted.last])
    while tokens and tokens[-1].lower in SMALL:
        tokens.pop()
    while tokens and tokens[0].lower in SMALL:
        tokens.pop(0)
    return " ".join(token.text for token in tokens if token.text != "%") or counted.unit


def _clause(scene: Scene, sentence: Sentence, number: Number) -> tuple[int, int]:
    """The tokens of the clause in which a number stands; the sentence where none holds it."""
    for clause in scene.clauses[sentence.index]:
        if clause.first <= number.first < clause.last:
            return clause.first, max(clause.last, number.last)
    return 0, len(sentence.tokens)


def _is_imagined(sentence: Sentence, first: int, last: int) -> bool:
    return not words_of("quantities", "imagined").isdisjoint(sentence.words[first:last])


def _is_dated(sentence: Sentence, number: Number, dates: Sequence[tuple[int, int]]) -> bool:
    start, end = sentence.tokens[number.first].start, sentence.tokens[number.last - 1].end
    return any(first < end and start < last for first, last in dates)


def _precision(sentence: Sentence, number: Number) -> str:
    """How the words right before a number limit it."""
    before = " ".join(("", *sentence.words[max(0, number.first - 3) : number.first]))
    return next((limit for limit, phrases in _limits() if before.endswith(phrases)), "exact")


@cache
def _limits() -> list[tuple[str, tuple[str, ...]]]:
    """How a number may be limited, with the phrases that say so before it, a blank before each."""
    kinds = ("at_least", "at_most", "about")
    return [
        (
            kind.replace("_", " "),
            tuple(" " + phrase.replace("~", " ") for phrase in words_of("quantities", kind)),
        )
        for kind in kinds
    ]


def _in_digits(value: Decimal) -> str:
    """A value in digits without an exponent or empty decimals."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
