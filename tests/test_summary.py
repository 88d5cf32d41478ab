"""The summary is one page, whatever there is to say, and says what it leaves out."""

from __future__ import annotations

import io

import pikepdf
import pytest

from demarche import blocks as b
from demarche.rendering.display import Display
from demarche.rendering.exporters.summary import MOST, summary_document, summary_parts
from demarche.rendering.merge import document_tree
from sample_briefing import ABOUT, pages, sample_tree, shown


def tree_of(n_findings: int, *, words: int = 30) -> dict[str, object]:
    """A briefing whose first chapter has so many findings of so many words, and whose second has more."""
    findings = [
        b.finding("word " * words, anchor=f"f-{n}", evidence=[1, 3, 4], confidence="High confidence")
        for n in range(n_findings)
    ]
    display = Display(findings, pages.EVIDENCE)
    return document_tree(shown(["# One", "## What was found", display], ["# Two", pages.findings()]))


@pytest.mark.parametrize(("n_findings", "words"), [(0, 0), (1, 5), (5, 400), (40, 10), (3, 3000)])
def test_it_is_one_page(n_findings: int, words: int) -> None:
    with pikepdf.open(io.BytesIO(summary_document(tree_of(n_findings, words=words))[0])) as pdf:
        assert len(pdf.pages) == 1
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo["/Title"]) == ABOUT["title"]


def test_findings_of_the_first_chapter_are_taken_with_their_numbers_and_without_links() -> None:
    (part,) = summary_parts(sample_tree())

    assert [finding["cited"] for finding in part["findings"]] == ["[E1, E6]", ""]
    assert {"t": "text", "v": "[E3]"} in part["findings"][1]["c"]
    assert part["findings"][1]["confidence"].startswith("Low confidence")


def test_what_is_too_much_is_counted() -> None:
    (part,) = summary_parts(tree_of(40))

    assert (part["title"], len(part["findings"]), part["more"]) == ("What was found", MOST, 40 - MOST)


def test_the_same_tree_makes_the_same_bytes() -> None:
    assert summary_document(sample_tree()) == summary_document(sample_tree())
