"""Pictures hold shapes, text and links only; text is made fit for the fonts that are there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from demarche.rendering.fonts import LONGEST_TOKEN, MISSING, Fitting, coverage
from demarche.rendering.han import han_points
from demarche.rendering.pictures import at_night, inline_picture, night_rules, typeface_rules
from demarche.rendering.svg import SVGError, links, ratio, relinked, shapes, svg_of
from sample_briefing import pages

TOP = Path(__file__).resolve().parents[1]
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
BOMB = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + HEAD + "<text>&b;</text></svg>"
LINKED = f'{HEAD}<a xlink:href="#e4"><text>E4</text></a><a xlink:href="#gone"><rect/></a></svg>'


def plot() -> Figure:
    figure = Figure(figsize=(4, 2))
    axes = figure.add_subplot()
    axes.plot([1, 2, 3], [1, 3, 2], marker="o")
    axes.set_title("Week <of> “May” & June é")
    axes.text(1, 2, "linked", url="#e3")
    return figure


def test_the_same_figure_makes_the_same_picture() -> None:
    assert svg_of(plot()) == svg_of(plot())


def test_a_picture_carries_no_style_sheet_no_date_and_no_machine() -> None:
    source = svg_of(plot())

    assert not re.search(r"<style|<metadata|style=|matplotlib|20\d\d-\d\d", source)
    assert "Week &lt;of&gt; “May” &amp; June é" in source


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p/></foreignObject>",
        '<image href="https://example.org/x.png"/>',
        '<image href="data:image/svg+xml;base64,AAAA"/>',
        '<use xlink:href="file:///etc/passwd#x"/>',
        '<rect onclick="x()"/>',
        '<rect fill="url(https://example.org/#a)"/>',
        '<rect style="fill:url(//example.org)"/>',
        '<a xlink:href="javascript:alert(1)"><rect/></a>',
        '<animate attributeName="x"/>',
        "<unclosed>",
    ],
)
def test_a_picture_that_does_or_fetches_something_is_refused(inside: str) -> None:
    with pytest.raises(SVGError):
        shapes(f"{HEAD}{inside}</svg>")


@pytest.mark.parametrize("source", [BOMB, "<html/>", "", "no picture"])
def test_what_is_no_plain_picture_is_refused(source: str) -> None:
    with pytest.raises(SVGError):
        shapes(source)


def test_ids_of_pictures_on_one_page_are_kept_apart() -> None:
    source = pages.chart().blocks[0]["svg"]
    first, second = (str(inline_picture(source, prefix=p, anchors="", label="x")) for p in ("a-", "b-"))
    ids = re.findall(r' id="([^"]+)"', first)

    assert ids
    assert all(name.startswith("a-") for name in ids)
    assert not set(ids) & set(re.findall(r' id="([^"]+)"', second))
    assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', first)) <= set(ids)


def test_links_of_a_picture_are_led_where_they_belong_or_taken_away() -> None:
    moved = relinked(LINKED, {"e4": "e7"}.get)

    assert links(LINKED.replace("xlink:", "")) == ["e4", "gone"]
    assert links(moved) == ["e7"]


def test_a_picture_with_links_is_a_group_and_its_nameless_links_are_not_stopped_at() -> None:
    page = str(inline_picture(LINKED, prefix="p-", anchors="d-", label='an "alt" text'))

    assert 'role="group" aria-label="an &quot;alt&quot; text"' in page
    assert '<a href="#d-e4"><text>' in page
    assert '<a href="#d-gone" tabindex="-1" aria-hidden="true">' in page


def test_a_pictures_height_is_told_in_widths() -> None:
    assert ratio(pages.chart().blocks[0]["svg"]) == pytest.approx(2.6 / 6.3)


def test_dark_pages_turn_light_colours_dark_and_keep_the_hue() -> None:
    rules = night_rules([f'{HEAD}<rect fill="#ffffff" stroke="#003366"/></svg>'])

    assert at_night("#000000") == "#e6e6e6"
    assert '[fill="#ffffff"]{fill:var(--ground)}' in rules
    assert '[stroke="#003366"]' in rules


def test_pictures_carry_the_letters_they_need_and_not_the_whole_typeface() -> None:
    rules = typeface_rules([pages.chart().blocks[0]["svg"]])

    assert rules.count("@font-face") == 1
    assert 2_000 < len(rules) < 20_000


@given(st.text(max_size=200))
def test_fitted_text_holds_only_what_a_font_has(text: str) -> None:
    known = frozenset().union(*coverage(), han_points())
    fitted = Fitting().fit(text)

    assert all(ord(character) in known for character in fitted)
    assert all(
        len(token) <= LONGEST_TOKEN for token in re.split("[ \u200b\u00a0\u2000-\u200a\u3000]", fitted)
    ) or (not fitted.isascii())


@given(st.text(max_size=200))
def test_fitting_twice_changes_nothing_more(text: str) -> None:
    once = Fitting().fit(text)

    assert Fitting().fit(once) == once


def test_what_no_font_has_is_shown_as_missing_and_remembered(without_han: None) -> None:
    fitting = Fitting()

    assert fitting.fit("Zhu (朱江明)") == f"Zhu ({MISSING * 3})"
    assert sorted(fitting.missing) == sorted("朱江明")


def test_lines_of_a_listing_stay_lines() -> None:
    assert Fitting().fit_lines("a  b\n\tc\x00") == "a  b\n    c"


def test_years_joined_by_a_dash_are_not_parted() -> None:
    assert Fitting().fit("2021–22") == "2021\u2060–\u206022"


def test_the_list_of_characters_is_that_of_the_fonts_installed() -> None:
    code = "import json, font_coverage; print(json.dumps(font_coverage.coverage()))"
    measured = subprocess.run(
        [sys.executable, "-c", code], cwd=TOP / "scripts", capture_output=True, text=True, check=True
    )
    kept = json.loads((TOP / "src" / "demarche" / "rendering" / "fonts.json").read_text(encoding="utf-8"))

    assert json.loads(measured.stdout) == kept
