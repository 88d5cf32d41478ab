"""What looks like a date and is none: numbers that count or number something, names, weekdays in general."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from demarche.readers.rules.dates.grammar import Match, value_of
from demarche.readers.rules.dates.words import Token, lexicon

Guard = Callable[[list[Token], Match], bool]
FUNCTION_WORDS = frozenset((
    "and", "or", "but", "in", "on", "at", "to", "for", "of", "with", "when", "where", "while", "as",
    "by", "from", "that", "which", "who", "he", "she", "it", "they", "we", "you", "i", "is", "was",
    "were", "are", "will", "would", "has", "had", "have", "if", "because", "since", "until", "after",
    "before", "there", "no", "not", "the", "a", "an", "his", "her", "their", "our",
))  # fmt: skip
DAY_LIKE = re.compile(r"\d\d?(?:st|nd|rd|th)?")
"""A number that would be a day if the month before or behind it had one of that number."""
EACH = frozenset(("every", "each"))
WEAK_BEFORE_NAMES = frozenset((
    "the", "its", "his", "her", "their", "our", "to", "for", "of", "only", "from", "after", "before",
    "and", "or",
))  # fmt: skip
WEAK_BEFORE_YEARS = frozenset((
    "of", "to", "from", "around", "by", "for", "after", "before",
))  # fmt: skip
POSSESSIVES = frozenset(("the", "’s", "'s", "its", "his", "her", "their", "our", "early", "late"))
STARTS = frozenset(("", "\n", ".", ";", "(", ",", "and", "or", "“", '"', "–", "—", ":"))
ENDS = frozenset(".,;:!?)]–—-”\"'’\n(…“‘")


@cache
def not_dates() -> dict[str, frozenset[str]]:
    """The lists of lexicon/dates.yaml that speak against a date."""
    return {name: frozenset(map(str, words)) for name, words in lexicon("dates")["not_dates"].items()}


def is_date(tokens: list[Token], match: Match) -> bool:
    """Whether nothing around a match speaks against its being a date."""
    guard = GUARDS.get(match.resolver)
    return guard(tokens, match) if guard else True


def _word(tokens: list[Token], position: int) -> str:
    return tokens[position].lower if 0 <= position < len(tokens) else ""


def _is_capital(tokens: list[Token], position: int) -> bool:
    return 0 <= position < len(tokens) and tokens[position].capital


def _day(tokens: list[Token], match: Match) -> bool:
    """Not `in June 20 people`, `May 3 percent`, `12 March Street`."""
    if _word(tokens, match.last) in not_dates()["streets"] and _is_capital(tokens, match.last):
        return False
    month_first = match.names["m"] < match.names["d"]
    if "y" in match.names or "yr" in match.names or not month_first:
        return True
    after = _word(tokens, match.last)
    return after not in not_dates()["counted"] and _word(tokens, match.first - 1) != "in"


def _month(tokens: list[Token], match: Match) -> bool:
    """Not `June Adams`, `March Street`, `every January`, `the 32nd of May`."""
    before = _word(tokens, match.first - 1)
    if (
        _word(tokens, match.last) in not_dates()["streets"] and _is_capital(tokens, match.last)
    ) or before in EACH:
        return False
    if DAY_LIKE.fullmatch(_word(tokens, match.first - (2 if before == "of" else 1))):
        return False
    if "p" not in match.names:
        return True
    return _word(tokens, match.names["p"]) not in WEAK_BEFORE_NAMES or not _is_capital(tokens, match.last)


def _year(tokens: list[Token], match: Match) -> bool:
    """A year needs a preposition, an article or a possessive, or stands at the head of a sentence or line."""
    after, before = _word(tokens, match.last), _word(tokens, match.first - 1)
    lists, number = not_dates(), int(tokens[match.names["y"]].lower)
    if before in lists["numbered"] or after in ("/", "%", "°"):
        return False
    if after in lists["counted"] and ("p" not in match.names or number % 10 == 0):
        return False
    if "p" in match.names:
        counts = number % 50 == 0 or number < 1700
        weak = _word(tokens, match.names["p"]) in WEAK_BEFORE_YEARS and after not in ENDS | FUNCTION_WORDS
        return not (weak and counts)
    if before in POSSESSIVES:
        return after not in ENDS and not after.endswith("s")
    alone = after in (",", ":", ")", "\n", "when", "the", "–", "—", ";", ".", "and") and before in STARTS
    return (alone and 1500 <= number <= 2099) or (after == "," and _word(tokens, match.last + 1) == "when")


def _weekday(tokens: list[Token], match: Match) -> bool:
    """Not `Black Friday`, `every Monday`, `The Sunday Times`, `Monday 32 May`."""
    before, after = _word(tokens, match.first - 1), _word(tokens, match.last)
    if _is_of_no_day(tokens, match.last):
        return False
    if (
        before in not_dates()["named_weekdays"]
        and tokens[match.first].lower == tokens[match.names["wd"]].lower
    ):
        return False
    if before in ("first", "second", "third", "fourth", "last") and "p" not in match.names:
        return False
    if after in not_dates()["weekday_nouns"] and not _is_capital(tokens, match.last):
        return False
    return not (after in not_dates()["papers"] and _is_capital(tokens, match.last) and "p" not in match.names)


def _is_of_no_day(tokens: list[Token], place: int) -> bool:
    """Whether a day that no month has follows, with its month: `, the 32nd of May`."""
    following = [token for token in tokens[place : place + 5] if token.lower not in (",", "the", "of")][:2]
    if len(following) < 2 or not following[1].capital:
        return False
    return bool(DAY_LIKE.fullmatch(following[0].lower) and value_of(following[1], "MONTH", "NAMELIKE"))


def _nth(tokens: list[Token], match: Match) -> bool:
    """`the 26th` alone, or with `on` or `by` before a name; not `the 26th session`."""
    if "s" in match.names:
        return True
    after, before = _word(tokens, match.last), _word(tokens, match.first - 1)
    if after in not_dates()["nouns_after_nth"]:
        return False
    if after in FUNCTION_WORDS or after in ENDS or not after:
        return after != "of" or before in ("on", "by")
    return before in ("on", "by", "until", "till", "since")


def _short_day(tokens: list[Token], match: Match) -> bool:
    return _word(tokens, match.first - 1) in (
        "on",
        "the",
        "until",
        "till",
        "by",
        "since",
        "from",
        "before",
        "of",
    )


def _season(tokens: list[Token], match: Match) -> bool:
    """A season's own noun (`the summer term`) is no season; `in the spring` and `by winter` are."""
    if "p" not in match.names:
        return True
    return _word(tokens, match.last) not in not_dates()["season_nouns"]


def _last_night(tokens: list[Token], match: Match) -> bool:
    """Not `on the last night of the year`."""
    return _word(tokens, match.first - 1) != "the"


def _neighbour(tokens: list[Token], match: Match) -> bool:
    """Not `the day after the vote`: that counts from what follows."""
    if tokens[match.last - 1].lower not in ("before", "after", "following"):
        return True
    after = _word(tokens, match.last)
    return after in ENDS or after in ("and", "but", "")


def _later(tokens: list[Token], match: Match) -> bool:
    """`three days before` counts from a date before only where nothing follows it."""
    if tokens[match.last - 1].lower != "before":
        return tokens[match.last - 1].lower != "on" or _word(tokens, match.last) in ENDS
    after = _word(tokens, match.last)
    return after in ENDS or after in ("and", "but", "")


def _part_of_month(tokens: list[Token], match: Match) -> bool:
    return _word(tokens, match.last) not in not_dates()["streets"]


def _day_range(tokens: list[Token], match: Match) -> bool:
    """`5 and 6 March` is one stretch of days, `4 and 18 March` are two days."""
    joiner = tokens[match.names["j"]].lower
    if joiner not in ("and", "&") or tokens[match.first].lower in ("between", "from") or "m2" in match.names:
        return True
    days = [tokens[match.names[name]].lower for name in ("d", "d2")]
    return all(d.isdigit() for d in days) and int(days[1]) - int(days[0]) == 1


def _month_range(tokens: list[Token], match: Match) -> bool:
    joiner = tokens[match.names["j"]].lower
    return joiner != "and" or tokens[match.first].lower in ("between", "from")


def _since(tokens: list[Token], match: Match) -> bool:
    """`it is a fortnight since the vote`, but not `the third in two years since the vote`."""
    return tokens[match.last - 1].lower != "since" or _word(tokens, match.first - 1) in (
        "is",
        "'s",
        "’s",
        "now",
        "already",
        "",
    )


def _ahead(tokens: list[Token], match: Match) -> bool:
    """`in three weeks` looks ahead, but not in `the first rise in eleven years`."""
    before = {token.lower for token in tokens[max(0, match.first - 5) : match.first]}
    return tokens[match.first].lower != "in" or not before & not_dates()["of_many"]


def _holiday(tokens: list[Token], match: Match) -> bool:
    """Christmas as a time, not in `Christmas tree` or `the Christmas truce`."""
    before = _word(tokens, match.first - 1)
    return "v" in match.names or before in (
        "on",
        "by",
        "at",
        "before",
        "since",
        "until",
        "after",
        "this",
        "last",
        "next",
    )


GUARDS: dict[str, Guard] = {
    "day": _day,
    "month": _month,
    "year": _year,
    "weekday": _weekday,
    "nth": _nth,
    "short_day": _short_day,
    "season": _season,
    "last_night": _last_night,
    "neighbour": _neighbour,
    "later": _later,
    "part_of_month": _part_of_month,
    "day_range": _day_range,
    "month_range": _month_range,
    "ago": _since,
    "ahead": _ahead,
    "holiday": _holiday,
    "easter": _holiday,
}
