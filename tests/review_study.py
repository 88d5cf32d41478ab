"""A small study to decide on, with proposals made by hand: the tests know every one of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from demarche.codebook import read_codebook
from demarche.coding import Coding
from demarche.corpus import read_corpus
from demarche.material import Material
from demarche.readers import Proposals
from demarche.records import Event, Statement
from demarche.reviewing.session import Session
from demarche.study import read_study
from demarche.tables import make_tables

TEXTS = {
    "herald": (
        "The town wants the weir taken down. The mill will not hear of it. "
        "On 3 May 2030 the anglers signed a letter.\n\n"
        "The anglers want a fish ladder instead. The mill is ready to talk about a fish ladder.\n"
    ),
    "courier": (
        "The town wants the weir taken down. The anglers support the town.\n\n"
        "The mill will not hear of it. A fish ladder, the mill said, could be paid for by the county.\n"
    ),
}
CODEBOOK = """\
title: The weir
actors:
  town: {name: the town, kind: organisation}
  mayor: {name: Ida Holm, kind: person, of: town}
  mill: {name: the mill, kind: organisation}
  anglers: {name: the anglers, kind: group}
demands:
  no-weir: {label: The weir comes down, definition: The weir is taken out of the river.}
  fish-ladder: {label: A fish ladder, definition: Fish can pass the weir on a ladder.}
"""


def quoted(doc_id: str, quote: str, **fields: object) -> Statement:
    """A proposal about words that stand once in a text."""
    start = TEXTS[doc_id].index(quote)
    said = {"demand": "no-weir", "actor": "town", "position": "demands", "confidence": 0.5, **fields}
    return Statement(doc_id=doc_id, start=start, end=start + len(quote), quote=quote, method="rules", **said)  # type: ignore[arg-type]


PROPOSED = (
    quoted("courier", "The town wants the weir taken down", confidence=0.9),
    quoted("courier", "The anglers support the town", actor="anglers", position="supports"),
    quoted("courier", "The mill will not hear of it", actor="mill", position="rejects", confidence=0.8),
    quoted("courier", "A fish ladder", demand="fish-ladder", actor="mill", position="demands"),
    quoted("herald", "The town wants the weir taken down", confidence=0.9),
    quoted("herald", "The mill will not hear of it", actor="mill", position="rejects", confidence=0.7),
    quoted("herald", "The anglers want a fish ladder", demand="fish-ladder", actor="anglers", confidence=0.6),
    quoted("herald", "The mill is ready to talk", actor="mill", position="open", confidence=0.4),
)
LETTER = Event(
    doc_id="herald", start=66, end=107, quote=TEXTS["herald"][66:107], date="2030-05-03",
    date_text="3 May 2030", actors=("anglers",), method="rules", confidence=0.9,
)  # fmt: skip


def write_weir(folder: Path) -> Path:
    """The study's files in a folder; the folder."""
    (folder / "corpus").mkdir(parents=True)
    for doc_id, text in TEXTS.items():
        (folder / "corpus" / f"{doc_id}.txt").write_text(text, encoding="utf-8")
    (folder / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    (folder / "study.yaml").write_text(
        "title: The weir\nas_of: 2030-12-31\nparameters: {min_confidence: 0.5}\n", encoding="utf-8"
    )
    return folder


def weir_material(folder: Path) -> Material:
    """The study as read today, with the proposals of this file that still replay in it."""
    study = read_study(folder)
    documents, codebook = read_corpus(study.corpus), read_codebook(study.codebook)
    texts = {document.doc_id: document.text for document in documents}
    rows = [row for row in (*PROPOSED, LETTER) if texts[row.doc_id][row.start : row.end] == row.quote]
    statements = tuple(row for row in rows if isinstance(row, Statement))
    events = tuple(row for row in rows if isinstance(row, Event))
    tables = make_tables(documents, codebook, statements, events)
    return Material(tuple(documents), codebook, Coding(), (Proposals(statements, events),), tables)


def weir_session(folder: Path, coder: str = "ann", *, alone: bool = False) -> Session:
    """A coder's session on the study, on a day that never changes."""
    material = weir_material(folder)
    return Session(read_study(folder), material, coder, alone=alone, today=lambda: date(2030, 6, 1))
