"""The figure of reliability: whether proposals are right as often as their confidence says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from demarche.figures.style import FAINT, INK, MUTED, PAPER, RULE, SMALL, Page, draw_rule, new_page, write
from demarche.prose import counted, listed, sentence
from demarche.rendering.marks import AMBER, BLUE
from demarche.scoring.calibration import Bin

HEIGHT, LEFT, BOTTOM, SIDE = 236.0, 64.0, 44.0, 174.0
FIRST = 0.3
"""Where the axis of confidence begins: readers propose nothing below."""
GRID = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
TICKS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
WIDE = 1.5
"""The axis of confidence is this much longer than that of shares."""


@dataclass(frozen=True)
class Series:
    """The bins of one kind of texts, and what the figure calls them."""

    label: str
    bins: Sequence[Bin]


def reliability_figure(series: Sequence[Series], least: float) -> Figure:
    """The share right against confidence, up to two series, with intervals; `least` is the cut-off."""
    page = new_page(HEIGHT)
    _draw_axes(page)
    draw_rule(page, (_x(FIRST), _x(1)), (_y(FIRST), _y(1)), colour=MUTED, width=0.8)
    write(page, _x(1) + 6, _y(1), "as often as it says", size=SMALL, colour=MUTED)
    page.axes.add_line(
        Line2D([_x(least)] * 2, [_y(0), _y(1)], color=MUTED, linewidth=0.8, linestyle=(0, (2, 2)), zorder=1)
    )
    write(page, _x(least), _y(1) + 9, f"left out below {least:.2f}", size=SMALL, colour=MUTED, align="center")
    for place, one in enumerate(series):
        _draw_series(page, one, place)
    return page.figure


def _draw_axes(page: Page) -> None:
    for share in GRID:
        draw_rule(page, (_x(FIRST), _x(1)), (_y(share),) * 2, colour=FAINT if share else RULE, width=0.6)
        write(page, LEFT - 6, _y(share), f"{share:.0%}", size=SMALL, colour=MUTED, align="right")
    for confidence in TICKS:
        write(
            page, _x(confidence), BOTTOM - 10, f"{confidence:.1f}", size=SMALL, colour=MUTED, align="center"
        )
    write(page, (_x(FIRST) + _x(1)) / 2, BOTTOM - 24, "confidence of the proposals", align="center")
    write(page, 0, _y(1) + 9, "share right", colour=INK)


def _draw_series(page: Page, series: Series, place: int) -> None:
    colour, ground, shape = ((BLUE, BLUE, "o"), (AMBER, PAPER, "D"))[place]
    aside = (-1.5, 1.5)[place]
    for each in series.bins:
        x = _x(each.mean) + aside
        if not isnan(each.interval.low):
            draw_rule(page, (x, x), (_y(each.interval.low), _y(each.interval.high)), colour=colour, width=1.0)
        _draw_mark(page, x, _y(each.right), colour, ground, shape)
    if series.bins:
        y = _y(0.3) - place * 14
        _draw_mark(page, _x(1) + 10, y, colour, ground, shape)
        write(page, _x(1) + 18, y, series.label, size=SMALL)


def _draw_mark(page: Page, x: float, y: float, edge: str, ground: str, shape: str) -> None:  # noqa: PLR0913
    page.axes.plot(
        [x],
        [y],
        marker=shape,
        markersize=5,
        color=ground,
        markeredgecolor=edge,
        markeredgewidth=1.1,
        zorder=4,
    )


def _x(confidence: float) -> float:
    return LEFT + (confidence - FIRST) / (1 - FIRST) * SIDE * WIDE


def _y(share: float) -> float:
    return BOTTOM + share * SIDE


def describe_reliability(series: Sequence[Series]) -> str:
    """What the figure shows, for those who do not see it."""
    if not any(one.bins for one in series):
        return "No proposals to compare."
    return " ".join(_describe(one) for one in series if one.bins)


def _describe(series: Series) -> str:
    shares = listed(f"{each.mean:.2f} were right in {each.right:.0%}" for each in series.bins)
    n = counted(sum(each.n for each in series.bins), "proposal")
    return sentence(f"{series.label}: of {n}, those with a mean confidence of {shares}")
