"""What the coding of figures and forecasts promises: places, problems by line, outcomes, agreement."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from demarche.briefing import Briefing, open_briefing
from demarche.chapters import outlook
from demarche.cli import main
from demarche.codebook import read_codebook
from demarche.coding import Coding, read_coding, write_coding
from demarche.corpus import read_corpus
from demarche.evidence import figure_words
from demarche.layer_agreement import layer_agreement, layer_agreement_of_study
from demarche.measures.days import differing_figures
from demarche.problems import InputError
from demarche.records import Forecast, Quantity
from demarche.rendering.as_text import blocks_text

TOP = Path(__file__).parents[1]
STUDY = Path(__file__).parent / "studies" / "library-hours"
SHIPPED = TOP / "data" / "russia-nato-2021"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return shutil.copytree(STUDY, tmp_path / "library-hours")


@pytest.fixture(scope="module")
def briefing(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    return open_briefing(shutil.copytree(STUDY, tmp_path_factory.mktemp("study") / "library-hours"))


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def problems_of(study: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        open_briefing(study)
    return [f"{Path(p.path).name}:{p.line}: {p.message}" for p in caught.value.problems]


def test_figures_and_forecasts_have_evidence_numbers_that_replay(briefing: Briefing) -> None:
    told = {e.kind: e for e in briefing.evidence.values() if e.kind in ("figure", "forecast")}

    assert set(told) == {"figure", "forecast"}
    for evidence in briefing.evidence.values():
        assert briefing.documents[evidence.doc_id].text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize("layer", ["figures", "forecasts"])
def test_a_coding_of_one_layer_alone_is_read(study: Path, layer: str) -> None:
    for path in (study / "coding").iterdir():
        if path.name != f"{layer}.csv":
            path.unlink()
    (study / "judgements.yaml").unlink(missing_ok=True)

    coding = open_briefing(study).coding
    checked = CliRunner().invoke(main, ["check", str(study)])

    assert "two decided rows" in checked.output
    assert {type(row) for row in coding.rows} == {{"figures": Quantity, "forecasts": Forecast}[layer]}


def test_a_figure_is_read_with_its_limit_and_its_unit(briefing: Briefing) -> None:
    words = [figure_words(row) for row in briefing.tables.figures.to_dict("records")]

    assert words == ["about 400 people", "250 people"]
    assert figure_words({"value": "1.5", "unit": "miles", "precision": "at most"}) == "at most 1.5 miles"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("figures.csv", ",400,", ",some,", "figures.csv:2: value is 'some', expected a number in digits"),
        ("figures.csv", "2019-03-02", "last March", "figures.csv:2: as_of is 'last March', expected EDTF"),
        ("figures.csv", ",about,", ",roughly,", "figures.csv:2: precision is 'roughly', expected exact"),
        ("figures.csv", "some four", "some five", "figures.csv:2: quotation is not in its document"),
        ("figures.csv", ",unit,", ",units,", "figures.csv:1: unknown column 'units'"),
        ("forecasts.csv", ",unlikely,", ",doubtful,", "forecasts.csv:2: strength is 'doubtful', expected"),
        ("forecasts.csv", ",okoro,", ",okro,", "forecasts.csv:3: speaker 'okro' is not in the codebook"),
        ("forecasts.csv", "the council keeps the branches", "", "forecasts.csv:2: expects is empty"),
        ("forecasts.csv", "radio,", "radios,", "forecasts.csv:3: this row is of document 'radios', which is"),
        ("outcomes.csv", "known-2019-03-18", "known-2019-03-19", "outcomes.csv:2: event 'known-2019-03-19'"),
        ("outcomes.csv", "borne out", "right", "outcomes.csv:2: outcome 'right' is not known"),
        ("outcomes.csv", "f-", "f-0", "outcomes.csv:2: forecast 'f-0"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    study: Path, file: str, old: str, new: str, expected: str
) -> None:
    changed(study / "coding" / file, old, new)

    assert any(problem.startswith(expected) for problem in problems_of(study))


def test_two_rows_that_say_the_same_are_a_problem(study: Path) -> None:
    path = study / "coding" / "figures.csv"
    first = path.read_text(encoding="utf-8").splitlines()[1]
    path.write_text(path.read_text(encoding="utf-8") + first + "\n", encoding="utf-8")

    assert any("keep one of the two" in problem for problem in problems_of(study))


def test_a_row_follows_its_words_when_the_text_shifts(study: Path) -> None:
    for resting_on_ids in ("judgements.yaml", "coding/outcomes.csv"):
        (study / resting_on_ids).unlink()
    changed(study / "corpus" / "gazette.md", "branches\n\nOn", "houses\n\nOn")

    shifted = open_briefing(study)

    assert [row["quote"][:9] for row in shifted.tables.figures.to_dict("records")] == [
        "some four",
        "The polic",
    ]
    assert any("figures.csv" in problem.path for problem in shifted.coding.moved)


def test_a_rejected_row_is_not_in_the_briefing(study: Path) -> None:
    changed(study / "coding" / "figures.csv", "tests,accepted", "tests,rejected")

    assert open_briefing(study).tables.figures.empty


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    documents, book = read_corpus(STUDY / "corpus"), read_codebook(STUDY / "codebook.yaml")
    coding = read_coding(STUDY / "coding", documents, book)
    write_coding(tmp_path, coding)

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "events.csv",
        "figures.csv",
        "forecasts.csv",
        "statements.csv",
    ]
    for name in ("figures.csv", "forecasts.csv"):
        assert (tmp_path / name).read_bytes() == (STUDY / "coding" / name).read_bytes()
    assert read_coding(tmp_path, documents, book).rows == coding.rows


def test_figures_of_one_thing_that_differ_are_found_and_dated_ones_told_apart(briefing: Briefing) -> None:
    figures = briefing.tables.figures
    later = figures.assign(
        as_of=["2019-03-02", "2019-03-09"],
        earliest=["2019-03-02", "2019-03-09"],
        latest=["2019-03-02", "2019-03-09"],
    )
    alike = figures.assign(value=["400", "400"])
    units = figures.assign(what=figures["unit"])

    assert list(differing_figures(figures)["value"]) == ["250", "400"]
    assert not differing_figures(figures)["is_dated_apart"].any()
    assert differing_figures(later)["is_dated_apart"].all()
    assert differing_figures(alike).empty
    assert not differing_figures(units).empty
    assert differing_figures(units.assign(method="rules")).empty


def row(start: int, **fields: str) -> dict[str, object]:
    return {"doc_id": "one", "start": start, "end": start + 10, "quote": "x" * 10, **fields}


def test_agreement_pairs_what_overlaps_and_counts_the_rest() -> None:
    first = Coding(
        figures=(Quantity(**row(0, what="boats", value="7", unit="boats")),),  # type: ignore[arg-type]
        forecasts=(
            Forecast(**row(0, about="Rain?", expects="rain")),  # type: ignore[arg-type]
            Forecast(**row(50, about="Rain?", expects="snow")),  # type: ignore[arg-type]
        ),
    )
    second = Coding(
        figures=(Quantity(**row(4, what="boats", value="9", unit="boats")),),  # type: ignore[arg-type]
        forecasts=(Forecast(**row(5, about="Storm?", expects="rain")),),  # type: ignore[arg-type]
    )

    result = layer_agreement(("a", first), ("b", second))

    values = {(r["layer"], r["measure"]): r["value"] for r in result.measures.to_dict("records")}
    assert values["figures", "F1"] == 1.0
    assert values["figures", "value, observed"] == 0.0
    assert values["forecasts", "F1"] == 0.667
    assert values["forecasts", "about, observed"] == 0.0
    assert [(r.layer, r.differs, r.first, r.second) for r in result.differences.itertuples()] == [
        ("figures", "range", "x" * 10, "x" * 10),
        ("figures", "value", "7", "9"),
        ("forecasts", "about", "Rain?", "Storm?"),
        ("forecasts", "range", "x" * 10, "x" * 10),
        ("forecasts", "record", "expected: snow", ""),
    ]


def test_the_agreement_on_record_is_that_of_the_rows_that_ship() -> None:
    result = layer_agreement_of_study(SHIPPED)
    coding = SHIPPED / "coding"

    pd.testing.assert_frame_equal(pd.read_csv(coding / "agreement_layers.csv"), result.measures)
    pd.testing.assert_frame_equal(
        pd.read_csv(coding / "differences_layers.csv", keep_default_na=False), result.differences
    )


@pytest.mark.parametrize("folder", [".", "coders/a", "coders/b"])
@pytest.mark.parametrize("name", ["figures.csv", "forecasts.csv"])
def test_every_row_that_ships_stands_where_it_says(folder: str, name: str) -> None:
    texts = {document.doc_id: document.text for document in read_corpus(SHIPPED / "corpus")}
    with (SHIPPED / "coding" / folder / name).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))

    assert rows
    assert [r for r in rows if texts[r["doc_id"]][int(r["start"]) : int(r["end"])] != r["quote"]] == []


def test_the_two_troop_counts_of_the_shipped_study_are_set_against_each_other() -> None:
    rows = differing_figures(open_briefing(SHIPPED).tables.figures)

    assert set(rows["what"]) == {"Russian troops at the border of Ukraine"}
    assert sorted(rows["value"], key=int) == ["70000", "100000", "100000"]


def test_what_others_expect_is_not_the_own_voice_of_the_source_that_says_so(briefing: Briefing) -> None:
    said = blocks_text(outlook.expectations(briefing).blocks)

    assert "others, in S1" in said
    assert "in its own voice" not in said
