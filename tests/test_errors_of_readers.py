"""Errors of a reader: each miss and false alarm has its kind, and a page shows them beside their text."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from demarche.records import Statement
from demarche.scoring.error_page import error_page
from demarche.scoring.errors import Considered, Errors, counts, errors_of, share_not_asserted
from demarche.scoring.surface import surface

ROOT = Path(__file__).resolve().parents[1]
TEXT = (
    "Vell cool on rain\n\n"
    "Tamo asks for rain. Vell refuses rain and asks for snow. "
    "If Tamo asked for snow, Vell would laugh. Sorn is a <b>port</b>."
)


def said(words: str, actor: str = "tamo", demand: str = "rain", position: str = "demands") -> Statement:
    start = TEXT.index(words)
    return Statement(
        doc_id="d",
        start=start,
        end=start + len(words),
        quote=words,
        demand=demand,
        actor=actor,
        position=position,
    )


ASKED, REFUSED = said("Tamo asks for rain"), said("Vell refuses rain", "vell", position="rejects")
SNOW = said("asks for snow", "vell", "snow")


def compared(
    gold: list[Statement], found: list[Statement], considered: list[Considered] | None = None
) -> Errors:
    return errors_of(gold, found, TEXT, party=str, considered=considered)


def weighed(s: Statement, **other: str) -> Considered:
    return Considered(s.start, s.end, other.get("demand", s.demand), other.get("party", s.actor))


@pytest.mark.parametrize(
    ("considered", "kind"),
    [
        (None, "not proposed"),
        ([], "no topic found"),
        ([weighed(ASKED, demand="snow")], "no topic found"),
        ([weighed(ASKED, party="vell")], "topic but no actor"),
        ([weighed(ASKED)], "scored too low"),
    ],
)
def test_a_silent_miss_says_how_far_the_reader_came(considered: list[Considered] | None, kind: str) -> None:
    (miss,) = compared([ASKED], [], considered).misses

    assert miss.kind == kind
    assert TEXT[miss.start : miss.end] == "Tamo asks for rain. "


@pytest.mark.parametrize(
    ("found", "missed", "alarm"),
    [
        (said("Vell refuses rain", "vell", position="open"), "wrong position", "wrong position"),
        (said("Vell refuses rain", "tamo", position="rejects"), "wrong actor", "wrong actor"),
        (said("Vell refuses rain", "vell", "snow", "rejects"), "not proposed", "wrong demand"),
        (said("Vell refuses rain", "sorn", "snow"), "not proposed", "wrong demand and actor"),
        (
            said("asks for snow", "vell", position="rejects"),
            "elsewhere in the sentence",
            "elsewhere in the sentence",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_comes_near_is_named_on_both_sides(found: Statement, missed: str, alarm: str) -> None:
    errors = compared([REFUSED], [found])

    assert [error.kind for error in errors.misses] == [missed]
    assert [error.kind for error in errors.false_alarms] == [alarm]


def test_what_is_right_is_no_error_and_what_is_told_twice_is_one() -> None:
    errors = compared([ASKED, REFUSED, SNOW], [ASKED, said("Tamo asks"), REFUSED, SNOW])

    assert errors.misses == ()
    assert [error.kind for error in errors.false_alarms] == ["told twice"]


def test_false_alarms_where_nothing_is_asserted_are_told_apart_by_their_looks() -> None:
    supposed, title, other = said("Tamo asked for snow"), said("Vell cool on rain"), said("Sorn is a")

    errors = compared([], [supposed, title, other])

    assert [error.surface for error in errors.false_alarms] == ["supposition", "headline", "other"]
    assert share_not_asserted(errors) == pytest.approx(2 / 3)
    assert ("nothing asserted", "headline", 1) in counts(errors)
    assert sum(count for side, _, count in counts(errors) if side == "false alarm") == 3


@pytest.mark.parametrize(
    ("sentence", "looks"),
    [
        ("Who would want rain?", "question"),
        ("Unless it rains, nobody signs.", "supposition"),
        ("Tamo should drop the matter.", "advice"),
        ("Vell is expected to refuse.", "forecast"),
        ("The demand came up again.", "bare mention"),
        ("In May it rained.", "other"),
        ("Tamo asked for rain.", "other"),
    ],
)
def test_the_surface_of_a_sentence(sentence: str, looks: str) -> None:
    text = f"Title\n\n{sentence}\n"

    assert surface(text, 7, 7 + len(sentence)) == looks


def test_the_page_shows_both_sides_and_takes_no_markup_from_texts() -> None:
    errors = compared([REFUSED, ASKED], [said("Sorn is a <b>port</b>"), SNOW, ASKED])

    page = error_page(errors, {"d": TEXT}, title="Errors: <i>all</i>", remark="Three & more.")

    assert "&lt;b&gt;port&lt;/b&gt;" in page
    assert "<b>port" not in page
    assert "Errors: &lt;i&gt;all&lt;/i&gt;" in page
    assert '<span class="decided">Vell refuses rain</span>' in page
    assert "vell rejects rain" in page
    assert re.search(r"nothing asserted: other \(1\)", page)


def test_the_disputes_for_testing_have_no_page(tmp_path: Path) -> None:
    command = [sys.executable, "scripts/error_report.py", "testing", "--out", str(tmp_path / "page.html")]

    refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert refused.returncode == 1
    assert "counted only" in refused.stderr
    assert list(tmp_path.iterdir()) == []
