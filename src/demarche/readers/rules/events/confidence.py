"""How sure an event is: a logistic sum of the weights of what is known about its date.

The weights are data (weights/events.json, made by scripts/fit_events.py on annotated disputes).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from demarche.edtf_dates import bounds
from demarche.readers.rules.confidence import BIAS, kept, named, probability, worth
from demarche.readers.rules.events.facts import Facts
from demarche.readers.rules.events.status import status_of

UNSURE = frozenset(
    ("would", "could", "may", "might", "if", "must", "should", "perhaps", "not", "never", "no")
)
NEAR_BEFORE, NEAR_AFTER = 3, 2
"""So many words before a date and behind it are looked at for themselves."""
SHORT, LONG = 8, 35
"""Sentences with fewer words than the one, or more than the other, are told apart."""
AGES = ((-3000, "old"), (-200, "years"), (-7, "months"), (-1, "days"), (0, "same day"), (7, "soon"))
"""How many days a date lies behind the day of publication, at most, to be called so."""


def confidence_of(facts: Facts, table: Mapping[str, float]) -> float:
    """A confidence from 0 to 1: how many proposals like this one are right, by a table of weights."""
    return round(probability(worth(features_of(facts), table)), 3)


@cache
def event_weights() -> Mapping[str, float]:
    """The weights by the name of the feature."""
    return named(kept("events.json"))


def features_of(facts: Facts) -> dict[str, float]:
    """What speaks for or against an event, each a named feature that is 1 where it holds."""
    found = facts.date
    kind, relation, tense = f"kind={found.kind}", f"relation={found.relation}", f"tense={found.tense}"
    names = [BIAS, kind, relation, tense, f"{kind}, {relation}", f"{kind}, {tense}"]
    names += [f"status={status_of(facts)}", f"unit={_unit(found.date)}", f"age={_age(facts)}"]
    names += [name for name in ("is_heading", "is_tag") if getattr(found, name)]
    names += [f"word={word}" for word in UNSURE.intersection(facts.words)]
    return dict.fromkeys([*names, *_words_beside(facts), *_shape(facts)], 1.0)


def _words_beside(facts: Facts) -> Iterator[str]:
    """The words of a date, and those next to it."""
    for word in facts.own_words:
        yield f"own={word}"
    for place, word in enumerate(reversed(facts.words_before[-NEAR_BEFORE:]), 1):
        yield f"before {place}={word}"
    for place, word in enumerate(facts.words_after[:NEAR_AFTER], 1):
        yield f"after {place}={word}"


def _shape(facts: Facts) -> Iterator[str]:
    """How long the sentence is, and how the date stands in it."""
    before = facts.text[facts.sentence[0] : facts.date.start]
    if before.count("“") > before.count("”") or before.count('"') % 2:
        yield "quoted"
    if not facts.words_before:
        yield "first in sentence"
    if facts.with_other_dates:
        yield "with other dates"
    if not SHORT <= len(facts.sentence_words) <= LONG:
        yield "short sentence" if len(facts.sentence_words) < SHORT else "long sentence"


def _age(facts: Facts) -> str:
    """How long before or after the day of publication a date begins, in a word."""
    first = bounds(facts.date.date)[0]
    if not facts.published or not first:
        return "unknown"
    days = (date.fromisoformat(first) - facts.published.first).days
    return next((name for most, name in AGES if days <= most), "future")


def _unit(edtf: str) -> str:
    """The form of a date: day, month, year, since, span, about."""
    if edtf.endswith("/.."):
        return "since"
    if "/" in edtf:
        return "span"
    return "about" if edtf.endswith("~") else {10: "day", 7: "month"}.get(len(edtf), "year")
