"""What deciding is worth: F1 by number of decisions, in the order of the product, of the text and at random.

    python scripts/simulate_review.py [--split testing] [--reader model] [--steps 60] [--shuffles 5] [--keep]

A settled coding answers (see demarche.reviewing.simulation). Only sums over disputes are printed; --keep
writes them to src/demarche/reviewing/measured.json, from which the README is made.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt

from demarche import reviewing
from demarche.disputes import SPLITS, Dispute, read_dispute, read_split
from demarche.readers import reader_named
from demarche.reviewing.queue import queue
from demarche.reviewing.simulation import area, by_value, curve, in_order, material_of
from demarche.scoring.measured import measured

DISPUTES = Path(__file__).resolve().parents[1] / "tests" / "disputes"
KEPT = Path(reviewing.__file__).parent / "measured.json"
ORDERS = ("value", "text", "random")
SHOWN = (0, 5, 10, 15, 20, 30, 40, 50, 60)
Curves = dict[str, npt.NDArray[np.float64]]


@click.command()
@click.option("--split", type=click.Choice(SPLITS), default="testing")
@click.option("--reader", "reader_name", default="model", help="whose proposals")
@click.option("--steps", default=60, help="how many decisions")
@click.option("--shuffles", default=5, help="how many random orders")
@click.option("--keep", is_flag=True, help="write what the README is made of")
def main(split: str, reader_name: str, steps: int, shuffles: int, keep: bool) -> None:
    """Print the mean curves over the disputes of a split, and the areas under them."""
    disputes = [read_dispute(DISPUTES / name) for name in read_split(DISPUTES, split)]
    least = measured(reader_name).least
    found = [curves(dispute, reader_name, (steps, shuffles, least)) for dispute in disputes]
    result = summary(found) | {"split": split, "reader": reader_name, "disputes": len(found)}
    print(json.dumps(result, indent=1))
    if keep:
        KEPT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def summary(found: list[Curves]) -> dict[str, object]:
    """Mean F1 after so many decisions by order, with the spread over disputes; areas and their ratio."""
    steps = [n for n in SHOWN if n < len(found[0]["value"])]
    areas = {order: [area(each[order].tolist()) for each in found] for order in ORDERS}
    ratios = [one / other for one, other in zip(areas["value"], areas["random"], strict=True) if other > 0]
    return {
        "after": steps,
        "f1": {
            order: [[round(float(x), 3) for x in _spread([each[order][n] for each in found])] for n in steps]
            for order in ORDERS
        },
        "area": {order: round(float(np.mean(each)), 4) for order, each in areas.items()},
        "ratio": round(float(np.sum(areas["value"]) / np.sum(areas["random"])), 3),
        "ratios": [round(float(x), 3) for x in (min(ratios), np.median(ratios), max(ratios))],
    }


def _spread(values: list[float]) -> tuple[float, float, float]:
    """The mean, the least and the most."""
    return float(np.mean(values)), min(values), max(values)


def curves(dispute: Dispute, reader_name: str, setting: tuple[int, int, float]) -> Curves:
    """The curves of one dispute by order; at random, the mean of several shuffles."""
    steps, shuffles, least = setting
    reader = reader_named(reader_name)
    material = material_of(dispute, [reader.read(d, dispute.codebook) for d in dispute.documents])
    in_text = queue(material, order="text", min_confidence=least)
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
