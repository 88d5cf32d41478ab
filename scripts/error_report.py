"""Writes what a reader missed and what it reported in error as one HTML page, by kind, with its text.

    python scripts/error_report.py building --out errors.html [--group news] [--reader rules] [--least 0.56]
    python scripts/error_report.py STUDY --out errors.html    # the documents of a study coded by hand
    python scripts/error_report.py testing                    # counts by kind; never a text

The disputes for testing have no page: whoever saw their texts could not test with them again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click

from demarche.codebook import Codebook
from demarche.decisions import coded_by_hand
from demarche.disputes import GROUPS, SPLITS, read_dispute, read_split
from demarche.documents import Document
from demarche.material import read_material
from demarche.problems import InputError
from demarche.readers import reader_named
from demarche.readers.rules.scene import Guide
from demarche.records import Statement
from demarche.scoring.considered import considered_by_rules
from demarche.scoring.error_page import error_page
from demarche.scoring.errors import Considered, Errors, all_errors, counts, errors_of, share_not_asserted
from demarche.study import read_study

DISPUTES = Path(__file__).resolve().parents[1] / "tests" / "disputes"


class Coded(NamedTuple):
    """A document with its codebook, what people found in it, and the name it goes by."""

    name: str
    document: Document
    codebook: Codebook
    gold: list[Statement]


class Read(NamedTuple):
    """A document with what was proposed for it, and what was considered."""

    coded: Coded
    found: Sequence[Statement]
    considered: list[Considered] | None


@click.command()
@click.argument("what")
@click.option("--group", "groups", type=click.Choice(GROUPS), multiple=True, help="default: all groups")
@click.option("--reader", "reader_name", default="rules", help="the reader whose errors are shown")
@click.option(
    "--least", "cut_offs", default=[0.0], multiple=True, help="only proposals of this confidence or more"
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="the page to write")
def main(
    what: str, groups: tuple[str, ...], reader_name: str, cut_offs: tuple[float, ...], out: Path | None
) -> None:
    """Count the errors of a reader by kind, and show them."""
    if what == "testing" and out:
        sys.exit("the disputes for testing are counted only; give no --out")
    try:
        coded = list(of_disputes(what, groups or GROUPS) if what in SPLITS else of_study(Path(what)))
    except InputError as error:
        sys.exit("\n".join(map(str, error.problems)))
    read = list(read_all(coded, reader_name))
    for least in cut_offs:
        print_counts(find_errors(read, least), least)
    if out:
        write_page(out, f"Errors: {what}", reader_name, read, cut_offs[0])


def write_page(out: Path, title: str, reader_name: str, read: list[Read], least: float) -> None:
    """Write the page."""
    texts = {one.coded.name: one.coded.document.text for one in read}
    remark = f"Reader {reader_name}, {len(read)} documents, proposals from a confidence of {least:g} on."
    page = error_page(find_errors(read, least), texts, title=title, remark=remark)
    out.write_text(page, encoding="utf-8")
    print(out)


def of_disputes(split: str, groups: tuple[str, ...]) -> Iterator[Coded]:
    """The documents of a split."""
    for name in read_split(DISPUTES, split, groups=groups):
        dispute = read_dispute(DISPUTES / name)
        for document in dispute.documents:
            gold = [s for s in dispute.gold.statements if s.doc_id == document.doc_id]
            yield Coded(f"{name}/{document.doc_id}", document, dispute.codebook, gold)


def of_study(path: Path) -> Iterator[Coded]:
    """The documents of a study that somebody coded by hand."""
    material = read_material(read_study(path))
    decided = material.coding.statements
    for document in material.documents:
        if document.doc_id in coded_by_hand(decided):
            gold = [s for s in decided if s.doc_id == document.doc_id and s.decision == "accepted"]
            yield Coded(document.doc_id, document, material.codebook, gold)


def read_all(coded: list[Coded], reader_name: str) -> Iterator[Read]:
    """What the reader proposes for each document and, of the rules, what they considered."""
    reader = reader_named(reader_name)
    guides: dict[str, Guide] = {}
    for one in coded:
        guide = guides.setdefault(one.codebook.sha256, Guide.of(one.codebook))
        considered = considered_by_rules(one.document, guide) if reader_name == "rules" else None
        yield Read(one, reader.read(one.document, one.codebook).statements, considered)


def find_errors(read: list[Read], least: float) -> Errors:
    """The errors in all documents, each called by its name."""
    return all_errors(
        errors_of(
            [replace(s, doc_id=coded.name) for s in coded.gold],
            [replace(s, doc_id=coded.name) for s in found if s.confidence >= least],
            coded.document.text,
            party=coded.codebook.party,
            considered=considered,
        )
        for coded, found, considered in read
    )


def print_counts(errors: Errors, least: float) -> None:
    """Print how many errors there are of each kind."""
    print(f"proposals from {least:g} on: {errors.n_proposed}")
    for side, kind, count in counts(errors):
        print(f"  {side:<18} {kind:<26} {count:5}")
    print(f"  not asserted at all, of what is proposed: {share_not_asserted(errors):.1%}")


if __name__ == "__main__":
    main()
