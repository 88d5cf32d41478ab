"""How sure an event is: a logistic sum of the weights of what is known about its date.

The weights are data (weights/events.json, made by scripts/fit_events.py on annotated disputes).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from demarche.readers.rules.confidence import BIAS, kept, named, probability, worth
from demarche.readers.rules.events_facts import Facts
from demarche.readers.rules.events_status import status_of

UNSURE = frozenset(
    ("would", "could", "may", "might", "if", "must", "should", "perhaps", "not", "never", "no")
)


def confidence_of(facts: Facts) -> float:
    """A confidence from 0 to 1: how many proposals like this one are right."""
    return round(probability(worth(features_of(facts), event_weights())), 3)


@cache
def event_weights() -> Mapping[str, float]:
    """The weights by the name of the feature."""
    return named(kept("events.json"))


def features_of(facts: Facts) -> dict[str, float]:
    """What speaks for or against an event, each a named feature that is 1 where it holds."""
    date = facts.date
    names = [BIAS, f"kind={date.kind}", f"relation={date.relation}", f"tense={date.tense}"]
    names += [f"status={status_of(facts)}", f"unit={_unit(date.date)}"]
    names += [name for name in ("is_heading", "is_tag") if getattr(date, name)]
    names += [f"word={word}" for word in UNSURE.intersection(facts.words)]
    return dict.fromkeys(names, 1.0)


def _unit(edtf: str) -> str:
    """The form of a date: day, month, year, since, span, about."""
    if edtf.endswith("/.."):
        return "since"
    if "/" in edtf:
        return "span"
    return "about" if edtf.endswith("~") else {10: "day", 7: "month"}.get(len(edtf), "year")
