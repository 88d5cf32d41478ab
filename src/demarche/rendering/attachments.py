"""What a PDF carries along for machines: its tables, as CSV one by one and as JSON together."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from demarche.tables import Tables


@dataclass(frozen=True)
class Attachment:
    """A file inside a PDF; `mime` is its media type."""

    name: str
    mime: str
    description: str
    content: str


Attachments = Sequence[Attachment]


def attached_tables(tables: Tables) -> list[Attachment]:
    """Each table as CSV, the same characters as in `tables/`, and all of them as rows in one JSON file."""
    frames = {table.name: getattr(tables, table.name) for table in fields(tables)}
    files = [
        Attachment(
            f"{name}.csv",
            "text/csv",
            f"The table of {name}: {_counted(len(frame))}",
            frame.to_csv(index=False, lineterminator="\n"),
        )
        for name, frame in frames.items()
    ]
    rows: dict[str, Any] = {
        name: json.loads(frame.to_json(orient="records")) for name, frame in frames.items()
    }
    whole = json.dumps(rows, ensure_ascii=False, indent=1)
    return [*files, Attachment("tables.json", "application/json", "All tables, rows by name", whole)]


def _counted(n_rows: int) -> str:
    return "1 row" if n_rows == 1 else f"{n_rows} rows"
