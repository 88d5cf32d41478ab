"""With hundreds of quotations the page stays readable: they are folded in pages, and still led to."""

from __future__ import annotations

import re
from typing import Any

from demarche import blocks as b
from demarche.rendering.annex import LONG_FROM, PAGE
from demarche.rendering.display import Display
from demarche.rendering.exporters.html import html_page
from demarche.rendering.merge import document_tree
from sample_briefing import pages, shown


def page_of(n_quotations: int) -> str:
    """A page that cites so many quotations of one document, one by one."""
    records: list[dict[str, Any]] = [
        {**pages.EVIDENCE[0], "number": n, "record_id": f"s-{n}"} for n in range(1, n_quotations + 1)
    ]
    cited = b.paragraph([b.cite([record["number"]]) for record in records])
    return html_page(document_tree(shown(["# One", Display([cited], records)])))


def folds(page: str) -> list[tuple[str, str]]:
    """Of each fold whether it stands open, and what it is called."""
    return re.findall(r"<details( open)?>\n<summary>(.*?)</summary>", page.split("<main")[1])


def test_few_quotations_stand_open() -> None:
    assert folds(page_of(3)) == [(" open", "E1 to E3: 3 quotations")]
    assert folds(page_of(1)) == [(" open", "E1: one quotation")]


def test_many_are_folded_in_pages_and_closed_at_first() -> None:
    found = folds(page_of(LONG_FROM + 1))

    assert [state for state, _ in found] == [""] * (LONG_FROM // PAGE + 1)
    assert found[0][1] == f"E1 to E{PAGE}: {PAGE} quotations"
    assert found[-1][1] == f"E{LONG_FROM + 1}: one quotation"
