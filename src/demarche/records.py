"""What is found in a text: statements (positions on demands), events, figures told and forecasts made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

POSITIONS = ("demands", "supports", "open", "rejects")
ATTRIBUTIONS = ("narrator", "reported", "quoted")
EVENT_STATUSES = ("happened", "scheduled", "possible")
PRECISIONS = ("exact", "about", "at least", "at most")
STRENGTHS = ("expected", "possible", "unlikely")
DECISIONS = ("accepted", "rejected")
METHODS = ("hand", "added", "rules", "model", "llm")
"""`hand`: coded from the text itself, whole; `added`: found by a person while deciding on proposals."""
AUTHOR = "author"


@dataclass(frozen=True, kw_only=True)
class Statement:
    """An actor's position on a demand in one clause: `document.text[start:end] == quote`, in code points.

    `speaker` is who tells us so (`author`: the text's own voice); `method` says who found it (a person's
    hand or a reader); `decision` is what a person said of it; `confidence` is 0–1, and 1 for what is decided;
    `answers` is the id of the record that this one corrects, if it corrects one.
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
    answers: str = ""

    @property
    def record_id(self) -> str:
        """The statement's id."""
        return self.statement_id

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
    answers: str = ""

    @property
    def record_id(self) -> str:
        """The event's id."""
        return self.event_id

    @property
    def event_id(self) -> str:
        """A stable id: a hash of document, range and content."""
        return "e-" + _digest(self.doc_id, self.start, self.end, self.date)


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A figure that a text tells: so much of something, as of a day, by whom.

    `what` names the thing counted, in the same words wherever the study counts it; `value` is a decimal
    number in digits, `unit` what it counts; `precision` says how the source limits it; `as_of` is EDTF, or
    empty where the source does not date it.
    """

    doc_id: str
    start: int
    end: int
    quote: str
    what: str
    value: str
    unit: str
    precision: str = "exact"
    as_of: str = ""
    speaker: str = AUTHOR
    attribution: str = "narrator"
    method: str = "hand"
    coder: str = ""
    decision: str = "accepted"
    confidence: float = 1.0
    note: str = ""
    answers: str = ""

    @property
    def figure_id(self) -> str:
        """A stable id: a hash of document, range and content."""
        return "q-" + _digest(self.doc_id, self.start, self.end, self.what, self.value, self.unit)


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """What somebody expects to come: never an event, and never a position.

    `about` names the question, in the same words wherever the study meets it; `expects` says in the coder's
    words what is to come, `condition` on what it hangs (empty: on nothing named), `horizon` by when (EDTF,
    or empty); `strength` is how the source puts it, not how likely it is.
    """

    doc_id: str
    start: int
    end: int
    quote: str
    about: str
    expects: str
    condition: str = ""
    horizon: str = ""
    strength: str = "expected"
    speaker: str = AUTHOR
    attribution: str = "narrator"
    method: str = "hand"
    coder: str = ""
    decision: str = "accepted"
    confidence: float = 1.0
    note: str = ""
    answers: str = ""

    @property
    def forecast_id(self) -> str:
        """A stable id: a hash of document, range, question and who expects it."""
        return "f-" + _digest(self.doc_id, self.start, self.end, self.about, self.speaker)


def _digest(*values: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, values)).encode()).hexdigest()[:12]
