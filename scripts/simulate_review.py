"""What deciding is worth: F1 by number of decisions, in the order of the product, of the text and at random.

    python scripts/simulate_review.py [--split testing] [--steps 60] [--shuffles 5]

A settled coding answers (see demarche.reviewing.simulation). Only sums over disputes are printed.
"""

from __future__ import annotations

import random
from pathlib import Path

import click
import numpy as np

from demarche.disputes import SPLITS, Dispute, read_dispute, read_split
from demarche.readers import reader_named
from demarche.reviewing.queue import MIN_CONFIDENCE, queue
from demarche.reviewing.simulation import area, by_value, curve, in_order, material_of

DISPUTES = Path(__file__).resolve().parents[1] / "tests" / "disputes"
SHOWN = (0, 5, 10, 15, 20, 30, 40, 50, 60)


@click.command()
@click.option("--split", type=click.Choice(SPLITS), default="testing")
@click.option("--steps", default=60, help="how many decisions")
@click.option("--shuffles", default=5, help="how many random orders")
@click.option("--reader", "reader_name", default="rules", help="whose proposals")
@click.option("--least", default=MIN_CONFIDENCE, help="the confidence from which a proposal stands undecided")
def main(split: str, steps: int, shuffles: int, reader_name: str, least: float) -> None:
    """Print the mean curves over the disputes of a split, and the areas under them."""
    disputes = [read_dispute(DISPUTES / name) for name in read_split(DISPUTES, split)]
    found = [curves(dispute, reader_name, (steps, shuffles, least)) for dispute in disputes]
    print(f"{len(found)} disputes, {split}; mean F1 (who-what-position) after so many decisions")
    print("order    " + "".join(f"{n:>7}" for n in SHOWN if n <= steps) + "   area")
    for order in ("value", "text", "random"):
        mean = np.mean([each[order] for each in found], axis=0)
        areas = [area(list(each[order])) for each in found]
        shown = "".join(f"{mean[n]:7.3f}" for n in SHOWN if n <= steps)
        print(f"{order:<9}{shown}{np.mean(areas):7.3f}")
    ratios = [area(list(each["value"])) / max(1e-9, area(list(each["random"]))) for each in found]
    total = sum(area(list(each["value"])) for each in found) / sum(
        area(list(each["random"])) for each in found
    )
    low, middle, high = np.quantile(ratios, [0, 0.5, 1])
    print(f"area by value / at random: {total:.2f}; by dispute {low:.2f} to {high:.2f}, median {middle:.2f}")


def curves(dispute: Dispute, reader_name: str, setting: tuple[int, int, float]) -> dict[str, np.ndarray]:
    """The curves of one dispute by order; at random, the mean of several shuffles."""
    steps, shuffles, least = setting
    reader = reader_named(reader_name)
    material = material_of(dispute, [reader.read(d, dispute.codebook) for d in dispute.documents])
    in_text = queue(material, order="text")
    orders = {"value": [by_value(least)], "text": [in_order(in_text)], "random": []}
    for seed in range(shuffles):
        shuffled = list(in_text)
        random.Random(seed).shuffle(shuffled)
        orders["random"].append(in_order(shuffled))
    return {
        name: np.mean([curve(dispute, material, order, steps=steps, least=least) for order in each], axis=0)
        for name, each in orders.items()
    }


if __name__ == "__main__":
    main()
