"""Text is data: whatever a source, a title or a codebook holds is set as it is, and does nothing."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import Any

import pikepdf
import pytest
from PIL import Image

from demarche import blocks as b
from demarche.rendering.as_html import asset
from demarche.rendering.display import Display
from demarche.rendering.exporters.html import html_page
from demarche.rendering.exporters.pdf import page_pictures, pdf_document
from demarche.rendering.merge import document_tree
from sample_briefing import ABOUT, pages, shown

HOSTILE = {
    "html": "</style></title><script>alert(1)</script><img src=x onerror=alert(1)>\"'>&amp;",
    "jinja": "{{ 7 * 7 }}{% include 'x' %}{# gone #}",
    "typst": '#read("/etc/hostname") #import "@preview/x:0.1.0" $x^2$ @l <label> *b* _i_ `c` // no \\ ~ = h',
    "markdown": "# no heading\n\n![x](http://example.org/x.png) [y](javascript:alert(1)) | a | b |\n---|---",
    "direction": "abc \u202edef\u202c \u2066ghi\u2069 \u200fשלום\u200e مرحبا",
    "controls": "NUL \x00 BEL \x07 ESC \x1b[31m C1 \x85 BOM \ufeff not \uffff end",
    "half": "half \ud83d of a pair \udc00",
    "signs": "☃ 😀 👩‍👩‍👧 中文 ﷽ Z͑ͫ̓ͪ̂ͫ̽ \U000e0041 \ue000 ﬁ",
    "long": "x" * 1_000,
    "empty": "",
}


def everywhere(text: str) -> dict[str, Any]:
    """A tree that holds a text in every place that text can stand."""
    record = {**pages.EVIDENCE[0], **dict.fromkeys(
        ("source", "publisher", "published", "quote", "before", "after", "speaker", "label", "coder"), text
    ), "attribution": "quoted"}  # fmt: skip
    inlines: b.Inlines = [
        text, b.strong(text), b.emphasis(text), b.code(text), b.chip(text, text), b.line_break(),
        b.link("https://example.org/", text), b.cite([1]),
    ]  # fmt: skip
    columns = [b.column(text), b.column(text, align="right")]
    display = Display(
        [
            b.heading(2, text, anchor="a-heading"),
            b.paragraph(inlines),
            b.listing([inlines, text], ordered=True),
            b.note(inlines, kind=text),
            b.quote([b.paragraph(inlines)]),
            b.preformatted(text),
            b.table(columns, [[inlines, text]], anchor="a-table", caption=[text, "."], remark=text),
            b.figure(pages.chart().blocks[0]["svg"], anchor="a-figure", alt=text or "x", caption=[text, "."]),
            b.finding(inlines, anchor="a-finding", evidence=[1], confidence=text),
            b.card(text, [(text, inlines)], [b.quotation(record)], anchor="a-card"),
        ],
        [record],
    )
    about = {**ABOUT, "title": text or "Title", "subtitle": text, "facts": [[text, text]]}
    return document_tree(shown(["# One", display], about=about))


@pytest.fixture(params=HOSTILE.values(), ids=HOSTILE.keys())
def hostile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_page_holds_hostile_text_as_text(hostile: str) -> None:
    page = html_page(everywhere(hostile))

    page.encode("utf-8")
    assert page.lower().count("<script") == 1
    assert asset("briefing.js") in page
    assert not [name for name in attributes(page) if name.startswith("on")]
    assert not re.search(r"<img|<iframe|<object|<link", page)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)


def test_a_pdf_is_made_of_hostile_text_by_the_same_rules(hostile: str) -> None:
    pdf, _ = pdf_document(everywhere(hostile))

    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert len(document.pages) > 2


def test_ten_thousand_letters_without_a_space_are_broken_to_fit() -> None:
    long = {**pages.EVIDENCE[0], "quote": "x" * 10_000}
    columns = [b.column("A"), b.column("B"), b.column("C")]
    table = b.table(columns, [["a", "y" * 10_000, "c"]], anchor="a-table", caption="A table")
    tree = document_tree(shown(["# One", Display([b.paragraph(b.cite([1])), table], [long])]))

    assert all(is_empty_at_the_right(picture) for picture in page_pictures(tree, ppi=36))


def test_a_template_in_a_text_is_not_run() -> None:
    assert "{{ 7 * 7 }}" in html_page(everywhere(HOSTILE["jinja"]))


def test_what_no_font_has_is_named(without_han: None) -> None:
    _, missing = pdf_document(everywhere("中 a 文"))

    assert missing == ["U+4E2D CJK UNIFIED IDEOGRAPH-4E2D", "U+6587 CJK UNIFIED IDEOGRAPH-6587"]


@pytest.mark.parametrize(
    "target",
    [
        *("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x.org", "http://a b"),
        *("here:e1", "https://example.org/" + 8000 * "x"),
    ],
    ids=lambda target: target[:20],
)
def test_a_link_that_may_not_be_is_set_as_its_words(target: str) -> None:
    display = Display([b.paragraph(b.link(target, "the words"))])
    tree = document_tree(shown(["# One", display]))
    pdf, _ = pdf_document(tree)

    assert "the words" in html_page(tree)
    assert target not in html_page(tree)
    assert not [uri for uri in uris(pdf) if not uri.startswith("https:")]


def attributes(page: str) -> set[str]:
    """The names of all attributes of a page, as a browser reads them."""
    found: set[str] = set()

    class Reading(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.update(name for name, _ in attrs)

    Reading().feed(page)
    return found


def uris(pdf: bytes) -> list[str]:
    """Where the links of a PDF lead outside it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        notes = [note for page in document.pages for note in page.get("/Annots", [])]
        return [str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A]


def is_empty_at_the_right(picture: bytes) -> bool:
    """Whether nothing stands in the right margin of a page (the last tenth of its width)."""
    page = Image.open(io.BytesIO(picture)).convert("L")
    return page.crop((page.width * 9 // 10 + 2, 0, page.width, page.height)).getextrema()[0] > 200
