"""The PDF: tagged, titled, linked both ways, the same bytes each time, in fonts that come along."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from demarche import blocks as b
from demarche.rendering.attachments import Attachment
from demarche.rendering.display import Display
from demarche.rendering.exporters.pdf import PDFBriefing, page_pictures, pdf_document
from demarche.rendering.exporters.pdf_tables import WIDE_FROM
from demarche.rendering.merge import document_tree
from reading_pdf import PDFTOTEXT, pages_of_words
from sample_briefing import ABOUT, pages, sample_notebook, sample_tree, shown


@pytest.fixture(scope="module")
def pdf() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdf_document(sample_tree())[0])) as document:
        yield document


def structure(node: Any) -> Iterator[Any]:
    """Every element of the structure tree."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from structure(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from structure(node.K)


def count(pdf: pikepdf.Pdf, kind: str) -> int:
    return sum(1 for element in structure(pdf.Root.StructTreeRoot.K) if str(element.S) == kind)


def inner_links(pdf: pikepdf.Pdf) -> list[Any]:
    notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
    return [
        note
        for note in notes
        if str(note.Subtype) == "/Link" and ("/Dest" in note or "/D" in note.get("/A", {}))
    ]


def test_the_same_notebook_makes_the_same_bytes() -> None:
    made = [PDFBriefing().from_notebook_node(sample_notebook())[0] for _ in range(2)]

    assert made[0] == made[1]


def test_the_pdf_claims_both_standards_and_is_tagged(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        claims = {name: str(metadata[name]) for name in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance")}

    assert claims == {"pdfuaid:part": "1", "pdfaid:part": "3", "pdfaid:conformance": "A"}
    assert pdf.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in pdf.Root


def test_files_are_attached_with_what_they_are_to_the_pages() -> None:
    files = [
        Attachment("a.csv", "text/csv", "Two rows", "x,y\n1,é\n"),
        Attachment("b.json", "application/json", "The same", '[{"x": 1}]'),
    ]
    pdf = pdf_document(sample_tree(), files)[0]

    assert pdf_document(sample_tree(), files)[0] == pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        kept = {name: spec.get_file() for name, spec in document.attachments.items()}
        specs = list(document.Root.AF)
        assert {name: file.read_bytes().decode() for name, file in kept.items()} == {
            file.name: file.content for file in files
        }
        assert [file.mime_type for file in kept.values()] == ["text/csv", "application/json"]
        assert [str(spec.AFRelationship) for spec in specs] == ["/Data", "/Data"]
        assert [str(spec.Desc) for spec in specs] == ["Two rows", "The same"]


def test_the_pdf_has_language_title_and_the_cut_off_as_its_date(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang) == "en-GB"
    assert str(pdf.docinfo["/Title"]) == ABOUT["title"]
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20190601")
    assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_bookmarks_follow_the_headings(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        names = [re.sub(r"\s+", " ", entry.title) for entry in outline.root]

    assert names == ["Contents", "1 Key findings", "2 Events", "Evidence"]


def test_every_picture_says_what_it_shows(pdf: pikepdf.Pdf) -> None:
    pictures = [element for element in structure(pdf.Root.StructTreeRoot.K) if str(element.S) == "/Figure"]

    assert [str(element.Alt) for element in pictures] == ["Lorries counted per week: one, two, one."]


def test_tables_have_heads_that_are_repeated(pdf: pikepdf.Pdf) -> None:
    assert count(pdf, "/Table") == 3
    assert count(pdf, "/TH") == 4 + 3 + 14
    assert count(pdf, "/TR") == 4 + 1 + 61 + 9  # one holds the remark below the first


def test_citations_and_ways_back_are_links_within_the_pdf(pdf: pikepdf.Pdf) -> None:
    tree = sample_tree()
    shown_evidence = len(tree["evidence"])
    ways_back = sum(len(node.get("back", [])) for node in tree["blocks"])

    assert shown_evidence == 6
    assert len(inner_links(pdf)) > 120 + ways_back


def test_no_link_leads_to_an_address_that_only_the_setting_knows(pdf: pikepdf.Pdf) -> None:
    notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
    actions = [str(note.A.URI) for note in notes if "/A" in note]

    assert all(address.startswith(("http", "mailto:")) for address in actions)
    assert len(inner_links(pdf)) + len(actions) == len(notes)


def test_a_link_within_goes_to_its_place_and_says_which() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 20"><rect width="9" height="9"/></svg>'
    picture = Display([b.figure(svg, anchor="weeks", alt="Weeks.", caption="Weekdays.")])
    table = Display([b.table([b.column("Day")], [["Monday"]], anchor="days", caption="Days")])
    prose = "# One\n\nSee [the picture](#weeks), [the table](#days) and [what follows](#after)."
    tree = document_tree(shown([prose, picture], ["# Two", table, "## After", "End."]))

    with pikepdf.open(io.BytesIO(pdf_document(tree)[0])) as document:
        number = {page.obj.objgen: count for count, page in enumerate(document.pages, start=1)}
        found = [(note.Dest, str(note.Contents)) for note in document.pages[2].Annots]

        assert [words for _, words in found] == ["Figure, page 3", "Table, page 4", "Section, page 4"]
        assert [number[goal[0].objgen] for goal, _ in found] == [3, 4, 4]
        assert found[1][0][3] > found[2][0][3]  # the table stands above


def test_only_fonts_of_the_installation_are_inside(pdf: pikepdf.Pdf) -> None:
    names = {
        str(font.BaseFont).split("+")[-1]
        for page in pdf.pages
        for font in page.Resources.get("/Font", {}).values()
    }

    assert names
    assert all(name.startswith(("LibertinusSerif", "DejaVuSans")) for name in names)


def test_a_table_with_many_columns_turns_its_page(pdf: pikepdf.Pdf) -> None:
    turned = [page for page in pdf.pages if page.MediaBox[2] > page.MediaBox[3]]

    assert WIDE_FROM <= 14
    assert len(turned) == 1


def test_a_long_table_loses_no_row() -> None:
    tree = document_tree(shown(["# One", pages.long_table(400)]))

    with pikepdf.open(io.BytesIO(pdf_document(tree)[0])) as document:
        assert count(document, "/TR") == 401
        assert len(document.pages) > 8


@pytest.mark.skipif(not PDFTOTEXT, reason="pdftotext (poppler) is not installed")
@pytest.mark.parametrize("n_letters", [20, 500])
def test_no_page_carries_the_last_row_of_a_table_alone(n_letters: int, tmp_path: Path) -> None:
    columns = [b.column("Head"), b.column("What", width=3)]
    path = tmp_path / "a.pdf"
    last_pages = set()
    for n_lines in range(10, 34, 2):
        rows = [[f"Row{n}", "thing " * (n_letters // 6)] for n in range(12)]
        table = b.table(columns, rows, anchor="things", caption="Things", remark="Counted twice.")
        before = [b.paragraph("Rain.") for _ in range(n_lines)]
        path.write_bytes(pdf_document(document_tree(shown(["# One", Display([*before, table])])))[0])
        words = [[word.text for word in page] for page in pages_of_words(path)]
        with_rows = [sum(word.startswith("Row") for word in page) for page in words if "Head" in page]

        assert sum(with_rows) == 12
        assert min(with_rows) > 0
        last_pages.add(with_rows[-1])

    assert min(last_pages) == 2


def test_a_row_longer_than_a_page_is_divided_and_a_last_one_too() -> None:
    rows = [["Long", "thing " * 900], ["Longer", "thing " * 1800]]
    table = b.table([b.column("Head"), b.column("What")], rows, anchor="things", caption="Things")

    with pikepdf.open(io.BytesIO(pdf_document(document_tree(shown(["# One", Display([table])])))[0])) as made:
        assert count(made, "/TR") == 3
        assert len(made.pages) > 4


def test_without_a_date_or_a_title_there_is_still_a_briefing() -> None:
    tree = document_tree(shown(["prose"], about={"language": "de"}))

    with pikepdf.open(io.BytesIO(pdf_document(tree)[0])) as document:
        assert str(document.docinfo["/Title"]) == "Briefing"


def test_every_script_that_fonts_have_comes_out() -> None:
    words = "Москва Αθήνα القدس ירושלים თბილისი Łódź Đà Nẵng ÅÄÖ 😀"
    block = b.paragraph(
        [words, b.strong(words), b.emphasis(words), b.code(words), b.strong(b.emphasis(words))]
    )
    tree = document_tree(shown([f"# {words}", Display([block])], about={**ABOUT, "title": words}))

    assert pdf_document(tree)[1] == []


def test_pages_can_be_had_as_pictures() -> None:
    pictures = page_pictures(sample_tree(), ppi=20)

    assert len(pictures) > 6
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)


@pytest.mark.parametrize(("n_findings", "n_pages"), [(3, 1), (20, 1), (70, 3)])
def test_what_was_found_stands_on_one_page_while_there_is_room(n_findings: int, n_pages: int) -> None:
    found = [
        b.finding("word " * 26, anchor=f"f-{n}", evidence=[1, 3], confidence="Low confidence: one voice")
        for n in range(n_findings)
    ]
    tree = document_tree(shown(["# One", "## What was found", Display(found, pages.EVIDENCE)]))

    with pikepdf.open(io.BytesIO(pdf_document(tree)[0])) as document:
        assert len(document.pages) == 3 + n_pages  # a cover, the contents, the evidence


@pytest.mark.skipif(not PDFTOTEXT, reason="pdftotext (poppler) is not installed")
def test_no_picture_stands_above_the_heading_of_its_chapter(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 70"><rect width="9" height="9"/></svg>'
    picture = Display([b.figure(svg, anchor="weeks", alt="Weeks.", caption="Weekdays.")])
    tree = document_tree(
        shown(["# Before", "Prose."], ["# Opening", picture, "# After\n\n" + "Rain. " * 300])
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_document(tree)[0])

    tops = {
        word.text: (page, word.top)
        for page, words in enumerate(pages_of_words(path))
        for word in words
        if word.text in ("Opening", "Weekdays.")
    }
    assert tops["Opening"] < tops["Weekdays."]
