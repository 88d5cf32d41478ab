"""Fits who tells a statement, on the disputes for building, and prints how often it is right where left out.

    python scripts/fit_tellers.py [--disputes DIR]   # writes weights/tellers.json beside the rules reader

Disputes are left out in turn for what is printed; the weights written are fitted on all of them.
"""

from __future__ import annotations

import json
from pathlib import Path

import click

from demarche.disputes import read_dispute, read_split
from demarche.readers.rules.tellers import fitting as teller_fitting

ROOT = Path(__file__).resolve().parents[1]
DISPUTES = ROOT / "tests" / "disputes"
WEIGHTS = ROOT / "src" / "demarche" / "readers" / "rules" / "weights" / "tellers.json"


@click.command()
@click.option("--disputes", "folder", type=click.Path(path_type=Path, exists=True), default=DISPUTES)
def main(folder: Path) -> None:
    """Fit, report and write the weights."""
    choices = []
    for group in ("dense", "news"):
        names = read_split(folder, "building", groups=[group])
        choices += [
            choice for name in names for choice in teller_fitting.choices_of(read_dispute(folder / name))
        ]
    found = teller_fitting.shares_right(choices)
    for group in ("dense", "news"):
        own = [found[name] for name in read_split(folder, "building", groups=[group])]
        right, n = (sum(numbers) for numbers in zip(*own, strict=True))
        print(f"{group}: speaker right in {right} of {n}, {right / n:.3f}")
    weights = teller_fitting.fitted(choices)
    WEIGHTS.write_text(json.dumps(weights, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
