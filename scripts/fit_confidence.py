"""Fits the weights by which the rules reader rates statements, on annotated disputes for building.

    python scripts/fit_confidence.py [--disputes DIR] [--folds 2] [--dry-run]

Disputes are left out in turn to say how well the weights do on disputes that they have not seen; the weights
written are fitted on all. Needs some minutes and 2 GB. Disputes for testing (split.json) are never read.
"""

from __future__ import annotations

import json
from pathlib import Path

import click
import numpy as np

from demarche.disputes import Dispute, read_dispute, read_split, score_dispute
from demarche.readers.rules import fitting, lexicons
from demarche.readers.rules.candidates import HOPELESS
from demarche.readers.rules.confidence import BIAS
from demarche.readers.rules.rivals import GAPS, gaps
from demarche.readers.rules.statements import LEAST, Rated, choose, statements_of
from demarche.records import Statement
from demarche.scoring import FIGURES, Reading, Score

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS = Path(lexicons.__file__).parent / "weights" / "statements.json"
PENALTY, SHARE_OF_WRONG, SEED = 3.0, 0.3, 1


@click.command()
@click.option("--disputes", "folder", type=click.Path(path_type=Path), default=ROOT / "tests" / "disputes")
@click.option("--folds", default=2, help="how many groups of disputes are left out in turn")
@click.option("--dry-run", is_flag=True, help="write no weights")
def main(folder: Path, folds: int, dry_run: bool) -> None:
    """Fit the weights of statements, and say how well they do on disputes left out."""
    disputes = [read_dispute(folder / name) for name in read_split(folder, "building")]
    sheets = [sheet for dispute in disputes for sheet in fitting.sheets_of(dispute)]
    left_out = {dispute.name: place % folds for place, dispute in enumerate(disputes)}
    design, right = fitting.design_of(sheets), fitting.rights_of(sheets)
    groups = np.repeat([left_out[s.dispute] for s in sheets], [len(s.candidates) for s in sheets])
    totals = np.zeros(len(right))
    for fold in range(folds):
        weights = fit(design, right, groups != fold)
        totals[groups == fold] = fitting.sums(design, weights)[groups == fold]
    rows, hopeful = rival_rows(sheets, totals)
    chances, folds_of, rights = np.zeros(len(right)), groups[hopeful], right[hopeful]
    for fold in range(folds):
        weights = fitting.fit_dense(rows[folds_of != fold], rights[folds_of != fold])
        chances[hopeful[folds_of == fold]] = fitting.logistic(
            weights[0] + rows[folds_of == fold] @ weights[1:]
        )
    report(disputes, sheets, chances)
    if not dry_run:
        everything = np.ones(len(right), bool)
        features = fitting.table(design.names, fit(design, right, everything))
        rivals = fitting.table([BIAS, "own", *GAPS], fitting.fit_dense(rows, rights))
        text = json.dumps({"features": features, "rivals": rivals}, indent=0, ensure_ascii=False)
        WEIGHTS.write_text(text + "\n", encoding="utf-8")


def fit(design: fitting.Design, right: fitting.Floats, chosen: fitting.Booleans) -> fitting.Floats:
    """The weights of some rows; of the wrong candidates a share is drawn, and weighed up for it."""
    drawn = (right > 0) | (np.random.default_rng(SEED).random(len(right)) < SHARE_OF_WRONG)
    weight = np.where(right > 0, 1.0, 1 / SHARE_OF_WRONG)
    return fitting.fit(design, right, np.flatnonzero(drawn & chosen), weight, PENALTY)


def rival_rows(
    sheets: list[fitting.Sheet], totals: fitting.Floats
) -> tuple[fitting.Floats, fitting.Integers]:
    """The gaps of the candidates that are not hopeless to their rivals, and which these are."""
    names, rows, place = ["own", *GAPS], [], 0
    hopeful = np.flatnonzero(totals >= HOPELESS)
    for sheet in sheets:
        end = place + len(sheet.candidates)
        chosen = [n for n in range(place, end) if totals[n] >= HOPELESS]
        found = gaps([sheet.candidates[n - place] for n in chosen], totals[chosen].tolist())
        rows += [[row[name] for name in names] for row in found]
        place = end
    return np.array(rows), hopeful


def report(disputes: list[Dispute], sheets: list[fitting.Sheet], chances: fitting.Floats) -> None:
    """Print the figures of disputes left out, and of proposals by confidence how many are right."""
    found: dict[str, list[Statement]] = {dispute.name: [] for dispute in disputes}
    place = 0
    for sheet in sheets:
        end = place + len(sheet.candidates)
        rated = [Rated(c, p) for c, p in zip(sheet.candidates, chances[place:end].tolist(), strict=True)]
        found[sheet.dispute] += statements_of(sheet.document, sheet.scene, choose(rated), rated)
        place = end
    for least in (LEAST, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8):
        scores = dict.fromkeys(FIGURES, Score())
        for dispute in disputes:
            kept = Reading([s for s in found[dispute.name] if s.confidence >= least], [])
            scores = {name: scores[name] + one for name, one in score_dispute(kept, dispute).items()}
        one, two = scores["who-what-position"], scores["inventory"]
        print(f"from {least}: {one.precision:.3f} {one.recall:.3f} {one.f1:.3f}, inventory {two.f1:.3f}")


if __name__ == "__main__":
    main()
