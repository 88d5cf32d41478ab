"""Words of other scripts come out in both renderings, those read to the left in that direction."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from demarche import blocks as b
from demarche.rendering.characters import LEFT_TO_RIGHT, closed, is_rtl
from demarche.rendering.display import Display
from demarche.rendering.exporters.html import html_page
from demarche.rendering.exporters.pdf import pdf_document
from demarche.rendering.merge import document_tree
from reading_pdf import PDFTOTEXT, pages_of_words
from sample_briefing import ABOUT, pages, shown

SAID = {
    "Cyrillic": "Паромы не ходят по ночам.",
    "Greek": "Τα πλοία δεν φεύγουν τη νύχτα.",
    "Arabic": "العبارات لا تعمل ليلا (رقم 12) قبل 3 مايو 2019.",
    "Hebrew": "המעבורות אינן יוצאות בלילה (מס' 12) לפני 3 במאי 2019.",
}


def tree_of(quote: str) -> dict[str, Any]:
    """A briefing with a quotation in some language, by a publisher of that language."""
    record = {**pages.EVIDENCE[0], "quote": quote, "before": "", "after": "", "publisher": quote[:9]}
    display = Display([b.paragraph(quote), b.paragraph(["It is said ", b.cite([1])])], [record])
    return document_tree(shown(["# One", display]))


@pytest.mark.parametrize("quote", SAID.values(), ids=SAID.keys())
def test_every_letter_comes_out(quote: str) -> None:
    page, (_, missing) = html_page(tree_of(quote)), pdf_document(tree_of(quote))

    assert page.count(quote.replace("'", "&#39;")) == 2
    assert missing == []


@pytest.mark.parametrize(
    ("language", "page", "words"), [("de", "en", "de"), ("en-GB", "en-GB", ""), ("", "en", "")]
)
def test_prose_is_english_and_what_is_quoted_is_in_the_language_of_the_texts(
    language: str, page: str, words: str
) -> None:
    display = Display([b.quotation(each) for each in pages.EVIDENCE[:1]], pages.EVIDENCE)
    made = html_page(document_tree(shown(["# One", display], about={**ABOUT, "language": language})))

    assert re.findall(r'<html lang="([^"]*)"', made) == [page]
    assert set(re.findall(r'<(?:blockquote|h1) dir="auto"(?: lang="([^"]*)")?>', made)) == {words}
    assert made.count("<blockquote") == 2


@pytest.mark.parametrize(("script", "rtl"), [("Greek", False), ("Arabic", True), ("Hebrew", True)])
def test_the_page_says_what_is_read_from_right_to_left(script: str, rtl: bool) -> None:
    assert ('<p dir="rtl">' in html_page(tree_of(SAID[script]))) is rtl


@pytest.mark.skipif(not PDFTOTEXT, reason="pdftotext (poppler) is not installed")
def test_on_paper_such_words_begin_at_the_right_and_end_with_their_stop_at_the_left(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf_document(tree_of(SAID["Hebrew"]))[0])
    words = pages_of_words(tmp_path / "a.pdf")[2]
    first = next(word for word in words if set(word.text) == set("המעבורות"))
    year, stop = (next(word for word in words if word.text == text) for text in ("2019", "."))

    assert first.right > 510
    assert stop.right <= year.left < year.right < first.left


HEBREW = SAID["Hebrew"]
ALONE = {
    "heading": b.heading(2, HEBREW, anchor="h"),
    "cell": b.table([b.column("A"), b.column("B", width=6)], [["x", HEBREW]], anchor="t", caption=""),
    "head of a row": b.table(
        [b.column("A", width=6), b.column("B")], [[HEBREW, "x"]], anchor="t", caption=""
    ),
    "title of a card": b.card(HEBREW, [], [], anchor="c"),
    "fact": b.card("x", [("Wording", HEBREW)], [], anchor="c"),
    "note": b.note(HEBREW),
    "finding": b.finding(HEBREW, anchor="f", evidence=[]),
}


@pytest.mark.skipif(not PDFTOTEXT, reason="pdftotext (poppler) is not installed")
@pytest.mark.parametrize("block", ALONE.values(), ids=ALONE.keys())
def test_wherever_such_words_stand_on_paper_they_end_at_the_left(block: b.Block, tmp_path: Path) -> None:
    tree = document_tree(shown(["# One", Display([block])]))
    (tmp_path / "a.pdf").write_bytes(pdf_document(tree)[0])
    words = pages_of_words(tmp_path / "a.pdf")[2]
    year, stop = (next(word for word in words if word.text.strip("\u200e") == text) for text in ("2019", "."))

    assert stop.left < year.left


def test_a_name_read_from_right_to_left_keeps_what_follows_it_out() -> None:
    assert closed("Gazette") == "Gazette"
    assert closed("המברק") == "המברק" + LEFT_TO_RIGHT
    assert not is_rtl("שלום, which refuses, has one demand of its own.")
    assert [is_rtl(text) for text in ("3 מאי", "May, מאי", "12", "")] == [True, False, False, False]


def test_what_no_font_has_is_named(without_han: None) -> None:
    assert pdf_document(tree_of("渡船"))[1] == [
        "U+6E21 CJK UNIFIED IDEOGRAPH-6E21",
        "U+8239 CJK UNIFIED IDEOGRAPH-8239",
    ]
