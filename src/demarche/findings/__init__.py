"""Findings: sentences computed from the tables of a briefing, heaviest first.

Each kind is a small function that says nothing where the tables carry nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from demarche.briefing import Briefing
from demarche.confidence import COUNTED
from demarche.findings.demands import dominance, not_covered, single_sources, unreported_articles
from demarche.findings.finding import Finding
from demarche.findings.layers import dates_in_dispute, differing_numbers, parted_expectations
from demarche.findings.positions import (
    counter_demands,
    disagreements,
    moves,
    next_move,
    offers,
    openings,
    refusals,
)
from demarche.findings.voices import (
    direct_speech,
    last_word,
    missing_voices,
    primary_texts,
    span_of_dates,
    still_ahead,
)

KINDS: tuple[Callable[[Briefing], list[Finding]], ...] = (
    dominance,
    refusals,
    openings,
    offers,
    counter_demands,
    next_move,
    last_word,
    disagreements,
    missing_voices,
    primary_texts,
    moves,
    single_sources,
    parted_expectations,
    differing_numbers,
    dates_in_dispute,
    still_ahead,
    unreported_articles,
    direct_speech,
    not_covered,
    span_of_dates,
)
IN_A_SELECTION = frozenset(
    {
        refusals,
        last_word,
        disagreements,
        moves,
        parted_expectations,
        differing_numbers,
        dates_in_dispute,
        still_ahead,
    }
)
"""What can be said where only some readings were asked for: nothing of this speaks of what is missing."""
MOST = 12

__all__ = ["Finding", "all_findings"]


def all_findings(briefing: Briefing) -> list[Finding]:
    """Every finding that the tables carry, heaviest first, at most MOST."""
    kinds = [kind for kind in KINDS if kind in IN_A_SELECTION or not briefing.is_selection]
    found = [_as_read(finding, briefing) for kind in kinds for finding in kind(briefing)]
    return sorted(found, key=lambda finding: -finding.weight)[:MOST]


def _as_read(finding: Finding, briefing: Briefing) -> Finding:
    """The finding; a count says so where the program's proposals are among what was counted."""
    if finding.confidence != COUNTED or set(briefing.numbers) <= briefing.decided:
        return finding
    return replace(finding, confidence=f"{COUNTED}: as the program proposes to read them, unchecked")
