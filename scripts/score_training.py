"""Scores a reader on annotated disputes: a table of the five figures, summed over the disputes of a split.

    python scripts/score_training.py building [--group news] [--reader rules] [--each]
    python scripts/score_training.py --errors DISPUTE   # what was missed or reported in error; building only

The disputes for testing are scored as a whole only: nothing of their texts is printed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from demarche.disputes import GROUPS, SPLITS, Dispute, read_by, read_dispute, read_split, score_dispute
from demarche.readers import reader_named
from demarche.records import Event, Statement
from demarche.scoring import FIGURES, Score

DISPUTES = Path(__file__).resolve().parents[1] / "tests" / "disputes"


@click.command()
@click.argument("splits", nargs=-1, type=click.Choice(SPLITS))
@click.option("--group", "groups", type=click.Choice(GROUPS), multiple=True, help="default: all groups")
@click.option("--reader", "reader_name", default="rules", help="the reader to score")
@click.option("--each", is_flag=True, help="one line per building dispute as well (who-what-position)")
@click.option("--errors", "errors_of", default="", help="list the errors of one building dispute")
def main(
    splits: tuple[str, ...], groups: tuple[str, ...], reader_name: str, each: bool, errors_of: str
) -> None:
    """Score a reader on annotated disputes."""
    if errors_of:
        if errors_of not in read_split(DISPUTES, "building"):
            sys.exit(f"{errors_of} is not a dispute for building; errors of others are not shown")
        print_errors(read_dispute(DISPUTES / errors_of), reader_name)
    for split in splits or (() if errors_of else SPLITS):
        names = read_split(DISPUTES, split, groups=groups or GROUPS)
        print_table(split, names, reader_name, each=each and split == "building")


def print_table(split: str, names: Sequence[str], reader_name: str, *, each: bool) -> None:
    """Print the five figures of some disputes of one split."""
    totals = dict.fromkeys(FIGURES, Score())
    for name in names:
        dispute = read_dispute(DISPUTES / name)
        scores = score_dispute(read_by(reader_named(reader_name), dispute), dispute)
        totals = {figure: totals[figure] + scores[figure] for figure in FIGURES}
        if each:
            print(f"  {name:<28} {scores['who-what-position'].f1:.3f}")
    print(f"{split:<18} precision  recall      F1  matched  system  gold")
    for figure, s in totals.items():
        row = f"{s.precision:9.3f} {s.recall:7.3f} {s.f1:7.3f} {s.matched:8} {s.system:7} {s.gold:5}"
        print(f"{figure:<18} {row}")


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
