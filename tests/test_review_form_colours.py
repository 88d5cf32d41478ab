"""The form of a review by day and by night: its words and the edges of its fields stand out (WCAG 2.2 AA)."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

import demarche.reviewing
from in_a_browser import CHROMIUM, browser

__all__ = ["browser"]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed"),
]
CSS = (Path(demarche.reviewing.__file__).parent / "form.css").read_text(encoding="utf-8")
# what the two themes of JupyterLab 4 say of the colours that the form takes from them
THEMES = {
    "true": {
        "ui-font-color1": "rgba(0,0,0,.87)", "ui-font-color2": "rgba(0,0,0,.54)", "layout-color1": "#fff",
        "border-color2": "#e0e0e0", "error-color1": "#d32f2f", "brand-color1": "#1976d2",
    },
    "false": {
        "ui-font-color1": "rgba(255,255,255,.87)", "ui-font-color2": "rgba(255,255,255,.54)",
        "layout-color1": "#212121", "border-color2": "#424242", "error-color1": "#f44336",
        "brand-color1": "#2196f3",
    },
}  # fmt: skip
FORM = """<div class="dm-form" tabindex="0">
<div class="dm-bar"><b>title</b><span>count</span></div>
<div class="dm-source"><select><option>a</select></div>
<div class="dm-text"><span>before</span> <span class="dm-in">marked</span></div><div class="dm-why">why</div>
<div class="dm-fields"><label>Demand<select><option>a</select></label><label>Actor<input></label>
<label>Position<select class="dm-changed"><option>a</select></label></div>
<div class="dm-said dm-wrong">wrong</div>
<div class="dm-foot"><button><kbd>a</kbd>accept</button></div></div>"""
# colours laid one over another as a screen does it, alpha and mixtures included
SEEN = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const over = colours => {
    colours.forEach(colour => { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); });
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = rgb => rgb.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const grounds = element => element
    ? [...grounds(element.parentElement), getComputedStyle(element).backgroundColor] : [];
  const contrast = (element, colour) => {
    const under = ["#fff", ...grounds(element)];
    const [a, b] = [light(over([...under, colour])), light(over(under))].sort((x, y) => y - x);
    return Math.round(100 * (a + 0.05) / (b + 0.05)) / 100;
  };
  const found = [];
  for (const element of document.querySelectorAll(".dm-form *")) {
    const style = getComputedStyle(element), name = `${element.tagName}.${element.className}`;
    if (element.matches("select, input")) found.push([name, "edge", contrast(element, style.borderTopColor)]);
    else if ([...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
      found.push([name, "words", contrast(element, style.color)]);
  }
  return found;
}"""


@pytest.mark.parametrize("is_light", THEMES)
def test_words_and_fields_of_the_form_stand_out(browser: Browser, is_light: str) -> None:
    colours = ";".join(f"--jp-{name}: {value}" for name, value in THEMES[is_light].items())
    page = browser.new_page()
    page.set_content(f'<style>{CSS}</style><body data-jp-theme-light="{is_light}" style="{colours}">{FORM}')
    seen = page.evaluate(SEEN)
    page.close()

    assert {what for _, what, _ in seen} == {"edge", "words"}
    assert [each for each in seen if each[2] < {"edge": 3, "words": 4.5}[each[1]]] == []
