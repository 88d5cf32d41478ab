"""Whether a dated event happened, is fixed to come, or is merely possible."""

from __future__ import annotations

from demarche.edtf_dates import bounds
from demarche.readers.rules.events.facts import Facts, event_words, words_of

ANNOUNCING = frozenset(("will", "would", "shall", "ll"))


def status_of(facts: Facts) -> str:
    """happened, scheduled or possible, by the date, the day of publication, and the words of the clause."""
    if not _lies_ahead(facts):
        return "happened"
    words = set(facts.words)
    if _hangs_on_something(facts):
        return "possible"
    if facts.date.relation in ("by", "until") and _is_wanted(facts):
        return "possible"
    if words & event_words("possible") and not words & event_words("fixed"):
        return "possible"
    return "scheduled"


def _lies_ahead(facts: Facts) -> bool:
    """Whether the date lies after the text; one that may be both goes by the verb."""
    earliest, latest = bounds(facts.date.date)
    published = facts.published
    if not published:
        return facts.date.tense == "future"
    if earliest and earliest > published.last.isoformat():
        return True
    if latest and latest < published.first.isoformat():
        return False
    return facts.date.tense == "future" and "/.." not in facts.date.date


def _hangs_on_something(facts: Facts) -> bool:
    """Whether a condition follows what somebody will do: "will strike on 3 June unless …"."""
    if facts.words[-1:] == ["even"] or ANNOUNCING.isdisjoint(facts.words):
        return False
    behind = words_of(facts.text[facts.clause[1] : facts.sentence[1]])[:1]
    return behind in (["unless"], ["if"])


def _is_wanted(facts: Facts) -> bool:
    return bool(event_words("demanding") - {"rule", "free", "shut"} & set(facts.words_before[-12:]))
