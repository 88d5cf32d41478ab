"""Calendar arithmetic that ends in EDTF: days, weeks, months, seasons, holidays. No words, no text."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from demarche.edtf_dates import FIRST_MONTH, SEASONS, bounds


def day_or_none(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def as_month(year: int, month: int) -> str:
    """A month as EDTF; months below 1 and above 12 are those of other years.

    >>> as_month(2022, 0), as_month(2022, 13)
    ('2021-12', '2023-01')
    """
    shift, index = divmod(month - 1, 12)
    return f"{year + shift:04}-{index + 1:02}"


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def interval(first: date, last: date) -> str:
    """Two days as an EDTF interval; one day alone where they are equal."""
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def week_of(day: date, shift: int = 0) -> tuple[date, date]:
    """Monday and Sunday of the ISO week of a day, or of one some weeks off."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=shift)
    return monday, monday + timedelta(days=6)


def part_of_month(year: int, month: int, part: str) -> str:
    """Early: days 1 to 10; mid: about the 15th; late: from the 21st; end: the last day.

    >>> [part_of_month(2022, 6, part) for part in ("early", "mid", "late", "end")]
    ['2022-06-01/2022-06-10', '2022-06-15~', '2022-06-21/2022-06-30', '2022-06-30']
    """
    last = last_day(year, month)
    return {
        "early": interval(date(year, month, 1), date(year, month, 10)),
        "mid": f"{year:04}-{month:02}-15~",
        "late": interval(date(year, month, 21), last),
        "end": last.isoformat(),
    }[part]


def part_of_year(year: int, part: str) -> str:
    """Early: the first quarter; mid: May to August; late: the last quarter; end: the last day."""
    months = {"early": (1, 3), "mid": (5, 8), "late": (10, 12)}
    return f"{year:04}-12-31" if part == "end" else months_of(year, *months[part])


def months_of(year: int, first: int, last: int) -> str:
    """An interval of months in one year."""
    return f"{as_month(year, first)}/{as_month(year, last)}"


def part_of_decade(start: int, part: str) -> str:
    """Early: the first four years; mid: the fourth to the sixth; late: the last three; else all ten."""
    years = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
    if part not in years:
        return f"{start // 10}X"
    first, last = years[part]
    return f"{start + first}/{start + last}"


def as_season(year: int, season: int) -> str:
    """A season as EDTF (21 spring to 24 winter); a winter is counted to the year it begins in."""
    return f"{year:04}-{season}"


def season_at(day: date) -> tuple[int, int]:
    """The year and the number of the season of a day."""
    months = day.year * 12 + day.month - 1
    for year in (day.year, day.year - 1):
        for season in sorted(SEASONS, reverse=True):
            if year * 12 + FIRST_MONTH[season] - 1 <= months:
                return year, season
    raise ValueError(f"no season at {day}")


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus' form of the anonymous algorithm of 1876)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    leap, part = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap - correction + 15) % 30
    quarter, remainder = divmod(rest, 4)
    week = (32 + 2 * part + 2 * quarter - moon - remainder) % 7
    shift = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def first_of(edtf: str) -> date | None:
    """The first day an EDTF date names, without any margin; None where it has no beginning."""
    earliest = bounds(edtf.replace("~", ""))[0]
    return date.fromisoformat(earliest) if earliest else None


def last_of(edtf: str) -> date | None:
    """The last day an EDTF date names, without any margin; None where it has no end."""
    latest = bounds(edtf.replace("~", ""))[1]
    return date.fromisoformat(latest) if latest else None
