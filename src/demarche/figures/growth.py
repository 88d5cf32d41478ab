"""The figure of how the decided share grew: bars for each coder and for all, period by period."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from demarche.figures.bars import ROW, draw_bar, draw_names, middle
from demarche.figures.style import FAINT, INK, MUTED, SMALL, WIDTH, Page, new_page, shortened, write
from demarche.prose import counted, sentence
from demarche.rendering.marks import BLUE
from demarche.reviewing.lessons import Growth

HEAD, FOOT = 20.0, 4.0
LABEL, NUMBER = 96.0, 62.0
MOST_CODERS = 3
"""So many coders have bars of their own; with more, all coders together are shown alone."""


def growth_figure(steps: Sequence[Growth], names: Sequence[str], n_all: int) -> Figure:
    """Periods as rows (`names` says how each is called), coders and all together as columns of bars.

    A full bar is `n_all`: the proposals decided on and those that still wait.
    """
    columns = _columns(steps)
    page = new_page(HEAD + ROW * len(steps) + FOOT)
    step = (WIDTH - LABEL) / len(columns)
    for place, (title, counts) in enumerate(columns):
        x = LABEL + place * step
        words = shortened(title, step - 8, size=SMALL)
        write(page, x, page.height - HEAD + 9, words, size=SMALL, colour=MUTED)
        _draw_bars(page, counts, n_all, (x, step))
    draw_names(page, names, page.height - HEAD, room=LABEL)
    return page.figure


def _columns(steps: Sequence[Growth]) -> list[tuple[str, list[int]]]:
    together = ("decided on", [step.together for step in steps])
    coders = sorted(steps[-1].by_coder)
    if not 2 <= len(coders) <= MOST_CODERS:
        return [together]
    own = [(f"by {coder}", [step.by_coder[coder] for step in steps]) for coder in coders]
    return [*own, ("by anybody", together[1])]


def _draw_bars(page: Page, counts: Sequence[int], n_all: int, room: tuple[float, float]) -> None:
    x, step = room
    most = step - NUMBER - 8
    for place, count in enumerate(counts):
        y = middle(page.height - HEAD, place)
        draw_bar(page, (x, y), most, colour=FAINT)
        draw_bar(page, (x, y), most * count / n_all, colour=BLUE)
        words = f"{count:,} ({count / n_all:.0%})"
        write(page, x + most + 4, y, words, size=SMALL, colour=INK if count else MUTED)


def describe_growth(steps: Sequence[Growth], names: Sequence[str], n_all: int) -> str:
    """What the figure shows, for those who do not see it."""
    first, last = steps[0], steps[-1]
    head = f"bars for {counted(len(steps), 'period')} of deciding on {counted(n_all, 'proposal')}"
    ends = f"{_share(last, n_all)} by the end of {names[-1]}"
    if len(steps) == 1:
        return sentence(f"{head}: {ends}")
    return sentence(f"{head}: {_share(first, n_all)} by the end of {names[0]}, {ends}")


def _share(step: Growth, n_all: int) -> str:
    return f"{step.together:,} ({step.together / n_all:.0%})"
