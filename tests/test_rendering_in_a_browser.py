"""The page as Chromium shows it: no width overflows, by day and by night, on paper, with the network shut."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from demarche.rendering.exporters.html import html_page
from sample_briefing import sample_tree

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed"),
]
QUIET = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("page") / "briefing.html"
    path.write_text(html_page(sample_tree()), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


def opened(browser: Browser, address: str, width: int, scheme: str = "light") -> tuple[Page, list[str]]:
    """The page at a width, and what it asked for or complained of."""
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url) if request.url != address else None)
    page.route("http*://**", lambda route: route.abort())
    page.goto(address)
    return page, [line for line in said if not line.startswith("data:")]


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
        "[getComputedStyle(document.querySelector('.contents')).display,"
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
