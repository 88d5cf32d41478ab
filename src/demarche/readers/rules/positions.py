"""What the words of a clause say of a position: asked, granted, kept open, refused; and is it asserted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.phrases import Found
from demarche.readers.rules.sentences import Sentence

STANCES = frozenset(
    ("ask", "must", "asknoun", "refuse", "ridicule", "silence", "accept", "open", "cond", "give_up")
)
DOUBTS = frozenset(("suppose", "advise", "foretell", "deny", "past", "define", "trade"))
MODALS = frozenset(("might", "could", "may", "would", "should", "'d"))
INVERTED = frozenset(("were", "should", "had", "suppose", "imagine", "assuming", "assume"))
REACH_OF_NOT = 3


class Stances(NamedTuple):
    """The phrases of a sentence that express a stance, and its negations, in the order of the text."""

    found: tuple[Found, ...]
    negations: tuple[Found, ...]

    @classmethod
    def among(cls, found: Sequence[Found]) -> Stances:
        """The stances among all phrases of a sentence."""
        return cls(
            tuple(one for one in found if one.kind in STANCES),
            tuple(one for one in found if one.kind == "neg"),
        )

    def labels(self, clause: Clause) -> frozenset[str]:
        """The stances that phrases of a clause express, such as `ask2` or, negated there, `accept1-`."""
        if not self.found:
            return frozenset()
        negations = [one for one in self.negations if clause.first <= one.first < clause.last]
        own = [one for one in self.found if clause.first <= one.first < clause.last]
        return frozenset([stance_label(one, negations) for one in own])


def stance_label(one: Found, negations: Iterable[Found]) -> str:
    """A stance with its sense, and `-` where it is negated."""
    return f"{one.kind}{one.sense}{'-' if negations and is_negated(one, negations) else ''}"


def is_negated(one: Found, negations: Iterable[Found]) -> bool:
    """Whether a negation stands shortly before a phrase, and is no part of it."""
    return any(other.last <= one.first and one.first - other.last <= REACH_OF_NOT for other in negations)


def kinds(labels: Iterable[str]) -> set[str]:
    """Labels without the number of their sense.

    >>> sorted(kinds({"ask2", "accept1-"}))
    ['accept-', 'ask']
    """
    return {_kind(label) for label in labels}


@cache
def _kind(label: str) -> str:
    return label.rstrip("-").rstrip("0123456789") + ("-" if label.endswith("-") else "")


def is_supposed(sentence: Sentence) -> bool:
    """Whether a whole sentence only supposes: 'Were …', 'Should …' in front, or 'if' with 'would'."""
    first = next((word for word in sentence.words if word.isalpha()), "")
    if first in INVERTED and not sentence.is_question:
        return True
    if "if" not in sentence.words:
        return False
    words = [word for word in sentence.words if word.isalpha()]
    return "if" in words[:12] and is_modal(words)


class Doubts(NamedTuple):
    """Why a sentence may not assert what it says: `phrases` at their places, and what holds all through."""

    phrases: tuple[Found, ...]
    throughout: frozenset[str]

    @classmethod
    def of(cls, sentence: Sentence, found: Sequence[Found]) -> Doubts:
        """The doubts of a sentence."""
        holding = {
            "supposed": is_supposed(sentence),
            "question": sentence.is_question,
            "heading": sentence.kind != "text",
        }
        return cls(
            tuple(one for one in found if one.kind in DOUBTS),
            frozenset(label for label, holds in holding.items() if holds),
        )

    def labels(self, clause: Clause) -> frozenset[str]:
        """Why a clause may not be asserted: `suppose`, `question` … in the clause, `…*` beside it."""
        if not self.phrases:
            return self.throughout
        return self.throughout.union(
            one.kind if clause.first <= one.first < clause.last else one.kind + "*" for one in self.phrases
        )


def is_modal(words: Iterable[str]) -> bool:
    """Whether words speak of what might be."""
    return not MODALS.isdisjoint(words)
