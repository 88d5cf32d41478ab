"""The grounds on which signs of positions stand: by position, and by whether anybody decided on them."""

from __future__ import annotations

from dataclasses import dataclass

from demarche.figures.style import INK, PAPER, TINTS, Page, draw_box
from demarche.rendering.marks import mark


@dataclass(frozen=True)
class Ground:
    """What a position stands on: `fill`, its `edge`, and the colours of `sign` and `number` on it."""

    fill: str
    edge: str
    sign: str
    number: str


def ground_of(position: str, *, is_proposed: bool) -> Ground:
    """The ground of a position: dark for a refusal, else pale; white in a line where nobody decided on it."""
    ink = mark(position).ink
    if is_proposed:
        return Ground(PAPER, ink, ink, INK)
    if position == "rejects":
        return Ground(ink, "none", PAPER, PAPER)
    return Ground(TINTS[position], "none", ink, INK)


def draw_ground(page: Page, place: tuple[float, float], size: tuple[float, float], ground: Ground) -> None:
    """Draw a ground around its middle."""
    left, low = place[0] - size[0] / 2, place[1] - size[1] / 2
    draw_box(page, left, low, width=size[0], height=size[1], ground=ground.fill, edge=ground.edge)


def draw_frame(page: Page, place: tuple[float, float], size: tuple[float, float]) -> None:
    """Draw a frame around its middle: the sources disagree."""
    left, low = place[0] - size[0] / 2, place[1] - size[1] / 2
    draw_box(page, left, low, width=size[0], height=size[1], ground="none", edge=INK, line=1.2)
