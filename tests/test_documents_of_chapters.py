"""Chapters become one document: numbered, linked both ways, every quotation replayed."""

from __future__ import annotations

import copy
from typing import Any

import nbformat
import pytest

from demarche import blocks as b
from demarche.problems import InputError
from demarche.rendering.citations import nodes, plain
from demarche.rendering.display import Display
from demarche.rendering.merge import check_quotations, document_tree
from sample_briefing import DOCUMENTS, pages, sample_notebook, sample_tree, shown


def ids(tree: dict[str, Any]) -> list[str]:
    own = [node["id"] for node in nodes(tree["blocks"]) if node.get("id")]
    return own + [node["cite_id"] for node in nodes(tree["blocks"]) if node.get("cite_id")]


def problems_of(notebook: nbformat.NotebookNode) -> list[str]:
    with pytest.raises(InputError) as caught:
        document_tree(notebook)
    return [str(problem) for problem in caught.value.problems]


def test_chapters_tables_and_figures_are_numbered_through() -> None:
    numbers = [(node["t"], node["number"]) for node in nodes(sample_tree()["blocks"]) if node.get("number")]
    of_blocks = [entry for entry in numbers if entry[0] in {"heading", "table", "figure"}]

    assert of_blocks == [
        ("heading", "1"), ("table", "1"), ("heading", "2"), ("figure", "1"), ("table", "2"), ("table", "3"),
    ]  # fmt: skip


def test_no_id_stands_twice() -> None:
    found = ids(sample_tree())

    assert len(found) > 20
    assert len(found) == len(set(found))


def test_the_same_display_twice_has_two_places() -> None:
    tree = document_tree(shown(["# One", pages.stance_table()], ["# Two", pages.stance_table()]))

    assert [block["id"] for block in tree["blocks"] if block["t"] == "table"] == ["stances", "stances-2"]


def test_a_link_leads_to_the_place_in_its_own_chapter_first() -> None:
    chapter = ["See [it](#stances).", pages.stance_table()]
    tree = document_tree(shown(["# One", *chapter], ["# Two", *chapter]))

    assert [node["href"] for node in nodes(tree["blocks"]) if node["t"] == "link"] == [
        "#stances",
        "#stances-2",
    ]


def test_a_link_of_the_prose_to_nowhere_is_a_problem() -> None:
    assert problems_of(shown(["# One\n\nSee [it](#elsewhere)."])) == [
        "00_chapter.ipynb: a link leads to #elsewhere, which is not in the briefing"
    ]


def test_a_link_of_a_display_to_a_chapter_left_out_becomes_its_words() -> None:
    tree = document_tree(shown(["# One", Display([b.paragraph(b.link("#elsewhere", "the demand"))])]))

    assert tree["blocks"][1]["c"] == [{"t": "span", "href": "#elsewhere", "c": b.inlines("the demand")}]


def test_the_annex_holds_each_cited_quotation_once_and_no_other() -> None:
    tree = sample_tree()
    annex = [
        node["number"] for node in nodes(tree["blocks"]) if node["t"] == "quotation" and node.get("back")
    ]

    assert annex == [1, 3, 5, 6, 7, 8]
    assert [record["number"] for record in tree["evidence"]] == annex


def test_each_quotation_of_the_annex_leads_back_to_what_cites_it() -> None:
    tree = sample_tree()
    first = next(node for node in nodes(tree["blocks"]) if node.get("id") == "e1")

    assert [place["label"] for place in first["back"]] == ["1 Key findings", "Table 1", "No lorries"]
    assert {place["href"].removeprefix("#") for place in first["back"]} <= set(ids(tree))


def test_marks_in_a_picture_cite_like_words() -> None:
    chart = pages.chart()
    linked = chart.blocks[0]["svg"].replace("<text", '<a href="#e4"><text').replace("</text>", "</text></a>")
    display = Display([{**chart.blocks[0], "svg": linked}], pages.EVIDENCE)

    tree = document_tree(shown(["# One", display]))

    assert [record["number"] for record in tree["evidence"]] == [4, 5]


def test_heading_levels_never_jump_and_each_chapter_has_one_first() -> None:
    tree = document_tree(shown(["# One\n\n#### Deep\n\n# Another"], ["Prose before any heading."]))

    headings = [block for block in tree["blocks"] if block["t"] == "heading"]

    assert [(block["level"], plain(block["c"])) for block in headings] == [
        (1, "One"), (2, "Deep"), (2, "Another"), (1, "Chapter"),
    ]  # fmt: skip


def test_two_records_under_one_number_are_a_problem() -> None:
    other = [{**pages.EVIDENCE[0], "record_id": "s-9999"}]
    clash = Display([b.paragraph(b.cite([1]))], other)

    assert problems_of(shown(["# One", pages.findings(), clash])) == [
        "briefing: E1 stands for two different records, s-0001 and s-9999"
    ]


def test_plain_output_is_set_as_its_text() -> None:
    notebook = shown(["# One", "prose"])
    output = nbformat.v4.new_output(
        "execute_result", data={"text/plain": "   a  b\n0  1  2", "text/html": "<table>"}
    )
    printed = nbformat.v4.new_output("stream", name="stdout", text="\x1b[31mred\x1b[0m\n")
    notebook.cells[1] = nbformat.v4.new_code_cell(
        "x", outputs=[output, printed], metadata=notebook.cells[1].metadata
    )

    assert document_tree(notebook)["blocks"][1:] == [
        b.preformatted("   a  b\n0  1  2"),
        b.preformatted("red"),
    ]


@pytest.mark.parametrize(
    ("output", "problem"),
    [
        (
            nbformat.v4.new_output("stream", name="stderr", text="x.py:1: Warning: old\n"),
            "00_chapter.ipynb: a cell wrote to stderr: x.py:1: Warning: old",
        ),
        (
            nbformat.v4.new_output("execute_result", data={"text/plain": "<Styler at 0x7f0000000000>"}),
            "00_chapter.ipynb: a cell shows what has no text to set (text/plain): <Styler at 0x7f0000000000>",
        ),
        (
            nbformat.v4.new_output("error", ename="KeyError", evalue="'x'", traceback=[]),
            "00_chapter.ipynb: a cell stopped with KeyError: 'x'",
        ),
    ],
)
def test_what_cannot_be_set_stops_the_build(output: nbformat.NotebookNode, problem: str) -> None:
    notebook = shown(["# One"])
    notebook.cells.append(
        nbformat.v4.new_code_cell("x", outputs=[output], metadata=notebook.cells[0].metadata)
    )

    assert problems_of(notebook) == [problem]


def test_a_cell_for_the_notebook_only_stays_behind() -> None:
    notebook = shown(["# One", "How to run this."])
    notebook.cells[1].metadata["tags"] = ["notebook-only"]

    assert len(document_tree(notebook)["blocks"]) == 1


def test_making_the_tree_leaves_the_notebook_as_it_was() -> None:
    notebook = sample_notebook()
    before = copy.deepcopy(notebook)

    document_tree(notebook)

    assert notebook == before


def test_quotations_that_replay_pass() -> None:
    check_quotations(sample_tree(), DOCUMENTS)


@pytest.mark.parametrize(
    "change", [{"quote": "something else"}, {"start": 3}, {"doc_id": "nobody"}, {"end": 9999}]
)
def test_a_quotation_that_does_not_replay_is_named_with_its_record(change: dict[str, Any]) -> None:
    tree = sample_tree()
    tree["evidence"][0].update(change)

    with pytest.raises(InputError, match=r"s-0001 \(E1\)"):
        check_quotations(tree, DOCUMENTS)
