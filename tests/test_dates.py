"""Date expressions are found, and worth what they say; the sentences are in tests/cases/dates.yaml."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from demarche.edtf_dates import bounds, is_edtf
from demarche.readers.rules.dates.calendar import easter
from demarche.readers.rules.dates.context import RESOLVERS
from demarche.readers.rules.dates.expressions import find_dates
from demarche.readers.rules.dates.grammar import Rule, date_grammar

GROUPS = yaml.safe_load((Path(__file__).parent / "cases" / "dates.yaml").read_text(encoding="utf-8"))
CASES = [
    pytest.param(text, str(group["published"]), expected, id=f"{group['published']} {text}")
    for group in GROUPS
    for text, expected in group["sentences"]
]
DAYS = st.dates(date(1950, 1, 1), date(2050, 12, 31))
WORDS = st.sampled_from([
    "on", "in", "the", "of", "to", "since", "until", "by", "from", "3", "12th", "26th", "2014",
    "1950s", "31", "30", "2021-22", "May", "march", "February", "Feb.", "Monday",
    "last", "Sunday", "next", "this", "week", "month", "year", "years", "ago",
    "later", "early", "late", "mid", "end", "two", "a", "fortnight", "spring",
    "Easter", "Christmas", ",", "-", "today", "and", ".", "(", ")", "2022-02-30", "29",
    "quarter", "first", "half", "day", "before", "after", "will", "met", "’s",
    "weekend", "9999", "0001", "1/2/2003",
])  # fmt: skip
PUBLISHED = ["", "2022-01-26", "2021-12-20~", "2021", "2021-12", "2021-21", "nonsense", "../2020"]
EDGES = ["0001-01-01", "9999-12-31"]


@pytest.mark.parametrize(("text", "published", "expected"), CASES)
def test_a_sentence_has_these_dates_and_no_others(
    text: str, published: str, expected: dict[str, object]
) -> None:
    found = {text[start:end]: value for start, end, value in find_dates(text, published)}

    assert found == {str(words): str(value) for words, value in expected.items()}


def test_there_are_enough_cases_of_either_kind() -> None:
    assert len(CASES) >= 150
    assert sum(not case.values[2] for case in CASES) >= 30


def test_every_rule_of_the_grammar_has_its_resolver() -> None:
    assert {rule.resolver for rule in date_grammar().rules} == set(RESOLVERS)


@pytest.mark.parametrize("rule", date_grammar().rules, ids=lambda rule: rule.resolver)
@given(data=st.data())
@settings(max_examples=30)
def test_every_rule_needs_one_of_the_signals(rule: Rule, data: st.DataObject) -> None:
    fitting = data.draw(st.from_regex(rule.pattern, fullmatch=True))

    assert set(fitting) & set(date_grammar().vocabulary.signals)


@given(
    st.text(),
    st.sampled_from(["", "2022-01-26", "2021-12-20~", "2021", "2021-12", "2021-21", "nonsense", "../2020"]),
)
def test_no_text_is_too_strange(text: str, published: str) -> None:
    for start, end, value in find_dates(text, published):
        assert 0 <= start < end <= len(text)
        assert is_edtf(value)


@given(st.lists(WORDS, max_size=25), st.one_of(st.just(""), DAYS.map(str), st.sampled_from(EDGES)))
def test_any_row_of_date_words_gives_dates_in_order_that_exist(words: list[str], published: str) -> None:
    text = " ".join(words)
    found = find_dates(text, published)

    assert [start for start, _, _ in found] == sorted(start for start, _, _ in found)
    assert all(first_end <= start for (_, first_end, _), (start, _, _) in pairwise(found))
    for _, _, value in found:
        earliest, latest = bounds(value)
        assert not earliest or not latest or earliest <= latest


@given(DAYS, st.integers(-60, 60))
def test_yesterday_moves_with_the_day_of_publication(day: date, weeks: int) -> None:
    moved = day + timedelta(weeks=weeks)
    text = "They met yesterday, on Monday, and last week; they meet again next Friday."
    first, second = ([value for _, _, value in find_dates(text, str(d))] for d in (day, moved))

    assert [_moved(value, weeks) for value in first] == second


def _moved(value: str, weeks: int) -> str:
    return "/".join(str(date.fromisoformat(end) + timedelta(weeks=weeks)) for end in value.split("/"))


@given(DAYS)
def test_a_full_date_does_not_depend_on_when_the_text_was_published(day: date) -> None:
    text = f"It ended on {day.day} {day:%B} {day.year}."

    assert [value for _, _, value in find_dates(text, "2022-01-26")] == [day.isoformat()]
    assert [value for _, _, value in find_dates(text)] == [day.isoformat()]


def test_easter_falls_where_the_calendars_say() -> None:
    assert [str(easter(year)) for year in (1999, 2008, 2011, 2024, 2038)] == [
        "1999-04-04", "2008-03-23", "2011-04-24", "2024-03-31", "2038-04-25",
    ]  # fmt: skip
