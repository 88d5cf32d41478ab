"""The day a text was published, as far as it is known, and the dates that are completed from it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from demarche.edtf_dates import is_edtf
from demarche.readers.rules.dates.calendar import as_month, day_or_none, first_of, last_day, last_of

FAR, NEAR = 280, 80
"""Farther back than FAR, a past date loses to one less than NEAR ahead, in days: old ones have their year."""
FAR_AHEAD, NEAR_BACK = 330, 35
"""The same for a future date, which wins more often: plans reach farther than memory without a year."""


class Published(NamedTuple):
    """The first and last day on which a text may have been published; `about` where that is approximate."""

    first: date
    last: date
    about: bool

    @property
    def day(self) -> date | None:
        """The day, where it is one day."""
        return self.first if self.first == self.last else None

    @property
    def month(self) -> tuple[int, int] | None:
        """Year and month, where it is one month."""
        same = (self.first.year, self.first.month) == (self.last.year, self.last.month)
        return (self.first.year, self.first.month) if same else None

    @property
    def year(self) -> int | None:
        """The year, where it is one year."""
        return self.first.year if self.first.year == self.last.year else None


def published_of(edtf: str) -> Published | None:
    """What an EDTF publication date says; None where it is empty, open, or no date."""
    edtf = edtf.replace("%", "~").replace("?", "")
    if not is_edtf(edtf):
        return None
    first, last = first_of(edtf), last_of(edtf)
    return Published(first, last, "~" in edtf) if first and last else None


def completed_day(month: int, day: int, tense: str, published: Published) -> date | None:
    """The day of that month in the year that the tense and the publication date make likely.

    `tense` is past, future, '' where nothing shows it, or deadline for what lies ahead however far.
    """
    years = range(published.first.year - 8, published.last.year + 9)
    days = [found for year in years if (found := day_or_none(year, month, day))]
    past = max((d for d in days if d <= published.last), default=None)
    future = min((d for d in days if d >= published.first), default=None)
    if not past or not future:
        return past or future
    back, ahead = (published.last - past).days, (future - published.first).days
    if tense == "deadline":
        return future
    if tense == "past":
        return future if back > FAR and ahead < NEAR else past
    if tense == "future":
        return past if ahead > FAR_AHEAD and back < NEAR_BACK else future
    return past if back <= ahead else future


def completed_month(month: int, tense: str, published: Published) -> str:
    """The month in its likely year; the month of the text counts as past and as future."""
    year = published.last.year
    past = as_month(year if date(year, month, 1) <= published.last else year - 1, month)
    year = published.first.year
    future = as_month(year if last_day(year, month) >= published.first else year + 1, month)
    back, ahead = _distance(past, published), _distance(future, published)
    if tense == "past":
        return future if back > FAR and ahead < NEAR else past
    return past if tense != "future" and back <= ahead else future


def _distance(edtf: str, published: Published) -> int:
    middle = published.first.toordinal()
    first, last = first_of(edtf), last_of(edtf)
    if not first or not last:
        return 0
    return max(first.toordinal() - middle, middle - last.toordinal(), 0)


def completed_nth(day: int, tense: str, published: Published) -> date | None:
    """`the 26th`: in the month of the text, the one before or the one after."""
    if not published.day:
        return day_or_none(*published.month, day) if published.month else None
    today, options = published.day, []
    for shift in range(-2, 3):
        year, month = map(int, as_month(today.year, today.month + shift).split("-"))
        options.append(day_or_none(year, month, day))
    days = [option for option in options if option]
    past = max((d for d in days if d <= today), default=None)
    future = min((d for d in days if d >= today), default=None)
    if tense in ("past", "future") or not past or not future:
        return (past if tense == "past" else future) or past
    return past if today - past <= future - today else future


def weekday_near(weekday: int, tense: str, today: date, *, strictly: bool = False) -> date:
    """That weekday before the day (past, the default) or after it; the day itself unless `strictly`."""
    if tense == "future":
        ahead = (weekday - today.weekday()) % 7
        return today + timedelta(days=ahead or (7 if strictly else 0))
    back = (today.weekday() - weekday) % 7
    return today - timedelta(days=back or (7 if strictly else 0))
