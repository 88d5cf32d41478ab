"""The two things found in a text: statements (positions on demands) and events (what is dated)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

POSITIONS = ("demands", "supports", "open", "rejects")
ATTRIBUTIONS = ("narrator", "reported", "quoted")
EVENT_STATUSES = ("happened", "scheduled", "possible")
DECISIONS = ("accepted", "rejected")
METHODS = ("hand", "rules", "model", "llm")
AUTHOR = "author"


@dataclass(frozen=True, kw_only=True)
class Statement:
    """An actor's position on a demand in one clause: `document.text[start:end] == quote`, in code points.

    `speaker` is who tells us so (`author`: the text's own voice); `method` says who found it (a person's
    hand or a reader); `decision` is what a person said of it; `confidence` is 0–1, and 1 for what is decided.
    """

    doc_id: str
    start: int
    end: int
    quote: str
    demand: str
    actor: str
    position: str
    speaker: str = AUTHOR
    attribution: str = "narrator"
    addressee: tuple[str, ...] = ()
    method: str = "hand"
    coder: str = ""
    decision: str = "accepted"
    confidence: float = 1.0
    note: str = ""

    @property
    def statement_id(self) -> str:
        """A stable id: a hash of document, range and content."""
        return "s-" + _digest(self.doc_id, self.start, self.end, self.demand, self.actor, self.position)


@dataclass(frozen=True, kw_only=True)
class Event:
    """A dated occurrence. `date` is EDTF level 1, `date_text` the words that carry it.

    `status` ∈ happened, scheduled (fixed in advance), possible (threatened, expected, rumoured).
    """

    doc_id: str
    start: int
    end: int
    quote: str
    date: str
    date_text: str = ""
    status: str = "happened"
    actors: tuple[str, ...] = ()
    method: str = "hand"
    coder: str = ""
    decision: str = "accepted"
    confidence: float = 1.0
    note: str = ""

    @property
    def event_id(self) -> str:
        """A stable id: a hash of document, range and content."""
        return "e-" + _digest(self.doc_id, self.start, self.end, self.date)


def _digest(*values: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, values)).encode()).hexdigest()[:12]
