"""What is held to be said: decided rows first, proposals where nobody has decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from demarche.coding import Coding
from demarche.documents import Document
from demarche.kinds import Kind, kind_named, subject
from demarche.records import Coded

BASES = ("both", "decided", "proposed")
Row = TypeVar("Row", bound=Coded)


def settled(decided: Sequence[Row], proposed: Iterable[Row], *, basis: str = "both") -> list[Row]:
    """The rows that a briefing rests on.

    Accepted rows always stand. A proposal stands where its document has not been coded by hand and no
    decided row, accepted or rejected, speaks of the same thing at the same place. `basis` narrows it to
    what is `decided` or to what is `proposed` (as if nobody had decided anything).
    """
    if basis == "proposed":
        return list(proposed)
    accepted = [row for row in decided if row.decision == "accepted"]
    return accepted if basis == "decided" else accepted + undecided(decided, proposed)


def undecided(decided: Sequence[Row], proposed: Iterable[Row]) -> list[Row]:
    """The proposals that nothing decided speaks of: nor in a document coded by hand."""
    coded = coded_by_hand(decided)
    spoken_for: dict[tuple[str, ...], list[Row]] = {}
    for row in decided:
        spoken_for.setdefault(subject(row), []).append(row)
    return [
        row
        for row in proposed
        if row.doc_id not in coded
        and not any(
            row.start < other.end and other.start < row.end for other in spoken_for.get(subject(row), ())
        )
    ]


def coded_by_hand(decided: Iterable[Coded]) -> set[str]:
    """The documents that somebody has coded from the text itself, not only by deciding on proposals."""
    return {row.doc_id for row in decided if row.method == "hand"}


def open_texts(kind: Kind, coding: Coding, documents: Iterable[Document]) -> set[str]:
    """The ids of the texts in which a kind may be proposed: nobody has coded them whole, nor a reprint.

    Of which kinds a coding by hand counts for this, is said in `kinds`; statements and events of one reprint
    leave nothing to propose in the others.
    """
    documents = list(documents)
    coded = coded_by_hand([*coding.statements, *coding.events])
    sources = {document.source for document in documents if document.doc_id in coded}
    silenced = coded_by_hand(row for name in kind.silenced_by for row in coding.of(kind_named(name)))
    return {
        document.doc_id
        for document in documents
        if document.doc_id not in silenced and (document.source not in sources or document.doc_id in coded)
    }
