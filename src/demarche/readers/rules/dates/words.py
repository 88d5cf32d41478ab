"""The words of date expressions: each token of a text, and the character it has in the grammar's alphabet.

The grammar (lexicon/dates.yaml) is matched on a string with one character for each token: a known word has
a character of its own, so that a class of words is a set of characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, partial
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

CAPITALISED = frozenset({"MONTH", "NAMELIKE", "WEEKDAY", "WD", "QUARTER", "CHRISTMAS", "EASTER"})
OTHER, PARAGRAPH = "\x01", "\x02"
SHAPES = {
    "DAY": r"(?:0?[1-9]|[12]\d|3[01])",
    "TWODIGITS": r"\d\d",
    "YEAR": r"(?:1\d{3}|20\d\d)",
    "NTH": r"(?:[12]?1st|[12]?2nd|[12]?3rd|\d{1,2}th|30th|31st)",
    "DECADE": r"(?:1\d\d|20\d)0['’]?s",
    "DATE": r"\d{4}-\d\d?-\d\d?|\d{4}-\d\d|\d{4}/\d\d/\d\d|\d\d?\.\d\d?\.\d{4}|\d\d?[/-]\d\d?[/-]\d{4}",
    "DAYMONTH": r"\d\d?\.\d\d?\.",
    "COMMA": r",",
    "AMP": r"&",
    "SLASH": r"/",
    "POSS": r"['’]s",
    "APOS": r"['’]",
}
"""Classes of tokens by their shape; the first that fits counts, and a year is no day."""

TOKEN = re.compile(
    r" *+("
    r"[a-z]++(?=[ ,.])"  # most words, found at once
    r"|\d{4}-\d\d?-\d\d?(?!\w)|\d{4}-(?:0[1-9]|1[0-2])(?![\w-])|\d{4}/\d\d/\d\d(?!\w)|\d\d?[./]\d\d?[./]\d{4}(?!\w)"
    r"|\bQ[1-4]\b|\d\d?-\d\d?-\d{4}(?!\w)|(?<![\w.])\d\d?\.\d\d?\.(?!\w)|\d+['’]?s\b|\d+(?:st|nd|rd|th)\b"
    r"|[$€£¥#§]?\d+(?:[.,:]\d+)*(?:%|[^\W\d_]+)?"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.|(?i:mid)(?=[-‐‑–])"
    r"|[^\W\d_]+(?:(?:[-‐‑]\n?|\u00ad\n?)[^\W\d_]+)*|['’](?:s|ll|d|ve|re|m)\b|\n[^\S\n]*\n\s*|[^\w\s]"
    r")"
)
JOINT = re.compile(r"[-‐‑]\n?|\u00ad\n?")


class Token(NamedTuple):
    """A word, number or mark of the text: its range, its lower-case repaired form, its character."""

    start: int
    end: int
    lower: str
    char: str
    capital: bool


_token = partial(tuple.__new__, Token)


class Vocabulary:
    """The known words: which character each has, which classes it belongs to, which value it has there."""

    def __init__(self, words: dict[str, dict[str, Any]], literals: set[str], signals: Sequence[str]) -> None:
        self.values = {name: dict(entries) for name, entries in words.items()}
        known = sorted(literals.union(*self.values.values()))
        self.chars = {word: chr(0x100 + number) for number, word in enumerate(known)}
        self.shapes = [(name, re.compile(shape)) for name, shape in SHAPES.items()]
        self.shape_chars = {name: chr(0x20 + number) for number, name in enumerate(SHAPES)}
        self.capitalised = {word for name in CAPITALISED for word in self.values.get(name, ())}
        self.split_at = {w for name in ("MONTH", "NAMELIKE", "WEEKDAY") for w in self.values[name]}
        self.split_at |= set(self.values["SEASON"]) | set(self.values["EARLY"]) | {"late", "mid", "end"}
        self.abbreviations = frozenset(word.removesuffix(".") for word in known if word.endswith("."))
        self.signals = "".join(map(self.class_chars, signals))
        self.form_of = lru_cache(maxsize=16384)(self._form_of)
        self.is_signal = lru_cache(maxsize=16384)(self._is_signal)

    def _form_of(self, word: str) -> tuple[str, str, bool] | None:
        """A token in lower case and repaired, its character, and has it a capital; None for a compound."""
        if word[0] == "\n":
            return "\n", PARAGRAPH, False
        lower = word.lower()
        if word[0].isalpha() and not word.isalpha() and JOINT.search(word):
            whole = JOINT.sub("", lower)
            if whole in self.chars:
                lower = whole
            elif lower not in self.chars and any(p in self.split_at for p in JOINT.split(lower)):
                return None
        capital = word[0].isupper()
        return lower, self.char_of(lower, capital), capital

    def _is_signal(self, word: str) -> bool:
        """Whether a word of a text is one that a date may be made of, or has one before or behind a joint."""
        if not word[0].isalpha():
            return word[0].isdigit()
        parts = [word] if word.isalpha() else [word, JOINT.sub("", word), *re.findall(r"[^\W\d_]+", word)]
        return any(self.char_of(part.lower(), part[0].isupper()) in self.signals for part in parts)

    def char_of(self, word: str, capital: bool) -> str:
        """The character of a word; OTHER for an unknown one, and for a month or weekday without a capital."""
        if word in self.capitalised and not capital:
            return OTHER
        char = self.chars.get(word)
        if char:
            return char
        if word[0].isalpha() or (not word[0].isdigit() and len(word) == 1 and word not in ",&/'’"):
            return OTHER
        for name, shape in self.shapes:
            if shape.fullmatch(word):
                return self.shape_chars[name]
        return OTHER

    def class_chars(self, name: str) -> str:
        """All characters of a class or word, for a set in a regular expression."""
        if name == "TWODIGITS":
            return self.shape_chars["DAY"] + self.shape_chars["TWODIGITS"]
        if name in self.shape_chars:
            return self.shape_chars[name]
        if name in self.chars:
            return self.chars[name]
        return "".join(sorted(self.chars[word] for word in self.values[name]))

    def value(self, name: str, word: str) -> Any:
        """What a word of a class stands for."""
        return self.values[name][word]


def find_tokens(text: str, vocabulary: Vocabulary, stretches: Iterable[tuple[int, int]]) -> list[Token]:
    """The tokens of stretches of a text; a date word broken by a hyphen is whole, joined ones are apart."""
    found: list[Token] = []
    for start, end in stretches:
        for match in TOKEN.finditer(text, start, end):
            if form := vocabulary.form_of(match[1]):
                found.append(_token(match.span(1) + form))
            else:
                found += _pieces(match[1], match.start(1), vocabulary)
    return found


def _pieces(word: str, start: int, vocabulary: Vocabulary) -> list[Token]:
    """The parts of a compound such as `March-April` or `Monday-night`, and the hyphens between them."""
    pieces = re.finditer(r"[^\W\d_]+|[^\w\s]", word)
    return [
        Token(
            start + p.start(),
            start + p.end(),
            p.group().lower(),
            vocabulary.char_of(p.group().lower(), p.group()[0].isupper()),
            p.group()[0].isupper(),
        )
        for p in pieces
    ]


@cache
def lexicon(name: str) -> dict[str, Any]:
    """A lexicon of the rules reader, as its YAML file says."""
    path = files("demarche.readers.rules") / "lexicon" / f"{name}.yaml"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    return loaded
