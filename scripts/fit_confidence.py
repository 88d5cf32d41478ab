"""Fits the weights by which the rules reader rates statements, on annotated disputes for building.

    python scripts/fit_confidence.py [--disputes DIR] [--folds 2] [--dry-run]

Disputes are left out in turn to say how well the weights do on disputes that they have not seen; the weights
written are fitted on all, and what was left out says how well the reader reads (scoring/measured/rules.json).
Needs some minutes and 2 GB. Disputes for testing (split.json) are never read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from demarche.disputes import GROUPS, read_dispute, read_split
from demarche.readers.rules import RulesReader, fitting, lexicons
from demarche.readers.rules.confidence import BIAS
from demarche.readers.rules.rivals import TERMS, terms
from demarche.readers.rules.sentences import sentence_length
from demarche.readers.rules.statements import Rated
from demarche.readers.rules.weighing import HOPELESS
from demarche.scoring.left_out import by_group, left_out_readings, report_left_out
from demarche.scoring.of_disputes import keep_left_out

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS = Path(lexicons.__file__).parent / "weights" / "statements.json"
PENALTY = 10.0


@click.command()
@click.option("--disputes", "folder", type=click.Path(path_type=Path), default=ROOT / "tests" / "disputes")
@click.option("--folds", default=2, help="how many groups of disputes are left out in turn")
@click.option("--dry-run", is_flag=True, help="write no weights")
def main(folder: Path, folds: int, dry_run: bool) -> None:
    """Fit the weights of statements, and say how well they do on disputes left out."""
    group_of = {name: group for group in GROUPS for name in read_split(folder, "building", groups=[group])}
    disputes = [read_dispute(folder / name) for name in group_of]
    sheets = [sheet for dispute in disputes for sheet in fitting.sheets_of(dispute)]
    left = leave_out(sheets, {name: place % folds for place, name in enumerate(group_of)})
    found = left_out_readings(disputes, sheets, rated(sheets, left.chances))
    apart = by_group(disputes, group_of, found)
    report_left_out(apart)
    if not dry_run:
        everything = np.ones(len(left.right), bool)
        features = fitting.table(left.design.names, fit(left.design, left.right, everything))
        rivals = fitting.table([BIAS, *TERMS], fitting.fit_dense(left.rows, left.right[left.hopeful]))
        text = json.dumps({"features": features, "rivals": rivals}, indent=0, ensure_ascii=False)
        WEIGHTS.write_text(text + "\n", encoding="utf-8")
        keep_left_out("rules", RulesReader().version, apart)


@dataclass(frozen=True)
class LeftOut:
    """Candidates rated by weights that were fitted without their dispute.

    `totals` are the sums of their features' weights; `rows` their gaps to rivals, of those that are
    `hopeful`; `chances` are 0 for the others.
    """

    design: fitting.Design
    right: fitting.Floats
    totals: fitting.Floats
    rows: fitting.Floats
    hopeful: fitting.Integers
    chances: fitting.Floats


def rated(sheets: Sequence[fitting.Sheet], chances: fitting.Floats) -> Iterator[list[Rated]]:
    """The candidates of each sheet with their chances."""
    place = 0
    for sheet in sheets:
        own = chances[place : place + len(sheet.candidates)]
        yield [Rated(c, p) for c, p in zip(sheet.candidates, own.tolist(), strict=True)]
        place += len(own)


def leave_out(sheets: list[fitting.Sheet], fold_of: dict[str, int]) -> LeftOut:
    """Rate each dispute's candidates by weights fitted on the disputes of other folds."""
    design, right = fitting.design_of(sheets), fitting.rights_of(sheets)
    folds = np.repeat([fold_of[s.dispute] for s in sheets], [len(s.candidates) for s in sheets])
    totals, chances = np.zeros(len(right)), np.zeros(len(right))
    for fold in set(fold_of.values()):
        weights = fit(design, right, folds != fold)
        totals[folds == fold] = fitting.sums(design, weights)[folds == fold]
    rows, hopeful = rival_rows(sheets, totals)
    for fold in set(fold_of.values()):
        inside = folds[hopeful] == fold
        weights = fitting.fit_dense(rows[~inside], right[hopeful][~inside])
        chances[hopeful[inside]] = fitting.logistic(weights[0] + rows[inside] @ weights[1:])
    return LeftOut(design, right, totals, rows, hopeful, chances)


def fit(design: fitting.Design, right: fitting.Floats, chosen: fitting.Booleans) -> fitting.Floats:
    """The weights that fit some rows."""
    return fitting.fit(design, right, np.flatnonzero(chosen), PENALTY)


def rival_rows(
    sheets: list[fitting.Sheet], totals: fitting.Floats
) -> tuple[fitting.Floats, fitting.Integers]:
    """The gaps of the candidates that are not hopeless to their rivals, and which these are."""
    rows, place = [], 0
    hopeful = np.flatnonzero(totals >= HOPELESS)
    for sheet in sheets:
        end = place + len(sheet.candidates)
        chosen = [n for n in range(place, end) if totals[n] >= HOPELESS]
        length = sentence_length(sheet.scene.sentences)
        found = terms([sheet.candidates[n - place] for n in chosen], totals[chosen].tolist(), length)
        rows += found
        place = end
    return np.array(rows), hopeful


if __name__ == "__main__":
    main()
