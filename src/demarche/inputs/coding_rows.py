"""One row of a coding, cell by cell: every check that needs no look at the text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from demarche.codebook import Codebook
from demarche.inputs.anchoring import Claim
from demarche.inputs.rows import Row
from demarche.inputs.yaml_forms import nearest
from demarche.problems import ProblemList
from demarche.records import DECISIONS, METHODS

_DIGITS = 12


@dataclass(frozen=True)
class RowCheck:
    """Reads the cells of one row; each that is wrong is noted with the row's line."""

    row: Row
    codebook: Codebook
    problems: ProblemList

    def note(self, message: str) -> None:
        """Note a problem of this row."""
        self.problems.add(self.row.path, self.row.line, message)

    def quote(self) -> str:
        """The quotation, exactly as it stands in the cell."""
        quote = self.row.cells.get("quote")
        if isinstance(quote, str) and quote.strip():
            return quote
        self.note("quote is empty, expected the words of the document")
        return ""

    def claim(self) -> Claim:
        """The quotation with the place that the row gives for it."""
        return Claim(self.quote(), self.number("start"), self.number("end"), self.number("occurrence"))

    def decided(self, decision: str = "decision") -> dict[str, Any]:
        """Who decided how; what is missing takes its default: accepted, by hand."""
        method = self.row.text("method") or "hand"
        if method.split(":")[0] not in METHODS:
            self.note(f"method is {method!r}{nearest(method, METHODS)}")
        return {
            "method": method,
            "coder": self.row.text("coder"),
            "decision": self.one_of(decision, DECISIONS, default="accepted"),
            "note": self.row.text("note"),
            "answers": self.row.text("answers"),
        }

    def one_of(self, column: str, known: Collection[str], *, default: str = "") -> str:
        """The cell, if it is one of the known words; the default where it is empty."""
        value = self.row.text(column) or default
        if value not in known:
            self.note(f"{column} is {value!r}, expected {', '.join(known)}")
        return value

    def number(self, column: str) -> int | None:
        """The cell as a whole number from 0 on; None where it is empty."""
        value = self.row.text(column)
        if not value:
            return None
        if value.isascii() and value.isdigit() and len(value) <= _DIGITS:
            return int(value)
        self.note(f"{column} is {value!r}, expected a whole number")
        return None

    def demand(self) -> str:
        """The demand, by the id that stands for it today."""
        demand = self.row.text("demand")
        if demand not in self.codebook.demands:
            self.note(f"demand {demand!r} is not in the codebook{nearest(demand, self.codebook.demands)}")
        return self.codebook.current_demand(demand)

    def actor(self, column: str, *others: str) -> str:
        """The actor in a column, by the id that stands for it today."""
        return self._actor(column, self.row.text(column), others)

    def actors(self, column: str) -> tuple[str, ...]:
        """The actors in a column: a list in JSON, joined by `;` in CSV."""
        value = self.row.cells.get(column) or []
        names = value.split(";") if isinstance(value, str) else value
        if not isinstance(names, list):
            self.note(f"{column} is {value!r}, expected a list of ids")
            return ()
        return tuple(self._actor(column, str(name).strip(), ()) for name in names if str(name).strip())

    def _actor(self, column: str, actor: str, others: tuple[str, ...]) -> str:
        if actor not in self.codebook.actors and actor not in others:
            self.note(f"{column} {actor!r} is not in the codebook{nearest(actor, self.codebook.actors)}")
        return self.codebook.current_actor(actor)
