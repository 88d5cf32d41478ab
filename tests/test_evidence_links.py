"""From every number to the words that carry it, in HTML and PDF, and from the words back.

Each quotation is replayed against its document: the sample's, and those of the study that ships.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest

from demarche.corpus import read_corpus
from demarche.documents import Document
from demarche.rendering.exporters.html import html_page
from demarche.rendering.exporters.pdf import pdf_document
from reading_pdf import PDFTOTEXT, links_within, pages_of_words, squeezed, words_at
from sample_briefing import DOCUMENTS, sample_tree

TOP = Path(__file__).resolve().parents[1]
SHIPPED = TOP / "reports" / "russia-nato-2021"
STUDIES = ["sample", "shipped"]


class Page(HTMLParser):
    """The links of a page, its ids, and its quotations by the id of their place."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.homes: dict[str, dict[str, str]] = {}
        self.home = ""
        self.marked = False
        self.cited: set[str] = set()
        self.within: set[str] = set()
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids |= {given["id"]} if "id" in given else set()
        if tag == "a" and given.get("href", "").startswith("#"):
            self.links.append(given["href"][1:])
            self._cite(given)
            if self.home:
                self.homes[self.home]["back"] += f" {given['href'][1:]}"
        if "at-home" in given.get("class", ""):
            self.home = given["id"]
            self.homes[self.home] = {"source": given["data-source"], "quote": "", "text": "", "back": ""}
        self.marked = tag == "mark"

    def _cite(self, given: Mapping[str, str]) -> None:
        if match := re.fullmatch(r"#e(\d+)", given["href"]):
            self.cited.add(match[1])
            first = int(given.get("data-from", match[1]))
            self.within |= {str(number) for number in range(first, int(match[1]))}

    def handle_endtag(self, tag: str) -> None:
        self.marked = False
        if tag in {"details", "main"}:
            self.home = ""

    def handle_data(self, data: str) -> None:
        if self.home:
            self.homes[self.home]["text"] += data
            if self.marked:
                self.homes[self.home]["quote"] += data


@pytest.fixture(scope="module", params=STUDIES)
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[Document]]:
    """A folder with briefing.html and briefing.pdf, and the documents they rest on."""
    if request.param == "shipped":
        return SHIPPED, list(read_corpus(TOP / "data" / "russia-nato-2021" / "corpus"))
    folder = tmp_path_factory.mktemp("sample")
    (folder / "briefing.html").write_text(html_page(sample_tree()), encoding="utf-8")
    (folder / "briefing.pdf").write_bytes(pdf_document(sample_tree())[0])
    return folder, DOCUMENTS


@pytest.fixture(scope="module")
def page(made: tuple[Path, list[Document]]) -> Page:
    return Page((made[0] / "briefing.html").read_text(encoding="utf-8"))


def places(homes: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, int, int, str]]:
    """Of each quotation its document, range and words, as the page says them."""
    for home in homes.values():
        found = re.search(r"Characters (\d+)–(\d+)", home["text"])
        assert found, home["text"]
        yield home["source"], int(found[1]), int(found[2]), home["quote"]


def test_every_number_of_the_page_leads_to_words_that_replay(
    made: tuple[Path, list[Document]], page: Page
) -> None:
    texts = {document.doc_id: document.text for document in made[1]}

    assert len(page.cited) >= 6
    assert {f"e{number}" for number in page.cited | page.within} == set(page.homes)
    for doc_id, start, end, quote in places(page.homes):
        assert texts[doc_id][start:end] == quote


def test_every_quotation_of_the_page_leads_back_to_what_rests_on_it(page: Page) -> None:
    for name, home in page.homes.items():
        back = home["back"].split()
        assert back, name
        assert set(back) <= page.ids


@pytest.mark.skipif(not PDFTOTEXT, reason="pdftotext (poppler) is not installed")
def test_every_number_of_the_pdf_leads_to_words_that_replay_and_back(
    made: tuple[Path, list[Document]], page: Page
) -> None:
    words = pages_of_words(made[0] / "briefing.pdf")
    links = [words_at(words[there.page], there) for _, there in links_within(made[0] / "briefing.pdf")]
    homes = [
        (f"E{name[1:]}", squeezed(quote), f"{start}–{end}")
        for name, (_, start, end, quote) in zip(page.homes, places(page.homes), strict=True)
    ]

    for number, quote, place in homes:
        if number[1:] not in page.cited:
            continue  # within a range, whose ends are links
        said = [text.partition("Characters") for text in links if text.startswith(number)]
        assert any(quote in head and tail.startswith(place) for head, _, tail in said), number
    assert len(links) > len(homes) + sum(len(home["back"].split()) for home in page.homes.values())
