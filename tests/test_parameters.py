"""Parameters of notebooks: read from their cell, converted, refused when misspelt or of the wrong type."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.problems import InputError
from demarche.rendering.parameters import Parameter, check_parameters, read_parameters
from sample_briefing import NOTEBOOKS

CHAPTERS = sorted(NOTEBOOKS.glob("*.ipynb"))


def notebook_with(source: str, folder: Path) -> Path:
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["parameters"]})
    path = folder / "chapter.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    return path


def problems_of(values: dict[str, object]) -> list[str]:
    with pytest.raises(InputError) as caught:
        check_parameters(CHAPTERS, values)
    return [problem.message for problem in caught.value.problems]


def test_parameters_have_a_default_and_a_comment() -> None:
    assert read_parameters(CHAPTERS[0])[:2] == [
        Parameter("study", "bridge", "the folder of the study"),
        Parameter("n_rows", 60, "how many rows the long table has"),
    ]


def test_a_notebook_without_the_cell_has_no_parameters(tmp_path: Path) -> None:
    nbformat.write(nbformat.v4.new_notebook(), tmp_path / "plain.ipynb")

    assert read_parameters(tmp_path / "plain.ipynb") == []


@pytest.mark.parametrize("source", ["a = open('x')", "a = b = 1", "import os", "a += 1", "a, b = 1, 2"])
def test_a_parameter_that_is_no_literal_is_a_problem(source: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="may only set names to literals"):
        read_parameters(notebook_with(source, tmp_path))


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        ({"n_rows": "70"}, {"n_rows": 70}),
        ({"min_confidence": 1}, {"min_confidence": 1.0}),
        ({"min_confidence": "0.7"}, {"min_confidence": 0.7}),
        ({"actors": "aldmouth, brack"}, {"actors": ["aldmouth", "brack"]}),
        ({"actors": ""}, {"actors": []}),
        ({"actors": ("aldmouth",)}, {"actors": ["aldmouth"]}),
        ({"study": "a 'quoted' \\ name"}, {"study": "a 'quoted' \\ name"}),
    ],
)
def test_values_are_taken_in_the_type_of_the_default(
    given_value: dict[str, object], expected: dict[str, object]
) -> None:
    assert check_parameters(CHAPTERS, given_value) == expected


def test_every_wrong_parameter_is_named_at_once_with_the_nearest_right_one() -> None:
    assert problems_of({"n_row": 3, "min_confidence": "high", "n_rows": True, "xyz": 1}) == [
        "min_confidence: found 'high', expected a number, such as 0.5",
        "n_rows: found True, expected a whole number, such as 60",
        "no notebook has a parameter 'n_row'; did you mean n_rows?",
        "no notebook has a parameter 'xyz'; the notebooks have: actors, min_confidence, n_rows, study",
    ]


@given(
    st.dictionaries(
        st.sampled_from(["n_rows", "n_row", "study", "actors"]), st.text() | st.integers() | st.none()
    )
)
def test_values_are_converted_or_refused_but_nothing_else_happens(values: dict[str, object]) -> None:
    try:
        converted = check_parameters(CHAPTERS, values)
    except InputError:
        return

    assert set(converted) == set(values)
    assert all(isinstance(converted[name], int) for name in converted if name == "n_rows")
