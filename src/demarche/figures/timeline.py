"""The timeline: two lanes, what the sources date above and what is known from elsewhere below, with a key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matplotlib.figure import Figure

from demarche.edtf_dates import MONTHS, readable
from demarche.figures.marks_in_time import REFERENCE, REPORTED, TimeMark
from demarche.figures.packing import levels_of
from demarche.figures.style import (
    FAINT,
    INK,
    MUTED,
    PAPER,
    RULE,
    SMALL,
    WIDTH,
    Page,
    draw_box,
    draw_rule,
    new_page,
    shortened,
    width_of,
    wrapped,
    write,
)
from demarche.figures.time_scale import Stretch, TimeScale, ticks, time_scale
from demarche.marks import BLUE, GREY
from demarche.prose import counted, listed

LANE_LABEL = 58.0
LEVEL = 12.6
BADGE = 11.0
NARROW = 60.0
AXIS = 22.0
KEY_LINE = 9.6
MOST_IN_KEY = 72
"""So many events are written out; the others are dots, and the table of events has them."""
ONE_COLUMN_UP_TO = 16
COLOURS = {REPORTED: (BLUE, "#d3e3f1"), REFERENCE: (GREY, "#dfe2e5")}


@dataclass(frozen=True)
class Placed:
    """A mark with its place: from the left of its badge to the right of its bar, on a level of its lane."""

    mark: TimeMark
    left: float
    right: float
    start: float
    end: float
    level: int
    is_written: bool


def timeline_figure(marks: Sequence[TimeMark]) -> Figure:
    """Badges on a scale of time, bars where a date is uncertain, and a key of what each badge stands for."""
    scale = time_scale([_span(mark) for mark in marks], left=LANE_LABEL, right=WIDTH - 12)
    written = written_marks(marks)
    lanes = {
        lane: _placed([m for m in marks if m.lane == lane], scale, written) for lane in (REPORTED, REFERENCE)
    }
    above, below = (_height(lanes[lane]) for lane in (REPORTED, REFERENCE))
    key = _key_height(written)
    page = new_page(above + AXIS + below + key + 20)
    axis = page.height - above - AXIS / 2
    _draw_scale(page, scale, axis, above=above, below=below)
    _draw_lane(page, lanes[REPORTED], "The sources", axis + AXIS / 2, upwards=True)
    _draw_lane(page, lanes[REFERENCE], "Known from elsewhere", axis - AXIS / 2, upwards=False)
    _draw_key(page, written, key + 20)
    _draw_legend(page, len(marks) - len(written))
    return page.figure


def written_marks(marks: Sequence[TimeMark]) -> list[TimeMark]:
    """The events that the key writes out: all, or of too many those of the sources first, exact dates before vague."""
    if len(marks) <= MOST_IN_KEY:
        return list(marks)
    ranked = sorted(marks, key=lambda mark: (mark.lane != REPORTED, _span(mark)[1] - _span(mark)[0]))
    kept = set(map(id, ranked[:MOST_IN_KEY]))
    return [mark for mark in marks if id(mark) in kept]


def _span(mark: TimeMark) -> tuple[int, int]:
    """The days that decide on the scale; an open end adds none."""
    first = mark.first if mark.first is not None else mark.last
    last = mark.last if mark.last is not None else mark.first
    return first or 1, last or 1


def _placed(marks: Sequence[TimeMark], scale: TimeScale, written: Sequence[TimeMark]) -> list[Placed]:
    kept = set(map(id, written))
    places = []
    for mark in marks:
        first, last = _span(mark)
        start, end = scale.x(first), scale.x(last) if mark.last is not None else WIDTH - 8
        badge = _badge_width(mark) if id(mark) in kept else 5.0
        left = start - badge / 2 if end - start < badge else start
        places.append((mark, left, max(left + badge, end), start, end, id(mark) in kept))
    levels = levels_of([(left, right) for _, left, right, *_ in places], gap=1.5)
    return [
        Placed(mark, left, right, start, end, level, is_written)
        for (mark, left, right, start, end, is_written), level in zip(places, levels, strict=True)
    ]


def _badge_width(mark: TimeMark) -> float:
    return width_of(mark.code, SMALL) + 5


def _height(lane: list[Placed]) -> float:
    return LEVEL * (max((placed.level for placed in lane), default=0) + 1) + 6


def _draw_scale(page: Page, scale: TimeScale, axis: float, *, above: float, below: float) -> None:
    for place, stretch in enumerate(scale.stretches):
        for y in (axis + 6, axis - 6):
            draw_rule(page, (stretch.left, stretch.right), (y, y), colour=INK, width=0.8)
        is_last = place + 1 == len(scale.stretches)
        _draw_ticks(
            page,
            stretch,
            axis,
            (axis - AXIS / 2 - below + 4, axis + AXIS / 2 + above - 4),
            12 if is_last else 5,
        )
    for x in scale.breaks():
        for shift in (-2, 2):
            draw_rule(page, (x + shift - 2, x + shift + 2), (axis - 5, axis + 5), colour=MUTED, width=0.8)


def _draw_ticks(
    page: Page, stretch: Stretch, axis: float, reach: tuple[float, float], overhang: float
) -> None:
    """Lines where months or years begin, with their names; one name for a stretch too narrow for any."""
    written = 0
    marks = ticks(stretch, room=40) if stretch.right - stretch.left > NARROW else []
    for day, short, long in marks:
        x = stretch.x(day)
        draw_rule(page, (x, x), (axis + 6, reach[1]), colour=FAINT, width=0.7)
        draw_rule(page, (x, x), (axis - 6, reach[0]), colour=FAINT, width=0.7)
        words = short if written else long
        half = width_of(words, SMALL) / 2
        if stretch.left - 5 <= x - half and x + half <= stretch.right + overhang:
            write(page, x, axis, words, size=SMALL, align="center")
            written += 1
    if not written:
        write(page, (stretch.left + stretch.right) / 2, axis, _years(stretch), size=SMALL, align="center")


def _years(stretch: Stretch) -> str:
    """The years of a stretch, without the room left on its sides."""
    first, last = (
        date.fromordinal(day).year for day in (stretch.first + stretch.pad, stretch.last - stretch.pad)
    )
    return str(first) if first == last else f"{first}–{last % 100:02d}"


def _draw_lane(page: Page, lane: list[Placed], name: str, base: float, *, upwards: bool) -> None:
    direction = 1 if upwards else -1
    for place, line in enumerate(wrapped(name, LANE_LABEL - 8, size=SMALL, most=3)):
        y = base + direction * LEVEL / 2 - place * 9 + (9 if upwards else 0)
        write(page, 0, y, line, size=SMALL, colour=MUTED, weight="bold")
    for placed in lane:
        _draw_mark(page, placed, base + direction * (LEVEL * placed.level + LEVEL / 2))


def _draw_mark(page: Page, placed: Placed, y: float) -> None:
    ink, tint = COLOURS[placed.mark.lane]
    badge = _badge_width(placed.mark) if placed.is_written else 5.0
    if placed.right - placed.left > badge + 1:
        width = placed.right - placed.left
        draw_box(
            page, placed.left, y - 2.2, width=width, height=4.4, ground=tint, edge=ink, line=0.5, rounding=1
        )
    if not placed.is_written:
        draw_box(
            page, placed.left, y - 2.5, width=5, height=5, ground=_ground(placed.mark), edge=ink, line=0.7
        )
        return
    draw_badge(page, placed.mark, placed.left, y)


def draw_badge(page: Page, mark: TimeMark, x: float, y: float) -> None:
    """A badge with an event's code: filled when it happened, pale when fixed in advance, hollow when only possible."""
    ink, _ = COLOURS[mark.lane]
    box = draw_box(
        page,
        x,
        y - BADGE / 2,
        width=_badge_width(mark),
        height=BADGE,
        ground=_ground(mark),
        edge=ink,
        line=0.9,
        rounding=5.0 if mark.lane == REPORTED else 1.0,
        dashed=mark.status == "possible",
    )
    colour = PAPER if mark.status == "happened" else INK
    text = write(page, x + _badge_width(mark) / 2, y, mark.code, size=SMALL, align="center", colour=colour)
    if mark.lane == REPORTED:
        box.set_url(mark.href)
        text.set_url(mark.href)


def _ground(mark: TimeMark) -> str:
    ink, tint = COLOURS[mark.lane]
    return {"happened": ink, "scheduled": tint}.get(mark.status, PAPER)


def _n_columns(written: Sequence[TimeMark]) -> int:
    return 1 if len(written) <= ONE_COLUMN_UP_TO else 2


def _key_height(written: Sequence[TimeMark]) -> float:
    return -(-len(written) // _n_columns(written)) * KEY_LINE + 10


def _draw_key(page: Page, written: Sequence[TimeMark], top: float) -> None:
    """The events in order of time: code, date, and as many of the words as fit."""
    n_columns = _n_columns(written)
    width = (WIDTH - 14 * (n_columns - 1)) / n_columns
    n_lines = -(-len(written) // n_columns)
    draw_rule(page, (0, WIDTH), (top - 3, top - 3), colour=RULE)
    code = max((width_of(mark.code, SMALL) for mark in written), default=0) + 5
    when = {mark.code: mark.when if n_columns == 1 else abbreviated(mark.when) for mark in written}
    dates = min(max((width_of(words, SMALL) for words in when.values()), default=0) + 6, 0.42 * width)
    for place, mark in enumerate(written):
        column, line = divmod(place, n_lines)
        x, y = column * (width + 14), top - 12 - line * KEY_LINE
        write(page, x, y, mark.code, size=SMALL, weight="bold", colour=COLOURS[mark.lane][0]).set_url(
            mark.href if mark.lane == REPORTED else None
        )
        write(page, x + code, y, shortened(when[mark.code], dates - 3, size=SMALL), size=SMALL, colour=MUTED)
        words = shortened(mark.words, width - code - dates, size=SMALL)
        write(page, x + code + dates, y, words, size=SMALL)


def abbreviated(when: str) -> str:
    """A date with its months in three letters.

    >>> abbreviated("about 20 January 2022")
    'about 20 Jan 2022'
    """
    for month in MONTHS:
        when = when.replace(month, month[:3])
    return when


def _draw_legend(page: Page, n_dots: int) -> None:
    y, x = 7.0, 0.0
    for status, words in (
        ("happened", "happened"),
        ("scheduled", "fixed in advance"),
        ("possible", "only possible"),
    ):
        sample = TimeMark(code="E1", lane=REPORTED, status=status, date="2000", words="", first=1, last=1)
        draw_box(page, x, y - 4, width=14, height=8, ground=_ground(sample), edge=BLUE, line=0.9, rounding=4,
                 dashed=status == "possible")  # fmt: skip
        write(page, x + 18, y, words, size=SMALL, colour=MUTED)
        x += 18 + width_of(words, SMALL) + 14
    draw_box(
        page, x, y - 2.2, width=18, height=4.4, ground=COLOURS[REPORTED][1], edge=BLUE, line=0.5, rounding=1
    )
    write(page, x + 22, y, "the days a date allows", size=SMALL, colour=MUTED)
    if n_dots:
        write(page, WIDTH, y, f"and {n_dots} more as dots", size=SMALL, colour=MUTED, align="right")


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
        for status, words in (("scheduled", "fixed in advance"), ("possible", "only possible"))
        if (n := sum(mark.status == status for mark in marks))
    ]
    text = f"A timeline with {listed(parts)}, from {readable(marks[0].date)} to {_latest(marks)}."
    return text + (f" Among them {listed(statuses)}." if statuses else "")


def _latest(marks: Sequence[TimeMark]) -> str:
    return readable(max(marks, key=lambda mark: _span(mark)[1]).date)
