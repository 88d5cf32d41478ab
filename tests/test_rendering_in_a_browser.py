"""The page as Chromium shows it: no width overflows, by day and by night, on paper, with the network shut."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from in_a_browser import CHROMIUM, address, browser, opened

__all__ = ["address", "browser"]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 360])
def test_nothing_is_wider_than_the_window(browser: Browser, address: str, width: int, scheme: str) -> None:
    page, said = opened(browser, address, width, scheme)
    seen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    page.close()

    assert said == []
    assert seen == [width, width]


def test_the_styles_are_allowed_and_at_work(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address, 1280, "dark")
    colours = page.evaluate(
        "['body', '.chip-rejects'].map(s => getComputedStyle(document.querySelector(s))"
        "[s == 'body' ? 'backgroundColor' : 'color'])"
    )
    page.close()

    assert colours == ["rgb(22, 24, 27)", "rgb(255, 159, 112)"]


def test_a_citation_leads_to_its_quotation_and_back(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address, 1280)
    page.click(".finding .cite a >> nth=0")
    there = page.evaluate("location.hash")
    page.click("#e1 .back a >> nth=0")
    back = page.evaluate("[location.hash, !!document.querySelector(location.hash)?.closest('.finding')]")
    page.close()

    assert there == "#e1"
    assert back == ["#r1", True]


def test_the_keyboard_reaches_the_skip_link_first(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address, 1280)
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.className")
    page.close()

    assert first == "skip"


def test_printing_leaves_out_what_only_a_screen_needs(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address, 1280, "dark")
    page.emulate_media(media="print")
    shown = page.evaluate(
        "[getComputedStyle(document.querySelector('.side')).display,"
        " getComputedStyle(document.body).backgroundColor]"
    )
    page.close()

    assert shown == ["none", "rgb(255, 255, 255)"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Browser, address: str, scheme: str) -> None:
    """WCAG 2.2 AA asks for 4.5 : 1."""
    page, _ = opened(browser, address, 1280, scheme)
    contrasts = page.evaluate(CONTRASTS)
    page.close()

    assert len(contrasts) > 300
    assert [found for found in contrasts if found[0] < 4.5] == []


CONTRASTS = """() => {
  const channels = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = channels(getComputedStyle(e).backgroundColor);
      if (colour.length == 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || element.closest('svg')) continue;
    const pair = [light(channels(getComputedStyle(element).color)), light(ground(element))];
    const [a, b] = pair.sort((x, y) => y - x);
    found.push([Math.round(100 * (a + 0.05) / (b + 0.05)) / 100, element.tagName + '.' + element.className]);
  }
  return found;
}"""
