"""A folder of texts becomes documents: texts as decoded, and what is known of them from the best source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from demarche.corpus import document_ids, read_corpus, repeat_lines, unread_files
from demarche.documents import Document
from demarche.inputs.publication_dates import HEAD, find_publication_date
from demarche.inputs.repeats import find_repeats
from demarche.problems import InputError

DATES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "publication_dates.yaml").read_text(encoding="utf-8")
)
WORDS = [f"word{number}" for number in range(200)]


def write(folder: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def only(documents: list[Document]) -> Document:
    assert len(documents) == 1
    return documents[0]


@pytest.mark.parametrize("case", DATES, ids=lambda case: case["head"][:60])
def test_a_date_of_publication_is_inferred_only_where_it_stands_as_one(case: dict[str, Any]) -> None:
    found = find_publication_date(case["head"])

    assert (found.day if found else "") == case["day"]
    assert found is None or case["head"][found.start : found.end] == case["words"]


def test_a_date_far_down_is_not_that_of_the_publication() -> None:
    assert find_publication_date("x" * HEAD + "\n14 May 2031\n") is None


@given(st.text())
def test_any_text_can_be_asked_for_its_date(text: str) -> None:
    found = find_publication_date(text)

    assert found is None or text[found.start : found.end]


def test_an_inferred_date_says_so_and_keeps_its_words(tmp_path: Path) -> None:
    document = only(read_corpus(write(tmp_path, a_md="---\ntitle: A\n---\nSandmouth, 14 May 2031 – Rain.\n")))

    assert (document.published, document.published_from) == ("2031-05-14", "inferred")
    assert document.published_words is not None
    assert document.text[slice(*document.published_words)] == "14 May 2031"


def test_an_unknown_date_stays_unknown(tmp_path: Path) -> None:
    document = only(read_corpus(write(tmp_path, a_txt="The pier stays open.")))

    assert (document.published, document.published_from, document.published_words) == ("", "", None)


def test_the_first_source_of_each_field_wins(tmp_path: Path) -> None:
    front = "---\ntitle: from front matter\n---\nSandmouth, 14 May 2031 – Rain.\n"
    beside = "doc_id,title,publisher,published\na,from the table,from the table,2031-05-13\n"
    corpus = write(tmp_path / "texts", a_md=front, documents_csv=beside)
    study = write(tmp_path, study_csv="doc_id,title,genre,published\na,x,from the study,2031-05-12\nb,x,x,\n")

    document = only(read_corpus(corpus, metadata=study / "study.csv"))

    assert (document.title, document.publisher, document.genre) == (
        "from front matter",
        "from the table",
        "from the study",
    )
    assert (document.published, document.published_from) == ("2031-05-13", "documents.csv")


def test_metadata_may_be_json_lines(tmp_path: Path) -> None:
    corpus = write(tmp_path / "texts", a_txt="The pier stays open.")
    rows = '{"doc": "a", "published": "2031-05", "genre": "notice"}\n'

    document = only(read_corpus(corpus, metadata=write(tmp_path, rows_jsonl=rows) / "rows.jsonl"))

    assert (document.published, document.published_from, document.genre) == (
        "2031-05",
        "rows.jsonl",
        "notice",
    )


def test_every_field_of_front_matter_is_a_text_as_written(tmp_path: Path) -> None:
    front = (
        "---\ntitle: 1984\nlanguage: no\npublished: 2031-05-14\nnote: >-\n  two\n  lines\n---\nThe pier.\n"
    )

    document = only(read_corpus(write(tmp_path, a_md=front)))

    assert (document.title, document.language, document.note) == ("1984", "no", "two lines")
    assert (document.published, document.published_from) == ("2031-05-14", "front matter")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_text_begins_right_after_front_matter_and_keeps_its_newlines(
    tmp_path: Path, newline: str
) -> None:
    lines = ["---", "title: A", "---", "", "The pier", "stays.", ""]

    document = only(read_corpus(write(tmp_path, a_md=newline.join(lines))))

    assert document.text == newline.join(["", "The pier", "stays.", ""])
    assert document.title == "A"
    assert document.line_at(document.text.index("stays")) == 6


@pytest.mark.parametrize(
    "text",
    [
        "one\r\ntwo\n",
        "one\rtwo",
        "a\u2028b",
        "𝔄 pier 🛳 stays",
        "cafe\u0301",
        "café",
        "tab\tx  ",
        "\ufeff"[:0] + "x",
    ],
)
def test_a_text_is_exactly_what_was_decoded(tmp_path: Path, text: str) -> None:
    assert only(read_corpus(write(tmp_path, a_txt=text))).text == text


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    marked = write(
        tmp_path / "marked", a_txt=b"\xef\xbb\xbfThe pier.", b_md=b"\xef\xbb\xbf---\ntitle: B\n---\nAnother."
    )

    texts = [(document.text, document.title) for document in read_corpus(marked)]

    assert texts == [("The pier.", ""), ("Another.", "B")]


def test_a_text_that_opens_with_a_rule_is_a_text(tmp_path: Path) -> None:
    text = "---\nThe pier stays open.\n---\nSo they say.\n"

    assert only(read_corpus(write(tmp_path, a_txt=text))).text == text


def test_a_second_rule_in_a_text_is_text(tmp_path: Path) -> None:
    document = only(read_corpus(write(tmp_path, a_md="---\ntitle: A\n---\nOne.\n---\ntitle: B\n---\n")))

    assert document.text == "One.\n---\ntitle: B\n---\n"


def test_sub_folders_are_read_and_hidden_files_and_readmes_are_not(tmp_path: Path) -> None:
    write(
        tmp_path,
        a_txt="One text.",
        june__b_TXT="Another text.",
        README_md="About.",
        _hidden_txt="x",
        _git__c_txt="x",
    )
    write(tmp_path, photo_png=b"\x89PNG", june__table_xlsx=b"PK")

    documents = read_corpus(tmp_path)

    assert [(document.doc_id, document.path) for document in documents] == [
        ("a", "a.txt"),
        ("b", "june/b.TXT"),
    ]
    assert [path.name for path in unread_files(tmp_path)] == ["table.xlsx", "photo.png"]
    assert document_ids(tmp_path) == {"a", "b"}


@pytest.mark.parametrize("letter", ["\u202e", "\x07", "\ufeff"])
def test_a_file_whose_name_no_page_can_show_is_refused_before_anything_is_built(
    tmp_path: Path, letter: str
) -> None:
    (tmp_path / f"{letter}plain.txt").write_text("It rained.", encoding="utf-8")

    with pytest.raises(InputError, match="rename the file"):
        read_corpus(tmp_path)


def test_the_order_of_documents_is_that_of_their_ids(tmp_path: Path) -> None:
    write(tmp_path, z__a_txt="One text.", b_txt="Another text.", c_md="A third text.")

    assert [document.doc_id for document in read_corpus(tmp_path)] == ["a", "b", "c"]


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such folder"):
        read_corpus(tmp_path / "nowhere")


def document_of(name: str, words: list[str]) -> Document:
    return Document(doc_id=name, text=" ".join(words))


@given(st.integers(0, 40), st.integers(20, 120))
def test_a_text_repeats_another_from_nine_tenths_of_its_runs(changed: int, length: int) -> None:
    changed = min(changed, length)
    one = WORDS[:length]
    two = [f"new{number}" for number in range(changed)] + one[changed:]
    runs = length - 4
    kept = max(0, length - changed - 4)

    found = find_repeats([document_of("one", one), document_of("two", two)])

    assert bool(found) == (changed == 0 or (runs >= 20 and kept >= 0.9 * runs))


@given(st.permutations(range(6)))
def test_which_texts_repeat_one_another_does_not_depend_on_their_order(order: list[int]) -> None:
    texts = [WORDS[:60], WORDS[60:120], [*WORDS[:59], "end"], WORDS[100:160], ["a"], ["a"]]
    documents = [document_of(str(number), texts[number]) for number in order]

    assert find_repeats(documents) == {"2": "0", "5": "4"}


def test_a_family_is_named_by_the_text_that_was_published_first() -> None:
    days = {"agency": "2031-05-02", "coast": "2031-05-03", "bay": "2031-05-02", "undated": ""}
    documents = [
        Document(doc_id=name, text=" ".join(WORDS[:80]), published=day) for name, day in days.items()
    ]

    assert find_repeats(documents) == {"bay": "agency", "coast": "agency", "undated": "agency"}


def test_what_repeats_a_repeat_belongs_to_its_family() -> None:
    first, second, third = WORDS[:100], WORDS[6:106], WORDS[12:112]
    documents = [document_of("a", first), document_of("b", second), document_of("c", third)]

    assert find_repeats([documents[0], documents[2]]) == {}
    assert find_repeats(documents) == {"b": "a", "c": "a"}


def test_a_later_text_that_quotes_a_short_one_whole_among_much_else_repeats_nothing() -> None:
    wire, story, digest = WORDS[:40], WORDS[:120], WORDS[80:120]
    days = {"wire": "2031-05-02", "story": "2031-05-03", "digest": "2031-05-04"}
    documents = [
        Document(doc_id=name, text=" ".join(words), published=days[name])
        for name, words in {"wire": wire, "story": story, "digest": digest}.items()
    ]

    assert find_repeats(documents) == {"digest": "story"}


def test_sixty_copies_are_one_family() -> None:
    texts = {f"copy-{number:02}": [*WORDS[:150], f"paper{number}"] for number in range(60)}
    found = find_repeats([document_of(name, words) for name, words in texts.items()])

    assert len(found) == 59
    assert set(found.values()) == {"copy-00"}


def test_of_many_documents_each_repeat_is_still_found() -> None:
    texts = [[f"w{number}-{word}" for word in WORDS] for number in range(1100)]
    texts[1000] = [*texts[3][:190], *texts[1000][190:]]
    documents = [document_of(f"{number:04}", words) for number, words in enumerate(texts)]

    assert find_repeats(documents) == {"1000": "0003"}


def test_one_text_under_two_names_is_read_and_drawn_together(tmp_path: Path) -> None:
    text = "Bay Ferries will not lower its fares, a spokesman said."
    documents = read_corpus(write(tmp_path, b_txt=text.upper(), a_txt=text, c_txt="Another text."))

    assert [(document.doc_id, document.repeats) for document in documents] == [
        ("a", ""),
        ("b", "a"),
        ("c", ""),
    ]
    assert list(repeat_lines(documents)) == ["a.txt: drawn together as one source with b.txt (100%)"]
