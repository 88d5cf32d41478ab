"""The page on a screen as narrow as a phone: what stood side by side is read one below another."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from demarche import blocks as b
from demarche.rendering.display import Display
from demarche.rendering.exporters.html import html_page
from demarche.rendering.merge import document_tree
from demarche.rendering.stacking import stacked_labels
from in_a_browser import CHROMIUM, browser, opened
from sample_briefing import shown

__all__ = ["browser"]
PROSE = "many words that would stand one below another"
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed")


def table(*titles: str, row: list[b.Inlines]) -> b.Block:
    return b.table([b.column(title) for title in titles], [row], anchor="t", caption="")


@pytest.mark.parametrize(
    ("row", "stacked"),
    [
        (["Aldmouth", PROSE, PROSE], ["", "B", "C"]),
        (["7", PROSE, PROSE], ["A", "B", "C"]),
        (["Aldmouth", PROSE], []),
        ([PROSE, PROSE], []),
        ([PROSE * 2, PROSE * 2], ["", "B"]),
        (["7"], []),
        (["Aldmouth", "12", PROSE], []),
        (["Aldmouth", "12", "34", PROSE * 2], ["", "B", "C", "D"]),
        (["Aldmouth", "12", "34", "56", "78"], []),
        (["Aldmouth", "12", "34", "56", "78", "90"], ["", "B", "C", "D", "E", "F"]),
        (["Aldmouth", [b.cite([1, 3, 5, 7])], PROSE], ["", "B", "C"]),
    ],
)
def test_rows_are_stacked_where_columns_of_prose_have_no_room(
    row: list[b.Inlines], stacked: list[str]
) -> None:
    assert stacked_labels(table(*"ABCDEF"[: len(row)], row=row)) == stacked


@pytest.fixture
def tables(tmp_path: Path) -> str:
    """A page with a table of prose and one of numbers."""
    titles, prose = ["Party", "Asks", "Answers"], [["Brack", PROSE * 3, PROSE * 3]] * 3
    shown_tables = [
        b.table([b.column(title) for title in titles], prose, anchor="prose", caption="Prose"),
        b.table(
            [b.column(title) for title in titles], [["Brack", "1", "2"]] * 3, anchor="few", caption="Few"
        ),
    ]
    tree = document_tree(shown(["# One", Display(shown_tables, {})]))
    (tmp_path / "page.html").write_text(html_page(tree), encoding="utf-8")
    return (tmp_path / "page.html").as_uri()


@pytest.mark.slow
@needs_chromium
def test_prose_in_a_table_has_the_whole_width_of_a_phone(browser: Browser, tables: str) -> None:
    page, _ = opened(browser, tables, 360)
    widths = page.evaluate("[...document.querySelectorAll('#prose td')].map(cell => cell.offsetWidth)")
    heads = page.evaluate(
        "[...document.querySelectorAll('#few th, #few td')].map(cell => cell.getBoundingClientRect().bottom)"
    )
    page.close()

    assert min(widths) > 300
    assert len(set(heads)) == 4


@pytest.mark.slow
@needs_chromium
def test_a_table_in_rows_is_heard_as_a_table_and_can_be_sorted(browser: Browser, tables: str) -> None:
    page, _ = opened(browser, tables, 360)
    seen = page.locator("#prose").aria_snapshot()
    page.click("#prose .sort >> nth=1")
    order = page.evaluate("document.querySelector('#prose [aria-sort]').textContent")
    page.close()

    assert [seen.count(f"- {role} ") for role in ("table", "columnheader", "rowheader", "cell")] == [
        1,
        3,
        3,
        6,
    ]
    assert order == "Asks"


def picture(anchor: str, width: int) -> b.Block:
    words = '<text x="1" y="9">Brack</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 100">{words}</svg>'
    return b.figure(svg, anchor=anchor, alt="Who is named.", caption=anchor)


@pytest.fixture
def pictures(tmp_path: Path) -> str:
    """A page with a picture that has a narrow one, and one whose left fifth names its rows."""
    both = b.with_narrow(picture("both", 450), picture("small", 250)["svg"])
    tree = document_tree(shown(["# One", Display([both, b.with_heads(picture("moved", 450), 0.2)], {})]))
    (tmp_path / "page.html").write_text(html_page(tree), encoding="utf-8")
    return (tmp_path / "page.html").as_uri()


@pytest.mark.slow
@needs_chromium
@pytest.mark.parametrize(("width", "shown_boxes"), [(360, ["0 0 250 100"]), (1280, ["0 0 450 100"])])
def test_a_picture_has_another_in_its_place_on_a_phone(
    browser: Browser, pictures: str, width: int, shown_boxes: list[str]
) -> None:
    page, _ = opened(browser, pictures, width)
    boxes = page.evaluate(
        "[...document.querySelectorAll('#both svg')].filter(svg => svg.getClientRects().length)"
        ".map(svg => svg.getAttribute('viewBox'))"
    )
    images = page.locator("#both").aria_snapshot().count("img")
    page.close()

    assert boxes == shown_boxes
    assert images == 1


@pytest.mark.slow
@needs_chromium
def test_the_names_of_rows_stay_in_sight_when_a_picture_is_moved(browser: Browser, pictures: str) -> None:
    page, _ = opened(browser, pictures, 360)
    page.evaluate("document.querySelector('#moved .scroll').scrollLeft = 150")
    left, heads, whole = page.evaluate(
        "['#moved .scroll', '#moved .heads', '#moved .scroll > svg']"
        ".map(part => document.querySelector(part).getBoundingClientRect())"
    )
    page.close()

    assert heads["left"] == left["left"] > whole["left"]
    assert heads["width"] == pytest.approx(whole["width"] / 5, abs=1)
    assert heads["height"] == pytest.approx(whole["height"], abs=1)
