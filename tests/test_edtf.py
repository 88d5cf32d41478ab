"""What an EDTF date allows and how it is said; held against the package `edtf` where that is right."""

from __future__ import annotations

import warnings
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.edtf_dates import MARGIN_OF_ABOUT, bounds, is_edtf, readable

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the package's grammar warns while it is built
    from edtf import parse_edtf

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2022-01-26", "2022-01-26", "2022-01-26"),
        ("2022-02", "2022-02-01", "2022-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022-21", "2022-03-01", "2022-05-31"),
        ("2022-22", "2022-06-01", "2022-08-31"),
        ("2022-23", "2022-09-01", "2022-11-30"),
        ("2022-24", "2022-12-01", "2023-02-28"),
        ("195X", "1950-01-01", "1959-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2022-01-XX", "2022-01-01", "2022-01-31"),
        ("2022-XX-XX", "2022-01-01", "2022-12-31"),
        ("2021-12/2022-01", "2021-12-01", "2022-01-31"),
        ("2014/..", "2014-01-01", ""),
        ("2014/", "2014-01-01", ""),
        ("../2014", "", "2014-12-31"),
        ("2008-21/..", "2008-03-01", ""),
        ("2022-01-20~", "2022-01-17", "2022-01-23"),
        ("2021-12~", "2021-11-16", "2022-01-15"),
        ("2022?", "2022-01-01", "2022-12-31"),
        ("2022-01-20%", "2022-01-17", "2022-01-23"),
        ("9999-24", "9999-12-01", "9999-12-31"),
        ("0001-01-01~", "0001-01-01", "0001-01-04"),
        ("", "", ""),
    ],
)
def test_a_date_allows_these_days(text: str, earliest: str, latest: str) -> None:
    assert bounds(text) == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "..", "../..", "/", "22", "2022-1-2", "2022-13", "2022-25", "2022-00", "2022-02-30", "2022-21-05",
        "2005/2003", "2022-01-26T10:00:00Z", "Y17000", "-0044", "0000", "next week", "٢٠٢٢", "2022~/..~",
        "20X2", "195X-01", "2022-XX-05", "2022-01-26\n",
    ],
)  # fmt: skip
def test_what_is_no_date_of_level_one_is_refused(text: str) -> None:
    assert not is_edtf(text)
    with pytest.raises(ValueError, match=r"EDTF|date|day|month|year"):
        bounds(text)


def test_no_date_at_all_is_not_a_date_and_allows_every_day() -> None:
    assert not is_edtf("")
    assert bounds("") == ("", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2022-01-26", "26 January 2022"),
        ("2022-01", "January 2022"),
        ("2022", "2022"),
        ("2022-21", "spring 2022"),
        ("2022-01/2022-03", "January–March 2022"),
        ("2022-05-03/2022-05-05", "3–5 May 2022"),
        ("2022-04-30/2022-05-02", "30 April – 2 May 2022"),
        ("2021-12-31/2022-01-02", "31 December 2021 – 2 January 2022"),
        ("2008/2010", "2008–2010"),
        ("2021-12/2022-01", "December 2021 – January 2022"),
        ("2022-01-20~", "about 20 January 2022"),
        ("2022-01-20?", "20 January 2022 (uncertain)"),
        ("2022-01%", "about January 2022 (uncertain)"),
        ("2014/..", "since 2014"),
        ("2008-21/..", "since spring 2008"),
        ("../2014-03", "until March 2014"),
        ("195X", "the 1950s"),
        ("19XX", "between 1900 and 1999"),
        ("2022-01-XX", "a day in January 2022"),
        ("1994/1997~", "1994 – about 1997"),
    ],
)
def test_a_date_is_said_like_this(text: str, said: str) -> None:
    assert readable(text) == said


@given(DAYS, st.sampled_from(["day", "month", "year"]))
def test_the_edtf_package_says_the_same_of_plain_dates(day: date, unit: str) -> None:
    text = day.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]
    theirs = parse_edtf(text)
    strict = [theirs.lower_strict(), theirs.upper_strict()]

    assert list(bounds(text)) == [f"{s[0]:04}-{s[1]:02}-{s[2]:02}" for s in strict]


@given(DAYS, DAYS, st.sampled_from(["", "~", "?", "%"]), st.sampled_from(["", "~", "?", "%"]))
def test_bounds_are_in_order_and_about_is_never_narrower(one: date, two: date, left: str, right: str) -> None:
    first, last = min(one, two), max(one, two)
    earliest, latest = bounds(f"{first}{left}/{last}{right}")

    assert earliest <= first.isoformat() <= last.isoformat() <= latest
    assert (date.fromisoformat(latest) - last).days <= MARGIN_OF_ABOUT["day"]


@given(st.text("0123456789X-/.~?%", max_size=22))
def test_what_is_a_date_has_bounds_and_can_be_said(text: str) -> None:
    if is_edtf(text):
        earliest, latest = bounds(text)

        assert earliest or latest
        assert readable(text)
