"""Han, kana and Hangul are set where the extra `cjk` is installed, and named as missing where it is not."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from matplotlib.figure import Figure
from PIL import Image

from demarche import blocks as b
from demarche.figures.style import FAMILY, fit_for_figure, new_page, width_of, write
from demarche.rendering import han
from demarche.rendering.display import Display
from demarche.rendering.exporters.pdf import page_pictures, pdf_document, picture_png
from demarche.rendering.fonts import BREAK, Fitting, remarks_on
from demarche.rendering.merge import document_tree
from demarche.rendering.svg import svg_of
from reading_pdf import PDFTOTEXT, pages_of_words
from sample_briefing import shown
from test_languages import tree_of

SAID = {
    "Chinese": "渡船今晚不开航，谈判继续进行。",
    "Japanese": "フェリーは夜は出ません。",
    "Korean": "연락선은 밤에 다니지 않는다.",
}
WITH_HAN = pytest.mark.skipif(
    han.han_font() is None, reason="the extra `cjk`, which brings a font for Han and kana, is not installed"
)


def fonts_of(pdf: bytes) -> set[str]:
    """The names of the fonts that lie within a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {
            str(thing.FontName)
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and "/FontName" in thing
        }


def dark(png: bytes) -> int:
    """How dark a picture is: the sum of what its points lack to white."""
    with Image.open(io.BytesIO(png)) as picture:
        return sum(255 - point for point in picture.convert("L").tobytes())


def labelled(text: str) -> Figure:
    page = new_page(24, width=160)
    write(page, 4, 12, text)
    return page.figure


@WITH_HAN
@pytest.mark.skipif(not PDFTOTEXT, reason="pdftotext (poppler) is not installed")
@pytest.mark.parametrize("quote", SAID.values(), ids=SAID.keys())
def test_every_sign_comes_out_on_paper(quote: str, tmp_path: Path) -> None:
    pdf, missing = pdf_document(tree_of(quote))
    (tmp_path / "a.pdf").write_bytes(pdf)
    words = [word.text for page in pages_of_words(tmp_path / "a.pdf") for word in page]

    assert missing == []
    assert "".join(quote.split()) in "".join(words)
    assert any(name.endswith("NotoSansCJKjp-Regular") for name in fonts_of(pdf))


@WITH_HAN
def test_a_document_without_such_signs_carries_no_such_font() -> None:
    assert not any("NotoSansCJK" in name for name in fonts_of(pdf_document(tree_of("Plain words."))[0]))


@WITH_HAN
@pytest.mark.parametrize("text", SAID.values(), ids=SAID.keys())
def test_a_figure_keeps_the_signs_and_knows_their_width(text: str) -> None:
    assert fit_for_figure(text) == text
    assert text in svg_of(labelled(text))
    assert width_of("船" * 10, 8) == pytest.approx(80, rel=0.03)


@WITH_HAN
def test_two_signs_in_a_figure_are_two_shapes_and_not_two_boxes() -> None:
    drawn = {sign: picture_png(svg_of(labelled(sign)), ppi=72) for sign in ("船", "谈", "フ", "\u25a1")}

    assert len(set(drawn.values())) == len(drawn)


@WITH_HAN
def test_plain_text_in_a_figure_is_set_in_its_own_typeface_alone() -> None:
    plain, mixed = (labelled(text).axes[0].texts[0].get_fontfamily() for text in ("Ferry", "Ferry 船"))

    assert (plain, mixed) == ([FAMILY], [FAMILY, han.FAMILY])


@WITH_HAN
def test_signs_that_have_one_style_only_stand_upright() -> None:
    fitting = Fitting()
    fitting.fit("渡船 عبارة")

    assert set("渡船عبارة") <= fitting.upright
    assert fitting.of_one_weight == set("渡船")


@WITH_HAN
def test_signs_of_one_weight_are_drawn_with_thicker_lines_where_words_are_bold() -> None:
    plain, bold = (
        document_tree(shown(["# One", Display([b.paragraph(content)])]))
        for content in ("渡船" * 40, b.strong("渡船" * 40))
    )

    assert dark(page_pictures(bold)[-1]) > 1.05 * dark(page_pictures(plain)[-1])


def test_long_runs_of_signs_are_left_to_the_rules_of_their_script() -> None:
    assert BREAK not in Fitting().fit_lines("渡船今晚不开航谈判继续进行" * 4) or han.han_font() is None
    assert BREAK in Fitting().fit_lines("a" * 60)


def test_what_only_chooses_the_form_of_a_sign_is_not_missing() -> None:
    fitting = Fitting()

    assert fitting.fit("A\U000e0100") == "A"
    assert fitting.missing == set()


def test_without_the_extra_a_figure_has_a_box_and_the_remark_says_what_to_install(without_han: None) -> None:
    _, missing = pdf_document(tree_of("渡a"))

    assert fit_for_figure("渡a") == "\u25a1a"
    assert remarks_on(missing) == (
        "no font has U+6E21 CJK UNIFIED IDEOGRAPH-6E21; each is set as \u25a1. "
        "Han and kana come with an extra: pip install 'demarche[cjk]'",
    )


def test_what_the_extra_would_not_bring_is_named_without_it(without_han: None) -> None:
    assert remarks_on(["U+13000 EGYPTIAN HIEROGLYPH A001"]) == (
        "no font has U+13000 EGYPTIAN HIEROGLYPH A001; each is set as \u25a1",
    )
