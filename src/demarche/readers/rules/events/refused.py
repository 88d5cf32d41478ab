"""Why a date in a text is not the date of an event: one small question for each reason.

`reason_against` gives the first that holds, '' where none does. The order is that of how plain they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from demarche.edtf_dates import bounds
from demarche.readers.rules.dates.tense import verb_forms
from demarche.readers.rules.events.facts import Facts, event_words

Reason = Callable[[Facts], bool]
DATELINE = re.compile(r"^[\s\-–—•*]*[^a-z\n]*[A-ZÀ-Þ]{3,}[^a-z\n]*[\w .,/'’-]{0,30}$")
IF = frozenset(("if", "unless"))
FOLLOWED = re.compile(r",? on \d")
UNSURE = frozenset(("would", "could", "may", "might", "if", "must", "not", "never", "should"))
PLACE = re.compile(r"^[A-ZÀ-Þ][\w ./'’-]{2,40},\s*$")
AFTER_DATELINE = re.compile(r"^(?:,? \d{4})?\s*(?:\([^)]*\))?\s*[-–—.:]|^\s*(?:\([^)]*\))?\s*$")


def reason_against(facts: Facts) -> str:
    """The name of the first reason against an event; '' where there is none."""
    return next((name for name, holds in REASONS.items() if holds(facts)), "")


def _heading(facts: Facts) -> bool:
    """A title or a heading, unless the date opens an entry."""
    return facts.kind != "text" and not facts.date.is_heading


def _dateline(facts: Facts) -> bool:
    """TOWN, 3 May (Agency) –, or a line with place and date alone, at the head of a text."""
    before = facts.text[facts.sentence[0] : facts.date.start]
    after = facts.text[facts.date.end : facts.date.end + 60].split("\n")[0]
    if not facts.opens_text or not AFTER_DATELINE.match(after):
        return False
    if facts.date.is_heading:
        return _is_day_of_text(facts)
    return (bool(PLACE.match(before)) and len(before) < 42) or (
        bool(DATELINE.match(before)) and len(before) < 60
    )


def _is_day_of_text(facts: Facts) -> bool:
    if not facts.published:
        return False
    return bounds(facts.date.date) == (str(facts.published.first), str(facts.published.last))


def _question(facts: Facts) -> bool:
    return facts.is_question


def _supposed(facts: Facts) -> bool:
    """What is supposed: if, were, should at the head of the sentence or before the date in its clause."""
    supposing = event_words("supposing")
    if facts.date.relation == "until" and facts.date.kind == "day":
        return False
    if facts.sentence_words[:1] and facts.sentence_words[0] in supposing - {"whether"}:
        return True
    if facts.words[:1] in (["if"], ["suppose"], ["imagine"], ["unless"]):
        return True
    counted = facts.date.kind in ("same", "neighbour", "later", "vague")
    if counted and {"would", "could", "might"} & set(facts.words):
        return True
    if facts.date.is_tag or facts.date.is_heading or IF.isdisjoint(facts.words):
        return False
    return not IF.isdisjoint(facts.clause_words_before)


def _today_in_general(facts: Facts) -> bool:
    """`today` where no act of that day is told; `tomorrow` where nothing is fixed for it."""
    if facts.date.kind != "deictic":
        return False
    word = facts.own_words[0] if facts.own_words else ""
    if facts.date.relation == "of" or facts.text[facts.date.end : facts.date.end + 2] in ("'s", "’s"):
        return True
    if word in ("tomorrow", "tonight"):
        unsure = {"would", "could", "may", "might", "if", "provided", "must", "or", "not", "than", "before"}
        return bool(unsure & set(facts.sentence_words)) or facts.date.tense not in ("present", "future")
    if word == "today" and facts.date.tense == "future":
        return not _is_fixed(facts)
    return word == "today" and facts.date.tense != "past"


def _is_fixed(facts: Facts) -> bool:
    """Whether the clause tells of what is fixed for the day: a verb of a timetable, and nothing unsure."""
    words, forms = set(facts.words), verb_forms()
    unsure = UNSURE | {"rather", "than", "or", "want", "wants", "ask"}
    return bool(words & (forms["scheduled"] | {"will", "due"})) and not words & unsure


def _source_of_what_is_dated(facts: Facts) -> bool:
    """The day of a source behind a sentence that has a date of its own."""
    return facts.date.is_tag and facts.with_other_dates


def _demanded_deadline(facts: Facts) -> bool:
    """The deadline or term of something that somebody wants: `an end to coal by 2030`."""
    if facts.date.kind == "year" and event_words("demanding") & set(facts.words) and _is_ahead(facts):
        return True
    if facts.date.relation not in ("by", "until", "till", "before", "after", "for") or (
        facts.date.tense == "past" and facts.date.relation != "by"
    ):
        return False
    if event_words("foreseen") & set(facts.words_before[-4:]):
        return False
    if facts.date.kind in ("year", "part_of_year", "end_of_unit", "decade"):
        return facts.date.kind in ("year", "decade") or bool(
            event_words("demanding") & set(facts.words_before)
        )
    return False


def _is_ahead(facts: Facts) -> bool:
    latest = facts.published.last.isoformat() if facts.published else ""
    return bool(latest) and bounds(facts.date.date)[0] > latest


def _state_of_things(facts: Facts) -> bool:
    """`the 1997 lines`, `the line of 1997`, `as before 1997`."""
    states = event_words("states")
    if facts.date.kind != "year":
        return False
    if facts.date.relation in ("before", "after"):
        return True
    return facts.word_after in states or (
        facts.date.relation == "of" and bool(states & set(facts.words_before[-2:]))
    )


def _comparison(facts: Facts) -> bool:
    """`twice what it was ten years ago`, `not a day earlier`."""
    if facts.date.kind not in ("later", "ago"):
        return False
    if "on" in facts.own_words or FOLLOWED.match(facts.text, facts.date.end):
        return True
    near = facts.words_before[-8:]
    return bool({"than", "not", "nor"} & set(near)) or ("as" in near and facts.date.kind == "ago")


def _vague_unit(facts: Facts) -> bool:
    """`this year`, `this month`, `next year` in general: only with a verb in the past, or something fixed."""
    if facts.words_before[-1:] in (["toward"], ["towards"]):
        return True
    if facts.date.kind in ("new_year", "holiday", "easter"):
        return not facts.date.relation
    if facts.date.kind != "which_unit":
        return False
    words = set(facts.own_words)
    if {"this", "year"} <= words or {"this", "month"} <= words:
        return facts.date.tense != "past" or "earlier" not in words
    if {"past"} & words:
        return True
    return {"next", "year"} <= words and bool({"would", "until", "if", "could"} & set(facts.words))


def _season_in_general(facts: Facts) -> bool:
    """A season that something lasts through, or lies before."""
    if event_words("foreseen") & set(facts.words_before[-4:]):
        return False
    return facts.date.kind == "season" and facts.date.relation in (
        "before",
        "through",
        "for",
        "after",
        "during",
        "over",
    )


def _recently_with_a_date(facts: Facts) -> bool:
    """`recently` of a state, or beside a date of its own."""
    if facts.date.kind != "vague" or "recently" not in facts.own_words:
        return False
    return facts.with_other_dates or facts.date.tense != "past" or facts.words_before[-1:] == ["most"]


def _mere_denial(facts: Facts) -> bool:
    """A sentence that begins with nobody or neither tells of nothing that happened."""
    general = facts.date.kind in ("weekday", "deictic", "which_unit")
    return general and facts.words[:1] in (["nobody"], ["neither"], ["nothing"])


def _without_a_verb(facts: Facts) -> bool:
    """A short line with the day of publication and no verb, such as a signature."""
    if facts.date.is_heading or facts.date.is_tag or len(facts.sentence_words) > 6 or not facts.published:
        return False
    forms = verb_forms()
    shown = forms["past"] | forms["be"] | forms["future"] | forms["scheduled"]
    rest = set(facts.sentence_words) - set(facts.own_words)
    has_verb = any(word in shown or word.endswith("ed") for word in rest)
    return not has_verb and bounds(facts.date.date)[0] == facts.published.first.isoformat()


def _now(facts: Facts) -> bool:
    """`It is late January`: the date of the text itself."""
    return facts.words_before[-2:] in (["it", "is"], ["now", "in"])


REASONS: dict[str, Reason] = {
    "heading": _heading,
    "dateline": _dateline,
    "question": _question,
    "supposed": _supposed,
    "today in general": _today_in_general,
    "source of what is dated": _source_of_what_is_dated,
    "demanded deadline": _demanded_deadline,
    "state of things": _state_of_things,
    "comparison": _comparison,
    "this year in general": _vague_unit,
    "season in general": _season_in_general,
    "recently, with a date": _recently_with_a_date,
    "now": _now,
    "mere denial": _mere_denial,
    "without a verb": _without_a_verb,
}
