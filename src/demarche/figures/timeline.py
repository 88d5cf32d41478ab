"""The timeline: above what the sources date, by party, below what is known from elsewhere, with a key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from matplotlib.figure import Figure

from demarche.edtf_dates import MONTHS, readable
from demarche.figures.marks_in_time import REFERENCE, REPORTED, TimeMark
from demarche.figures.style import (
    FAINT,
    INK,
    MUTED,
    RULE,
    SMALL,
    WIDTH,
    Page,
    draw_box,
    draw_rule,
    new_page,
    shortened,
    width_of,
    write,
)
from demarche.figures.time_scale import Stretch, ticks
from demarche.figures.timeline_layout import (
    AXIS,
    DOT,
    KEY_LINE,
    LANE_NAME,
    Lane,
    Layout,
    Placed,
    badge_width,
    layout,
    span,
)
from demarche.figures.timeline_looks import COLOURS, STATUSES, draw_legend, look_of
from demarche.prose import counted, listed

BADGE = 11.0
NARROW = 60.0
"""A stretch narrower than this has one name in the middle."""


def timeline_figure(marks: Sequence[TimeMark]) -> Figure:
    """Badges on a scale of time, bars where a date is uncertain, and a key of what each badge stands for."""
    plan = layout(marks)
    page = new_page(plan.height)
    axis = page.height - plan.reported_height - AXIS / 2
    _draw_scale(page, plan, axis)
    base = axis + AXIS / 2
    for lane in reversed(plan.reported):
        _draw_lane(page, lane, base, upwards=True)
        base += lane.height
        if lane is not plan.reported[0]:
            draw_rule(page, (0, WIDTH), (base, base), colour=RULE, width=0.5)
    _draw_lane(page, plan.reference, axis - AXIS / 2, upwards=False)
    _draw_key(page, plan, plan.key_height + plan.legend_height)
    draw_legend(page, plan, len(marks) - len(plan.badged))
    return page.figure


def _draw_scale(page: Page, plan: Layout, axis: float) -> None:
    reach = (
        axis - AXIS / 2 - plan.reference.height + LANE_NAME,
        axis + AXIS / 2 + plan.reported_height - LANE_NAME,
    )
    for stretch in plan.scale.stretches:
        for y in (axis + 6, axis - 6):
            draw_rule(page, (stretch.left, stretch.right), (y, y), colour=INK, width=0.8)
        is_last = stretch is plan.scale.stretches[-1]
        _draw_ticks(page, stretch, axis, reach, overhang=12 if is_last else 5)
    for x in plan.scale.breaks():
        for shift in (-2, 2):
            draw_rule(page, (x + shift - 2, x + shift + 2), (axis - 5, axis + 5), colour=MUTED, width=0.8)


def _draw_ticks(
    page: Page, stretch: Stretch, axis: float, reach: tuple[float, float], overhang: float
) -> None:
    """Lines where months or years begin, with their names; one name for a stretch too narrow for any."""
    reach_of_words = stretch.left - 9
    marks = ticks(stretch, room=34) if stretch.right - stretch.left > NARROW else []
    for day, short, long in marks:
        x = stretch.x(day)
        draw_rule(page, (x, x), (axis + 6, reach[1]), colour=FAINT, width=0.7)
        draw_rule(page, (x, x), (axis - 6, reach[0]), colour=FAINT, width=0.7)
        words = short if reach_of_words > stretch.left else long
        half = width_of(words, SMALL) / 2
        if reach_of_words + 4 <= x - half and x + half <= stretch.right + overhang:
            write(page, x, axis, words, size=SMALL, align="center")
            reach_of_words = x + half
    if reach_of_words < stretch.left:
        write(page, (stretch.left + stretch.right) / 2, axis, _years(stretch), size=SMALL, align="center")


def _years(stretch: Stretch) -> str:
    """The years of a stretch, without the room left on its sides."""
    first, last = (
        date.fromordinal(day).year for day in (stretch.first + stretch.pad, stretch.last - stretch.pad)
    )
    return str(first) if first == last else f"{first}–{last % 100:02d}"


def _draw_lane(page: Page, lane: Lane, base: float, *, upwards: bool) -> None:
    direction = 1 if upwards else -1
    edge = base + direction * (lane.height - LANE_NAME / 2)
    name = shortened(lane.name, WIDTH / 2, size=SMALL)
    write(page, 0, edge, name.upper(), size=SMALL, colour=MUTED, weight="bold")
    for placed in lane.placed:
        _draw_mark(page, placed, base + direction * lane.step * (placed.level + 0.5))


def _draw_mark(page: Page, placed: Placed, y: float) -> None:
    ink, tint = COLOURS[placed.mark.lane]
    width = placed.right - placed.left
    if width > placed.badge + 1:
        draw_box(
            page, placed.left, y - 2.2, width=width, height=4.4, ground=tint, edge=ink, line=0.5, rounding=1
        )
    if placed.is_badged:
        draw_badge(page, placed.mark, placed.left, y)
        return
    look = look_of(placed.mark)
    draw_box(
        page, placed.left, y - DOT / 2, width=DOT, height=DOT, ground=look.ground, edge=ink, line=look.line
    )


def draw_badge(page: Page, mark: TimeMark, x: float, y: float) -> None:
    """A badge with an event's code, as `look_of` says."""
    look = look_of(mark)
    box = draw_box(
        page,
        x,
        y - BADGE / 2,
        width=badge_width(mark),
        height=BADGE,
        ground=look.ground,
        edge=COLOURS[mark.lane][0],
        line=look.line,
        rounding=5.0 if mark.lane == REPORTED else 1.0,
        dashed=look.dashed,
    )
    middle = x + badge_width(mark) / 2
    text = write(page, middle, y, mark.label, size=SMALL, align="center", colour=look.colour)
    if mark.lane == REPORTED:
        box.set_url(mark.href)
        text.set_url(mark.href)


def _draw_key(page: Page, plan: Layout, top: float) -> None:
    """The events in order of time: code, date, and as many of the words as fit."""
    width = (WIDTH - 14 * (plan.n_columns - 1)) / plan.n_columns
    draw_rule(page, (0, WIDTH), (top - 3, top - 3), colour=RULE)
    when = {m.code: m.when if plan.n_columns == 1 else abbreviated(m.when) for m in plan.written}
    code = max((width_of(mark.code, SMALL, "bold") for mark in plan.written), default=0) + 5
    dates = min(max((width_of(words, SMALL) for words in when.values()), default=0) + 6, 0.42 * width)
    for place, mark in enumerate(plan.written):
        column, line = divmod(place, plan.n_lines)
        x, y = column * (width + 14), top - 12 - line * KEY_LINE
        href = mark.href if mark.lane == REPORTED else None
        write(page, x, y, mark.code, size=SMALL, weight="bold", colour=COLOURS[mark.lane][0]).set_url(href)
        write(page, x + code, y, shortened(when[mark.code], dates - 3, size=SMALL), size=SMALL, colour=MUTED)
        words = shortened(mark.words, width - code - dates, size=SMALL)
        write(page, x + code + dates, y, words, size=SMALL)


def abbreviated(when: str) -> str:
    """A date with its months in three letters and `about` as `c.`, for narrow columns.

    >>> abbreviated("about 20 January 2022")
    'c. 20 Jan 2022'
    """
    for month in MONTHS:
        when = when.replace(month, month[:3])
    return when.replace("about ", "c. ")


def describe_timeline(marks: Sequence[TimeMark]) -> str:
    """What the timeline shows, for those who do not see it."""
    reported = [mark for mark in marks if mark.lane == REPORTED]
    reference = [mark for mark in marks if mark.lane == REFERENCE]
    parts = [
        f"{counted(len(reported), 'event')} dated by the sources",
        f"{counted(len(reference), 'event')} known from elsewhere",
    ]
    statuses = [
        f"{counted(n, 'event')} {words}"
        for status, words in STATUSES.items()
        if status != "happened" and (n := sum(mark.status == status for mark in marks))
    ]
    if n_proposed := sum(mark.is_proposed for mark in marks):
        statuses.append(f"{counted(n_proposed, 'event')} that the program proposes")
    if n_disputed := sum(mark.is_disputed for mark in reported):
        statuses.append(f"{counted(n_disputed, 'event')} that another account dates differently")
    text = f"A timeline with {listed(parts)}, from {readable(marks[0].date)} to {_latest(marks)}."
    return text + (f" Among them {listed(statuses)}." if statuses else "")


def _latest(marks: Sequence[TimeMark]) -> str:
    return readable(max(marks, key=lambda mark: span(mark)[1]).date)
