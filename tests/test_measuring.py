"""What is measured of a reader: intervals, calibration, the least confidence, and how it is kept."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from demarche.cli import main
from demarche.readers import reader_named
from demarche.scoring import FIGURES, Score, unseen
from demarche.scoring import measured as kept
from demarche.scoring.calibration import CUT_OFFS, Outcome, least_confidence, reliability
from demarche.scoring.intervals import interval_of_share, intervals
from demarche.scoring.measured import Group, estimated, keep, measured
from demarche.scoring.unseen import Round
from demarche.study import Study

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = ROOT / "tests" / "studies" / "library-hours"


def test_the_interval_of_independent_units_is_that_of_the_normal_approximation() -> None:
    hits = [1.0] * 80 + [0.0] * 120

    low, high = interval_of_share(hits, [1.0] * 200)

    half = 1.96 * math.sqrt(0.4 * 0.6 / 200)
    assert low == pytest.approx(0.4 - half, abs=0.01)
    assert high == pytest.approx(0.4 + half, abs=0.01)


def test_units_that_hang_together_make_the_interval_wider() -> None:
    apart = interval_of_share([1.0] * 50 + [0.0] * 50, [1.0] * 100)
    together = interval_of_share([10.0] * 5 + [0.0] * 5, [10.0] * 10)

    assert together.high - together.low > 2 * (apart.high - apart.low)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=20))
def test_an_interval_holds_the_share_that_it_is_of(counts: list[tuple[int, int]]) -> None:
    hits = [float(right) for right, _ in counts]
    totals = [float(right + wrong) for right, wrong in counts]

    low, high = interval_of_share(hits, totals)

    assert not sum(totals) or 0 <= low <= high <= 1
    if sum(totals):
        assert min(h / t for h, t in zip(hits, totals, strict=True) if t) <= low
        assert high <= max(h / t for h, t in zip(hits, totals, strict=True) if t)


def test_two_documents_are_too_few_for_an_interval() -> None:
    assert math.isnan(interval_of_share([1, 0], [1, 1]).low)
    assert math.isnan(intervals([{"what": Score(1, 2, 3)}] * 2)["what"]["f1"].high)


def test_the_same_documents_always_have_the_same_intervals() -> None:
    scores = [{"what": Score(n, n + 2, n + 1)} for n in range(8)]

    assert intervals(scores) == intervals(scores)


def outcomes(confidence: float, right: int, wrong: int) -> list[Outcome]:
    return [Outcome(confidence, True)] * right + [Outcome(confidence, False)] * wrong


def test_a_bin_tells_how_many_are_right() -> None:
    units = [outcomes(0.85, 4, 1) + outcomes(0.35, 0, 2), outcomes(0.81, 5, 0), outcomes(1.0, 2, 0)]

    bins = reliability(units)

    assert [(one.low, one.n, one.right) for one in bins] == [(0.3, 2, 0.0), (0.8, 10, 0.9), (0.9, 2, 1.0)]
    assert bins[1].mean == pytest.approx(0.83)


def test_no_proposal_falls_between_the_bins() -> None:
    rng = np.random.default_rng(5)
    units = [[Outcome(float(c), bool(c > 0.5)) for c in rng.uniform(0.3, 1, 40)] for _ in range(4)]

    assert sum(one.n for one in reliability(units)) == 160


def test_the_least_confidence_is_where_precision_suffices() -> None:
    units = [outcomes(0.9, 17, 3) + outcomes(0.5, 10, 10) for _ in range(20)]

    assert least_confidence(units) == 0.51
    assert least_confidence(units, wanted=0.6) == CUT_OFFS[0]


def test_where_no_confidence_suffices_the_nearest_is_taken() -> None:
    units = [outcomes(0.9, 6, 4) + outcomes(0.5, 1, 10) for _ in range(20)]

    assert 0.5 < least_confidence(units) <= 0.9


def test_what_is_kept_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scores = [dict.fromkeys(FIGURES, Score(n, n + 2, n + 1)) for n in range(8)]
    figures = estimated(scores)
    bins = reliability([outcomes(0.85, 4, 1)] * 4)
    monkeypatch.setattr(kept, "FOLDER", tmp_path)

    keep("some", groups={"testing, news": Group(1, 8, "v", figures, figures)}, bins=bins, least=0.55)
    keep("some", groups={"building, news": Group(1, 8, "v", figures, figures)})
    known = measured("some")
    measured.cache_clear()

    assert list(known.groups) == ["building, news", "testing, news"]
    assert known.least == 0.55
    assert [(one.n, one.right) for one in known.bins] == [(20, 0.8)]
    figure = known.groups["testing, news"].of_all["what"]
    assert figure.matched == 28
    assert figure.f1.value == pytest.approx(figures["what"].f1.value, abs=0.001)


def test_of_a_reader_that_nobody_measured_nothing_is_known() -> None:
    assert not measured("nobody").groups


def test_the_notebooks_leave_out_what_was_measured_to_be_unsure() -> None:
    least = {
        float(found[1])
        for path in (ROOT / "notebooks").glob("*.ipynb")
        if (found := re.search(r"min_confidence = ([\d.]+)", path.read_text(encoding="utf-8")))
    }

    assert least == {measured(Study.reader).least}


def test_score_prints_every_figure_with_its_interval() -> None:
    result = CliRunner().invoke(main, ["score", str(LIBRARY), "--reader", "rules"])

    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert [line[:18].strip() for line in lines[1:-1]] == list(FIGURES)
    assert all(re.search(r"\d\.\d{3} \[\d\.\d{3}, \d\.\d{3}\]", line) for line in lines[1:-1])
    assert lines[-1].startswith("4 documents")


def test_a_study_without_hand_coding_cannot_be_scored(tmp_path: Path) -> None:
    (tmp_path / "coding").mkdir()
    (tmp_path / "coding" / "statements.jsonl").write_text("", encoding="utf-8")

    result = CliRunner().invoke(main, ["score", str(LIBRARY), "--gold", str(tmp_path / "coding")])

    assert result.exit_code == 1
    assert "no document is coded by hand" in result.output


def test_measured_figures_are_those_of_the_reader_that_ships() -> None:
    groups = measured(Study.reader).groups
    versions = {group.version for group in groups.values()}

    assert versions == {reader_named(Study.reader).version}, "measure again: scripts/fit_confidence.py"


def test_a_dispute_is_new_only_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(unseen, "PATH", tmp_path / "unseen.json")
    group = Group(1, 3, "v1", estimated([{name: Score() for name in FIGURES}] * 3), {})
    unseen.add_round(Round("2026-01-01", ["n-one"], {"rules": group}))

    with pytest.raises(ValueError, match="n-one"):
        unseen.add_round(Round("2026-01-02", ["n-one", "n-two"], {"rules": group}))

    assert [one.disputes for one in unseen.rounds()] == [["n-one"]]


def test_what_was_unseen_says_with_which_readers_and_of_which_disputes() -> None:
    for one in unseen.rounds():
        assert one.disputes and all((ROOT / "tests" / "disputes" / name).is_dir() for name in one.disputes)
        assert set(one.readers) == {"rules", "model"}
        assert all(group.version and group.n_disputes == len(one.disputes) for group in one.readers.values())
