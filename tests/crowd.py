"""A briefing far larger than any a person coded: long names, many parties, many texts, made from a seed."""

from __future__ import annotations

import random
from pathlib import Path

from demarche.briefing import Briefing, make_briefing
from demarche.codebook import Actor, Codebook, Demand
from demarche.coding import Coding
from demarche.documents import Document
from demarche.filters import Filters
from demarche.material import Material
from demarche.records import ATTRIBUTIONS, AUTHOR, POSITIONS, Event, Statement
from demarche.study import Study
from demarche.tables import make_tables

PLACES = (
    "Upper Maravel",
    "the Federation of Lowland Fishing Ports",
    "Ost",
    "the Ferry Pilots’ Association",
    "Quill",
)
WISHES = (
    "Dues on foreign hulls are halved before the autumn fleet sails",
    "No dredging",
    "Inspectors of both sides board every vessel that lands at night in the outer harbour",
    "A standing council of pilots",
)


def crowded_briefing(
    folder: Path, *, documents: int, demands: int, parties: int, statements: int, events: int = 0
) -> Briefing:
    """A briefing of made-up statements, each a word or two of its text."""
    chance = random.Random(11)
    book = Codebook(
        "Harbours",
        {f"party-{n}": _actor(n) for n in range(parties)},
        {f"demand-{n}": _demand(n, parties) for n in range(demands)},
    )
    texts = [_document(n) for n in range(documents)]
    rows = [_statement(chance, texts, n, parties, demands) for n in range(statements)]
    dated = [_event(texts, n, parties) for n in range(events)]
    tables = make_tables(texts, book, rows, dated)
    material = Material(tuple(texts), book, Coding(tuple(rows), tuple(dated)), (), tables)
    study = Study(path=folder, title="Harbours", corpus=folder, codebook=folder / "codebook.yaml")
    return make_briefing(study, material, Filters())


def _actor(n: int) -> Actor:
    return Actor(actor_id=f"party-{n}", name=f"{PLACES[n % len(PLACES)]} {n}")


def _demand(n: int, parties: int) -> Demand:
    label = f"{WISHES[n % len(WISHES)]} ({n})"
    return Demand(demand_id=f"demand-{n}", label=label, theme=f"Theme {n // 4}", to=(f"party-{n % parties}",))


def _document(n: int) -> Document:
    published = f"20{10 + n % 12}-0{1 + n % 9}-11"
    publisher = f"{PLACES[n % len(PLACES)]} Courier-Intelligencer"
    return Document(doc_id=f"text-{n:03}", text="word " * 900, publisher=publisher, published=published)


def _statement(chance: random.Random, texts: list[Document], n: int, parties: int, demands: int) -> Statement:
    start = 5 * (n % 890)
    actor = f"party-{min(chance.randrange(parties), chance.randrange(parties))}"
    return Statement(
        doc_id=chance.choice(texts).doc_id,
        start=start,
        end=start + 4,
        quote="word",
        demand=f"demand-{min(chance.randrange(demands), chance.randrange(demands))}",
        actor=actor,
        position=chance.choice(POSITIONS),
        speaker=chance.choice([AUTHOR, actor]),
        attribution=chance.choice(ATTRIBUTIONS),
    )


def _event(texts: list[Document], n: int, parties: int) -> Event:
    return Event(
        doc_id=texts[n % len(texts)].doc_id,
        start=5 * n,
        end=5 * n + 4,
        quote="word",
        date=f"20{10 + n % 12}-{1 + n % 12:02}-{1 + n % 28:02}",
        actors=(f"party-{n % parties}",),
    )
