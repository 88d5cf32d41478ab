"""Fits how sure an event is, on the disputes for building, and prints how honest it is on disputes left out.

    python scripts/fit_events.py [--disputes DIR]   # writes weights/events.json beside the rules reader

Of proposals at 0.8, about four in five are right: the table shows it, each dispute predicted by the others.
"""

from __future__ import annotations

import json
from pathlib import Path

import click

from demarche.disputes import read_dispute, read_split
from demarche.readers.rules.events import fitting as events_fitting

ROOT = Path(__file__).resolve().parents[1]
DISPUTES = ROOT / "tests" / "disputes"
WEIGHTS = ROOT / "src" / "demarche" / "readers" / "rules" / "weights" / "events.json"


@click.command()
@click.option("--disputes", "folder", type=click.Path(path_type=Path, exists=True), default=DISPUTES)
def main(folder: Path) -> None:
    """Fit, report and write the weights."""
    disputes = (read_dispute(folder / name) for name in read_split(folder, "building"))
    rows = [row for dispute in disputes for row in events_fitting.rows_of(dispute)]
    print("confidence   proposals   right")
    for low, high, count, share in events_fitting.reliability(rows):
        print(f"{low:.2f}–{high:.2f} {count:12} {share:9.2f}")
    weights = events_fitting.fitted(rows)
    WEIGHTS.write_text(json.dumps(weights, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
