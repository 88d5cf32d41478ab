"""What proposals for annotated disputes are worth: figures by group, bins of confidence, least confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from demarche.disputes import GROUPS, Dispute, score_dispute, score_documents
from demarche.scoring.calibration import Outcome, least_confidence, outcomes, reliability
from demarche.scoring.figures import Reading, total
from demarche.scoring.intervals import interval_of_change
from demarche.scoring.measured import Estimate, Group, estimated, keep, measured

Readings = Sequence[tuple[Dispute, Reading]]
GAINED = ("who-what-position", "inventory", "stance matrix")
"""The figures of which is kept how much a reader gains."""


def keep_left_out(reader: str, version: str, readings: Mapping[str, Readings]) -> None:
    """Keep what is known from the building disputes, by group, each read by a reader fitted without it.

    The default least confidence and the bins of confidence come from them. What is sure enough has to be so
    in each group apart: a confidence that holds for dense texts may promise too much in news.
    """
    units = {name: [_outcomes(dispute, found) for dispute, found in readings[name]] for name in GROUPS}
    least = max(least_confidence(units[name]) for name in GROUPS)
    groups = {f"building, {name}": group_of(readings[name], version, least) for name in GROUPS}
    keep(
        reader, groups=groups, bins=reliability([one for name in GROUPS for one in units[name]]), least=least
    )


def keep_held_back(reader: str, version: str, readings: Mapping[str, Readings]) -> None:
    """Keep how the disputes for testing were read, by group."""
    least = measured(reader).least
    keep(reader, groups={f"testing, {name}": group_of(readings[name], version, least) for name in GROUPS})


def keep_gains(reader: str, before: Mapping[str, Readings], after: Mapping[str, Readings]) -> None:
    """Keep by how much a reader's F1 (`after`) is above that of the rules (`before`), by group and in all."""
    gains = {f"testing, {name}": _gains(before[name], after[name]) for name in GROUPS}
    whole = [[pair for name in GROUPS for pair in side[name]] for side in (before, after)]
    keep(reader, gains=gains | {"testing": _gains(*whole)})


def _gains(before: Readings, after: Readings) -> dict[str, Estimate]:
    """The change in F1 of each figure, the same documents drawn for both."""
    one, two = (
        [scores for dispute, found in side for scores in score_documents(found, dispute).values()]
        for side in (before, after)
    )
    return {
        name: Estimate(
            total(two)[name].f1 - total(one)[name].f1,
            *interval_of_change([scores[name] for scores in one], [scores[name] for scores in two]),
        )
        for name in GAINED
    }


def above(found: Reading, least: float) -> Reading:
    """The records that reach a confidence."""
    return Reading(
        [s for s in found.statements if s.confidence >= least],
        [e for e in found.events if e.confidence >= least],
    )


def group_of(readings: Readings, version: str, least: float) -> Group:
    """What is known from some disputes, of all proposals and of those that reach the least confidence."""
    everything, sure = (
        [
            scores
            for dispute, found in readings
            for scores in score_documents(above(found, cut_off), dispute).values()
        ]
        for cut_off in (0.0, least)
    )
    return Group(len(readings), len(everything), version, estimated(everything), estimated(sure))


def _outcomes(dispute: Dispute, found: Reading) -> list[Outcome]:
    return outcomes(score_dispute(found, dispute)["who-what-position"])
