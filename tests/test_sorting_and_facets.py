"""What a table is sorted by and what a page can be asked for, worked out before any script runs."""

from __future__ import annotations

import pytest

from demarche import blocks as b
from demarche.edtf_dates import bounds, readable
from demarche.rendering.facets import day_of, days, filter_choices
from demarche.rendering.sorting import date_key, number_key, sort_keys
from sample_briefing import pages


def table(*rows: list[str]) -> b.Block:
    return b.table([b.column("A"), b.column("B")], rows, anchor="t", caption="")


def test_a_column_of_numbers_has_decimals_for_keys() -> None:
    keys = sort_keys(table(["1,234", "x"], ["–", "2"], ["12.5 %", ""]))

    assert keys == [["1234", "", "12.5"], [None, None, None]]


def test_a_column_of_dates_has_days_for_keys() -> None:
    keys = sort_keys(table(["30 January – 2 February 2022", "1"], ["not stated", "2"], ["spring 2021", "3"]))

    assert keys == [["2022-01-30", "", "2021-03-01"], ["1", "2", "3"]]


@pytest.mark.parametrize(
    "date",
    [
        *("2022-01-26", "2022-21", "2022-01/2022-03", "2014/..", "2014/2016", "199X", "2022-XX"),
        *(
            "2022-01-XX",
            "2021-12-30/2022-01-02",
            "2022-01-30/2022-02-02",
            "2022-01-05/2022-01-09",
            "2022-01-26?",
        ),
    ],
)
def test_a_date_as_it_is_said_is_sorted_by_its_first_day(date: str) -> None:
    assert date_key(readable(date)) == bounds(date)[0]


@pytest.mark.parametrize("words", ["", "S1", "Article 4", "12 March", "no date in 1999"])
def test_what_is_no_date_has_no_key(words: str) -> None:
    assert date_key(words) is None


def test_a_number_with_words_is_no_number() -> None:
    assert [number_key(words) for words in ("12 or so", "-3", "1,23", "0.955")] == [None, "-3", None, "0.955"]


def test_what_can_be_chosen_is_counted_and_one_choice_is_none() -> None:
    choices = filter_choices(pages.EVIDENCE[:2])

    assert [(facet["facet"], facet["choices"]) for facet in choices] == [
        ("demand", [("no-lorries", "No lorries", 1), ("night-traffic", "Night traffic", 1)])
    ]


def test_an_event_is_found_by_its_own_day_and_a_statement_by_that_of_its_source() -> None:
    assert [day_of(record) for record in pages.EVIDENCE[4:6]] == ["2019-05-03", "2019-05-01"]
    assert days(pages.EVIDENCE) == ("2019-05-01", "2019-06-01")
    assert day_of({**pages.EVIDENCE[0], "published": "one day"}) == ""
    assert days([]) is None
