"""Markdown of notebooks: what becomes a block, what stays text, what is refused."""

from __future__ import annotations

import pytest

from demarche import blocks as b
from demarche.blocks import Block
from demarche.problems import ProblemList
from demarche.rendering.citations import plain
from demarche.rendering.markdown import anchor_of, markdown_blocks


def read(text: str) -> list[Block]:
    problems = ProblemList()
    blocks = markdown_blocks(text, problems)
    problems.raise_if_any()
    return blocks


def refused(text: str) -> list[str]:
    problems = ProblemList()
    markdown_blocks(text, problems, path="01_sources.ipynb")
    return [str(problem) for problem in problems.problems]


def test_words_have_weight_and_code_stays_as_it_is() -> None:
    assert read("**one** *two* `a &amp; <b>` three") == [
        b.paragraph([b.strong("one"), " ", b.emphasis("two"), " ", b.code("a &amp; <b>"), " three"])
    ]


def test_html_in_prose_is_text() -> None:
    assert [plain(block["c"]) for block in read("a <b>bold</b>\n\n<div onclick='x()'>\nblock\n</div>")] == [
        "a <b>bold</b>",
        "<div onclick='x()'>\nblock\n</div>",
    ]


def test_lists_nest() -> None:
    (outer,) = read("1. one\n2. two\n   - inner")

    assert outer["ordered"]
    assert outer["items"][1] == [b.paragraph("two"), b.listing(["inner"])]


def test_a_table_in_prose_has_neither_caption_nor_number() -> None:
    (table,) = read("who | how many\n--|--:\nnobody | 0")

    assert table["caption"] == []
    assert [column["align"] for column in table["columns"]] == ["left", "right"]
    assert [[plain(cell) for cell in row] for row in table["rows"]] == [["nobody", "0"]]


@pytest.mark.parametrize("target", ["https://example.org/ä?a=1&b=2", "mailto:a@example.org", "#place"])
def test_links_that_lead_somewhere_are_kept(target: str) -> None:
    (paragraph,) = read(f"[there]({target})")

    assert paragraph["c"][0]["t"] == "link"


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "notes.md"]
)
def test_links_of_other_kinds_are_refused(target: str) -> None:
    (problem,) = refused(f"[there]({target})")

    assert problem.startswith(f"01_sources.ipynb: the prose holds a link to {target!r}; only http, https")


def test_an_image_in_prose_is_refused() -> None:
    assert refused("![map](map.png)") == [
        "01_sources.ipynb: the prose holds an image (map.png); show pictures from a code cell"
    ]


def test_anchors_are_made_of_letters_that_every_address_takes() -> None:
    assert [anchor_of(words) for words in ("Who asks?", "Café № 1", "中文", "-")] == [
        "who-asks", "cafe-no-1", "section", "section",
    ]  # fmt: skip
