"""Figures of a reader: what counts as a match; and they are those of the gold annotation’s own scorer."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from demarche.disputes import Dispute, read_by, read_dispute, score_dispute
from demarche.readers.rules import RulesReader
from demarche.records import Event, Statement
from demarche.scoring import FIGURES, Reading, Score, score, score_by_document

ROOT = Path(__file__).parent
SHARED = ROOT.parents[1] / "shared"
TEXT = "Tamo asks for rain. Vell refuses. On 3 May they met."


def statement(start: int, end: int, actor: str = "tamo", position: str = "demands") -> Statement:
    return Statement(
        doc_id="d", start=start, end=end, quote=TEXT[start:end], demand="rain", actor=actor, position=position
    )


def event(date: str, words: str, status: str = "happened") -> Event:
    return Event(doc_id="d", start=33, end=51, quote=TEXT[33:51], date=date, date_text=words, status=status)


def scored(gold: Reading, found: Reading) -> dict[str, Score]:
    return score(gold, found, texts={"d": TEXT}, party=lambda actor: {"tamo-chief": "tamo"}.get(actor, actor))


def figures(gold: Reading, found: Reading) -> dict[str, float]:
    return {name: one.f1 for name, one in scored(gold, found).items()}


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


def test_a_layer_counts_only_what_the_layers_before_have_right() -> None:
    gold = [statement(0, 18), statement(20, 32, "vell", "rejects")]
    found = [replace(statement(0, 18), speaker="vell"), statement(20, 32, "tamo", "rejects")]

    result = scored(Reading(gold, []), Reading(found, []))

    assert (result["what"].matched, result["what"].gold) == (2, 2)
    assert (result["who"].matched, result["who"].gold) == (1, 2)
    assert (result["position"].matched, result["position"].gold) == (1, 1)
    assert (result["speaker"].matched, result["speaker"].gold) == (0, 1)
    assert (result["attribution"].matched, result["attribution"].gold) == (1, 1)


def test_a_demand_told_of_twice_in_a_sentence_counts_once_as_what() -> None:
    both = [statement(0, 18), statement(0, 18, "vell", "supports")]

    result = scored(Reading(both, []), Reading([statement(0, 4)], []))

    assert (result["what"].matched, result["what"].system, result["what"].gold) == (1, 1, 1)


def test_of_those_who_speak_of_a_demand_in_one_place_each_meets_their_like() -> None:
    gold = [statement(0, 18, "vell", "rejects"), statement(0, 18, "tamo")]
    found = [statement(0, 18, "tamo"), statement(0, 18, "vell", "rejects")]

    result = scored(Reading(gold, []), Reading(found, []))

    assert result["who"].matched == result["position"].matched == 2


def test_dates_are_compared_where_the_same_words_were_read_as_a_date() -> None:
    gold = [event("2020-05-03", "3 May")]

    read_wrongly = scored(Reading([], gold), Reading([], [event("2021-05-03", "On 3 May")]))["date value"]
    read_elsewhere = scored(Reading([], gold), Reading([], [event("2021-05-03", "rain")]))["date value"]

    assert (read_wrongly.matched, read_wrongly.gold) == (0, 1)
    assert (read_elsewhere.matched, read_elsewhere.gold) == (0, 0)


def test_the_status_is_compared_where_the_date_is_right() -> None:
    gold, found = event("2020-05-03", "3 May"), event("2020-05-03", "3 May", "scheduled")

    result = scored(Reading([], [gold]), Reading([], [found]))["event status"]

    assert (result.matched, result.gold) == (0, 1)


def test_documents_are_scored_apart_and_add_up() -> None:
    other = replace(statement(0, 18), doc_id="e")
    gold, found = Reading([statement(0, 18), other], []), Reading([statement(0, 18)], [])
    texts, party = {"d": TEXT, "e": TEXT}, str

    apart = score_by_document(gold, found, texts=texts, party=party)
    together = score(gold, found, texts=texts, party=party)

    assert {doc_id: one["who-what"].f1 for doc_id, one in apart.items()} == {"d": 1, "e": 0}
    assert (together["who-what"].matched, together["who-what"].gold) == (1, 2)


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
