"""One occurrence told with different dates, by two sources or by a source and what is known from elsewhere.

Whether two quotations tell of one occurrence is a guess from their words, so this is made to be silent rather
than wrong. Nothing here reads or writes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

import pandas as pd

from demarche.codebook import Codebook
from demarche.edtf_dates import MONTHS
from demarche.inputs.words import WORD, word_form
from demarche.measures.days import parties_of
from demarche.readers.rules.lexicons import words_of
from demarche.readers.rules.stems import rarity, stem

LONGEST = 400
"""A date that allows more days than a year and a month is held against none."""
FEW_DAYS = 10
"""Dates as precise as days may be so many days apart; vaguer ones as many as the vaguer of the two allows."""
LIKENESS = 0.5
"""So much of the telling words of the shorter quotation must stand in the other, weighed by rarity."""
TELLING, FEWEST = 0.4, 2
"""Together the words in common weigh so much at least (see `stems.rarity`), and are so many."""
ORDINALS = frozenset(
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "next", "last"]
)
COLUMNS = ["event", "other", "is_known", "days_apart"]


@dataclass(frozen=True)
class Telling:
    """An event as it is compared: who tells it ('' for what is known from elsewhere), when, of whom, how."""

    event: str
    teller: str
    status: str
    first: date
    last: date
    parties: frozenset[str]
    words: Mapping[str, float]
    ordinals: frozenset[str]

    @property
    def n_days(self) -> int:
        """How many days its date allows."""
        return (self.last - self.first).days + 1

    def days_from(self, other: Telling) -> int:
        """How many days lie between two dates at least; 0 where they share one."""
        return max(0, (other.first - self.last).days, (self.first - other.last).days)


def differing_dates(
    events: pd.DataFrame, known: pd.DataFrame, sources: Mapping[str, str], codebook: Codebook
) -> pd.DataFrame:
    """One row two tellings of one occurrence with dates that share no day, in order of time.

    event (an id), other (the id of another source's event or, where `is_known`, of an event known from
    elsewhere) and days_apart (at least). Two events count as one occurrence when

    - both are told as done, or both as fixed in advance; what is only possible counts for nothing;
    - their dates are near each other (see LONGEST, FEW_DAYS);
    - they name a party in common, and one names none that the other does not name;
    - their words are alike (LIKENESS, TELLING, FEWEST), names and dates aside, and no `second` stands
      against a `third`;
    - neither teller dates anything like it to the days of the other: of weekly talks each has its own day.

    `sources` gives each document the earliest one whose words it has: those two tell as one.
    """
    reading = _Reading(codebook)
    own = (reading.telling(row, sources[row["doc_id"]]) for row in events.to_dict("records"))
    elsewhere = (reading.telling(_as_event(row), "") for row in known.to_dict("records"))
    everything = [told for told in (*own, *elsewhere) if told]
    rows = [
        [one.event, other.event, not other.teller, one.days_from(other)]
        for one, other in _with_words_in_common(everything)
        if _differ(one, other) and not (_tells(one, other, everything) or _tells(other, one, everything))
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _as_event(row: Mapping[Any, Any]) -> dict[Any, Any]:
    """What is known from elsewhere with the columns of an event: it has happened."""
    return {**row, "event_id": row["event"], "quote": row["what"], "date_text": "", "status": "happened"}


class _Reading:
    """Makes events comparable: parties rolled up, words without the names of actors and of months."""

    def __init__(self, codebook: Codebook) -> None:
        names = (name for actor in codebook.actors.values() for name in (actor.name, *actor.aliases))
        self.codebook = codebook
        self.names = {stem(word) for name in names for word in _words(name)}
        self.passed_over = words_of("grammar", "stopwords") | ORDINALS | {month.lower() for month in MONTHS}

    def telling(self, row: Mapping[Any, Any], teller: str) -> Telling | None:
        """An event as it is compared; None where its date or status cannot contradict another."""
        if not row["earliest"] or not row["latest"] or row["status"] == "possible":
            return None
        words = _words(row["quote"])
        return Telling(
            event=row["event_id"],
            teller=teller,
            status=row["status"],
            first=date.fromisoformat(row["earliest"]),
            last=date.fromisoformat(row["latest"]),
            parties=frozenset(parties_of(row["actors"], self.codebook)),
            words=self._telling_words(set(words) - set(_words(row["date_text"]))),
            ordinals=ORDINALS & set(words),
        )

    def _telling_words(self, words: set[str]) -> dict[str, float]:
        """The stems that say what happened, with their rarity."""
        kept = {stem(word) for word in words - self.passed_over if len(word) > 2 and not word.isdigit()}
        return {one: rarity(one) for one in sorted(kept - self.names)}


def _words(text: str) -> list[str]:
    return [word_form(match.group()) for match in WORD.finditer(text)]


def _with_words_in_common(told: Sequence[Telling]) -> Iterator[tuple[Telling, Telling]]:
    """Every two with at least FEWEST telling words in common, the earlier first, in order of time."""
    in_time = sorted(told, key=lambda each: (not each.teller, each.first, each.last, each.event))
    having: dict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(in_time):
        for word, weight in each.words.items():
            if weight:
                having[word].append(place)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for places in having.values():
        for pair in combinations(places, 2):
            shared[pair] += 1
    for one, other in sorted(pair for pair, n in shared.items() if n >= FEWEST):
        yield in_time[one], in_time[other]


def _differ(one: Telling, other: Telling) -> bool:
    """Whether two tell of one occurrence, by all that can be seen of the two alone, and date it apart."""
    widest = max(one.n_days, other.n_days)
    return (
        one.teller != other.teller
        and one.status == other.status
        and widest <= LONGEST
        and 0 < one.days_from(other) <= max(FEW_DAYS, widest)
        and bool(one.parties & other.parties)
        and (one.parties <= other.parties or other.parties <= one.parties)
        and not (one.ordinals and other.ordinals and one.ordinals != other.ordinals)
        and _likeness(one, other) >= LIKENESS
        and _in_common(one, other) >= TELLING
    )


def _in_common(one: Telling, other: Telling) -> float:
    return sum(weight for word, weight in one.words.items() if word in other.words)


def _likeness(one: Telling, other: Telling) -> float:
    shorter = min(sum(one.words.values()), sum(other.words.values()))
    return _in_common(one, other) / shorter if shorter else 0.0


def _tells(one: Telling, other: Telling, everything: Sequence[Telling]) -> bool:
    """Whether the teller of one also dates something like the other to a day that the other allows."""
    return any(
        each.teller == one.teller
        and each is not one
        and each.days_from(other) == 0
        and _likeness(each, other) >= LIKENESS / 2
        for each in everything
    )
