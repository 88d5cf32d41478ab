"""What a notebook shows: the same blocks as HTML, as text and as themselves, with the evidence they cite."""

from __future__ import annotations

import json
import re

import pytest

from demarche import blocks as b
from demarche.rendering.display import Display
from sample_briefing import pages


def test_a_display_carries_its_blocks_its_html_and_its_text() -> None:
    bundle = pages.findings()._repr_mimebundle_()

    assert sorted(bundle) == sorted([b.MIME, "text/html", "text/plain"])
    assert "Two of two sources report that Aldmouth demands" in bundle["text/plain"]
    assert bundle[b.MIME]["blocks"][0]["t"] == "finding"


def test_a_display_keeps_of_the_evidence_only_what_it_cites() -> None:
    display = pages.findings()

    assert [record["number"] for record in display.evidence] == [1, 3, 6, 7]


def test_a_display_that_cites_evidence_it_does_not_have_is_an_error() -> None:
    with pytest.raises(ValueError, match="E9"):
        Display([b.paragraph(["so it is said ", b.cite([1, 9])])], pages.EVIDENCE)


def test_every_citation_in_a_notebook_leads_to_a_quotation_under_the_display() -> None:
    html = str(pages.stance_table().html())
    targets = re.findall(r'href="#([^"]+)"', html)

    assert len(targets) == 4
    assert all(html.count(f'id="{target}"') == 1 for target in targets)


def test_a_display_without_evidence_folds_nothing_under_it() -> None:
    assert "<details>" not in Display([b.paragraph("No more than that.")]).html()


def test_two_displays_on_one_page_share_no_id() -> None:
    first, second = (
        set(re.findall(r' id="([^"]+)"', str(page.html()))) for page in (pages.chart(), pages.cards())
    )

    assert first
    assert not first & second


def test_displays_join_in_order() -> None:
    joined = pages.findings() + pages.stance_table()

    assert [block["t"] for block in joined.blocks] == ["finding", "finding", "note", "table"]
    assert [record["number"] for record in joined.evidence] == [1, 3, 6, 7]


def test_the_bundle_survives_json_whatever_the_text_holds() -> None:
    display = Display([b.paragraph("half a character \ud83d and \x00 nothing")])

    kept = json.loads(json.dumps(display._repr_mimebundle_(), ensure_ascii=False).encode())

    assert kept[b.MIME]["blocks"][0]["c"][0]["v"] == "half a character � and  nothing"


def test_text_shows_glyphs_numbers_and_links() -> None:
    display = Display(
        [
            b.paragraph(
                [
                    b.chip("rejects", "rejects"),
                    " ",
                    b.cite([1, 3]),
                    " ",
                    b.link("https://example.org/", "more"),
                ]
            )
        ],
        pages.EVIDENCE,
    )

    assert repr(display) == "✕ rejects [E1, E3] more <https://example.org/>"
