"""How readers did on disputes that nothing had been made with yet, kept as data: one round a time they came.

Once a reader is fitted on them, or its rules are looked over with them in view, the figure cannot be had
again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from demarche.scoring.measured import FOLDER, Group, group_from, plain

PATH = FOLDER / "unseen.json"


@dataclass(frozen=True)
class Round:
    """Some disputes as readers (by name) found them on a day (ISO): new to code and weights alike."""

    date: str
    disputes: Sequence[str]
    readers: Mapping[str, Group]


def rounds() -> list[Round]:
    """All rounds, the oldest first."""
    rows = json.loads(PATH.read_text(encoding="utf-8"))
    return [
        Round(row["date"], row["disputes"], {name: group_from(one) for name, one in row["readers"].items()})
        for row in rows
    ]


def add_round(one: Round) -> None:
    """Keep a round; ValueError where one of its disputes has been kept before, as nothing is new twice."""
    known = rounds() if PATH.exists() else []
    again = {name for before in known for name in before.disputes} & set(one.disputes)
    if again:
        raise ValueError(f"scored as unseen before: {', '.join(sorted(again))}")
    rows = [plain(asdict(row)) for row in [*known, one]]
    PATH.write_text(json.dumps(rows, indent=1, sort_keys=True) + "\n", encoding="utf-8")
