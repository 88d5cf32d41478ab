"""What has been measured of a reader on annotated disputes, kept as data that scripts write.

One file a reader, `measured/<reader>.json`: the figures of groups of disputes, of all proposals and of those
that reach the least confidence; how confidence and being right go together; the least confidence itself.
README, chapter 05 and the notebooks' `min_confidence` come from it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from math import isnan
from pathlib import Path
from typing import Any, NamedTuple

from demarche.scoring.calibration import Bin
from demarche.scoring.figures import total
from demarche.scoring.intervals import MEASURES, UNKNOWN, Interval, intervals
from demarche.scoring.pairs import Score

FOLDER = Path(__file__).parent / "measured"
LEFT_OUT = ("building, dense", "building, news")
HELD_BACK = ("testing, dense", "testing, news", "originals")
GROUPS = (*LEFT_OUT, *HELD_BACK)


class Estimate(NamedTuple):
    """A share, and the interval it lies in."""

    value: float
    low: float
    high: float


def estimate_words(one: Estimate) -> str:
    """A share with its interval, `0.53 [0.48–0.57]`; without one where drawing again can show none."""
    if isnan(one.low) or one.low == one.high:
        return f"{one.value:.2f}"
    return f"{one.value:.2f} [{one.low:.2f}–{one.high:.2f}]"


@dataclass(frozen=True)
class Figure:
    """A figure as measured, with the counts behind it."""

    precision: Estimate
    recall: Estimate
    f1: Estimate
    matched: int
    system: int
    gold: int


@dataclass(frozen=True)
class Group:
    """What was measured on some documents, of all proposals and of those of the default least confidence.

    `version` is the reader's when it was measured.
    """

    n_disputes: int
    n_documents: int
    version: str
    of_all: Mapping[str, Figure]
    of_sure: Mapping[str, Figure]


@dataclass(frozen=True)
class Measured:
    """All that is known of a reader: groups by name (see GROUPS), bins of confidence, the default cut-off.

    `ablation` has a row for each mechanism that was switched off (see scripts/ablation.py); `gains` is by how
    much F1 is higher than that of the rules on the same documents, by group and figure.
    """

    groups: Mapping[str, Group]
    bins: Sequence[Bin]
    least: float
    ablation: Sequence[Mapping[str, Any]] = ()
    gains: Mapping[str, Mapping[str, Estimate]] = field(default_factory=dict)


def estimated(scores: Sequence[Mapping[str, Score]]) -> dict[str, Figure]:
    """The figures of some documents with their intervals."""
    drawn = intervals(scores)
    return {name: _figure(score, drawn.get(name, {})) for name, score in total(scores).items()}


def _figure(score: Score, drawn: Mapping[str, Interval]) -> Figure:
    precision, recall, f1 = (Estimate(getattr(score, name), *drawn.get(name, UNKNOWN)) for name in MEASURES)
    return Figure(precision, recall, f1, score.matched, score.system, score.gold)


@cache
def measured(reader: str) -> Measured:
    """What is known of a reader; an empty record where nothing has been measured."""
    path = FOLDER / f"{reader}.json"
    if not path.exists():
        return Measured({}, (), 0.0)
    data = json.loads(path.read_text(encoding="utf-8"))
    groups = {name: group_from(row) for name, row in data["groups"].items()}
    bins = [Bin(**{**row, "interval": Interval(*_numbers(row["interval"]))}) for row in data["bins"]]
    gains = {
        name: {figure: Estimate(*_numbers(one)) for figure, one in row.items()}
        for name, row in data.get("gains", {}).items()
    }
    return Measured(groups, bins, data["least"], data.get("ablation", ()), gains)


def keep(reader: str, **parts: Any) -> None:
    """Write parts of what is known of a reader; groups are added to those that are there."""
    path = FOLDER / f"{reader}.json"
    data = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"groups": {}}
    groups = data["groups"] | {name: plain(asdict(group)) for name, group in parts.pop("groups", {}).items()}
    data |= {name: plain(part) for name, part in parts.items()}
    data["groups"] = {name: groups[name] for name in GROUPS if name in groups}
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    measured.cache_clear()


def group_from(row: Mapping[str, Any]) -> Group:
    """A group as `plain` wrote it."""
    of_all, of_sure = (
        {name: _figure_from(figure) for name, figure in row[kind].items()} for kind in ("of_all", "of_sure")
    )
    return Group(row["n_disputes"], row["n_documents"], row["version"], of_all, of_sure)


def _figure_from(row: Mapping[str, Any]) -> Figure:
    precision, recall, f1 = (Estimate(*_numbers(row[name])) for name in MEASURES)
    return Figure(precision, recall, f1, row["matched"], row["system"], row["gold"])


def _numbers(values: Sequence[float | None]) -> list[float]:
    return [float("nan") if value is None else value for value in values]


def plain(value: Any) -> Any:
    """A value as JSON holds it: shares to three places, what is unknown as null."""
    if isinstance(value, Bin):
        return plain(asdict(value))
    if isinstance(value, float):
        return None if isnan(value) else round(value, 3)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value
