"""The briefing that ships is what the code makes of the study that ships, byte for byte."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from demarche.cli import main
from demarche.corpus import read_corpus

TOP = Path(__file__).resolve().parents[1]
STUDY = TOP / "data" / "russia-nato-2021"
SHIPPED = TOP / "reports" / "russia-nato-2021"
MADE = [
    "briefing.html",
    "briefing.pdf",
    *sorted(f"tables/{p.name}" for p in (SHIPPED / "tables").glob("*.csv")),
]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("reports") / "russia-nato-2021"
    result = CliRunner().invoke(main, ["report", str(STUDY), "--out", str(out), "--quiet"])
    assert result.exit_code == 0, result.output
    return out


def test_the_tables_and_both_renderings_ship() -> None:
    tables = ["demands", "documents", "events", "figures", "forecasts", "ledger", "stances", "statements"]
    assert ["briefing.html", "briefing.pdf", *(f"tables/{name}.csv" for name in tables)] == MADE


@pytest.mark.parametrize("name", MADE)
def test_the_shipped_file_is_what_the_code_makes(name: str, rebuilt: Path) -> None:
    assert (rebuilt / name).read_bytes() == (SHIPPED / name).read_bytes(), (
        f"run scripts/report and commit {name}"
    )


class Page(HTMLParser):
    """Tags with their attributes, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def values(self, name: str) -> Iterator[str]:
        return (value for _, attrs in self.tags if (value := attrs.get(name)))


@pytest.fixture(scope="module")
def page() -> Page:
    return Page((SHIPPED / "briefing.html").read_text(encoding="utf-8"))


def test_every_link_within_the_page_leads_somewhere(page: Page) -> None:
    ids = list(page.values("id"))
    targets = {href[1:] for href in page.values("href") if href.startswith("#")}

    assert len(set(ids)) == len(ids)
    assert targets <= set(ids)
    assert len([target for target in targets if re.fullmatch(r"e\d+", target)]) > 100


def test_the_page_asks_the_network_for_nothing_and_runs_its_own_script_only(page: Page) -> None:
    loads = [attrs.get("src") or attrs.get("data") or "" for _, attrs in page.tags]
    tags = [tag for tag, _ in page.tags]

    assert not [load for load in loads if load and not load.startswith("data:")]
    assert not {"iframe", "object", "embed"} & set(tags)
    html = (SHIPPED / "briefing.html").read_bytes()
    scripts = re.findall(rb"<script[^>]*>(.*?)</script>", html, re.DOTALL)
    hashed = [base64.b64encode(hashlib.sha256(script).digest()) for script in scripts]
    assert len(scripts) == 1 and b"sha256-" + hashed[0] in html
    assert not [attrs for tag, attrs in page.tags if tag == "link" and "http" in str(attrs.get("href"))]


def test_every_quotation_of_the_page_stands_in_a_text_of_the_study(page: Page) -> None:
    texts = [document.text for document in read_corpus(STUDY / "corpus")]
    html = (SHIPPED / "briefing.html").read_text(encoding="utf-8")
    marked = re.findall(r"<mark>(.*?)</mark>", html, re.DOTALL)

    assert len(marked) > 100
    for words in marked:
        plain = words.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")
        assert any(plain in text for text in texts), plain


def test_the_pdf_is_tagged_titled_and_has_bookmarks() -> None:
    with pikepdf.open(SHIPPED / "briefing.pdf") as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        with pdf.open_outline() as outline:
            assert len(outline.root) >= 6


def test_git_keeps_what_ships_and_ignores_what_else_reports_hold() -> None:
    ignored = subprocess.run(
        ["git", "check-ignore", "reports/other/briefing.html", "reports/russia-nato-2021/notebooks/x.ipynb"],
        cwd=TOP,
        capture_output=True,
        text=True,
    )
    kept = subprocess.run(["git", "check-ignore", "reports/russia-nato-2021/briefing.html"], cwd=TOP)

    assert len(ignored.stdout.splitlines()) == 2
    assert kept.returncode == 1
