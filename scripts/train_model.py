"""Trains the reader `model` on annotated disputes for building, and says how well it reads those left out.

    python scripts/train_model.py [--disputes DIR] [--folds 4] [--dry-run]

Disputes are left out in turn; the weights written are learned from all (readers/model/weights/learned.npz),
and what was left out says how well the reader reads (scoring/measured/model.json). Needs lightgbm and
scikit-learn (`pip install --group train`), ten minutes and 6 GB. Disputes for testing are never read.
"""

from __future__ import annotations

from pathlib import Path

import click
import numpy as np

from demarche.disputes import GROUPS, Dispute, read_dispute, read_split
from demarche.readers.model import ModelReader, training
from demarche.readers.model.knowledge import WEIGHTS, Knowledge, kept_names, word_vectors, write_arrays
from demarche.readers.rules.fitting import Sheet
from demarche.readers.rules.weighing import Scale
from demarche.records import Statement
from demarche.scoring.left_out import by_group, left_out_readings, report_left_out
from demarche.scoring.of_disputes import keep_left_out

ROOT = Path(__file__).resolve().parents[1]


@click.command()
@click.option("--disputes", "folder", type=click.Path(path_type=Path), default=ROOT / "tests" / "disputes")
@click.option("--folds", default=4, help="how many groups of disputes are left out in turn")
@click.option("--dry-run", is_flag=True, help="write no weights")
def main(folder: Path, folds: int, dry_run: bool) -> None:
    """Train, say how well disputes left out are read, write the weights."""
    group_of = {name: group for group in GROUPS for name in read_split(folder, "building", groups=[group])}
    disputes = {name: read_dispute(folder / name) for name in group_of}
    vectors = word_vectors()
    sheets = [sheet for dispute in disputes.values() for sheet in training.sheets_of(dispute, vectors)]
    turn = {name: place % folds for place, name in enumerate(disputes)}
    fold_of = [turn[sheet.dispute] for sheet in sheets]
    material = [training.worded(sheet, gold_of(disputes[sheet.dispute], sheet)) for sheet in sheets]
    lenses = training.lenses_by_fold(material, fold_of, vectors)
    first = training.First(sheets)
    pool, places = training.pool_of(sheets, fold_of, first.left_out_totals(fold_of), lenses)
    sums, is_news = training.left_out_sums(pool), [group_of[sheet.dispute] == "news" for sheet in sheets]
    confidences = training.left_out_confidences(pool, sums, sheets, is_news)
    read = list(disputes.values())
    apart = by_group(read, group_of, left_out_readings(read, sheets, pool.rated(confidences)))
    report_left_out(apart)
    if not dry_run:
        known = Knowledge(
            Scale(first.weights()),
            lenses[-1],
            training.grow(pool.rows, pool.right),
            places,
            training.fit_sureness(pool, sums, sheets, is_news),
        )
        write(known)
        keep_left_out("model", ModelReader().version, apart)


def gold_of(dispute: Dispute, sheet: Sheet) -> list[Statement]:
    """What the annotation has in the document of a sheet."""
    return [s for s in dispute.gold.statements if s.doc_id == sheet.document.doc_id]


def write(known: Knowledge) -> None:
    """Write what was learned, the same bytes for the same content."""
    places, first = known.places, known.first.table
    named = {
        "names": kept_names(sorted(places, key=places.__getitem__)),
        "first names": kept_names(first),
        "first weights": np.array(list(first.values())),
    }
    arrays = known.lenses.wording.arrays() | known.trees.arrays() | named
    write_arrays(WEIGHTS / "learned.npz", arrays | {"sureness": known.sureness.weights})


if __name__ == "__main__":
    main()
