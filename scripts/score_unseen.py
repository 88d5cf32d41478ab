"""Scores all offline readers on disputes that no reader was made with yet: prints totals, keeps them as data.

    python scripts/score_unseen.py DATE DISPUTE…

To be run when disputes arrive, before anything is fitted on them; no dispute is taken twice.
The figures stand in scoring/measured/unseen.json with the date and the readers' versions.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from demarche.disputes import read_by, read_dispute
from demarche.readers import reader_named
from demarche.scoring import FIGURES
from demarche.scoring.measured import Group, estimate_words, measured
from demarche.scoring.of_disputes import group_of
from demarche.scoring.unseen import Round, add_round, seen_before

DISPUTES = Path(__file__).resolve().parents[1] / "tests" / "disputes"
READERS = ("rules", "model")


@click.command()
@click.argument("day")
@click.argument("names", nargs=-1, required=True)
def main(day: str, names: tuple[str, ...]) -> None:
    """Score disputes that are new to all readers."""
    if again := seen_before(names):
        raise click.UsageError(f"scored as unseen before: {', '.join(again)}")
    one = Round(
        date.fromisoformat(day).isoformat(), sorted(names), {name: scored(name, names) for name in READERS}
    )
    for name, group in one.readers.items():
        print_group(name, group)
    add_round(one)


def scored(reader_name: str, names: tuple[str, ...]) -> Group:
    """How a reader reads some disputes."""
    reader = reader_named(reader_name)
    disputes = [read_dispute(DISPUTES / name) for name in sorted(names)]
    readings = [(dispute, read_by(reader, dispute)) for dispute in disputes]
    return group_of(readings, reader.version, measured(reader_name).least)


def print_group(name: str, group: Group) -> None:
    """Print the figures of all proposals, and the precision of the sure ones."""
    for figure in FIGURES:
        row = group.of_all[figure]
        shares = "  ".join(estimate_words(one) for one in (row.precision, row.recall, row.f1))
        print(f"{name:6} {figure:18} {shares}  {row.matched}/{row.system}/{row.gold}")
    sure = group.of_sure["who-what-position"]
    shares = "  ".join(estimate_words(one) for one in (sure.precision, sure.recall))
    print(f"{name:6} {'sure enough':18} {shares}  (precision and recall of who-what-position)")


if __name__ == "__main__":
    main()
