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

from demarche.disputes import GROUPS, Dispute, read_dispute, read_split, score_dispute
from demarche.readers.model import ModelReader, training
from demarche.readers.model.knowledge import WEIGHTS, Knowledge, kept_names, word_vectors, write_arrays
from demarche.readers.rules.events import fitting as events_fitting
from demarche.readers.rules.events.finding import find_events
from demarche.readers.rules.fitting import Sheet
from demarche.readers.rules.statements import Rated, choose, statements_of
from demarche.readers.rules.weighing import Scale
from demarche.records import Statement
from demarche.scoring.figures import Reading, total
from demarche.scoring.of_disputes import above, keep_left_out

ROOT = Path(__file__).resolve().parents[1]
CUT_OFFS = (0.0, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8)


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
    found = readings(disputes, sheets, pool, training.left_out_confidences(pool, sums, sheets, is_news))
    for group in GROUPS:
        report(
            group, [(dispute, found[name]) for name, dispute in disputes.items() if group_of[name] == group]
        )
    if not dry_run:
        known = Knowledge(
            Scale(first.weights()),
            lenses[-1],
            training.grow(pool.rows, pool.right),
            places,
            training.fit_sureness(pool, sums, sheets, is_news),
        )
        write(known)
        apart = {
            group: [(d, found[name]) for name, d in disputes.items() if group_of[name] == group]
            for group in GROUPS
        }
        keep_left_out("model", ModelReader().version, apart)


def gold_of(dispute: Dispute, sheet: Sheet) -> list[Statement]:
    """What the annotation has in the document of a sheet."""
    return [s for s in dispute.gold.statements if s.doc_id == sheet.document.doc_id]


def readings(
    disputes: dict[str, Dispute], sheets: list[Sheet], pool: training.Pool, confidences: training.Floats
) -> dict[str, Reading]:
    """What is proposed for each dispute; its events too are rated by weights that were fitted without it."""
    found = {name: Reading([], []) for name in disputes}
    events_weights = events_fitting.left_out_of(list(disputes.values()))
    for number, sheet in enumerate(sheets):
        own = confidences[pool.sheet == number].tolist()
        rated = [Rated(c, p) for c, p in zip(pool.candidates[number], own, strict=True)]
        statements = statements_of(sheet.document, sheet.scene, choose(rated), rated)
        mentions = [
            mention for group in sheet.scene.mentions for mention in group if mention.form != "pronoun2"
        ]
        codebook = disputes[sheet.dispute].codebook
        weights = events_weights[sheet.dispute]
        events = find_events(sheet.document, codebook, sheet.scene.sentences, mentions, weights)
        one = found[sheet.dispute]
        found[sheet.dispute] = Reading([*one.statements, *statements], [*one.events, *events])
    return found


def report(group: str, read: list[tuple[Dispute, Reading]]) -> None:
    """Print the figures of disputes left out, from some confidence on."""
    for least in CUT_OFFS:
        scores = total(score_dispute(above(found, least), dispute) for dispute, found in read)
        one, two, three = (scores[name] for name in ("who-what-position", "inventory", "stance matrix"))
        figures = f"P {one.precision:.3f} R {one.recall:.3f} F {one.f1:.3f}"
        print(f"{group} from {least}: {figures}, inventory {two.f1:.3f}, stances {three.f1:.3f}", flush=True)


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
