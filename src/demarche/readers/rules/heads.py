"""What governs a clause: its own verb or noun of stance, or the nearest beside it; and its subject."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.lexicons import words_of
from demarche.readers.rules.mentions import Mention
from demarche.readers.rules.phrases import Found
from demarche.readers.rules.positions import STANCES, is_negated
from demarche.readers.rules.scene import Scene

PASSIVE = words_of("grammar", "forms_of_be")
BREAKS = frozenset((":", ";", "–"))
GOVERNING = words_of("grammar", "prepositions") - {"by"}
SKIPPED = frozenset(("the", "a", "an", "mr", "ms", "mrs", "dr", ".", "both", "that", "this"))
FARTHEST = 16
"""So many tokens at most stand between a subject and its verb."""


class Heads(NamedTuple):
    """What governs a clause: in it (`own`), nearest before it, nearest behind it; is `own` a passive?"""

    own: Found | None
    left: Found | None
    right: Found | None
    passive: bool
    marks: frozenset[str]
    kind: str


def find_heads(scene: Scene, clause: Clause) -> Heads:
    """The heads of a clause, and what they say in words (`marks`)."""
    found = scene.found[clause.sentence]
    stances = [one for one in found if one.kind in STANCES and one.kind != "cond"]
    own = [one for one in stances if clause.first <= one.first < clause.last]
    left = [one for one in stances if one.first < clause.first]
    right = [one for one in stances if one.first >= clause.last]
    tokens = scene.sentences[clause.sentence].words
    passive = bool(own) and _is_passive(tokens, own[0])
    marks = {"passive"} if passive else set()
    labels = [_label(one, found) for one in own]
    marks |= {f"head {label}" for label in labels[:1]} | {f"last {label}" for label in labels[1:][-1:]}
    marks |= {f"head {one} > {two}" for one, two in pairwise(labels[:2])}
    if left:
        apart = BREAKS & set(tokens[left[-1].last : clause.first])
        marks.add(f"{'list after' if apart else 'after'} {_label(left[-1], found)}")
    if right and not own:
        marks.add(f"before {_label(right[0], found)}")
    return Heads(
        own[0] if own else None,
        left[-1] if left else None,
        right[0] if right else None,
        passive,
        frozenset(marks),
        _kind(labels, left, found),
    )


def _kind(own: list[str], left: list[Found], found: list[Found]) -> str:
    """The head in a word: the kind of the clause's own, or `after` and the kind of the one before it."""
    if own:
        return own[0]
    return f"after {_label(left[-1], found)}" if left else "none"


def subject_of(scene: Scene, sentence: int, head: Found) -> Mention | None:
    """The nearest actor before a head that no preposition governs and that owns nothing."""
    for mention in reversed(scene.mentions[sentence]):
        if mention.last <= head.first and head.first - mention.last <= FARTHEST:
            if mention.owner or mention.form == "pronoun2" or _is_governed(scene, mention):
                continue
            return mention
    return None


def _label(one: Found, found: list[Found]) -> str:
    return f"{one.kind}{one.sense}{'-' if is_negated(one, found) else ''}"


def _is_passive(tokens: Sequence[str], head: Found) -> bool:
    """Whether a form of `be` stands right before a head that ends like a participle."""
    word = tokens[head.first]
    if not (word.endswith(("ed", "en", "ught", "ut", "wn", "ng")) or word in {"met", "put", "set"}):
        return False
    before = tokens[max(0, head.first - 3) : head.first]
    return bool(PASSIVE & set(before)) and not word.endswith("ing")


def _is_governed(scene: Scene, mention: Mention) -> bool:
    tokens, index = scene.sentences[mention.sentence].tokens, mention.first - 1
    while index >= 0 and tokens[index].lower in SKIPPED:
        index -= 1
    return index >= 0 and tokens[index].lower in GOVERNING
