"""Switches off each mechanism of the rules in turn, fits the weights again, and keeps what it costs as data.

    python scripts/ablation.py [--disputes DIR] [--folds 2]   # then scripts/readme.py sets the table
    python scripts/ablation.py --only pronouns                # this one again; the other rows stay

Figures are those of building disputes left out of the fitting, as in scripts/fit_confidence.py. Each change
stands with a 95 % interval, the same disputes drawn with and without. Needs an hour at most and 2 GB.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import numpy as np

from demarche.disputes import Dispute, read_dispute, read_split, score_dispute
from demarche.readers.rules import fitting
from demarche.readers.rules.weighing import HOPELESS
from demarche.scoring import FIGURES, Score
from demarche.scoring.ablation import MECHANISMS, RIVALS, Mechanism, sheets_without, without
from demarche.scoring.figures import total
from demarche.scoring.intervals import interval_of_change
from demarche.scoring.left_out import left_out_readings
from demarche.scoring.measured import keep, measured
from fit_confidence import leave_out, rated

DISPUTES = Path(__file__).resolve().parents[1] / "tests" / "disputes"
CHIEF, NOTHING = "who-what-position", "nothing"
Scores = list[dict[str, Score]]


@click.command()
@click.option("--disputes", "folder", type=click.Path(path_type=Path), default=DISPUTES)
@click.option("--folds", default=2, help="how many groups of disputes are left out in turn")
@click.option("--only", multiple=True, help="measure this mechanism, and keep the other rows")
def main(folder: Path, folds: int, only: tuple[str, ...]) -> None:
    """Measure what each mechanism is worth."""
    disputes = [read_dispute(folder / name) for name in read_split(folder, "building")]
    fold_of = {dispute.name: place % folds for place, dispute in enumerate(disputes)}
    sheets = sheets_of(disputes)
    whole = scores_of(disputes, sheets, fold_of)
    rows = [row_of(NOTHING, whole, whole)]
    if not only or RIVALS in only:
        rows.append(row_of(RIVALS, whole, scores_of(disputes, sheets, fold_of, has_rivals=False)))
    for mechanism in MECHANISMS:
        if not only or mechanism.name in only:
            poorer = list(sheets_without(mechanism, read_without(mechanism, disputes, sheets)))
            rows.append(row_of(mechanism.name, whole, scores_of(disputes, poorer, fold_of)))
    again = {row["without"] for row in rows}
    others = [row for row in measured("rules").ablation if only and row["without"] not in again]
    keep("rules", ablation=rows + others)


def sheets_of(disputes: list[Dispute]) -> list[fitting.Sheet]:
    """The sheets of all disputes."""
    return [sheet for dispute in disputes for sheet in fitting.sheets_of(dispute)]


def read_without(
    mechanism: Mechanism, disputes: list[Dispute], sheets: list[fitting.Sheet]
) -> list[fitting.Sheet]:
    """The sheets as they are read with poorer codebooks; as they are where the codebook stays whole."""
    if not (mechanism.demand or mechanism.actor):
        return sheets
    return sheets_of([without(mechanism, dispute) for dispute in disputes])


def scores_of(
    disputes: list[Dispute], sheets: list[fitting.Sheet], fold_of: dict[str, int], *, has_rivals: bool = True
) -> Scores:
    """The figures of each dispute, read by weights fitted without it."""
    left = leave_out(sheets, fold_of)
    of_features = np.where(left.totals >= HOPELESS, fitting.logistic(left.totals), 0.0)
    chances = left.chances if has_rivals else of_features
    found = left_out_readings(disputes, sheets, rated(sheets, chances))
    return [score_dispute(found[dispute.name], dispute) for dispute in disputes]


def row_of(name: str, before: Scores, after: Scores) -> dict[str, Any]:
    """One row of the table, printed as it comes."""
    chief, inventory = (total(after)[figure] for figure in (CHIEF, FIGURES[2]))
    low, high = interval_of_change([one[CHIEF] for one in before], [one[CHIEF] for one in after])
    change = chief.f1 - total(before)[CHIEF].f1
    print(f"{name:<40} {chief.precision:.3f} {chief.recall:.3f} {chief.f1:.3f} {change:+.3f}", flush=True)
    return {
        "without": name,
        "precision": chief.precision,
        "recall": chief.recall,
        "f1": chief.f1,
        "change": [change, low, high],
        "inventory": inventory.f1,
    }


if __name__ == "__main__":
    main()
