"""The page: one file, one script of its own, no request; sound to a screen reader and on a phone."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from demarche.rendering.exporters.html import HTMLBriefing, html_page
from sample_briefing import sample_notebook, sample_tree


class Page(HTMLParser):
    """A page's elements in order, and the text of its style."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag in tags]

    def values(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.elements if name in attributes]


@pytest.fixture(scope="module")
def source() -> str:
    return html_page(sample_tree())


@pytest.fixture(scope="module")
def page(source: str) -> Page:
    return Page(source)


def test_the_same_notebook_makes_the_same_page() -> None:
    made = [HTMLBriefing().from_notebook_node(sample_notebook())[0] for _ in range(2)]

    assert made[0] == made[1]


def test_the_page_has_a_language_one_first_heading_and_no_level_left_out(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]

    assert page.all("html")[0]["lang"] == "en-GB"
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_page_has_its_landmarks_and_a_way_past_the_contents(page: Page) -> None:
    assert [len(page.all(tag)) for tag in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert page.all("a")[0] == {"class": "skip", "href": "#content"}


def test_no_id_stands_twice_and_every_link_within_the_page_leads_somewhere(page: Page) -> None:
    ids = page.values("id")
    inner = {href[1:] for href in page.values("href") if href.startswith("#")}

    assert len(ids) == len(set(ids))
    assert inner <= set(ids)
    assert {"e1", "e3", "e5", "e6", "e7", "e8", "stances"} <= inner


def test_the_page_loads_nothing(source: str, page: Page) -> None:
    fetched = [value for name in ("src", "data", "srcset", "poster") for value in page.values(name)]

    assert fetched == []
    assert not page.all("link", "iframe", "object", "embed", "base", "img")
    assert page.all("script") == [{}]
    assert not [form for form in page.all("form") if "action" in form]
    assert not re.search(r"url\((?!data:|#)", source)
    assert "@import" not in source


def test_the_policy_knows_style_and_script_by_their_hashes_and_allows_nothing_else(
    source: str, page: Page
) -> None:
    style, script = (digest_of(source, tag) for tag in ("style", "script"))
    (policy,) = [meta["content"] for meta in page.all("meta") if "http-equiv" in meta]

    assert policy == (
        f"default-src 'none'; style-src '{style}'; script-src '{script}'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    assert page.values("style") == []


def digest_of(source: str, tag: str) -> str:
    """The hash of what stands in a page's one element of this name."""
    (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", source, re.DOTALL)
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def test_what_is_for_the_script_only_is_not_shown_without_it(page: Page) -> None:
    (box,) = [details for details in page.all("details") if details.get("class") == "filter-box"]

    assert "hidden" in box


def test_the_filter_offers_what_the_evidence_names_and_how_often(source: str) -> None:
    choices = re.findall(r'<option value="([\w-]+)" data-name="[^"]*">([^<]*)<', source)

    assert choices == [
        ("aldmouth", "Aldmouth (2)"), ("brack", "Brack (2)"),
        ("no-lorries", "No lorries (3)"), ("a-toll", "A toll (1)"),
        ("letter", "A letter to the bridge council (3)"), ("minutes", "Minutes of the second round (3)"),
    ]  # fmt: skip


def test_every_picture_says_what_it_shows(page: Page) -> None:
    pictures = page.all("svg")

    assert [(picture["role"], picture["aria-label"]) for picture in pictures] == [
        ("img", "Lorries counted per week: one, two, one.")
    ]


def test_tables_have_captions_scopes_and_a_place_for_the_keyboard(page: Page) -> None:
    scopes = {heading.get("scope") for heading in page.all("th")}
    regions = [element for element in page.all("div") if element.get("class") == "scroll"]

    assert len(page.all("table")) == len(page.all("caption")) == 3
    assert scopes == {"col", "row"}
    assert len(regions) == 4
    assert all(region["tabindex"] == "0" and region["aria-labelledby"] for region in regions)


def test_the_sample_is_lean(source: str) -> None:
    assert len(source.encode()) < 150_000


def test_a_glyph_is_not_read_out_beside_its_word(source: str) -> None:
    assert '<span class="chip chip-rejects"><span aria-hidden="true">✕</span>&nbsp;rejects</span>' in source


def test_landmarks_are_few_enough_to_find_ones_way_by() -> None:
    """Every table and picture is a named group; were each a region, a list of landmarks would be of those."""
    page = html_page(sample_tree())

    landmarks = re.findall(r'<(header|nav|main|footer|aside)\b|role="(region|search|navigation)"', page)
    assert [tag or role for tag, role in landmarks] == ["header", "search", "nav", "main", "footer"]
    assert page.count('role="group" tabindex="0" aria-labelledby="') == 4
