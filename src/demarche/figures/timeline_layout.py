"""Where the events of a timeline stand: on levels of lanes, as many written out as a page holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from demarche.figures.marks_in_time import REFERENCE, REPORTED, TimeMark
from demarche.figures.packing import levels_of
from demarche.figures.style import SMALL, WIDTH, width_of
from demarche.figures.time_scale import TimeScale, time_scale

LEVEL = 12.6
DOT, DOT_LEVEL = 5.0, 7.0
LANE_NAME = 12.0
AXIS = 22.0
KEY_LINE = 9.6
KEY_MARGIN = 10.0
LEGEND, LEGEND_LINE = 20.0, 12.0
HIGHEST = 520.0
"""A page of A4 holds a figure of this height below the heading of its chapter."""
MOST_BADGES = (72, 60, 48, 36, 24, 12)
"""How many events have a badge at most: as many as fit; the others are dots, and stand in the tables."""
ONE_COLUMN_UP_TO = 30
MOST_LANES = 5
"""How many parties have a lane of their own; the events of the others share one."""
THE_SOURCES, OTHERS, ELSEWHERE = "The sources", "Others", "Known from elsewhere"


@dataclass(frozen=True)
class Placed:
    """A mark with its place: from the left of its badge to the right of its bar, on a level of its lane."""

    mark: TimeMark
    left: float
    right: float
    level: int
    is_badged: bool

    @property
    def badge(self) -> float:
        """The width of its badge, or of the dot where it is not written out."""
        return badge_width(self.mark) if self.is_badged else DOT


@dataclass(frozen=True)
class Lane:
    """The marks of one party, or those known from elsewhere; `step` is the height of a level."""

    name: str
    placed: tuple[Placed, ...]
    step: float

    @property
    def height(self) -> float:
        """The height of all levels with the lane's name."""
        return self.step * (max((placed.level for placed in self.placed), default=0) + 1) + LANE_NAME + 4


@dataclass(frozen=True)
class Layout:
    """A timeline laid out: scale, lanes, the events with a badge, and those that the key writes out.

    The lanes of the sources' own events stand above the axis, the first of `reported` uppermost.
    """

    scale: TimeScale
    reported: tuple[Lane, ...]
    reference: Lane
    badged: tuple[TimeMark, ...]
    written: tuple[TimeMark, ...]
    n_columns: int

    @property
    def reported_height(self) -> float:
        """The height of all lanes of the sources' own events."""
        return sum(lane.height for lane in self.reported)

    @property
    def n_lines(self) -> int:
        """How many lines the key has."""
        return -(-len(self.written) // self.n_columns)

    @property
    def key_height(self) -> float:
        """The height of the key."""
        return self.n_lines * KEY_LINE + KEY_MARGIN

    @property
    def has_proposals(self) -> bool:
        """Whether any event is one that nobody has decided on."""
        return any(placed.mark.is_proposed for lane in self.reported for placed in lane.placed)

    @property
    def has_disputed_dates(self) -> bool:
        """Whether another account has another date for any event."""
        return any(placed.mark.is_disputed for lane in self.reported for placed in lane.placed)

    @property
    def legend_height(self) -> float:
        """The height of the legend: a second line where there are proposals or dates in dispute."""
        return LEGEND + LEGEND_LINE * (self.has_proposals or self.has_disputed_dates)

    @property
    def height(self) -> float:
        """The height of the whole figure."""
        lanes = self.reported_height + AXIS + self.reference.height
        return lanes + self.key_height + self.legend_height


def layout(marks: Sequence[TimeMark]) -> Layout:
    """The layout with as many badges as a page holds, and a key of them all or of the sources' own.

    The sources' own events have a lane for each party, or one for all where a page holds more so.
    """
    own = [mark for mark in marks if mark.lane == REPORTED]
    by_party = _fullest(marks, lanes_of(marks))
    if {mark.code for mark in own} <= {mark.code for mark in by_party.badged}:
        return by_party
    together = _fullest(marks, {THE_SOURCES: own})
    return together if len(together.badged) > len(by_party.badged) else by_party


Lanes = Mapping[str, Sequence[TimeMark]]


def _fullest(marks: Sequence[TimeMark], lanes: Lanes) -> Layout:
    """The layout of some lanes with as many badges as a page holds."""
    scale = time_scale([span(mark) for mark in marks], left=4, right=WIDTH - 14)
    for most in MOST_BADGES:
        for made in _layouts(marks, lanes, scale, badged_marks(marks, most)):
            if made.height <= HIGHEST:
                return made
    return made


def _layouts(
    marks: Sequence[TimeMark], lanes: Lanes, scale: TimeScale, badged: tuple[TimeMark, ...]
) -> Iterator[Layout]:
    """The layouts with some badges: the key of all or of the sources' own, in one column or two."""
    kept = {mark.code for mark in badged}
    reported = tuple(_lane(name, own, scale, kept) for name, own in lanes.items())
    reference = _lane(ELSEWHERE, [mark for mark in marks if mark.lane == REFERENCE], scale, kept)
    own = tuple(mark for mark in badged if mark.lane == REPORTED)
    for written in (badged, own):
        for n_columns in (1, 2) if len(written) <= ONE_COLUMN_UP_TO else (2,):
            yield Layout(scale, reported, reference, badged, written, n_columns)


def lanes_of(marks: Sequence[TimeMark]) -> dict[str, list[TimeMark]]:
    """The sources' own events by party, those with most events first; one lane where no party is named."""
    own = [mark for mark in marks if mark.lane == REPORTED]
    counts = Counter(mark.party for mark in own if mark.party)
    if len(counts) < 2:
        return {THE_SOURCES: own}
    leading = [party for party, n in counts.most_common(MOST_LANES) if n > 1]
    found: dict[str, list[TimeMark]] = {party: [] for party in leading}
    for mark in own:
        found.setdefault(mark.party if mark.party in leading else OTHERS, []).append(mark)
    return found


def badged_marks(marks: Sequence[TimeMark], most: int) -> tuple[TimeMark, ...]:
    """The events that have a badge: of too many the sources' own first, spread evenly over time."""
    if len(marks) <= most:
        return tuple(marks)
    reported = [mark for mark in marks if mark.lane == REPORTED]
    others = [mark for mark in marks if mark.lane != REPORTED]
    kept = {mark.code for mark in [*_spread(reported, most), *_spread(others, most - len(reported))]}
    return tuple(mark for mark in marks if mark.code in kept)


def _spread(marks: Sequence[TimeMark], most: int) -> list[TimeMark]:
    """At most so many of the marks, evenly spaced in their order."""
    if len(marks) <= most:
        return list(marks)
    return [marks[place * len(marks) // most] for place in range(max(0, most))]


def span(mark: TimeMark) -> tuple[int, int]:
    """The days that decide on the scale; an open end adds none."""
    first = mark.first if mark.first is not None else mark.last
    last = mark.last if mark.last is not None else mark.first
    return first or 1, last or 1


def _lane(name: str, marks: Sequence[TimeMark], scale: TimeScale, kept: set[str]) -> Lane:
    places = [_place(mark, scale, badge_width(mark) if mark.code in kept else DOT) for mark in marks]
    levels = levels_of(places, gap=1.5)
    placed = (
        Placed(mark, *place, level, mark.code in kept)
        for mark, place, level in zip(marks, places, levels, strict=True)
    )
    return Lane(name, tuple(placed), LEVEL if any(mark.code in kept for mark in marks) else DOT_LEVEL)


def _place(mark: TimeMark, scale: TimeScale, badge: float) -> tuple[float, float]:
    """From where to where a mark reaches; what is open on a side reaches to the edge."""
    first, last = span(mark)
    start = scale.x(first) if mark.first is not None else 0.0
    end = scale.x(last) if mark.last is not None else WIDTH - 8
    left = start - badge / 2 if end - start < badge else start
    left = min(max(0.0, left), WIDTH - badge)
    return left, max(left + badge, end)


def badge_width(mark: TimeMark) -> float:
    """How wide the badge of a mark is."""
    return width_of(mark.label, SMALL) + 5
