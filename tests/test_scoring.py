"""Figures of a reader: what counts as a match; and they are those of the gold annotation’s own scorer."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from demarche.disputes import Dispute, read_by, read_dispute, score_dispute
from demarche.readers.rules import RulesReader
from demarche.records import Event, Statement
from demarche.scoring import FIGURES, Reading, score

ROOT = Path(__file__).parent
SHARED = ROOT.parents[1] / "shared"
TEXT = "Tamo asks for rain. Vell refuses. On 3 May they met."


def statement(start: int, end: int, actor: str = "tamo", position: str = "demands") -> Statement:
    return Statement(
        doc_id="d", start=start, end=end, quote=TEXT[start:end], demand="rain", actor=actor, position=position
    )


def figures(gold: Reading, found: Reading) -> dict[str, float]:
    scores = score(
        gold, found, texts={"d": TEXT}, party=lambda actor: {"tamo-chief": "tamo"}.get(actor, actor)
    )
    return {name: one.f1 for name, one in scores.items()}


def test_a_person_counts_as_the_party() -> None:
    result = figures(Reading([statement(0, 18)], []), Reading([statement(5, 10, "tamo-chief")], []))

    assert result["who-what-position"] == 1


def test_ranges_that_do_not_overlap_do_not_match() -> None:
    result = figures(Reading([statement(0, 18)], []), Reading([statement(20, 32)], []))

    assert result["who-what"] == 0
    assert result["inventory"] == 1


def test_another_position_is_right_for_who_and_what_only() -> None:
    result = figures(Reading([statement(0, 18)], []), Reading([statement(0, 18, position="open")], []))

    assert (result["who-what"], result["who-what-position"]) == (1, 0)


def test_events_are_widened_to_their_sentences() -> None:
    gold = Event(doc_id="d", start=43, end=51, quote="they met", date="2020-05-03")
    found = Event(doc_id="d", start=33, end=42, quote="On 3 May", date="2020-05-03")

    assert figures(Reading([], [gold]), Reading([], [found]))["dated events"] == 1


def test_empty_readings_score_nothing() -> None:
    assert figures(Reading([], []), Reading([], [])) == dict.fromkeys(FIGURES, 0)


@pytest.mark.skipif(not (SHARED / "gold" / "score.py").exists(), reason="the gold's own scorer is not here")
def test_the_figures_are_those_of_the_golds_own_scorer(tmp_path: Path) -> None:
    folder = ROOT / "disputes" / "n-bridge-tolls"
    dispute = read_dispute(folder)
    found = read_by(RulesReader(), dispute)
    ours = score_dispute(found, dispute)

    theirs = golds_own(folder, dispute, found, tmp_path)

    assert len(theirs) == 5
    assert {name: (ours[name].matched, ours[name].system, ours[name].gold) for name in theirs} == {
        name: (s["matched"], s["system"], s["gold"]) for name, s in theirs.items()
    }


def golds_own(folder: Path, dispute: Dispute, found: Reading, out: Path) -> dict[str, dict[str, int]]:
    """What ../shared/gold/score.py says of a reading of a dispute."""
    people = [
        f"  {a.actor_id}: {{of: {dispute.codebook.party(a.actor_id)}}}"
        for a in dispute.codebook.actors.values()
        if a.of
    ]
    (out / "CODEBOOK.yaml").write_text("\n".join(["actors:", *people]) + "\n", encoding="utf-8")
    for name in ("statements.jsonl", "events.jsonl"):
        (out / name).write_bytes((folder / name).read_bytes())
    write(out / "s.csv", ("doc_id", "start", "end", "demand", "actor", "position"), found.statements)
    write(out / "e.csv", ("doc_id", "start", "end", "date"), found.events)
    command = [
        sys.executable,
        SHARED / "gold" / "score.py",
        "--gold",
        out,
        "--corpus",
        folder / "texts",
        "--json",
    ]
    command += ["--statements", out / "s.csv", "--events", out / "e.csv"]
    result: dict[str, dict[str, int]] = json.loads(
        subprocess.run(command, capture_output=True, check=True).stdout
    )
    return result


def write(path: Path, columns: tuple[str, ...], records: object) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(columns)
        rows.writerows([getattr(record, column) for column in columns] for record in records)  # type: ignore[attr-defined]
