"""What became of a forecast: decided by people, held against events that came later."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from demarche.coding import Coding
from demarche.inputs.rows import Columns, Row, read_rows
from demarche.inputs.yaml_forms import nearest
from demarche.problems import ProblemList
from demarche.records import DECISIONS
from demarche.reference import COLUMNS
from demarche.whereabouts import whereabouts

OUTCOMES = ("borne out", "in part", "not borne out")
_COLUMNS = Columns(
    ("forecast", "event", "outcome", "coder", "note"), required=("forecast", "event", "outcome")
)
_EVENTS = Columns(COLUMNS["known_events"])


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A forecast, the event that settled it (an id of `known_events` or of the coding), and how."""

    forecast_id: str
    event_id: str
    outcome: str
    coder: str = ""
    note: str = ""


def load_outcomes(
    folder: Path, reference: Path, coding: Coding, problems: ProblemList
) -> tuple[Outcome, ...]:
    """The rows of `outcomes.csv` in a coding's folder, none without the file; every problem is noted.

    Both ids must be there: the forecast among those accepted, the event in the reference or the coding.
    """
    path = folder / "outcomes.csv"
    if not path.exists():
        return ()
    forecasts = {row.forecast_id for row in coding.forecasts if row.decision == DECISIONS[0]}
    events = {row.event_id for row in coding.events} | _reference_events(reference)
    rows = read_rows(path, _COLUMNS, problems)
    for row in rows:
        _check_ids(row, {"forecast": forecasts, "event": events}, coding, problems)
    return tuple(_outcome(row, problems) for row in rows)


def _reference_events(folder: Path) -> set[str]:
    path = folder / "known_events.csv"
    return {row.text("event") for row in read_rows(path, _EVENTS, ProblemList())} if path.exists() else set()


def _check_ids(row: Row, known: Mapping[str, Collection[str]], coding: Coding, problems: ProblemList) -> None:
    for column, ids in known.items():
        if (name := row.text(column)) not in ids:
            hint = whereabouts(name, coding) or nearest(name, ids)
            problems.add(row.path, row.line, f"{column} {name!r} is not known{hint}")


def _outcome(row: Row, problems: ProblemList) -> Outcome:
    outcome = row.text("outcome")
    if outcome not in OUTCOMES:
        problems.add(row.path, row.line, f"outcome {outcome!r} is not known{nearest(outcome, OUTCOMES)}")
    return Outcome(
        forecast_id=row.text("forecast"),
        event_id=row.text("event"),
        outcome=outcome,
        coder=row.text("coder"),
        note=row.text("note"),
    )
