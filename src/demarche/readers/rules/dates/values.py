"""What days, weekdays and months are worth: a small function for each resolver that lexicon/dates.yaml names.

Each takes what was found and returns EDTF, or None where the text does not say which date is meant.
Years, seasons and what counts from another date are in `units`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from demarche.readers.rules.dates import calendar
from demarche.readers.rules.dates.context import Found, resolver
from demarche.readers.rules.dates.published import completed_nth, weekday_near


@resolver
def written(found: Found) -> str | None:
    """A date in figures; day and month in the order that the calendar or the separator settles, else none."""
    word = found.word("v")
    numbers = [int(piece) for piece in re.split(r"[./-]", word)]
    if len(numbers) == 2:
        return calendar.as_month(*numbers) if 1 <= numbers[1] <= 12 else None
    if numbers[0] > 31:
        return found.day_or_none(*numbers)
    first, second, year = numbers
    if "/" in word and max(first, second) <= 12 and first != second:
        return None
    day, month = (first, second) if second <= 12 else (second, first)
    return found.day_or_none(year, month, day)


@resolver
def day(found: Found) -> str | None:
    """A day with its month, and the year that is said or likely."""
    return found.day(found.number("d"), found.month("m"))


@resolver
def short_day(found: Found) -> str | None:
    """`12.06.`: day and month."""
    number, month = (int(piece) for piece in found.word("v").strip(".").split("."))
    return found.day(number, month) if 1 <= month <= 12 else None


@resolver
def day_range(found: Found) -> str | None:
    """Two days, in one month or in two; the year said counts for both unless the first has its own."""
    month = found.month("m")
    last_month = found.month("m2") if found.has("m2") else month
    last = found.day(found.number("d2"), last_month)
    if not last:
        return None
    year = int(found.word("y0")) if found.has("y0") else int(last[:4]) - (month > last_month)
    first = calendar.day_or_none(year, month, found.number("d"))
    return f"{first}/{last}" if first and first.isoformat() < last else None


@resolver
def month(found: Found) -> str | None:
    """A month, in the year that is said or likely."""
    return found.month_value(found.month("m"))


@resolver
def month_of_which(found: Found) -> str | None:
    """`last March`, `next May`, `this June`."""
    if not found.published or not found.published.month:
        return None
    number = found.month("m")
    year, current = found.published.month
    if found.word("w") in ("last", "past"):
        return calendar.as_month(year if number < current else year - 1, number)
    if found.word("w") in ("next", "coming"):
        return calendar.as_month(year if number > current else year + 1, number)
    return calendar.as_month(year, number)


@resolver
def month_range(found: Found) -> str | None:
    """`March to May 2019`."""
    first_month, last_month = found.month("m"), found.month("m2")
    last = found.month_value(last_month)
    if not last or first_month == last_month:
        return None
    year = int(found.word("y0")) if found.has("y0") else int(last[:4]) - (first_month > last_month)
    first = calendar.as_month(year, first_month)
    return f"{first}/{last}" if first < last else None


@resolver
def part_of_month(found: Found) -> str | None:
    """`early June`, `mid-May`, `late March`, `the end of April`."""
    value = found.month_value(found.month("m"))
    part = found.part()
    return calendar.part_of_month(int(value[:4]), int(value[5:7]), part) if value else None


@resolver
def week_of_month(found: Found) -> str | None:
    """`the second week of June`: days 8 to 14; the last week: the last seven days."""
    value = found.month_value(found.month("m"))
    if not value:
        return None
    year, number = int(value[:4]), int(value[5:7])
    last = calendar.last_day(year, number)
    if found.word("n") == "last":
        return calendar.interval(last - timedelta(days=6), last)
    count = found.number("n")
    if count > 5:
        return None
    first = date(year, number, 7 * count - 6) if 7 * count - 6 <= last.day else None
    return calendar.interval(first, min(last, first + timedelta(days=6))) if first else None


@resolver
def week_of_day(found: Found) -> str | None:
    """`the week of 15 June`: its ISO week."""
    value = found.day(found.number("d"), found.month("m"))
    return calendar.interval(*calendar.week_of(date.fromisoformat(value[:10]))) if value else None


@resolver
def nth(found: Found) -> str | None:
    """`the 26th`; `the 12th of that month` goes by the date before."""
    number = found.number("n")
    if found.has("s") and found.word("s") in ("that", "the"):
        anchor = found.anchor_day() or found.anchor_first()
        return found.day_or_none(anchor.year, anchor.month, number) if anchor else None
    if not found.published:
        anchor = found.anchor_first()
        return found.day_or_none(anchor.year, anchor.month, number) if anchor else None
    if found.has("s") and found.published.month:
        year, current = found.published.month
        named = calendar.as_month(year, current + found.shift("s"))
        return found.day_or_none(int(named[:4]), int(named[5:]), number)
    value = completed_nth(number, found.tense, found.published)
    return found.about(value) if value else None


@resolver
def weekday(found: Found) -> str | None:
    """A weekday before or after the day of publication, as the verb says."""
    ahead = found.tense == "future" or (found.tense == "present" and found.relation == "on")
    return found.weekday("future" if ahead else "past")


@resolver
def weekday_of_which(found: Found) -> str | None:
    """`last Monday`, `next Friday`; `this Friday` lies in the week of the text."""
    word = found.word("w")
    today = found.today
    if not today:
        return None
    number = found.value("wd", "WEEKDAY")
    if word == "this":
        return found.about(calendar.week_of(today)[0] + timedelta(days=number))
    if word == "week":
        return found.about(weekday_near(number, "future", today) + timedelta(weeks=1))
    return found.weekday("future" if word in ("next", "coming") else "past", strictly=True)


@resolver
def weekday_of_week(found: Found) -> str | None:
    """`Monday of last week`."""
    if not found.today:
        return None
    monday = calendar.week_of(found.today, found.shift("w"))[0]
    return found.about(monday + timedelta(days=found.value("wd", "WEEKDAY")))


@resolver
def weekday_weeks_ago(found: Found) -> str | None:
    """`two weeks ago on Tuesday`: the Tuesday of that week."""
    if not found.today:
        return None
    monday = calendar.week_of(found.today, -found.number("n"))[0]
    return found.about(monday + timedelta(days=found.value("wd", "WEEKDAY")))
