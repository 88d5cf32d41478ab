"""How sure a finding is, in words of fixed meaning. Nothing here says how likely an outcome is."""

from __future__ import annotations

from dataclasses import dataclass

from demarche.prose import counted, number

HIGH, MODERATE, LOW = "High confidence", "Moderate confidence", "Low confidence"
COUNTED = "Counted in the sources"
LEVELS = {"high": HIGH, "moderate": MODERATE, "low": LOW}
"""The levels by the word that an analyst writes, the surest first."""

MEANINGS = {
    HIGH: "at least three independent voices in at least two sources, none to the contrary, "
    "every reading decided by coders",
    MODERATE: "at least two independent voices, and two thirds of the sources that speak of it agree; "
    "the most that anything reaches which rests in part on proposals of the program",
    LOW: "one voice, or less agreement, or nothing but proposals",
    COUNTED: "a count of what these sources contain, not of what they leave out",
}
VOICE = (
    "An independent voice is the author of one text, or a party that texts quote or report, however many "
    "of its people speak and in however many texts. What a party publishes is its own voice."
)


@dataclass(frozen=True, kw_only=True)
class Support:
    """What carries a finding: sources for and against it, voices for it, readings decided or not."""

    n_sources: int
    n_against: int
    n_voices: int
    n_decided: int
    n_proposed: int


def level(support: Support) -> str:
    """The level that MEANINGS defines.

    >>> level(Support(n_sources=4, n_against=0, n_voices=4, n_decided=9, n_proposed=0))
    'High confidence'
    >>> level(Support(n_sources=1, n_against=0, n_voices=1, n_decided=1, n_proposed=0))
    'Low confidence'
    """
    agreeing = support.n_sources / max(1, support.n_sources + support.n_against)
    if support.n_voices < 2 or agreeing < 2 / 3 or not support.n_decided:
        return LOW
    if support.n_voices >= 3 and support.n_sources >= 2 and not support.n_against and not support.n_proposed:
        return HIGH
    return MODERATE


def phrase(support: Support) -> str:
    """The level with what it rests on.

    >>> phrase(Support(n_sources=2, n_against=1, n_voices=2, n_decided=3, n_proposed=0))
    'Moderate confidence: two independent voices in two sources, one to the contrary; decided by coders'
    """
    return f"{level(support)}: {carried(support)}"


def carried(support: Support) -> str:
    """What a sentence rests on: voices and sources for it, sources against it, who read them.

    >>> carried(Support(n_sources=1, n_against=0, n_voices=1, n_decided=0, n_proposed=2))
    'one independent voice in one source, none to the contrary; proposed by the program'
    """
    return f"{told_by(support)}; {decided_or_proposed(support.n_decided, support.n_proposed)}"


def told_by(support: Support) -> str:
    """The voices and sources for a sentence, and the sources against it."""
    voices = f"{counted(support.n_voices, 'independent voice')} in {counted(support.n_sources, 'source')}"
    against = number(support.n_against) if support.n_against else "none"
    return f"{voices}, {against} to the contrary"


def decided_or_proposed(n_decided: int, n_proposed: int) -> str:
    """Who read the words: coders, the program, or both, with how many of each."""
    if not n_proposed:
        return "decided by coders" if n_decided else "nothing was read"
    if not n_decided:
        return "proposed by the program"
    return f"{counted(n_decided, 'reading')} decided, {n_proposed:,} proposed"
