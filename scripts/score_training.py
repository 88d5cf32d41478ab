"""Scores a reader on annotated disputes: precision, recall and F1 of each figure, with 95 % intervals.

    python scripts/score_training.py building [--group news] [--reader rules] [--least 0.6] [--each]
    python scripts/score_training.py testing --keep   # what README and chapter 05 say of disputes held back
    python scripts/score_training.py --originals CORPUS GOLD --keep   # the same of the press texts
    python scripts/score_training.py --errors DISPUTE # what was missed or reported in error; building only

The disputes for testing are scored as a whole only: nothing of their texts is printed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from demarche.disputes import (
    GROUPS,
    SPLITS,
    Dispute,
    read_by,
    read_dispute,
    read_split,
    score_dispute,
    score_documents,
)
from demarche.readers import reader_named
from demarche.records import Event, Statement
from demarche.scoring import Reading
from demarche.scoring.measured import estimated
from demarche.scoring.of_disputes import Readings, above, keep_gains, keep_held_back
from demarche.scoring.of_study import figure_lines, keep_originals, score_lines, score_study
from demarche.study import read_study

PLAIN = "rules"
"""The reader that others have to be better than."""
TOP = Path(__file__).resolve().parents[1]
DISPUTES, STUDY = TOP / "tests" / "disputes", TOP / "data" / "russia-nato-2021"


@click.command()
@click.argument("split", type=click.Choice(SPLITS), default="building")
@click.option("--group", "groups", type=click.Choice(GROUPS), multiple=True, help="default: all groups")
@click.option("--reader", "reader_name", default="rules", help="the reader to score")
@click.option("--least", default=0.0, help="only proposals of this confidence or more")
@click.option("--each", is_flag=True, help="one line per building dispute as well (who-what-position)")
@click.option("--keep", is_flag=True, help="keep the figures of what was held back as data")
@click.option(
    "--originals", nargs=2, type=click.Path(path_type=Path, exists=True), help="texts and their coding"
)
@click.option("--errors", "errors_of", default="", help="list the errors of one building dispute")
def main(  # noqa: PLR0913 - a command has as many options as it has
    split: str,
    groups: tuple[str, ...],
    reader_name: str,
    least: float,
    each: bool,
    keep: bool,
    originals: tuple[Path, Path] | None,
    errors_of: str,
) -> None:
    """Score a reader on annotated disputes."""
    if errors_of and errors_of not in read_split(DISPUTES, "building"):
        sys.exit(f"{errors_of} is not a dispute for building; errors of others are not shown")
    if errors_of:
        print_errors(read_dispute(DISPUTES / errors_of), reader_name)
        return
    if originals:
        score_originals(*originals, reader_name, keep=keep)
        return
    readings = {group: read_group(split, group, reader_name) for group in groups or GROUPS}
    everything = [pair for group in readings.values() for pair in group]
    print_table(split, everything, least, each=each and split == "building")
    if keep and split == "testing" and not groups:
        keep_held_back(reader_name, reader_named(reader_name).version, readings)
        if reader_name != PLAIN:
            keep_gains(reader_name, {group: read_group(split, group, PLAIN) for group in GROUPS}, readings)


def read_group(split: str, group: str, reader_name: str) -> Readings:
    """The disputes of a group, each with what a reader proposes for it."""
    reader = reader_named(reader_name)
    disputes = [read_dispute(DISPUTES / name) for name in read_split(DISPUTES, split, groups=[group])]
    return [(dispute, read_by(reader, dispute)) for dispute in disputes]


def print_table(split: str, readings: Sequence[tuple[Dispute, Reading]], least: float, *, each: bool) -> None:
    """Print the figures of some disputes together."""
    scores = []
    for dispute, found in readings:
        of_one = list(score_documents(above(found, least), dispute).values())
        scores += of_one
        if each:
            print(f"  {dispute.name:<28} {estimated(of_one)['who-what-position'].f1.value:.3f}")
    print(f"{split}: {len(readings)} disputes, {len(scores)} documents")
    print("\n".join(figure_lines(scores)))


def score_originals(corpus: Path, gold: Path, reader_name: str, *, keep: bool) -> None:
    """Print, and keep, how the press texts are read that the shipped study digests."""
    study = replace(read_study(STUDY).with_inputs(corpus=corpus, coding=gold), reader=reader_name)
    print("\n".join(score_lines(score_study(study))))
    if keep:
        keep_originals(study)


def print_errors(dispute: Dispute, reader_name: str) -> None:
    """Print what was missed (-) and what was reported in error (+), in the order of the text."""
    scores = score_dispute(read_by(reader_named(reader_name), dispute), dispute)
    for figure in ("who-what-position", "dated events"):
        marked = [("-", item) for item in scores[figure].missed]
        marked += [("+", item) for item in scores[figure].false_alarms]
        records = [(sign, item) for sign, item in marked if isinstance(item, Statement | Event)]
        for sign, item in sorted(records, key=lambda pair: (pair[1].doc_id, pair[1].start)):
            print(sign, line_of(item))


def line_of(item: Statement | Event) -> str:
    """One line on a record."""
    if isinstance(item, Event):
        return f"{item.doc_id} {item.start} {item.date} [{item.date_text}] {item.quote!r}"
    what = f"{item.actor} {item.position} {item.demand}"
    return f"{item.doc_id} {item.start} {what} ({item.speaker}, {item.confidence:.2f}) {item.quote!r}"


if __name__ == "__main__":
    main()
