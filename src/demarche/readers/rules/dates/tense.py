"""The time a clause speaks of, as far as its verbs show it: past, future, present, or nothing."""

from __future__ import annotations

from functools import cache

from demarche.readers.rules.dates.words import Token, lexicon

STOPS = frozenset(".!?;:\n")
OPENERS = STOPS | frozenset(("", "-", "–", "“", '"', ")"))
BEHIND = 2.0
"""A verb after the date is this many times as far as one before it."""
REACH = 60


@cache
def verb_forms() -> dict[str, frozenset[str]]:
    """The verb forms of lexicon/tenses.yaml by the time they speak of."""
    forms = {key: frozenset(map(str, value)) for key, value in lexicon("tenses").items() if key != "crossed"}
    forms["scheduled"] |= {_third_person(verb) for verb in forms["scheduled"]}
    return forms


@cache
def _telling() -> frozenset[str]:
    """Words that may show a time, besides those that end in -ed."""
    kinds = ("future", "fixed", "before_to", "promising", "be", "past", "present_perfect", "scheduled")
    return frozenset(("would",)).union(*(verb_forms()[kind] for kind in kinds))


@cache
def crossed() -> dict[str, int]:
    """How much farther a verb lies behind such a word, in words."""
    return {word: int(count) for word, count in lexicon("tenses")["crossed"].items()}


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "s"


def tense_at(tokens: list[Token], first: int, last: int) -> str:
    """What the verb nearest to tokens `first` to `last` speaks of: past, future, present, or ''."""
    far_before, before = _nearest(tokens, first - 1, -1, first)
    far_after, after = _nearest(tokens, last, 1, first)
    return after if after and far_after * BEHIND < far_before else before


def _nearest(tokens: list[Token], position: int, step: int, date_at: int) -> tuple[float, str]:
    """How far the next verb in one direction lies within the sentence, and what it speaks of."""
    far = 1
    while 0 <= position < len(tokens) and far <= REACH:
        word = tokens[position].lower
        if word in STOPS:
            break
        if said := tense_of(tokens, position, date_at):
            return far, said
        far += 1 + crossed().get(word, 0)
        position += step
    return REACH, ""


def tense_of(tokens: list[Token], position: int, date_at: int = 0) -> str:
    """The time that one word speaks of, with a date at token `date_at`; '' where it shows none."""
    forms, word = verb_forms(), tokens[position].lower
    if word not in _telling() and not word.endswith("ed"):
        return ""
    if _points_ahead(tokens, position, date_at):
        return "future"
    if word in forms["be"]:
        return "present"
    if word == "would":
        return "past"  # of a refusal: "would not hear of it"
    before = _word(tokens, position - 1)
    if tokens[position].capital and before not in OPENERS:
        return ""
    if _is_past(word, forms):
        return "" if before in ("be", "to") or _is_adjective(tokens, position, forms) else "past"
    if word in forms["scheduled"] and not _is_caused(tokens, position) and _may_be_verb(before):
        return "past" if before in forms["present_perfect"] else "future"
    return ""


def _may_be_verb(before: str) -> bool:
    """Whether "visit", "plan" or "close" may be a verb behind this word: not in "a plan", "came close"."""
    forms = verb_forms()
    return before not in forms["before_nouns"] and before not in forms["reaching"] and not before.isdigit()


def _is_caused(tokens: list[Token], position: int) -> bool:
    """Whether the time is that of another verb: `let two captains go`."""
    before = {token.lower for token in tokens[max(0, position - 5) : position]}
    return bool(before & verb_forms()["causing"])


def _is_past(word: str, forms: dict[str, frozenset[str]]) -> bool:
    if word in forms["past"] or word in forms["present_perfect"]:
        return True
    return len(word) > 4 and word.endswith("ed") and word not in forms["not_past"]


def _is_adjective(tokens: list[Token], position: int, forms: dict[str, frozenset[str]]) -> bool:
    """Whether a participle stands before its noun: `written proposals`."""
    if tokens[position].lower not in forms["participles"]:
        return False
    after, before = _word(tokens, position + 1), _word(tokens, position - 1)
    return after.isalpha() and after not in forms["after_participles"] and before not in forms["auxiliary"]


def _points_ahead(tokens: list[Token], position: int, date_at: int) -> bool:
    """Whether a word speaks of the future: an auxiliary, `is to`, `due on`, `agreed to … on`."""
    forms, word = verb_forms(), tokens[position].lower
    after = _word(tokens, position + 1)
    if word in forms["future"]:
        if word in forms["nouns_too"] and after not in forms["objects"]:
            return False
        is_refused = word == "would" and "hear" in (after, _word(tokens, position + 2))
        return not is_refused and _may_be_verb(_word(tokens, position - 1))
    if word in forms["fixed"] and after in forms["fixed_before"] and _word(tokens, position - 1) != "had":
        return True
    if word in forms["before_to"] and after in ("to", "until"):
        return True
    return word in forms["promising"] and date_at > position and _promises(tokens, position, date_at)


def _promises(tokens: list[Token], position: int, date_at: int) -> bool:
    """Whether `to` or `for` stands between such a verb and the date, and no other clause begins there."""
    between = [token.lower for token in tokens[position + 1 : date_at]]
    return bool({"to", "for"} & set(between[:8])) and not {",", "that", "and", "who", "which"} & set(between)


def _word(tokens: list[Token], position: int) -> str:
    return tokens[position].lower if 0 <= position < len(tokens) else ""
