"""Events of a text: what happened, or is set to happen, on a date that the text gives.

Every date expression is looked at in its sentence: is it the date of an occurrence, in which clause, and is
that past, fixed, or only possible? A date at the head of an entry dates the entry, one in brackets behind a
sentence dates that sentence. What is asked, supposed or demanded is no event (`refused`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.readers.rules.events.confidence import confidence_of, event_weights
from demarche.readers.rules.events.facts import Facts, event_words, trimmed, words_of
from demarche.readers.rules.events.places import Sentence, find_facts
from demarche.readers.rules.events.refused import reason_against
from demarche.readers.rules.events.status import status_of
from demarche.records import Event

LIKENESS = 0.6
"""Two events of one date are one act when they share this much of their words (Jaccard)."""
LONGEST = 14
"""A clause behind `since` has at most so many words before its date."""
SINCE = re.compile(r"\bsince\b", re.IGNORECASE)


class Dated(NamedTuple):
    """A date with an event: what is known of it, and the range of the clause that tells of it."""

    facts: Facts
    clause: tuple[int, int]


class Mention(Protocol):
    """What is needed of a mention: where it begins, and whom it names."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def actor(self) -> str: ...  # noqa: D102


def find_events(
    document: Document,
    codebook: Codebook,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    weights: Mapping[str, float] | None = None,
) -> list[Event]:
    """The dated events of a document in the order of the text, each with status, actors and confidence.

    `weights` say how sure each is; by default those that ship.
    """
    events: list[Event] = []
    table = event_weights() if weights is None else weights
    starts = [sentence.start for sentence in sentences]
    known = [mention for mention in mentions if mention.actor in codebook.actors]
    for dated in find_dated(document, sentences):
        event = event_of(document, dated, table)
        if not any(_is_same_act(event, other) for other in events):
            whole = sentences[max(bisect_right(starts, event.start) - 1, 0)]
            events.append(replace(event, actors=_actors(event, whole, known)))
    return sorted(events, key=lambda event: (event.start, event.end, event.date))


def find_dated(document: Document, sentences: Sequence[Sentence]) -> Iterator[Dated]:
    """Every date with an event and the clause that tells of it, one act perhaps more than once."""
    for facts in find_facts(document, sentences):
        if not reason_against(facts):
            yield from _dated(facts)


def _dated(facts: Facts) -> Iterator[Dated]:
    """The event of a date; two where `since` names what something has gone on from."""
    date = facts.date
    clause = _without_date(facts) if date.is_tag or date.is_heading else facts.clause
    is_since, is_first = date.relation == "since" and date.date.endswith("/.."), _is_first_since(facts)
    if is_since and is_first:
        return
    yield Dated(facts, clause)
    since = None if is_since or is_first or ".." in date.date else _since_clause(facts)
    if since is not None:
        lasting = date._replace(date=f"{date.date.split('/')[0]}/..", start=since)
        yield Dated(replace(facts, date=lasting), trimmed(facts.text, *facts.sentence))
    if is_since and facts.word_after in event_words("occurrences"):
        yield Dated(replace(facts, date=date._replace(date=date.date.removesuffix("/.."))), clause)


def _is_first_since(facts: Facts) -> bool:
    """`the first strike since 1998`, `the worst since the war`: nothing has gone on from there."""
    superlatives = {word for word in facts.words_before if word.endswith("est") and len(word) > 5}
    return bool(superlatives | ({"first", "worst", "best"} & set(facts.words_before)))


def _without_date(facts: Facts) -> tuple[int, int]:
    """The sentence that a date at its head or in brackets behind it dates, without that date."""
    start, end = facts.sentence
    if facts.date.is_heading and facts.date.start >= start:
        start = min(facts.date.end, end - 1)
    if facts.date.is_tag and facts.date.start < end:
        end = max(facts.text.rfind("(", start, facts.date.start), start + 1)
    return trimmed(facts.text, start, end)


def _since_clause(facts: Facts) -> int | None:
    """Where the `since` stands whose clause, or noun, the date belongs to."""
    before = facts.text[facts.sentence[0] : facts.date.start]
    found = list(SINCE.finditer(before))
    if not found or "," in before[found[-1].end() :] or len(words_of(before[found[-1].end() :])) > LONGEST:
        return None
    return facts.sentence[0] + found[-1].start()


def event_of(document: Document, dated: Dated, weights: Mapping[str, float]) -> Event:
    """The event, its actors still to be filled in."""
    facts, (start, end) = dated
    return Event(
        doc_id=document.doc_id,
        start=start,
        end=end,
        quote=document.text[start:end],
        date=facts.date.date,
        date_text=document.text[facts.date.start : facts.date.end],
        status=status_of(facts),
        method="rules",
        confidence=confidence_of(facts, weights),
    )


def _actors(event: Event, whole: Sentence, known: Sequence[Mention]) -> tuple[str, ...]:
    """Who is named in the clause of an event, in order; else in its sentence."""
    for start, end in ((event.start, event.end), (whole.start, whole.end)):
        if named := [mention.actor for mention in known if start <= mention.start < end]:
            return tuple(dict.fromkeys(named))
    return ()


def _is_same_act(event: Event, other: Event) -> bool:
    """Whether two events tell of one act: the same date, and the same clause or much the same words."""
    if event.date != other.date:
        return False
    if event.start < other.end and other.start < event.end:
        return True
    words, others = set(words_of(event.quote)), set(words_of(other.quote))
    return len(words & others) >= LIKENESS * len(words | others)
