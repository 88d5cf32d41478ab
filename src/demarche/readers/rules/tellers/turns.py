"""Turns: the paragraphs of a transcript, a record or an interview that are one person's words.

A turn begins with a label ("NAME:", "The Minister for X (NAME):", "A.") and goes on to the next one.
Interviews without labels are told by their paragraphs, of which every other one asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from demarche.codebook import Codebook
from demarche.readers.rules.lexicons import words_of
from demarche.readers.rules.mentions import Mention
from demarche.readers.rules.sentences import Sentence

INTERVIEWERS = frozenset(("question", "q", "interviewer", "reporter", "journalist", "moderator", "host"))
LETTERED = INTERVIEWERS | {"answer", "a"}
"""Labels that may end with a full stop in place of the colon."""
LONGEST = 14
"""So many tokens at most stand before the colon of a label."""
FEWEST = 3
"""So many labels make a transcript."""


class Turn(NamedTuple):
    """Who has the word: `owner` is an actor, or empty for anybody else; `asks` where they only ask."""

    owner: str = ""
    asks: bool = False


class Label(NamedTuple):
    """What opens a turn: its words up to a bracket or comma, the actor it names, and the token behind it."""

    head: tuple[str, ...]
    actor: str
    last: int


def find_turns(
    sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], codebook: Codebook
) -> dict[int, Turn]:
    """The turn that each paragraph belongs to; none for paragraphs in nobody's turn."""
    opening = _openings(sentences)
    labels = {
        number: label
        for number, sentence in opening.items()
        if (label := find_label(sentence, mentions[sentence.index], codebook))
    }
    if len(labels) >= FEWEST and _are_people(labels):
        return _labelled(sentences, opening, labels)
    return _answers(sentences, opening, mentions, codebook)


def find_label(sentence: Sentence, mentions: Sequence[Mention], codebook: Codebook) -> Label | None:
    """The label that a sentence begins with."""
    words = sentence.words[:LONGEST]
    if len(words) > 1 and words[0] in LETTERED and words[1] == ".":
        return Label(words[:1], "", 2)
    colon = words.index(":") if ":" in words else 0
    if not colon or colon + 1 == len(sentence.tokens):
        return None
    head = _head(sentence, colon)
    if not head:
        return None
    named = [mention.actor for mention in mentions if mention.last <= colon and not mention.owner]
    persons = [actor for actor in named if codebook.actors[actor].kind == "person"]
    return Label(head, [*named[-1:], *persons][-1] if named else "", colon + 1)


def _head(sentence: Sentence, colon: int) -> tuple[str, ...]:
    """The words of a label up to a bracket or comma; none where they are no name or title."""
    tokens = sentence.tokens[:colon]
    end = next((place for place, token in enumerate(tokens) if token.text in {",", "("}), colon)
    names = [token for token in tokens[:end] if token.text != "."]
    small = words_of("grammar", "name_particles")
    if not all(token.text[:1].isupper() or token.lower in small for token in names):
        return ()
    return tuple(token.lower for token in names) if any(t.text[:1].isupper() for t in names) else ()


def _openings(sentences: Sequence[Sentence]) -> dict[int, Sentence]:
    """The first sentence of each paragraph of text that is not in brackets."""
    first: dict[int, Sentence] = {}
    for sentence in sentences:
        if sentence.kind != "title":
            first.setdefault(sentence.paragraph, sentence)
    return {number: sentence for number, sentence in first.items() if sentence.tokens[0].text != "("}


def _are_people(labels: dict[int, Label]) -> bool:
    """Whether labels open turns and not sections: one comes back, or says a title."""
    titles = words_of("people", "he") | words_of("people", "she") | INTERVIEWERS
    heads = Counter(label.head for label in labels.values())
    return heads.most_common(1)[0][1] > 1 or any(head[0] in titles for head in heads)


def _labelled(
    sentences: Sequence[Sentence], opening: dict[int, Sentence], labels: dict[int, Label]
) -> dict[int, Turn]:
    """Turns by their labels; what is not labelled goes on with the turn before it, up to a heading.

    Where only one person's answers are labelled, whatever else ends in a question mark is a question.
    """
    closing = {sentence.paragraph: sentence for sentence in sentences}
    is_alone = len({label.head for label in labels.values()}) == 1
    turns: dict[int, Turn] = {}
    owners: dict[tuple[str, ...], str] = {}
    turn: Turn | None = None
    for number, sentence in opening.items():
        if label := labels.get(number):
            asks = label.head[0] in INTERVIEWERS
            owners.setdefault(label.head, "" if asks else _known(label.head, owners) or label.actor)
            turn = Turn(owners[label.head], asks)
        elif is_alone and closing[number].is_question:
            turn = Turn(asks=True)
        elif sentence.kind == "heading":
            turn = None
        if turn:
            turns[number] = turn
    return turns


def _known(head: tuple[str, ...], owners: dict[tuple[str, ...], str]) -> str:
    """The owner of an earlier label of which this is the beginning or the end: "The Minister"."""
    size = len(head)
    return next((own for long, own in owners.items() if head in (long[:size], long[-size:])), "")


def _answers(
    sentences: Sequence[Sentence],
    opening: dict[int, Sentence],
    mentions: Sequence[Sequence[Mention]],
    codebook: Codebook,
) -> dict[int, Turn]:
    """Turns of an interview whose paragraphs are question and answer in alternation, without names."""
    closing = {sentence.paragraph: sentence for sentence in sentences}
    numbers = [number for number in sorted(closing) if number == 0 or number in opening]
    asking = [closing[number].is_question for number in numbers]
    if sum(asking) < 4 or sum(asking) < 0.2 * len(numbers):
        return {}
    start = max(range(1, 4), key=lambda s: (sum(asking[s::2]) - sum(asking[s + 1 :: 2]), -s))
    if sum(asking[start::2]) < 0.5 * len(asking[start::2]) or sum(asking[start + 1 :: 2]) > 2:
        return {}
    guest = _guest(sentences, mentions, codebook, start + 2)
    if not guest:
        return {}
    asks, answers = Turn(asks=True), Turn(guest)
    return {
        number: asks if place % 2 == start % 2 else answers
        for place, number in enumerate(numbers)
        if place >= start
    }


def _guest(
    sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], codebook: Codebook, last: int
) -> str:
    """The person named most often up to a paragraph."""
    found = (mention for row in mentions for mention in row if sentences[mention.sentence].paragraph <= last)
    named = (mention.actor for mention in found if mention.form in {"name", "role"})
    persons = Counter(actor for actor in named if codebook.actors[actor].kind == "person")
    return persons.most_common(1)[0][0] if persons else ""
