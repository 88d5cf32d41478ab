"""What is found in a text: statements (positions on demands), events, figures told and forecasts made."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

POSITIONS = ("demands", "supports", "open", "rejects")
ATTRIBUTIONS = ("narrator", "reported", "quoted")
EVENT_STATUSES = ("happened", "scheduled", "possible")
PRECISIONS = ("exact", "about", "at least", "at most")
STRENGTHS = ("expected", "possible", "unlikely")
DECISIONS = ("accepted", "rejected")
BY_PEOPLE = ("hand", "added")
METHODS = (*BY_PEOPLE, "rules", "model", "llm")
"""`hand`: coded from the text itself, whole; `added`: found by a person while deciding on proposals."""
AUTHOR = "author"
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?")


def plain_number(text: str) -> str:
    """A number in the fewest digits, so that one number is one text; what is no number stays as it is.

    >>> plain_number("1.50"), plain_number("070000.0"), plain_number("1,5")
    ('1.5', '70000', '1,5')
    """
    if not NUMBER.fullmatch(text):
        return text
    digits = f"{Decimal(text):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


@dataclass(frozen=True, kw_only=True)
class Coded:
    """What somebody found at one place of a text: `document.text[start:end] == quote`, in code points.

    `method` says who found it (a person's hand or a reader); `decision` is what a person said of it;
    `confidence` is 0–1, and 1 for what is decided; `answers` is the id of the record that this one corrects,
    if it corrects one. KIND begins its id, IDENTITY names the fields that make it another record.
    """

    KIND: ClassVar[str]
    IDENTITY: ClassVar[tuple[str, ...]]

    doc_id: str
    start: int
    end: int
    quote: str
    method: str = "hand"
    coder: str = ""
    decision: str = "accepted"
    confidence: float = 1.0
    note: str = ""
    answers: str = ""

    @property
    def record_id(self) -> str:
        """A stable id: a hash of document, range and content."""
        content = (getattr(self, field) for field in self.IDENTITY)
        return f"{self.KIND}-{_digest(self.doc_id, self.start, self.end, *content)}"


@dataclass(frozen=True, kw_only=True)
class Told(Coded):
    """What somebody tells: `speaker` is who does (`author`: the text's own voice), `attribution` how."""

    speaker: str = AUTHOR
    attribution: str = "narrator"


@dataclass(frozen=True, kw_only=True)
class Statement(Told):
    """An actor's position on a demand in one clause."""

    KIND = "s"
    IDENTITY = ("demand", "actor", "position")

    demand: str
    actor: str
    position: str
    addressee: tuple[str, ...] = ()

    @property
    def statement_id(self) -> str:
        """The statement's id."""
        return self.record_id


@dataclass(frozen=True, kw_only=True)
class Event(Coded):
    """A dated occurrence. `date` is EDTF level 1, `date_text` the words that carry it.

    `status` ∈ happened, scheduled (fixed in advance), possible (threatened, expected, rumoured).
    """

    KIND = "e"
    IDENTITY = ("date",)

    date: str
    date_text: str = ""
    status: str = "happened"
    actors: tuple[str, ...] = ()

    @property
    def event_id(self) -> str:
        """The event's id."""
        return self.record_id


@dataclass(frozen=True, kw_only=True)
class Quantity(Told):
    """A figure that a text tells: so much of something, as of a day, by whom.

    `what` names the thing counted, in the same words wherever the study counts it; `value` is a decimal
    number in digits, `unit` what it counts; `precision` says how the source limits it; `as_of` is EDTF, or
    empty where the source does not date it.
    """

    KIND = "q"
    IDENTITY = ("what", "value", "unit")

    what: str
    value: str
    unit: str
    precision: str = "exact"
    as_of: str = ""

    def __post_init__(self) -> None:
        """Keep the number in its plainest form, whoever writes it: ids and comparisons rest on it."""
        object.__setattr__(self, "value", plain_number(self.value))

    @property
    def figure_id(self) -> str:
        """The figure's id."""
        return self.record_id


@dataclass(frozen=True, kw_only=True)
class Forecast(Told):
    """What somebody expects to come: never an event, and never a position.

    `about` names the question, in the same words wherever the study meets it; `expects` says in the coder's
    words what is to come, `condition` on what it hangs (empty: on nothing named), `horizon` by when (EDTF,
    or empty); `strength` is how the source puts it, not how likely it is.
    """

    KIND = "f"
    IDENTITY = ("about", "speaker")

    about: str
    expects: str
    condition: str = ""
    horizon: str = ""
    strength: str = "expected"

    @property
    def forecast_id(self) -> str:
        """The forecast's id."""
        return self.record_id


def _digest(*values: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, values)).encode()).hexdigest()[:12]
