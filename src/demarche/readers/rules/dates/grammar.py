"""The grammar of date expressions: rules of lexicon/dates.yaml compiled to patterns over classes of words.

A rule is found as the longest stretch of tokens it fits; which date it means is said in `values`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from demarche.readers.rules.dates.stretches import find_stretches
from demarche.readers.rules.dates.words import (
    OTHER,
    PARAGRAPH,
    SHAPES,
    Token,
    Vocabulary,
    find_tokens,
    lexicon,
)

PIECE = re.compile(r"(?P<name>\w+=)?(?:(?P<mark>[()|?])|<(?P<part>[a-z]+)>|(?P<word>[\w-]+))|(?P<space>\s+)")

LEADING = frozenset((
    ",", "on", "in", "by", "until", "till", "at", "from", "for", "during", "of", "over", "before",
    "after", "to", "through", "into", "around", "and", "or", "since",
))  # fmt: skip
"""Words that a rule looks at and that are no part of the expression; a range keeps `from` and `between`."""
DETERMINERS = frozenset(("the", "its", "his", "her", "their", "our", "only"))
COMMA, TRAILING = frozenset({","}), frozenset({",", "of", "-"})
KEPT = ("ahead", "since_then")


class Rule(NamedTuple):
    """One rule: the name of the resolver that gives its value, and its pattern over characters of tokens."""

    resolver: str
    pattern: re.Pattern[str]


class Grammar(NamedTuple):
    """The compiled rules, the vocabulary they are written in, and the runs of known words they may fit."""

    vocabulary: Vocabulary
    rules: tuple[Rule, ...]
    runs: re.Pattern[str]


class Match(NamedTuple):
    """A rule that fits: tokens `first` to `last` (exclusive), and what it has named, as indexes of tokens."""

    resolver: str
    first: int
    last: int
    names: dict[str, int]


@cache
def date_grammar() -> Grammar:
    """The grammar of lexicon/dates.yaml; compiled once."""
    data = lexicon("dates")
    sources = [rule["words"] for rule in data["rules"]] + list(data["parts"].values())
    literals = {m["word"] for source in sources for m in PIECE.finditer(source) if m["word"]}
    literals = {word for word in literals if word not in data["words"] and word not in SHAPES}
    vocabulary = Vocabulary(data["words"], literals, data["signals"])
    rules = [
        Rule(r["is"], re.compile(_compiled(r["words"], data["parts"], vocabulary))) for r in data["rules"]
    ]
    known = f"[^{OTHER}{PARAGRAPH}]*"
    return Grammar(vocabulary, tuple(rules), re.compile(f"{known}[{re.escape(vocabulary.signals)}]{known}"))


def _compiled(source: str, parts: dict[str, str], vocabulary: Vocabulary) -> str:
    """The regular expression of a rule; `x=…` becomes a named group."""
    out, position = [], 0
    while position < len(source):
        piece = PIECE.match(source, position)
        if not piece:
            raise ValueError(f"a date rule cannot be read at {source[position:]!r}")
        position = piece.end()
        if piece["space"]:
            continue
        body = _body(piece, parts, vocabulary)
        if piece["name"]:
            group = f"(?P<{piece['name'][:-1]}>"
            body = group if piece["mark"] == "(" else f"{group}{body})"
        out.append(body)
    return "".join(out)


def _body(piece: re.Match[str], parts: dict[str, str], vocabulary: Vocabulary) -> str:
    if piece["mark"]:
        return "(?:" if piece["mark"] == "(" else str(piece["mark"])
    if piece["part"]:
        return f"(?:{_compiled(parts[piece['part']], parts, vocabulary)})"
    word = piece["word"]
    return f"[{re.escape(vocabulary.class_chars(word))}]"


def find_matches(tokens: list[Token], grammar: Grammar) -> Iterator[Match]:
    """Every stretch of tokens that a rule fits, the longest first, then in the order of text and rules."""
    chars, places = _without_prose("".join([token.char for token in tokens]), grammar.runs)
    found: list[tuple[int, int, int, Match]] = []
    for number, rule in enumerate(grammar.rules):
        for match in rule.pattern.finditer(chars):
            names = {name: places[match.start(name)] for name, value in match.groupdict().items() if value}
            found_match = _trimmed(
                Match(rule.resolver, places[match.start()], places[match.end() - 1] + 1, names), tokens
            )
            found.append((found_match.first - found_match.last, found_match.first, number, found_match))
    return (entry[-1] for entry in sorted(found, key=lambda entry: entry[:3]))


def _without_prose(chars: str, runs: re.Pattern[str]) -> tuple[str, list[int]]:
    """The runs of known words that may hold a date, set apart, and the place of each of their characters."""
    spans = [match.span() for match in runs.finditer(chars)]
    places = [place for first, last in spans for place in range(first, last + 1)]
    return OTHER.join([chars[first:last] for first, last in spans]), places


def _trimmed(match: Match, tokens: list[Token]) -> Match:
    """A match without the prepositions before it and the marks behind it."""
    first, last = match.first, match.last
    leading = COMMA if match.resolver in KEPT or "j" in match.names else LEADING
    if match.resolver == "month":
        leading |= DETERMINERS
    while first < last - 1 and tokens[first].lower in leading:
        first += 1
    while last - 1 > first and tokens[last - 1].lower in TRAILING:
        last -= 1
    return match._replace(first=first, last=last)


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text in the grammar's alphabet, of those stretches that may hold a date."""
    vocabulary = date_grammar().vocabulary
    return find_tokens(text, vocabulary, find_stretches(text, vocabulary))


def value_of(token: Token, *classes: str) -> Any:
    """What a token stands for in the first of the classes that has it."""
    values = date_grammar().vocabulary.values
    return next((values[name][token.lower] for name in classes if token.lower in values[name]), None)
