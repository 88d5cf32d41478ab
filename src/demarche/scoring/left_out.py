"""How disputes for building are read by weights that were fitted without them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from demarche.disputes import GROUPS, Dispute, score_dispute
from demarche.readers.rules.events import fitting as events_fitting
from demarche.readers.rules.events.finding import find_events
from demarche.readers.rules.fitting import Sheet
from demarche.readers.rules.statements import Rated, choose, statements_of
from demarche.scoring.figures import Reading, total
from demarche.scoring.of_disputes import Readings, above

CUT_OFFS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def left_out_readings(
    disputes: Sequence[Dispute], sheets: Sequence[Sheet], rated: Iterable[Sequence[Rated]]
) -> dict[str, Reading]:
    """What is proposed for each dispute, by its name; `rated` are the candidates of each sheet.

    The events too are rated by weights that were fitted without the dispute.
    """
    found = {dispute.name: Reading([], []) for dispute in disputes}
    codebooks = {dispute.name: dispute.codebook for dispute in disputes}
    weights = events_fitting.left_out_of(disputes)
    for sheet, candidates in zip(sheets, rated, strict=True):
        scene, name = sheet.scene, sheet.dispute
        mentions = [m for group in scene.mentions for m in group if m.form != "pronoun2"]
        statements = statements_of(sheet.document, scene, choose(candidates), candidates)
        events = find_events(sheet.document, codebooks[name], scene.sentences, mentions, weights[name])
        so_far = found[name]
        found[name] = Reading([*so_far.statements, *statements], [*so_far.events, *events])
    return found


def by_group(
    disputes: Sequence[Dispute], group_of: Mapping[str, str], found: Mapping[str, Reading]
) -> dict[str, Readings]:
    """Disputes with what is proposed for them, group by group."""
    return {g: [(d, found[d.name]) for d in disputes if group_of[d.name] == g] for g in GROUPS}


def report_left_out(readings: Mapping[str, Readings]) -> None:
    """Print the figures of each group, from some least confidences on."""
    for group, read in readings.items():
        for least in CUT_OFFS:
            scores = total(score_dispute(above(found, least), dispute) for dispute, found in read)
            one, two, three = (scores[name] for name in ("who-what-position", "inventory", "stance matrix"))
            figures = f"P {one.precision:.3f} R {one.recall:.3f} F {one.f1:.3f}"
            print(
                f"{group} from {least}: {figures}, inventory {two.f1:.3f}, stances {three.f1:.3f}", flush=True
            )
