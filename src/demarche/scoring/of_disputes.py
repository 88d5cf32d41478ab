"""What proposals for annotated disputes are worth: figures by group, bins of confidence, least confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from demarche.disputes import GROUPS, Dispute, score_dispute, score_documents
from demarche.scoring.calibration import Outcome, least_confidence, outcomes, reliability
from demarche.scoring.figures import Reading
from demarche.scoring.measured import Group, estimated, keep, measured

Readings = Sequence[tuple[Dispute, Reading]]


def keep_left_out(reader: str, version: str, readings: Mapping[str, Readings]) -> None:
    """Keep what is known from the building disputes, by group, each read by a reader fitted without it.

    The default least confidence and the bins of confidence come from them.
    """
    units = [_outcomes(dispute, found) for group in GROUPS for dispute, found in readings[group]]
    least = least_confidence(units)
    groups = {f"building, {name}": group_of(readings[name], version, least) for name in GROUPS}
    keep(reader, groups=groups, bins=reliability(units), least=least)


def keep_held_back(reader: str, version: str, readings: Mapping[str, Readings]) -> None:
    """Keep how the disputes for testing were read, by group."""
    least = measured(reader).least
    keep(reader, groups={f"testing, {name}": group_of(readings[name], version, least) for name in GROUPS})


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
