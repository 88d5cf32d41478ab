"""How readers did on disputes that nothing had been made with yet, kept as data: one round a time they came.

Once a reader is fitted on them, or its rules are looked over with them in view, the figure cannot be had
again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
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
    rows = json.loads(PATH.read_text(encoding="utf-8")) if PATH.exists() else []
    return [
        Round(row["date"], row["disputes"], {name: group_from(one) for name, one in row["readers"].items()})
        for row in rows
    ]


def seen_before(names: Collection[str]) -> list[str]:
    """Those of some disputes that a round has had already: nothing is new twice."""
    known = {name for one in rounds() for name in one.disputes}
    return sorted(known & set(names))


def add_round(one: Round) -> None:
    """Keep a round; ValueError where one of its disputes has been kept before."""
    if again := seen_before(one.disputes):
        raise ValueError(f"scored as unseen before: {', '.join(again)}")
    rows = [plain(asdict(row)) for row in [*rounds(), one]]
    PATH.write_text(json.dumps(rows, indent=1, sort_keys=True) + "\n", encoding="utf-8")
