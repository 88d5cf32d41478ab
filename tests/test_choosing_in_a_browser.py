"""Filtering and sorting as a reader does it: by pointer, by keyboard, by an address that leads to a view."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from in_a_browser import CHROMIUM, address, browser, opened

__all__ = ["address", "browser"]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed")]


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page, said = opened(browser, address, 1280)
    yield page
    page.close()
    assert said == []


def shown(page: Page, selector: str) -> list[str]:
    """The texts of what is shown of the elements a selector names."""
    return [element.inner_text() for element in page.query_selector_all(selector) if element.is_visible()]


def evidence(page: Page) -> list[str]:
    return shown(page, ".evidence-number")


def test_a_number_shows_its_words_before_one_goes_there(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address, 1280)
    link = page.locator(".finding .cite a").first
    untouched = link.get_attribute("title")
    link.focus()
    number = link.text_content()
    words = page.locator(f"#{str(number).lower()} mark").text_content()
    name, title = link.get_attribute("aria-label"), link.get_attribute("title")
    page.close()

    assert untouched is None
    assert name == f"Evidence {number}"
    assert str(title).startswith(f"“{words}” – ")


def test_all_is_shown_at_first_and_the_filter_stands_ready(page: Page) -> None:
    assert evidence(page) == ["E1", "E3", "E5", "E6", "E7", "E8"]
    assert page.is_visible("#by-actor")
    assert not page.is_visible("#selection")


def test_an_actor_chosen_leaves_what_rests_on_its_words(page: Page) -> None:
    page.select_option("#by-actor", "aldmouth")

    assert evidence(page) == ["E1", "E6"]
    assert [text[:3] for text in shown(page, ".finding")] == ["Two"]
    assert [text.split("\t")[0] for text in shown(page, "#stances tbody tr")] == ["Aldmouth"]
    assert shown(page, "#stances .count") == [" (1 of 3 rows)"]
    assert [text.splitlines()[0] for text in shown(page, ".card")] == ["No lorries"]
    assert page.inner_text("#said") == "Shown: 2 of 6 quotations."
    assert "actor Aldmouth – 2 of 6 quotations" in page.inner_text("#selection")


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({"demand": "no-lorries"}, ["E1", "E3", "E6"]),
        ({"actor": "brack", "demand": "no-lorries"}, ["E3"]),
        ({"source": "minutes"}, ["E6", "E7", "E8"]),
        ({"actor": "aldmouth", "demand": "a-toll"}, []),
    ],
)
def test_what_is_chosen_counts_together(page: Page, asked: dict[str, str], left: list[str]) -> None:
    for facet, value in asked.items():
        page.select_option(f"#by-{facet}", value)

    assert evidence(page) == left


def test_days_count_from_their_first_and_a_source_of_a_month_from_its_first(page: Page) -> None:
    page.fill("#by-from", "2019-05-03")
    page.fill("#by-to", "2019-05-31")
    page.dispatch_event("#by-to", "change")

    assert evidence(page) == ["E1", "E3", "E5"]


def test_everything_comes_back(page: Page) -> None:
    page.select_option("#by-source", "letter")
    page.click("#filter button[type=reset]")

    expect(page.locator("#said")).to_have_text("Everything is shown.")
    assert len(evidence(page)) == 6
    assert not page.is_visible("#selection")


def test_the_link_to_a_view_leads_to_the_same_view(page: Page, browser: Browser, address: str) -> None:
    page.select_option("#by-actor", "brack")
    page.click("#stances th >> nth=0 >> button")
    page.click("#stances th >> nth=0 >> button")
    link = page.get_attribute("#permalink", "href") or ""
    other, said = opened(browser, address + link, 390)

    assert link == "#actor=brack&sort=stances.0.down"
    assert page.evaluate("location.hash") == link
    assert evidence(other) == ["E3", "E7"]
    assert other.get_attribute("#stances th >> nth=0", "aria-sort") == "descending"
    assert other.input_value("#by-actor") == "brack"
    assert said == []
    other.close()


def test_an_address_that_asks_for_what_is_not_there_shows_everything(browser: Browser, address: str) -> None:
    page, said = opened(browser, f"{address}#actor=nobody&sort=nothing.9.up&sort=stances.99.down&x=%00", 1280)

    assert len(evidence(page)) == 6
    assert said == []
    page.close()


def test_a_citation_of_what_is_filtered_out_still_leads_there(page: Page) -> None:
    page.select_option("#by-source", "letter")
    page.evaluate("location.hash = '#e7'")
    page.wait_for_selector("#e7:visible")

    assert evidence(page) == ["E1", "E3", "E5", "E7"]


def test_a_table_is_sorted_up_down_and_back(page: Page) -> None:
    first = shown(page, "#stances tbody th")
    orders = []
    for _ in range(3):
        page.click("#stances thead button >> nth=3")
        orders.append([text.split("\t")[0] for text in shown(page, "#stances tbody tr")])

    assert first == ["Aldmouth", "Brack", "The drivers"]
    assert orders == [["The drivers", "Aldmouth", "Brack"], ["Aldmouth", "Brack", "The drivers"], first]
    assert page.get_attribute("#stances thead th >> nth=3", "aria-sort") is None


def test_the_keyboard_alone_filters_and_sorts(page: Page) -> None:
    page.focus("#by-actor")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#by-actor")).to_have_value("aldmouth")
    page.focus("#stances thead button >> nth=0")
    page.keyboard.press("Enter")

    assert page.get_attribute("#stances thead th >> nth=0", "aria-sort") == "ascending"
    assert page.inner_text("#said") == "Sorted by Party, ascending."
    assert page.get_attribute("#said", "role") == "status"


def test_on_paper_the_form_is_left_out_and_the_selection_is_named(page: Page) -> None:
    page.select_option("#by-actor", "brack")
    page.emulate_media(media="print")

    assert not page.is_visible("#filter")
    assert page.is_visible("#selection")


def test_without_scripts_everything_is_there_and_no_form_is(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}#actor=brack")

    assert len(evidence(page)) == 6
    assert not page.is_visible("#filter")
    context.close()
