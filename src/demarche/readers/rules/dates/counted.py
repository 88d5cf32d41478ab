"""What dates counted from the day of the text, or from the date before, are worth; see `values`."""

from __future__ import annotations

from datetime import date, timedelta

from demarche.readers.rules.dates import calendar
from demarche.readers.rules.dates.context import Found, resolver

DAYS_EXACT = ("day", "days")


@resolver
def ago(found: Found) -> str | None:
    """`three days ago`: that day; weeks: about that day; months, years: about that month, that year."""
    return _counted(found, -1)


@resolver
def ahead(found: Found) -> str | None:
    """`in three weeks`, unless the verb says that it took so long."""
    return _counted(found, 1) if found.tense != "past" else None


def _counted(found: Found, sign: int) -> str | None:
    published = found.published
    if not published:
        return None
    amount, unit = _amount(found)
    if unit == "days":
        return _off(found.today, sign * amount, exact=found.word("u") in DAYS_EXACT) if found.today else None
    if unit == "months":
        return (
            calendar.as_month(published.month[0], published.month[1] + sign * amount) + "~"
            if published.month
            else None
        )
    return f"{published.year + sign * amount:04}~" if published.year else None


def _amount(found: Found) -> tuple[int, str]:
    """How many, and of what: days, months or years."""
    ((unit, size),) = found.value("u", "UNIT").items()
    return (2 if found.has("c") else found.number("n")) * size, unit


def _off(day: date, days: int, *, exact: bool) -> str | None:
    moved = day + timedelta(days=days)
    return moved.isoformat() + ("" if exact else "~")


@resolver
def later(found: Found) -> str | None:
    """`three days later`, `a year earlier`: counted from the date before."""
    amount, unit = _amount(found)
    sign = -1 if found.has("b") else 1
    if unit == "days":
        anchor = found.anchor_day()
        return _off(anchor, sign * amount, exact=found.word("u") in DAYS_EXACT) if anchor else None
    return _off_units(found, unit, sign * amount, "~")


@resolver
def neighbour(found: Found) -> str | None:
    """`the next day`, `the week after`, `the previous month`: beside the date before."""
    sign = -1 if found.words & {"before", "previous"} else 1
    unit = found.word("u")
    anchor = found.anchor_day()
    if unit in ("week", "weekend"):
        return calendar.interval(*calendar.week_of(anchor, sign)) if anchor and unit == "week" else None
    if unit in ("month", "year"):
        return _off_units(found, unit + "s", sign, "")
    return _off(anchor, sign, exact=True) if anchor else None


def _off_units(found: Found, unit: str, amount: int, suffix: str) -> str | None:
    anchor = found.anchor_first()
    if not anchor:
        return None
    if unit == "years":
        return f"{anchor.year + amount:04}{suffix}"
    precise = len(found.memory.anchor.split("/")[0].rstrip("~")) >= 7 and not found.memory.anchor[5:7] > "12"
    return calendar.as_month(anchor.year, anchor.month + amount) + suffix if precise else None


@resolver
def same(found: Found) -> str | None:
    """`the same day`, `that month`: the date before, as a day, month, week or year."""
    unit, anchor = found.word("u"), found.anchor_first()
    if not anchor:
        return None
    if unit == "year":
        return f"{anchor.year:04}"
    if unit == "month":
        return _off_units(found, "months", 0, "")
    exact = found.anchor_day()
    if not exact:
        return None
    return calendar.interval(*calendar.week_of(exact)) if unit == "week" else exact.isoformat()


@resolver
def since_then(found: Found) -> str | None:
    """From the date before to the day of publication."""
    anchor, last = found.anchor_first(), found.published.last if found.published else None
    if not anchor:
        return None
    return calendar.interval(anchor, last) if last and anchor < last else f"{anchor}/.."


@resolver
def afterward(found: Found) -> str | None:
    """`afterward`, of what has happened: from the date before to the day of publication."""
    anchor, published = found.anchor_day(), found.published
    if found.tense != "past" or not anchor or not published or anchor >= published.last:
        return None
    return since_then(found)
