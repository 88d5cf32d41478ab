"""The form on a desk's screen and on a phone, with a desk behind it but without Jupyter."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import demarche.reviewing
from demarche.reviewing.desk import Desk
from in_a_browser import CHROMIUM, browser
from test_review_figures import COME, FEWER, LIVE, session_on, write_river

__all__ = ["browser"]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed"),
]
FORM = Path(demarche.reviewing.__file__).parent / "form.js"
WIDTHS = (1280, 390)
# what anywidget is to the form: a model that holds the view, takes messages and says when it has changed
MODEL = """view => {
  let tell;
  const send = async message => { view = await deed(message); tell(); };
  form.render({ model: { get: () => view, on: (_, f) => { tell = f; }, send }, el: document.body });
}"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(session_on(write_river(tmp_path / "river")), ["figures"])


def shown(browser: Browser, desk: Desk, width: int) -> Page:
    """The form of a desk in a window; each answer is the desk's own."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    numbers = iter(range(1, 1000))

    def deed(message: dict[str, Any]) -> dict[str, Any]:
        desk.act(message)
        return {"number": next(numbers), **desk.view()}

    page.expose_function("deed", deed)
    script = FORM.read_text(encoding="utf-8").replace("export default { render }", "window.form = { render }")
    page.set_content(f"<style>{FORM.with_suffix('.css').read_text(encoding='utf-8')}</style><body>")
    page.add_script_tag(content=script)
    page.evaluate(MODEL, {"number": 0, **desk.view()})
    return page


@pytest.mark.parametrize("width", WIDTHS)
def test_a_figure_is_shown_whole_and_decided_on(
    browser: Browser, desk: Desk, width: int, tmp_path: Path
) -> None:
    page = shown(browser, desk, width)
    for value in (COME.value, LIVE.value):
        expect(page.locator("[name=value]")).to_have_value(value)
        page.keyboard.press("j")
    expect(page.locator("[name=value]")).to_have_value(FEWER.value)
    told = {
        name: page.locator(f"[name={name}]").input_value() for name in ("value", "unit", "what", "speaker")
    }
    page.screenshot(path=Path(os.environ.get("SCREENSHOTS") or tmp_path) / f"figure-{width}.png")
    seen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type("260")
    page.keyboard.press("Enter")
    page.keyboard.press("a")
    expect(page.locator(".dm-said")).to_have_text("accepted: 250 anglers (anglers by the river), changed")
    page.close()

    assert told == {"value": "250", "unit": "anglers", "what": "anglers by the river", "speaker": "mill"}
    assert seen[0] <= seen[1]
    assert [row.value for row in desk.session.coding.figures if row.decision == "accepted"] == ["260"]


def test_what_was_written_outlives_a_refusal_and_a_comment(browser: Browser, desk: Desk) -> None:
    page = shown(browser, desk, WIDTHS[0])
    page.locator("[name=what]").fill("those who came")
    page.locator("[name=value]").fill("forty")
    page.keyboard.press("Enter")
    page.keyboard.press("a")
    expect(page.locator(".dm-said")).to_contain_text("value is 'forty', expected a number in digits")
    page.locator("[name=note]").fill("counted twice")
    page.keyboard.press("Enter")
    expect(page.locator(".dm-said")).to_have_text("noted")
    kept = [page.locator(f"[name={name}]").input_value() for name in ("what", "value", "note")]
    page.locator("[name=value]").fill("41")
    page.keyboard.press("Enter")
    page.keyboard.press("a")
    expect(page.locator(".dm-said")).to_contain_text("accepted")
    following = page.locator("[name=value]").input_value()
    page.close()

    assert kept == ["those who came", "forty", "counted twice"]
    assert {(row.what, row.value) for row in desk.session.coding.figures if row.decision == "accepted"} == {
        ("those who came", "41")
    }
    assert following == LIVE.value


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_asked_about_is_chosen_in_the_form(browser: Browser, desk: Desk, width: int) -> None:
    page = shown(browser, desk, width)
    expect(page.locator(".dm-why")).to_contain_text("a reprint has the same words: one answer for all")
    page.get_by_title("Which kinds").select_option("events")
    expect(page.locator(".dm-why")).to_contain_text("event")
    fields = page.locator(".dm-fields [name]").evaluate_all("all => all.map(each => each.name)")
    page.keyboard.press("n")
    for noun in ("an event", "a figure", "a forecast", "a statement"):
        expect(page.locator(".dm-why")).to_have_text(f"add {noun}")
        page.keyboard.press("v")
    page.close()

    assert fields == ["date", "date_text", "status", "actors"]
