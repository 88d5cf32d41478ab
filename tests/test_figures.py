"""What figures promise: nothing written collides or leaves the page, and their words tell the tables."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from math import radians, sin
from pathlib import Path

import pytest
import yaml
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from crowd import crowded_briefing
from demarche.briefing import Briefing, open_briefing
from demarche.chapters.dependence import LOSSES
from demarche.edtf_dates import bounds
from demarche.figures.coverage import coverage_figure, describe_coverage, narrow_coverage_figure
from demarche.figures.dependence import dependence_figure, describe_dependence
from demarche.figures.ground import describe_ground, ground_figure
from demarche.figures.grounds import ground_of as ground_under
from demarche.figures.marks_in_time import REFERENCE, REPORTED, TimeMark, marks_of
from demarche.figures.packing import levels_of
from demarche.figures.rows import NARROW
from demarche.figures.stances import (
    PROPOSED,
    compact_stance_figure,
    describe_stances,
    narrow_compact_stance_figure,
    narrow_stance_figure,
    proposed_cells,
    stance_figure,
)
from demarche.figures.style import PAPER, SMALL, WIDTH, shortened, width_of, wrapped
from demarche.figures.time_scale import time_scale
from demarche.figures.timeline import describe_timeline, timeline_figure
from demarche.figures.timeline_layout import HIGHEST, MOST_LANES, OTHERS, THE_SOURCES, lanes_of, layout
from demarche.figures.timeline_looks import HOLLOW, STATUSES, look_of
from demarche.measures.dependence import losses
from demarche.measures.ground import bargaining_space
from demarche.prose import counted
from demarche.records import POSITIONS
from demarche.rendering.svg import svg_of

STUDY = Path(__file__).parent / "studies" / "library-hours"
ALT = yaml.safe_load((Path(__file__).parent / "cases" / "findings.yaml").read_text(encoding="utf-8"))["alt"]
PARTIES = (
    "the Harbour Board",
    "Upper Maravel",
    "the Pilots",
    "",
    "Ost",
    "Quill",
    "Lower Maravel",
    "the Fleet",
)
TOUCH = 0.5
"""Boxes of text may touch by half a point."""


@pytest.fixture(scope="module")
def briefing(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    return open_briefing(shutil.copytree(STUDY, tmp_path_factory.mktemp("study") / "library-hours"))


def some_marks(count: int, *, seed: int = 7) -> list[TimeMark]:
    """Events crowded into three months, with far-off years, open ends and months among them."""
    chance = random.Random(seed)
    marks = []
    for place in range(count):
        day = (date(2031, 11, 1) + timedelta(days=int(chance.triangular(0, 92, 80)))).isoformat()
        when = (
            day if place % 5 else chance.choice(["1908", "2014/..", "../2031-12", "2031-12", "2031-12-20~"])
        )
        first, last = bounds(when)
        lane = REPORTED if place % 2 else REFERENCE
        marks.append(
            TimeMark(
                code=f"{'E' if place % 2 else 'R'}{place + 1}",
                lane=lane,
                status=chance.choice(["happened", "happened", "scheduled", "possible"]),
                date=when,
                words="The harbour board and the pilots meet a third time and part without a word on fees",
                first=date.fromisoformat(first).toordinal() if first else None,
                last=date.fromisoformat(last).toordinal() if last else None,
                party=PARTIES[place // 2 % len(PARTIES)] if lane == REPORTED else "",
            )
        )
    return sorted(marks, key=lambda mark: (mark.first or 0, mark.last or 0, mark.code))


def texts_of(figure: Figure) -> list[Text]:
    canvas = FigureCanvasAgg(figure)
    figure.set_dpi(72)
    canvas.draw()
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


def text_boxes(figure: Figure) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Every text of a figure with its box (left, bottom, right, top) in points."""
    return [(text.get_text(), _box(text)) for text in texts_of(figure)]


def _box(text: Text) -> tuple[float, float, float, float]:
    left, bottom, right, top = text.get_window_extent().extents
    return float(left), float(bottom), float(right), float(top)


def collisions(figure: Figure) -> list[tuple[str, str]]:
    """The pairs of texts whose boxes overlap; of leaning texts those whose lines are too close."""
    found = []
    boxes = [(text, _box(text)) for text in texts_of(figure)]
    for (one, a), (other, b) in combinations(boxes, 2):
        overlap = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
        if one.get_rotation() and other.get_rotation():
            apart = abs(one.get_position()[0] - other.get_position()[0]) * sin(radians(one.get_rotation()))
            found += [(one.get_text(), other.get_text())] if apart < one.get_fontsize() else []
        elif overlap[0] > TOUCH and overlap[1] > 2 * TOUCH:
            found.append((one.get_text(), other.get_text()))
    return found


def outside(figure: Figure) -> list[str]:
    width, height = figure.get_size_inches() * 72
    return [
        text
        for text, (left, bottom, right, top) in text_boxes(figure)
        if left < -2 or bottom < -2 or right > width + 4 or top > height + 2
    ]


@pytest.mark.parametrize("count", [1, 2, 10, 60, 200])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_two_labels_of_a_timeline_collide(count: int, seed: int) -> None:
    figure = timeline_figure(some_marks(count, seed=seed))

    assert collisions(figure) == []
    assert outside(figure) == []


@pytest.mark.parametrize("count", [1, 10, 60, 200])
def test_badges_and_bars_of_a_lane_do_not_overlap(count: int) -> None:
    plan = layout(some_marks(count))

    for lane in (*plan.reported, plan.reference):
        for one, other in combinations(lane.placed, 2):
            if one.level == other.level:
                assert one.right <= other.left or other.right <= one.left


@pytest.mark.parametrize("count", [1, 10, 60])
def test_a_timeline_fits_a_page_below_its_heading(count: int) -> None:
    assert layout(some_marks(count)).height <= HIGHEST


def test_few_events_are_all_written_out_and_of_many_the_sources_own_come_first() -> None:
    few, many = layout(some_marks(10)), layout(some_marks(60))

    assert len(few.written) == 10
    assert {mark.lane for mark in many.written} == {REPORTED}
    assert len(many.badged) == 60


def test_every_event_stands_on_the_timeline_even_without_a_badge() -> None:
    plan = layout(some_marks(200))

    assert sum(len(lane.placed) for lane in (*plan.reported, plan.reference)) == 200
    assert len(plan.badged) < 200


def test_the_parties_with_most_events_have_a_lane_each_and_the_rest_share_one() -> None:
    lanes = lanes_of(some_marks(200))

    assert len(lanes) == MOST_LANES + 1
    assert list(lanes)[-1] == OTHERS
    assert sum(map(len, lanes.values())) == 100


def test_events_stand_in_lanes_unless_that_would_hide_some() -> None:
    assert len(layout(some_marks(20)).reported) > 1
    assert [lane.name for lane in layout(some_marks(60)).reported] == [THE_SOURCES]


def test_events_of_one_party_alone_need_no_lanes() -> None:
    marks = [replace(mark, party="Ost" if mark.lane == REPORTED else "") for mark in some_marks(20)]

    assert [lane.name for lane in layout(marks).reported] == [THE_SOURCES]


def test_a_far_off_year_does_not_squeeze_the_dense_weeks() -> None:
    dense = [(day, day) for day in range(738000, 738060)]
    scale = time_scale([(700000, 700000), *dense], left=0, right=400)

    assert len(scale.stretches) == 2
    assert scale.stretches[1].right - scale.stretches[1].left > 300


def test_time_runs_from_left_to_right() -> None:
    spans = [(mark.first or 1, mark.last or mark.first or 1) for mark in some_marks(60) if mark.first]
    scale = time_scale(spans, left=10, right=400)
    places = [scale.x(first) for first, _ in sorted(spans)]

    assert places == sorted(places)
    assert all(10 <= place <= 400 for place in places)


def test_levels_are_as_few_as_the_spans_allow() -> None:
    assert levels_of([(0, 5), (6, 9), (2, 7)], gap=1) == [0, 0, 1]


def ground_of(briefing: Briefing) -> Figure:
    return ground_figure(briefing, bargaining_space(briefing.tables.ledger, briefing.told))


def dependence_of(briefing: Briefing) -> Figure:
    return dependence_figure(briefing, losses(briefing), LOSSES)


NARROWED = (narrow_coverage_figure, narrow_stance_figure, narrow_compact_stance_figure)


def narrow_figures_of(briefing: Briefing) -> dict[str, Figure]:
    return {draw.__name__: draw(briefing) for draw in NARROWED}


def figures_of(briefing: Briefing) -> dict[str, Figure]:
    return {
        "ground": ground_of(briefing),
        "dependence": dependence_of(briefing),
        "coverage": coverage_figure(briefing),
        "stances": stance_figure(briefing),
        "compact": compact_stance_figure(briefing),
        **narrow_figures_of(briefing),
        "timeline": timeline_figure(marks_of(briefing)),
    }


def test_no_text_of_any_figure_collides_or_leaves_the_page(briefing: Briefing) -> None:
    for name, figure in figures_of(briefing).items():
        assert (name, collisions(figure), outside(figure)) == (name, [], [])


@pytest.mark.parametrize(
    ("documents", "demands", "parties"), [(1, 1, 1), (6, 12, 5), (9, 20, 9), (40, 60, 30)], ids=str
)
def test_long_labels_and_many_parties_do_not_collide(
    tmp_path: Path, documents: int, demands: int, parties: int
) -> None:
    crowd = crowded_briefing(tmp_path, documents=documents, demands=demands, parties=parties, statements=400)

    for draw in (coverage_figure, stance_figure, compact_stance_figure, ground_of, *NARROWED):
        figure = draw(crowd)
        assert (draw.__name__, collisions(figure), outside(figure)) == (draw.__name__, [], [])


def undecided(briefing: Briefing) -> Briefing:
    """The same briefing, as if all of it were proposed."""
    return replace(briefing, decided=frozenset())


def test_no_text_collides_or_leaves_the_page_where_all_is_proposed(briefing: Briefing) -> None:
    for name, figure in figures_of(undecided(briefing)).items():
        assert (name, collisions(figure), outside(figure)) == (name, [], [])


def test_proposals_are_hollow_and_decided_events_are_not_whatever_their_status() -> None:
    marks = {
        (status, is_proposed): look_of(replace(some_marks(2)[1], status=status, is_proposed=is_proposed))
        for status in STATUSES
        for is_proposed in (True, False)
    }

    hollow = {key for key, look in marks.items() if look.ground == PAPER}
    assert hollow == {(status, True) for status in STATUSES}
    assert len(set(marks.values())) == len(marks)


def test_a_position_that_rests_on_proposals_alone_stands_on_white_in_a_line(briefing: Briefing) -> None:
    cells = proposed_cells(undecided(briefing))

    assert proposed_cells(briefing) == set()
    assert cells == set(zip(briefing.told["party"], briefing.told["demand"], strict=True))
    for position in POSITIONS:
        proposed, decided = (ground_under(position, is_proposed=flag) for flag in (True, False))
        assert (proposed.fill, decided.edge) == (PAPER, "none")
        assert proposed.edge == proposed.sign != PAPER != decided.fill


def test_one_decided_statement_is_enough_for_a_position_to_be_decided(briefing: Briefing) -> None:
    row = briefing.told.iloc[0]
    one = replace(briefing, decided=frozenset([row["statement_id"]]))

    assert (row["party"], row["demand"]) not in proposed_cells(one)


def test_a_legend_speaks_of_proposals_only_where_there_are_some(briefing: Briefing) -> None:
    for draw, words in ((stance_figure, PROPOSED), (timeline_of, HOLLOW)):
        assert words not in {text for text, _ in text_boxes(draw(briefing))}
        assert words in {text for text, _ in text_boxes(draw(undecided(briefing)))}


def timeline_of(briefing: Briefing) -> Figure:
    return timeline_figure(marks_of(briefing))


def test_alternative_texts_count_what_is_proposed(briefing: Briefing) -> None:
    n_events = len(briefing.tables.events)

    assert "propos" not in describe_stances(briefing) + describe_timeline(marks_of(briefing))
    assert "On proposals alone rest" in describe_stances(undecided(briefing))
    assert counted(n_events, "event") + " that the program proposes" in describe_timeline(
        marks_of(undecided(briefing))
    )


def test_a_figure_of_too_much_says_how_much_it_leaves_out(tmp_path: Path) -> None:
    crowd = crowded_briefing(tmp_path, documents=40, demands=60, parties=30, statements=900)

    drawn = (coverage_figure, stance_figure, ground_of, dependence_of)
    said = [text for draw in drawn for text, _ in text_boxes(draw(crowd))]
    n_hidden = crowd.told["demand"].nunique() - 20
    assert f"and 26 sources, {n_hidden} demands more" in said
    assert f"and 18 parties, {n_hidden} demands more" in said
    assert f"and {len(bargaining_space(crowd.tables.ledger, crowd.told)) - 24} demands more" in said
    assert "and 28 sources more that lose less" in said


def test_every_figure_is_as_wide_as_the_page_and_large_enough_to_read(briefing: Briefing) -> None:
    narrow = narrow_figures_of(briefing)
    for name, figure in figures_of(briefing).items():
        width = NARROW.width if name in narrow else WIDTH
        assert figure.get_size_inches()[0] == pytest.approx(width / 72)
        assert min(text.get_fontsize() for text in figure.findobj(Text) if text.get_text()) >= SMALL >= 7


def test_the_same_data_give_the_same_picture(briefing: Briefing) -> None:
    assert svg_of(stance_figure(briefing)) == svg_of(stance_figure(briefing))


def test_the_ground_tells_standing_and_thin_evidence(briefing: Briefing) -> None:
    space = bargaining_space(briefing.tables.ledger, briefing.told).set_index("demand")
    said = [text for text, _ in text_boxes(ground_of(briefing))]

    assert dict(space["standing"]) == {
        "keep-branches": "divided",
        "sunday-opening": "divided",
        "staff-guarantee": "blocked",
        "county-grant": "unanswered",
    }
    assert dict(space["n_voices"]) == {
        "keep-branches": 3, "sunday-opening": 2, "staff-guarantee": 2, "county-grant": 0,
    }  # fmt: skip
    assert dict(space["is_disputed"])["staff-guarantee"]
    assert {"no answer", "2 voices, accounts differ", "Blocked"} <= set(said)
    assert "Open" not in said
    assert describe_ground(briefing, space.reset_index()).startswith("Four demands by theme. Divided: “No")


def test_what_each_source_carries_is_counted(briefing: Briefing) -> None:
    table = losses(briefing).set_index("doc_id")

    assert dict(table["n_demands"]) == {"gazette": 0, "union-letter": 0, "radio": 0, "council-notice": 1}
    assert dict(table["n_judgements"]) == {"gazette": 1, "union-letter": 0, "radio": 2, "council-notice": 2}
    assert dict(table["n_dates"]) == {"gazette": 2, "union-letter": 2, "radio": 1, "council-notice": 0}
    assert describe_dependence(briefing, losses(briefing), LOSSES).startswith("Bars for four sources.")


def test_a_mark_of_a_source_leads_to_its_evidence(briefing: Briefing) -> None:
    source = svg_of(timeline_figure(marks_of(briefing)))

    assert 'href="#e1"' in source
    assert 'href="#r1"' not in source


@pytest.mark.parametrize("name", ["coverage", "stances", "timeline"])
def test_alt_text_tells_the_tables(name: str, briefing: Briefing) -> None:
    described = {
        "coverage": describe_coverage(briefing),
        "stances": describe_stances(briefing),
        "timeline": describe_timeline(marks_of(briefing)),
    }

    assert described[name] == ALT[name]


@pytest.mark.parametrize(
    "text", ["A$B$C^{x}", "\\alpha_1", "漢字 with Latin", "a\nb\tc", "‮backwards", "💧 drop"]
)
def test_strange_text_is_drawn_as_it_is_or_as_a_box(text: str) -> None:
    (mark,) = some_marks(1)
    strange = [TimeMark(**{**vars(mark), "words": text})]

    assert outside(timeline_figure(strange)) == []


@pytest.mark.parametrize("width", [20.0, 60.0, 200.0])
def test_lines_are_no_wider_than_asked(width: float) -> None:
    lines: Sequence[str] = wrapped("Withdrawal of half-finished embankments " + "m" * 80, width, most=4)

    assert max(width_of(line) for line in lines) <= width
    assert len(lines) <= 4
    assert width_of(shortened("Withdrawal of half-finished embankments", width)) <= width
