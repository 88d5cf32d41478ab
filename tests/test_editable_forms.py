"""The Word document and the Markdown keep words, tables, pictures, evidence numbers and links."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pytest

from demarche import blocks as b
from demarche.problems import InputError
from demarche.rendering.display import Display
from demarche.rendering.exporters import editable
from demarche.rendering.exporters.editable import markdown_files, word_files
from demarche.rendering.exporters.pandoc_data import LINE, column_widths
from demarche.rendering.merge import document_tree
from sample_briefing import ABOUT, pages, sample_tree, shown

pytest.importorskip("pypandoc", reason="Pandoc, of the extra `edit`, is not installed")


@pytest.fixture(scope="module")
def word() -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(io.BytesIO(word_files(sample_tree())["briefing.docx"])) as archive:
        yield archive


@pytest.fixture(scope="module")
def document(word: zipfile.ZipFile) -> str:
    return word.read("word/document.xml").decode()


@pytest.fixture(scope="module")
def markdown() -> str:
    return markdown_files(sample_tree())["briefing.md"].decode()


def test_the_same_tree_makes_the_same_bytes() -> None:
    assert word_files(sample_tree()) == word_files(sample_tree())
    assert markdown_files(sample_tree()) == markdown_files(sample_tree())


def test_the_word_document_has_every_table_and_picture_with_what_it_shows(
    word: zipfile.ZipFile, document: str
) -> None:
    pictures = [name for name in word.namelist() if name.startswith("word/media/")]

    assert document.count("<w:tbl>") == 3
    assert len(pictures) == 1
    assert 'descr="Lorries counted per week: one, two, one."' in document


def test_every_link_in_the_word_document_leads_to_a_place_in_it(document: str) -> None:
    places = set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', document))
    targets = set(re.findall(r'w:anchor="([^"]+)"', document))

    assert {"e1", "e3", "e5", "e6", "e7", "e8", "r1"} <= targets <= places


def test_every_quotation_stands_under_its_number_in_both(document: str, markdown: str) -> None:
    words = re.sub(r"<[^>]+>", "", document)
    for record in sample_tree()["evidence"]:
        assert f"E{record['number']}" in words
        assert record["quote"] in words
        assert f'<span id="e{record["number"]}">**E{record["number"]}**</span>' in markdown
        assert f"<u>{record['quote']}</u>" in markdown


def test_every_link_in_the_markdown_leads_to_a_place_in_it(markdown: str) -> None:
    places = set(re.findall(r'id="([^"]+)"', markdown))
    targets = set(re.findall(r"\]\(#([^)]+)\)", markdown))

    assert {"e1", "e3", "r1"} <= targets <= places


def test_tables_and_pictures_are_in_the_markdown(markdown: str) -> None:
    files = markdown_files(sample_tree())

    assert "| Party | No lorries | A toll | n |" in markdown
    assert "](pictures/weeks.svg)" in markdown or 'src="pictures/weeks.svg"' in markdown
    assert files["pictures/weeks.svg"].startswith(b"<svg")


def test_text_that_looks_like_markup_is_text() -> None:
    hostile = "*a* <b>b</b> [c](javascript:x) `d` | e | # f $g$ <script>alert(1)</script>"
    display = Display([b.paragraph(hostile)], pages.EVIDENCE)
    tree = document_tree(shown(["# One", display], about={**ABOUT, "title": hostile}))
    markdown = markdown_files(tree)["briefing.md"].decode()

    assert "\\*a\\*" in markdown
    assert not re.search(r"(?<!\\)<(b|script)>", markdown.split("1 One")[1])
    assert not re.search(r"(?<!\\)\[c\]\(", markdown)


def test_no_word_of_the_markdown_is_a_command_to_tex() -> None:
    hostile = r"\input{/etc/passwd} a\textbf{b} \ c"
    table = b.table(
        [b.column("A")], [[hostile], [[hostile, b.line_break(), "d"]]], anchor="t", caption=hostile
    )
    display = Display([b.paragraph(hostile), table], pages.EVIDENCE)
    tree = document_tree(shown(["# One", display], about={**ABOUT, "title": hostile, "subtitle": hostile}))
    markdown = markdown_files(tree)["briefing.md"].decode()

    assert not re.search(r"\\[a-z]", markdown)
    assert markdown.count("&#92;input{/etc/passwd}") >= 6


def test_words_of_a_table_have_room_for_the_longest_of_them() -> None:
    columns = [b.column("Source", width=9), b.column("Misunderstandings", width=0.2), b.column("n", width=9)]
    wide = b.table(columns, [["S1", "none", "1"]], anchor="t", caption="")

    first, second, last = column_widths(wide)
    assert second * LINE >= len("Misunderstandings")
    assert min(first, last) > second
    assert first + second + last == pytest.approx(1, abs=0.001)


def test_what_is_read_from_right_to_left_says_so_in_both() -> None:
    tree = document_tree(shown(["# One", "המעבורות אינן יוצאות בלילה.", "The ferries stay."]))
    with zipfile.ZipFile(io.BytesIO(word_files(tree)["briefing.docx"])) as archive:
        document = archive.read("word/document.xml").decode()

    paragraphs = re.findall(r"<w:p>.*?</w:p>", document)
    turned = [re.search("[א-ת]", paragraph) is not None for paragraph in paragraphs if "<w:bidi" in paragraph]
    assert turned == [True]
    assert '<div dir="rtl">' in markdown_files(tree)["briefing.md"].decode()


def test_the_word_document_has_paper_and_styles_of_its_own_and_markdown_none(
    word: zipfile.ZipFile, document: str, markdown: str
) -> None:
    styles = word.read("word/styles.xml").decode()
    ids = re.findall(r'<w:style [^>]*w:styleId="([^"]+)"', styles)

    assert 'w:w="11906"' in document
    assert len(ids) == len(set(ids))
    assert {"Finding", "Confidence", "Evidence", "Fact"} <= set(
        re.findall(r'w:pStyle w:val="([^"]+)"', document)
    )
    assert "<w:insideH " in styles
    assert "custom-style" not in markdown


def test_without_pandoc_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import pypandoc

    def missing() -> str:
        raise OSError("no pandoc")

    monkeypatch.setattr(pypandoc, "get_pandoc_path", missing)
    with pytest.raises(InputError) as caught:
        editable.pandoc_program()

    assert "pip install 'demarche[edit]'" in str(caught.value)
