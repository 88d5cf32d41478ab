"""What governs a clause: its own verb or noun of stance, or the nearest beside it; and its subject."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.lexicons import words_of
from demarche.readers.rules.mentions import Mention
from demarche.readers.rules.phrases import Found
from demarche.readers.rules.positions import stance_label
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.tellers.speech import is_governed

PASSIVE = words_of("grammar", "forms_of_be")
BREAKS = frozenset((":", ";", "–"))
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


NO_HEADS = Heads(None, None, None, False, frozenset(), "none")


class Head(NamedTuple):
    """A phrase that may govern a clause, and its label."""

    found: Found
    label: str


def find_heads(scene: Scene, clause: Clause) -> Heads:
    """The heads of a clause, and what they say in words (`marks`)."""
    every = scene.kept(_of_sentence, clause.sentence)
    if not every:
        return NO_HEADS
    begin = bisect_left(every, clause.first, key=_first)
    end = bisect_left(every, clause.last, begin, key=_first)
    own, left = every[begin:end], every[begin - 1] if begin else None
    right = every[end] if end < len(every) else None
    tokens = scene.sentences[clause.sentence].words
    passive = bool(own) and _is_passive(tokens, own[0].found)
    marks = _marks(own, left, right, tokens[left.found.last : clause.first] if left else ())
    return Heads(
        own[0].found if own else None,
        left.found if left else None,
        right.found if right else None,
        passive,
        frozenset((*marks, "passive") if passive else marks),
        own[0].label if own else f"after {left.label}" if left else "none",
    )


def _first(head: Head) -> int:
    return head.found.first


def _of_sentence(scene: Scene, sentence: int) -> list[Head]:
    """All that may govern a clause of a sentence, in order."""
    stances = scene.stances[sentence]
    return [Head(one, stance_label(one, stances.negations)) for one in stances.found if one.kind != "cond"]


def _marks(own: Sequence[Head], left: Head | None, right: Head | None, between: Sequence[str]) -> list[str]:
    """What the heads say; `between` are the words from the one on the left to the clause."""
    marks = [f"head {own[0].label}"] if own else []
    if len(own) > 1:
        marks += [f"last {own[-1].label}", f"head {own[0].label} > {own[1].label}"]
    if left:
        marks.append(f"{'after' if BREAKS.isdisjoint(between) else 'list after'} {left.label}")
    if right and not own:
        marks.append(f"before {right.label}")
    return marks


def subject_of(scene: Scene, sentence: int, head: Found) -> Mention | None:
    """The nearest actor before a head that no preposition governs and that owns nothing."""
    words = scene.sentences[sentence].words
    for mention in reversed(scene.mentions[sentence]):
        if mention.last <= head.first and head.first - mention.last <= FARTHEST:
            if mention.owner or mention.form == "pronoun2" or is_governed(words, mention.first):
                continue
            return mention
    return None


def _is_passive(tokens: Sequence[str], head: Found) -> bool:
    """Whether a form of `be` stands right before a head that ends like a participle."""
    word = tokens[head.first]
    if not (word.endswith(("ed", "en", "ught", "ut", "wn", "ng")) or word in {"met", "put", "set"}):
        return False
    before = tokens[max(0, head.first - 3) : head.first]
    return bool(PASSIVE & set(before)) and not word.endswith("ing")
