"""The signs of the briefing: a glyph and a colour for each position, reply, status and method.

One table, so that chips, figures, HTML and PDF agree. Glyph and word carry the meaning; colour only helps
(Okabe and Ito's palette, darkened until text in it has a contrast of 4.5 : 1 on white). Every glyph is in
DejaVu Sans, which comes with matplotlib.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """A sign: `glyph`, and `ink` for it on white, `night` for it on a dark page (both `#rrggbb`)."""

    glyph: str
    ink: str
    night: str


BLUE, GREEN, AMBER, RED, GREY = "#00588f", "#00694a", "#805200", "#a33a00", "#55595f"
NIGHT_BLUE, NIGHT_GREEN, NIGHT_AMBER, NIGHT_RED, NIGHT_GREY = (
    "#7cc4f2", "#6fd3ae", "#f0bd5e", "#ff9f70", "#b4b9c0",
)  # fmt: skip

_DEMANDS = Mark("▲", BLUE, NIGHT_BLUE)
_SUPPORTS = Mark("●", GREEN, NIGHT_GREEN)
_OPEN = Mark("◐", AMBER, NIGHT_AMBER)
_REJECTS = Mark("✕", RED, NIGHT_RED)
_FAINT = Mark("○", GREY, NIGHT_GREY)
_FIRM = Mark("■", GREY, NIGHT_GREY)

MARKS: dict[str, Mark] = {
    # positions, and the replies made of them
    "demands": _DEMANDS,
    "supports": _SUPPORTS,
    "supported": _SUPPORTS,
    "open": _OPEN,
    "rejects": _REJECTS,
    "rejected": _REJECTS,
    "silent": _FAINT,
    "not covered": Mark("–", GREY, NIGHT_GREY),
    "contested": Mark("≠", RED, NIGHT_RED),
    # what became of an event
    "happened": _FIRM,
    "scheduled": Mark("□", GREY, NIGHT_GREY),
    "possible": _FAINT,
    # how firmly something is expected, and what became of it
    "expected": Mark("●", GREY, NIGHT_GREY),
    "unlikely": Mark("▽", GREY, NIGHT_GREY),
    "borne out": Mark("✓", GREEN, NIGHT_GREEN),
    "in part": Mark("◐", AMBER, NIGHT_AMBER),
    "not borne out": Mark("✕", RED, NIGHT_RED),
    # who says that a text says so
    "decided": Mark("✓", GREY, NIGHT_GREY),
    "proposed": Mark("◌", GREY, NIGHT_GREY),
}
PLAIN = Mark("", GREY, NIGHT_GREY)


def mark(kind: str) -> Mark:
    """The sign of a kind; a plain one without a glyph where the kind has none."""
    return MARKS.get(kind, PLAIN)
