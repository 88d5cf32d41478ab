"""What the words of a clause say of a position: asked, granted, kept open, refused; and is it asserted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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


def stance_labels(found: Sequence[Found], clause: Clause) -> set[str]:
    """The stances that phrases of a clause express, such as `ask2` or, negated, `accept1-`."""
    inside = [one for one in found if clause.first <= one.first < clause.last]
    return {
        f"{one.kind}{one.sense}{'-' if is_negated(one, inside) else ''}"
        for one in inside
        if one.kind in STANCES
    }


def is_negated(one: Found, found: Iterable[Found]) -> bool:
    """Whether a negation stands shortly before a phrase, and is no part of it."""
    return any(
        other.kind == "neg" and other.last <= one.first and one.first - other.last <= REACH_OF_NOT
        for other in found
    )


def kinds(labels: Iterable[str]) -> set[str]:
    """Labels without the number of their sense.

    >>> sorted(kinds({"ask2", "accept1-"}))
    ['accept-', 'ask']
    """
    return {label.rstrip("-").rstrip("0123456789") + ("-" if label.endswith("-") else "") for label in labels}


def is_supposed(sentence: Sentence) -> bool:
    """Whether a whole sentence only supposes: 'Were …', 'Should …' in front, or 'if' with 'would'."""
    first = next((word for word in sentence.words if word.isalpha()), "")
    if first in INVERTED and not sentence.is_question:
        return True
    if "if" not in sentence.words:
        return False
    words = [word for word in sentence.words if word.isalpha()]
    return "if" in words[:12] and not MODALS.isdisjoint(words)


def doubt_labels(sentence: Sentence, found: Sequence[Found], clause: Clause) -> set[str]:
    """Why a clause may not be asserted: `suppose`, `question` … in the clause, `…*` beside it."""
    labels = set()
    for one in found:
        if one.kind in DOUBTS:
            labels.add(one.kind if clause.first <= one.first < clause.last else one.kind + "*")
    if not MODALS.isdisjoint(sentence.words[clause.first : clause.last]):
        labels.add("modal")
    if is_supposed(sentence):
        labels.add("supposed")
    if sentence.is_question:
        labels.add("question")
    if sentence.kind != "text":
        labels.add("heading")
    return labels
