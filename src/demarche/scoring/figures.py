"""The figures by which a reading is judged, and what counts as a match in each.

Five figures, each with precision, recall and F1 (the definitions are the gold annotation's):

- who-what: same document, demand and party, overlapping ranges; paired one to one, longest overlap first;
- who-what-position: the same, with the position equal;
- inventory: the set of (document, demand) that somebody demands;
- stance matrix: (document, party, demand) with its majority position, a tie going to the first in the text;
- dated events: overlapping sentences and equal dates.

And seven layers, to see where a reading goes wrong. The first counts like the figures; the others are shares
of what the layer before has right, so that their precision, recall and F1 are one number:

- what: the demands told of in a sentence, each once;
- who: of statements paired by demand, those with the right party;
- position: of statements paired by demand and party, those with the right position;
- speaker, attribution: of statements right in who, what and position;
- date value: of events paired by the words of the date, those whose date is right;
- event status: of events with the right date.

A person counts as the party that `of` names. Nothing here reads or writes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from demarche.records import Event, Statement
from demarche.scoring.pairs import Record, Score, agreeing, compared, paired, pairs

LAYERS = ("what", "who", "position", "speaker", "attribution", "date value", "event status")
FIGURES = ("who-what", "who-what-position", "inventory", "stance matrix", "dated events", *LAYERS)
_SENTENCE_END = re.compile(
    r"\n+|(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St))(?<!\b(?:Jan|Feb|Mar|Apr|Aug|Oct|Nov|Dec|Gen|Mrs))(?<!\bSept)"
    r"[.!?…]+[\"'”’)\]]*(?: +\([^()\n]{1,60}\))? +(?=[\"'“‘]?[A-Z0-9])"
)
"""Where the gold's own scorer ends a sentence: events are widened by it, so figures can be compared."""


class Reading(NamedTuple):
    """Statements and events of some documents, decided or proposed."""

    statements: Sequence[Statement]
    events: Sequence[Event]


def score(
    gold: Reading, found: Reading, *, texts: Mapping[str, str], party: Callable[[str], str]
) -> dict[str, Score]:
    """The figures and layers; records of documents that are not among `texts` are ignored."""
    return total(score_by_document(gold, found, texts=texts, party=party).values())


def score_by_document(
    gold: Reading, found: Reading, *, texts: Mapping[str, str], party: Callable[[str], str]
) -> dict[str, dict[str, Score]]:
    """The figures and layers of each document."""
    wanted, given = (_by_document(reading, party) for reading in (gold, found))
    return {doc_id: _figures(wanted[doc_id], given[doc_id], text) for doc_id, text in texts.items()}


def total(scores: Iterable[Mapping[str, Score]]) -> dict[str, Score]:
    """The figures of several documents together."""
    added = dict.fromkeys(FIGURES, Score())
    for one in scores:
        added = {name: added[name] + one[name] for name in FIGURES}
    return added


def inventory(statements: Iterable[Statement]) -> set[Hashable]:
    """The pairs (document, demand) that somebody demands."""
    return {(s.doc_id, s.demand) for s in statements if s.position == "demands"}


def stances(statements: Iterable[Statement]) -> set[Hashable]:
    """(document, actor, demand, majority position); a tie goes to the position met first in the text."""
    votes: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for s in sorted(statements, key=lambda s: (s.start, s.end, s.position)):
        votes[s.doc_id, s.actor, s.demand][s.position] += 1
    return {(*cell, counts.most_common(1)[0][0]) for cell, counts in votes.items()}


def sentence_cuts(text: str) -> list[int]:
    """Where the sentences of a text begin, and where the last one ends."""
    return sorted({0, len(text), *(match.end() for match in _SENTENCE_END.finditer(text))})


def widened(record: Record, cuts: list[int]) -> Record:
    """A record whose range runs from the start of its first sentence to the end of its last."""
    start, end = (max(0, min(offset, cuts[-1])) for offset in (record.start, record.end))
    return replace(record, start=cuts[bisect_right(cuts, start) - 1], end=cuts[bisect_left(cuts, end)])


def _by_document(reading: Reading, party: Callable[[str], str]) -> Mapping[str, Reading]:
    """A reading apart by document, persons counted as their parties."""
    statements: dict[str, list[Statement]] = defaultdict(list)
    events: dict[str, list[Event]] = defaultdict(list)
    for s in reading.statements:
        statements[s.doc_id].append(replace(s, actor=party(s.actor), speaker=party(s.speaker)))
    for e in reading.events:
        events[e.doc_id].append(e)
    apart: dict[str, Reading] = defaultdict(lambda: Reading([], []))
    apart |= {doc_id: Reading(statements[doc_id], events[doc_id]) for doc_id in {*statements, *events}}
    return apart


def _figures(gold: Reading, found: Reading, text: str) -> dict[str, Score]:
    """The figures and layers of one document."""
    cuts = sentence_cuts(text)
    wanted, given = gold.statements, found.statements
    events = (
        [widened(event, cuts) for event in gold.events],
        [widened(event, cuts) for event in found.events],
    )
    return {
        "who-what": paired(wanted, given, _who_what),
        "who-what-position": paired(wanted, given, _who_what_position),
        "inventory": compared(inventory(wanted), inventory(given)),
        "stance matrix": compared(stances(wanted), stances(given)),
        "dated events": paired(*events, _date),
        "what": paired(_told(wanted, cuts), _told(given, cuts), _demand),
        **_layers_of_statements(wanted, given),
        **_layers_of_events(*events),
    }


def _layers_of_statements(wanted: Sequence[Statement], given: Sequence[Statement]) -> dict[str, Score]:
    about_the_same = pairs(
        wanted, given, _demand, worse=lambda a, b: (a.actor != b.actor, a.position != b.position)
    )
    of_the_same = pairs(wanted, given, _who_what, worse=lambda a, b: (a.position != b.position,))
    right = pairs(wanted, given, _who_what_position)
    return {
        "who": agreeing(about_the_same, lambda s: s.actor),
        "position": agreeing(of_the_same, lambda s: s.position),
        "speaker": agreeing(right, lambda s: s.speaker),
        "attribution": agreeing(right, lambda s: s.attribution),
    }


def _layers_of_events(wanted: Sequence[Event], given: Sequence[Event]) -> dict[str, Score]:
    """Events pair by their date's words, which must overlap, one holding the other."""
    told_alike = [
        (a, b)
        for a, b in pairs(wanted, given, _document, worse=lambda a, b: (_apart(a, b), a.date != b.date))
        if not _apart(a, b)
    ]
    return {
        "date value": agreeing(told_alike, _date),
        "event status": agreeing(pairs(wanted, given, _date), lambda e: e.status),
    }


def _apart(a: Event, b: Event) -> bool:
    """Whether neither event's date words hold the other's."""
    one, other = a.date_text.casefold().strip(), b.date_text.casefold().strip()
    return not (one and other and (one in other or other in one))


def _told(statements: Iterable[Statement], cuts: list[int]) -> list[Statement]:
    """The demands told of, each once for the sentences that tell of it."""
    return list({(s.start, s.end, s.demand): s for s in (widened(s, cuts) for s in statements)}.values())


def _document(event: Event) -> Hashable:
    return event.doc_id


def _date(event: Event) -> Hashable:
    return event.date


def _demand(s: Statement) -> Hashable:
    return s.demand


def _who_what(s: Statement) -> Hashable:
    return s.demand, s.actor


def _who_what_position(s: Statement) -> Hashable:
    return s.demand, s.actor, s.position
