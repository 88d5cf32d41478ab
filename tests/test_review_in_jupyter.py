"""The form as somebody uses it: JupyterLab in Chromium, by keyboard, with a kernel that dies."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from demarche.codebook import read_codebook
from demarche.coding import read_coding
from demarche.corpus import read_corpus

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
STUDY = Path(__file__).parent / "studies" / "library-hours"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed"),
]
CELL = 'import demarche\n\ndemarche.review("study", coder="ann")'
PATIENCE = 60_000
HOSTILE = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to work in: a study on which nobody has decided, and a notebook with one cell."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(STUDY, folder / "study", ignore=shutil.ignore_patterns("coding", ".demarche"))
    title = (folder / "study" / "study.yaml").read_text(encoding="utf-8")
    hostile = title.replace("title: ", f"title: '{HOSTILE.replace(chr(39), chr(39) * 2)}' # ", 1)
    (folder / "study" / "study.yaml").write_text(hostile, encoding="utf-8")
    for path in (folder / "study" / "corpus").iterdir():
        path.write_text(path.read_text(encoding="utf-8").rstrip() + f" {HOSTILE}\n", encoding="utf-8")
    cell = {"cell_type": "code", "id": "review", "metadata": {}, "source": CELL, "outputs": [],
            "execution_count": None}  # fmt: skip
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (folder / "review.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """The address and the process of a JupyterLab of our own, shut off from anybody's settings."""
    home = tmp_path_factory.mktemp("jupyter")
    places = {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")} | {
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
    }
    process = subprocess.Popen(
        [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.port=0",
            "--IdentityProvider.token=", "--ServerApp.password=", "--ServerApp.disable_check_xsrf=True",
            f"--ServerApp.root_dir={folder}", "--LabApp.news_url=None", "--LabApp.check_for_updates_class="
            "jupyterlab.NeverCheckForUpdate",
        ],
        stderr=subprocess.PIPE, text=True, env={**os.environ, **places},
    )  # fmt: skip
    assert process.stderr
    address = ""
    for line in process.stderr:
        if found := re.search(r"http://(?:localhost|127\.0\.0\.1):\d+/", line):
            address = found[0]
            break
    drain = subprocess.Popen(["cat"], stdin=process.stderr, stdout=subprocess.DEVNULL)
    yield address, process.pid
    for child in psutil.Process(process.pid).children(recursive=True):
        child.kill()
    process.kill()
    process.wait()
    drain.wait()
    process.stderr.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        yield chromium
        chromium.close()


def opened(browser: Browser, address: str) -> Page:
    """The notebook in a fresh window, its cell run, the form on the screen; nothing else is reached."""
    page = browser.new_page(viewport={"width": 1200, "height": 850})
    page.route(
        lambda url: not url.startswith((address, address.replace("http", "ws"), "data:", "blob:")),
        lambda route: route.abort(),
    )
    page.goto(f"{address}lab/tree/review.ipynb?reset")
    page.locator(".jp-Notebook .jp-InputArea-editor").first.click(timeout=PATIENCE)
    expect(page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")).to_be_visible(timeout=PATIENCE)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".dm-form")).to_be_visible(timeout=PATIENCE)
    return page


def press(page: Page, key: str, said: str) -> None:
    """Press a key and see what the form says to it."""
    page.keyboard.press(key)
    expect(page.locator(".dm-said")).to_contain_text(said, timeout=PATIENCE)


def test_ten_decisions_by_keyboard_outlive_a_killed_kernel(
    browser: Browser, server: tuple[str, int], folder: Path, tmp_path: Path
) -> None:
    address, pid = server
    page = opened(browser, address)
    form = page.locator(".dm-form")
    form.focus()
    for number, key in enumerate("aaraaraaar", start=1):
        press(page, key, {"a": "accepted", "r": "rejected"}[key])
        expect(form.locator(".dm-bar")).to_contain_text(f"{number} decided", timeout=PATIENCE)
    page.screenshot(path=os.environ.get("SCREENSHOT") or tmp_path / "form.png")
    [kernel] = [
        child
        for child in psutil.Process(pid).children(recursive=True)
        if any("ipykernel" in word for word in child.cmdline())
    ]
    kernel.kill()
    page.close()
    again = opened(browser, address)
    expect(again.locator(".dm-bar")).to_contain_text("10 decided", timeout=PATIENCE)
    again.close()

    study = folder / "study"
    coding = read_coding(
        study / "coding", read_corpus(study / "corpus"), read_codebook(study / "codebook.yaml")
    )
    rows = [*coding.statements, *coding.events]
    assert sorted(row.decision for row in rows) == ["accepted"] * 7 + ["rejected"] * 3
    assert {row.coder for row in rows} == {"ann"}


def test_what_texts_hold_is_shown_and_never_obeyed(browser: Browser, server: tuple[str, int]) -> None:
    page = opened(browser, server[0])
    form = page.locator(".dm-form")
    form.focus()
    expect(form).to_contain_text("<img src=x onerror")
    page.keyboard.press("d")
    for _ in range(8):
        page.keyboard.press("n")
        expect(form.locator(".dm-why")).to_contain_text("add a")
        page.keyboard.press("ArrowDown")
    expect(form.locator(".dm-text")).to_contain_text("<script>")
    seen = form.locator("img, script").count(), page.title()
    page.close()

    assert seen[0] == 0
    assert "taken" not in seen[1]


def test_fields_ranges_and_missed_words_are_edited_by_keyboard(
    browser: Browser, server: tuple[str, int], folder: Path
) -> None:
    page = opened(browser, server[0])
    form = page.locator(".dm-form")
    form.focus()
    before = form.locator(".dm-text .dm-in").all_inner_texts()
    page.keyboard.press("]")
    after = form.locator(".dm-text .dm-in").all_inner_texts()
    press(page, "a", "changed")
    while not form.locator("select[name=demand]").count():  # what is added is of the kind that is shown
        page.keyboard.press("j")
        page.wait_for_timeout(300)
    page.keyboard.press("n")
    expect(form.locator(".dm-why")).to_contain_text("add a statement")
    for name in ("demand", "actor"):
        form.locator(f"select[name={name}]").select_option(index=1)
    form.focus()
    press(page, "a", "added")
    press(page, "u", "taken back: add")
    journal = folder / "study" / "coding" / "coders" / "ann" / "decisions.jsonl"
    deeds = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()][-3:]
    page.close()

    assert [deed["do"] for deed in deeds] == ["accept", "add", "undo"]
    assert len("".join(after)) > len("".join(before))
    assert deeds[0]["set"]["quote"] == "".join(after)


def test_a_figure_is_corrected_and_accepted_by_keyboard(
    browser: Browser, server: tuple[str, int], folder: Path
) -> None:
    page = opened(browser, server[0])
    form = page.locator(".dm-form")
    form.get_by_title("Which kinds").select_option("figures")
    expect(form.locator("input[name=value]")).to_be_visible(timeout=PATIENCE)
    proposed = form.locator("input[name=value]").input_value()
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type(f"{proposed}0")
    page.keyboard.press("Enter")
    press(page, "a", "changed")
    page.close()
    study = folder / "study"
    figures = read_coding(
        study / "coding", read_corpus(study / "corpus"), read_codebook(study / "codebook.yaml")
    ).figures

    assert sorted((row.decision, row.value) for row in figures) == [
        ("accepted", f"{proposed}0"),
        ("rejected", proposed),
    ]
