"""What years, seasons, weeks and holidays are worth; see `values`."""

from __future__ import annotations

from datetime import date, timedelta

from demarche.readers.rules.dates import calendar
from demarche.readers.rules.dates.context import Found, resolver


@resolver
def year(found: Found) -> str | None:
    """A year in figures."""
    return found.word("y")


@resolver
def year_range(found: Found) -> str | None:
    """`2008-2010`, `2021-22`."""
    first, last = found.word("y"), found.word("y2")
    last = last if len(last) == 4 else first[:2] + last.zfill(2)
    return f"{first}/{last}" if first < last else None


@resolver
def part_of_year(found: Found) -> str | None:
    """`early 2019`: its first quarter; `late last year`; `by the end of 2025`: its last day."""
    value = _year(found)
    return calendar.part_of_year(value, found.part() or "end") if value else None


@resolver
def half_of_year(found: Found) -> str | None:
    """`the first half of 2022`."""
    value, half = _year(found), found.number("n")
    return calendar.months_of(value, 6 * half - 5, 6 * half) if value and half <= 2 else None


@resolver
def quarter(found: Found) -> str | None:
    """`the third quarter of 2021`, `Q3`."""
    value = _year(found)
    number = 4 if found.word("n") == "last" else int(found.value("n", "QUARTER", "ORDINAL") or 0)
    return calendar.months_of(value, 3 * number - 2, 3 * number) if value and 1 <= number <= 4 else None


@resolver
def which_quarter(found: Found) -> str | None:
    """`last quarter`, `next quarter`."""
    if not found.published or not found.published.month:
        return None
    current, month = found.published.month
    shift, index = divmod((month - 1) // 3 + found.shift("w"), 4)
    return calendar.months_of(current + shift, 3 * index + 1, 3 * index + 3)


def _year(found: Found) -> int | None:
    """The year in figures, or counted from that of publication."""
    if found.has("y"):
        return int(found.word("y"))
    current = found.published.year if found.published else None
    return current + found.shift("w") if current else None


@resolver
def decade(found: Found) -> str | None:
    """`the 1950s`, `the early 2000s`, `in the sixties` (of the twentieth century)."""
    word = found.word("v")
    start = int(word[:4]) if word[0].isdigit() else int(found.value("v", "DECADEWORD"))
    return calendar.part_of_decade(start, found.part())


@resolver
def season(found: Found) -> str | None:
    """A season of a year, or the one before or after the text as the verb says."""
    number = int(found.value("s", "SEASON", "FALL"))
    if found.has("y") or found.has("yr"):
        said = found.said_year()
        return calendar.as_season(said, number) if said else None
    if not found.published or not found.published.month:
        return None
    return _season_near(found.published.first, number, found.tense)


def _season_near(day: date, number: int, tense: str) -> str:
    seasons = [calendar.as_season(day.year + shift, number) for shift in (-1, 0, 1)]
    past = [value for value in seasons if (first := calendar.first_of(value)) and first <= day]
    ahead = [value for value in seasons if (last := calendar.last_of(value)) and last >= day]
    return past[-1] if tense == "past" or not ahead else ahead[0]


@resolver
def season_of_which(found: Found) -> str | None:
    """`last summer`: the last that has ended; `this spring`: that of the year; `next winter`."""
    if not found.published or not found.published.month:
        return None
    day, number = found.published.first, int(found.value("s", "SEASON", "FALL"))
    if found.word("w") == "this":
        now = calendar.season_at(day)
        return calendar.as_season(now[0] if now[1] == number else day.year, number)
    seasons = [calendar.as_season(day.year + shift, number) for shift in (-2, -1, 0, 1)]
    if found.word("w") in ("last", "past"):
        return [value for value in seasons if (last := calendar.last_of(value)) and last < day][-1]
    return next((value for value in seasons if (first := calendar.first_of(value)) and first > day), None)


@resolver
def deictic(found: Found) -> str | None:
    """`yesterday`, `today`, `tonight`, `tomorrow morning`."""
    return _days_off(found, int(found.value("v", "DEICTIC")))


@resolver
def day_before_yesterday(found: Found) -> str | None:
    """Two days before or after the day of publication."""
    return _days_off(found, -2 if "yesterday" in found.words else 2)


@resolver
def today(found: Found) -> str | None:
    """`this morning`."""
    return _days_off(found, 0)


@resolver
def last_night(found: Found) -> str | None:
    """The evening or night before the day of publication."""
    return _days_off(found, -1)


def _days_off(found: Found, days: int) -> str | None:
    return found.about(found.today + timedelta(days=days)) if found.today else None


@resolver
def which_unit(found: Found) -> str | None:
    """`last week` (its ISO week), `this month`, `next year`, `last weekend`."""
    return _unit(found, found.word("u"), found.shift("w"))


@resolver
def weekend(found: Found) -> str | None:
    """`over the weekend`: the last one, or the next one where the verb looks ahead."""
    return _unit(found, "weekend", 1 if found.tense == "future" else -1)


def _unit(found: Found, unit: str, shift: int) -> str | None:
    published = found.published
    if not published:
        return None
    if unit == "year":
        return f"{published.year + shift:04}" if published.year else None
    if unit == "month":
        return calendar.as_month(published.month[0], published.month[1] + shift) if published.month else None
    if not found.today:
        return None
    if unit == "weekend":
        return calendar.interval(*_weekend(found.today, shift))
    return calendar.interval(*_cut(calendar.week_of(found.today, shift), found, shift))


def _weekend(day: date, shift: int) -> tuple[date, date]:
    """The Saturday and Sunday before, of, or after the week of a day; a Sunday's last weekend is its own."""
    saturday = calendar.week_of(day)[0] + timedelta(days=5)
    if shift < 0 and day.weekday() < 6:
        saturday -= timedelta(weeks=1)
    if shift > 0 and day.weekday() >= 5:
        saturday += timedelta(weeks=1)
    return saturday, saturday + timedelta(days=1)


def _cut(week: tuple[date, date], found: Found, shift: int) -> tuple[date, date]:
    """This week ends with the day of publication for what has happened, and begins with it for `later`."""
    if shift or not found.today:
        return week
    if "later" in found.words:
        return found.today, week[1]
    past = found.tense != "future" or "earlier" in found.words
    return (week[0], found.today) if past else week


@resolver
def end_of_unit(found: Found) -> str | None:
    """`the end of the month`, `the start of next week`: its last or first day, a week's last working day."""
    value = _unit(found, found.word("u") or found.word("f"), found.shift("w"))
    if not value:
        return None
    span = calendar.first_of(value), calendar.last_of(value)
    if not span[0] or not span[1]:
        return None
    if "week" in found.words and found.today:
        monday = calendar.week_of(found.today, found.shift("w"))[0]
        return (monday if found.has("e") else monday + timedelta(days=6)).isoformat()
    if found.has("e"):
        return calendar.part_of_month(span[0].year, span[0].month, "early")
    return span[1].isoformat()


@resolver
def mid_of_unit(found: Found) -> str | None:
    """`mid-week`: about Wednesday; `mid-month`: about the 15th."""
    if not found.published or not found.published.month:
        return None
    if found.word("u") == "month":
        return calendar.part_of_month(*found.published.month, "mid")
    return (calendar.week_of(found.today)[0] + timedelta(days=2)).isoformat() + "~" if found.today else None


@resolver
def vague(found: Found) -> str | None:
    """`recently`, `the other day`, `within days`: about the month of the text."""
    published = found.published
    return calendar.as_month(*published.month) + "~" if published and published.month else None


@resolver
def new_year(found: Found) -> str | None:
    """New Year's Day and Eve."""
    return found.day(*((31, 12) if found.word("w") == "eve" else (1, 1)))


@resolver
def holiday(found: Found) -> str | None:
    """Christmas, Christmas Eve, Boxing Day."""
    if found.has("h"):
        return found.day(24 if found.word("v") == "eve" else 25, 12)
    return found.day(26, 12)


@resolver
def easter(found: Found) -> str | None:
    """Good Friday, Easter, Easter Monday."""
    published = found.published
    off = -2 if "good" in found.words else int("monday" in found.words)
    if found.has("y"):
        return (calendar.easter(int(found.word("y"))) + timedelta(days=off)).isoformat()
    if not published or not published.year:
        return None
    days = [calendar.easter(published.year + shift) + timedelta(days=off) for shift in (-1, 0, 1)]
    if found.tense == "future":
        return next((value for value in days if value >= published.first), days[-1]).isoformat()
    return [value for value in days if value <= published.last][-1].isoformat()
