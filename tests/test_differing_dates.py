"""Two accounts of one occurrence with different dates: what is found, and what is left alone."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from matplotlib.text import Text

from demarche.briefing import Briefing, open_briefing
from demarche.chapters import differences
from demarche.edtf_dates import bounds
from demarche.figures.marks_in_time import marks_of
from demarche.figures.timeline import describe_timeline, timeline_figure
from demarche.figures.timeline_looks import DISPUTED
from demarche.findings.layers import dates_in_dispute
from demarche.measures.differing_dates import COLUMNS, differing_dates
from demarche.records import Event
from demarche.tables import events_table
from harbour import harbour_book

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "differing_dates.yaml").read_text(encoding="utf-8"))
STUDY = Path(__file__).parent / "studies" / "library-hours"
SHIPPED = Path(__file__).parents[1] / "data" / "russia-nato-2021"
BOOK = harbour_book(CASES["actors"])


def events_of(rows: list[list[Any]]) -> list[Event]:
    return [
        Event(
            doc_id=source,
            start=1000 * place,
            end=1000 * place + len(quote),
            quote=quote,
            date=str(date),
            status=status[0] if status else "happened",
            actors=tuple(actors.split(";")),
        )
        for place, (source, date, actors, quote, *status) in enumerate(rows)
    ]


def known_of(rows: list[list[Any]]) -> pd.DataFrame:
    table = [
        [f"k{place}", str(date), *bounds(str(date)), what, actors]
        for place, (date, actors, what) in enumerate(rows, start=1)
    ]
    return pd.DataFrame(table, columns=["event", "date", "earliest", "latest", "what", "actors"])


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["that"])
def test_dates_differ_only_where_two_accounts_tell_of_one_occurrence(case: dict[str, Any]) -> None:
    events = events_of(case["told"])
    names = {event.event_id: str(place) for place, event in enumerate(events, start=1)}
    sources = {"a": "a", "b": "b", "reprint-of-a": "a"}

    found = differing_dates(events_table(events), known_of(case.get("known", [])), sources, BOOK)

    pairs = zip(found["event"], found["other"], strict=True)
    assert [[names[one], names.get(other, other)] for one, other in pairs] == [
        [str(one), str(other)] for one, other in case["differ"]
    ]


def test_the_order_of_the_tables_changes_nothing_but_who_comes_first() -> None:
    told = [row for case in CASES["cases"][:4] for row in case["told"]]
    events = events_table(events_of(told))
    nothing = known_of([])
    sources = {"a": "a", "b": "b"}

    found = differing_dates(events, nothing, sources, BOOK)
    turned = differing_dates(events.iloc[::-1].reset_index(drop=True), nothing, sources, BOOK)

    pd.testing.assert_frame_equal(found, turned)
    assert list(found.columns) == COLUMNS
    assert not found.empty


def test_days_apart_are_those_between_the_days_that_the_dates_allow() -> None:
    events = events_of([
        ["a", "2031-05-01/2031-05-03", "fleet", "a dredger rammed the western breakwater"],
        ["b", "2031-05-07", "fleet", "the dredger that rammed the western breakwater"],
    ])  # fmt: skip

    found = differing_dates(events_table(events), known_of([]), {"a": "a", "b": "b"}, BOOK)

    assert list(found["days_apart"]) == [4]


def test_the_shipped_study_holds_no_such_pair() -> None:
    """Looked through by hand: no two of its sources, and no row of the reference, date one thing apart."""
    assert open_briefing(SHIPPED).differing_dates.empty


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """The library study, in which the radio has the march two days after the gazette."""
    study = shutil.copytree(STUDY, tmp_path_factory.mktemp("disputed") / "library-hours")
    radio, coding = study / "corpus" / "radio.md", study / "coding" / "events.csv"
    quote = "On Monday 4 March 2019 some four hundred readers walked through the rain"
    radio.write_text(f"{radio.read_text(encoding='utf-8').rstrip()}\n\n{quote}.\n", encoding="utf-8")
    row = f"radio,,,{quote},2019-03-04,Monday 4 March 2019,happened,friends,hand,tests,accepted,\n"
    coding.write_text(coding.read_text(encoding="utf-8") + row, encoding="utf-8")
    return open_briefing(study)


def test_the_chapter_sets_both_accounts_beside_each_other_with_their_evidence(disputed: Briefing) -> None:
    said = str(differences.dates(disputed))

    numbers = [disputed.numbers[one] for side in ("event", "other") for one in disputed.differing_dates[side]]
    assert len(numbers) == 2
    assert all(f"E{number}" in said for number in numbers)
    assert "walked to the town hall" in said
    assert "walked through the rain" in said


def test_the_chapter_says_so_where_no_dates_differ() -> None:
    assert differences.NO_DATE_DIFFERS in str(differences.dates(open_briefing(SHIPPED)))


def test_the_timeline_marks_both_accounts_and_says_what_the_sign_means(disputed: Briefing) -> None:
    marks = marks_of(disputed)
    marked = [mark for mark in marks if mark.is_disputed]
    drawn = {text.get_text() for text in timeline_figure(marks).findobj(Text)}

    assert len(marked) == 2
    assert {mark.label for mark in marked} <= drawn
    assert f"≠ {DISPUTED}" in drawn
    assert "two events that another account dates differently" in describe_timeline(marks)


def test_a_timeline_without_such_a_pair_has_no_such_sign() -> None:
    drawn = {text.get_text() for text in timeline_figure(marks_of(open_briefing(STUDY))).findobj(Text)}

    assert not any("≠" in text for text in drawn)


def test_the_finding_names_both_days_and_who_tells_them(disputed: Briefing) -> None:
    (finding,) = dates_in_dispute(disputed)

    assert "2 March 2019" in finding.sentence
    assert "4 March 2019" in finding.sentence
    assert "if both accounts mean one occurrence" in finding.sentence
    assert set(finding.record_ids) == {*disputed.differing_dates["event"], *disputed.differing_dates["other"]}
    assert dates_in_dispute(open_briefing(STUDY)) == []
