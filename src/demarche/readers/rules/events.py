"""Events of a text: what happened, or is set to happen, on a date that the text gives.

Every date expression is looked at in its sentence: is it the date of an occurrence, in which clause, and is
that past, fixed, or only possible? A date at the head of an entry dates the entry, one in brackets behind a
sentence dates that sentence. What is asked, supposed or demanded is no event (`events_refused`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.readers.rules.events_confidence import confidence_of
from demarche.readers.rules.events_facts import Facts, event_words, trimmed, words_of
from demarche.readers.rules.events_places import Sentence, find_facts
from demarche.readers.rules.events_refused import reason_against
from demarche.readers.rules.events_status import status_of
from demarche.records import Event

LIKENESS = 0.6
"""Two events of one date are one act when they share this much of their words (Jaccard)."""
SINCE = re.compile(r"\bsince\b", re.IGNORECASE)


class Mention(Protocol):
    """What is needed of a mention: where it begins, and whom it names."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def actor(self) -> str: ...  # noqa: D102


def find_events(
    document: Document, codebook: Codebook, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> list[Event]:
    """The dated events of a document in the order of the text, each with status, actors and confidence."""
    events: list[Event] = []
    for facts in find_facts(document, sentences):
        if reason_against(facts):
            continue
        for event in _events(document, facts):
            named = replace(event, actors=_actors(event, mentions, codebook))
            if not any(_is_same_act(named, other) for other in events):
                events.append(named)
    return sorted(events, key=lambda event: (event.start, event.end, event.date))


def _events(document: Document, facts: Facts) -> Iterator[Event]:
    """The event of a date; two where `since` names what something has gone on from."""
    date = facts.date
    clause = _without_date(facts) if date.is_tag or date.is_heading else facts.clause
    if _is_first_since(facts) and date.relation == "since":
        return
    yield _event(document, facts, clause)
    since = _since_clause(facts)
    if since is not None and not _is_first_since(facts) and ".." not in date.date:
        lasting = date._replace(date=f"{date.date.split('/')[0]}/..", start=since)
        yield _event(document, replace(facts, date=lasting), trimmed(facts.text, *facts.sentence))
    elif (
        date.relation == "since"
        and date.date.endswith("/..")
        and facts.word_after in event_words("occurrences")
    ):
        yield _event(document, replace(facts, date=date._replace(date=date.date.removesuffix("/.."))), clause)


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
    if facts.date.relation == "since" and facts.date.date.endswith("/.."):
        return None
    before = facts.text[facts.sentence[0] : facts.date.start]
    found = list(SINCE.finditer(before))
    if not found or "," in before[found[-1].end() :] or len(words_of(before[found[-1].end() :])) > 14:
        return None
    return facts.sentence[0] + found[-1].start()


def _event(document: Document, facts: Facts, clause: tuple[int, int]) -> Event:
    start, end = clause
    return Event(
        doc_id=document.doc_id,
        start=start,
        end=end,
        quote=document.text[start:end],
        date=facts.date.date,
        date_text=document.text[facts.date.start : facts.date.end],
        status=status_of(facts),
        method="rules",
        decision="accepted",
        confidence=confidence_of(facts),
    )


def _actors(event: Event, mentions: Sequence[Mention], codebook: Codebook) -> tuple[str, ...]:
    """Who is named in the clause of an event, in order."""
    named = (m.actor for m in mentions if event.start <= m.start < event.end and m.actor in codebook.actors)
    return tuple(dict.fromkeys(named))


def _is_same_act(event: Event, other: Event) -> bool:
    """Whether two events tell of one act: the same date, and the same clause or much the same words."""
    if event.date != other.date:
        return False
    if event.start < other.end and other.start < event.end:
        return True
    words, others = set(words_of(event.quote)), set(words_of(other.quote))
    return len(words & others) >= LIKENESS * len(words | others)
