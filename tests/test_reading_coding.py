"""Decisions are read as people write them, and a quotation is found again at its own words or not at all."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.codebook import Actor, Codebook, Demand
from demarche.coding import Coding, read_coding, write_coding
from demarche.documents import Document
from demarche.inputs.anchoring import Claim, Lost, find_places
from demarche.records import Event, Statement

TEXT = (
    "The mayor wants the pier to stay open. “It's ours,” she said on 2 May 2031.\r\n"
    "Bay Ferries will not lower its fares. The pier café 🛳 stays open.\n"
)
DOCUMENTS = [Document(doc_id="gazette", text=TEXT, path="gazette.txt")]
CODEBOOK = Codebook(
    "The pier",
    {
        "town": Actor(actor_id="town", name="Sandmouth"),
        "mayor": Actor(actor_id="mayor", name="Ada Brook", kind="person", of="town"),
        "bay": Actor(actor_id="bay", name="Bay Ferries"),
        "ferries": Actor(actor_id="ferries", name="Bay Ferries", replaced_by="bay"),
    },
    {
        "open-pier": Demand(demand_id="open-pier", label="The pier stays open"),
        "keep-pier": Demand(demand_id="keep-pier", label="The pier is kept", replaced_by="open-pier"),
    },
)
LETTERS = st.text(alphabet="ab é🛳\r\n.“'", max_size=12)


def read(folder: Path, **files: str) -> Coding:
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content.encode())
    return read_coding(folder, DOCUMENTS, CODEBOOK)


def row_of(quote: str, **fields: object) -> str:
    row = {
        "doc": "gazette",
        "quote": quote,
        "demand": "open-pier",
        "actor": "town",
        "position": "demands",
        **fields,
    }
    return json.dumps(row, ensure_ascii=False) + "\n"


def test_a_row_needs_no_more_than_document_quotation_and_content(tmp_path: Path) -> None:
    header = "doc_id,quote,demand,actor,position"

    coding = read(
        tmp_path, statements_csv=f"{header}\ngazette,the pier to stay open,open-pier,mayor,demands\n"
    )

    assert coding.statements == (
        Statement(
            doc_id="gazette",
            start=16,
            end=37,
            quote="the pier to stay open",
            demand="open-pier",
            actor="mayor",
            position="demands",
        ),
    )
    assert coding.moved == ()


def test_json_lines_of_gold_annotations_are_a_coding(tmp_path: Path) -> None:
    statement = row_of(
        "Bay Ferries", actor="bay", speaker="mayor", addressee=["town"], occurrence=1, start=78, end=89
    )
    event = {
        "doc": "gazette",
        "quote": "she said",
        "date": "2031-05-02",
        "date_text": "2 May 2031",
        "actors": ["mayor"],
    }

    coding = read(tmp_path, statements_jsonl=statement, events_jsonl=json.dumps(event))

    assert [(s.actor, s.speaker, s.addressee, s.method, s.decision) for s in coding.statements] == [
        ("bay", "mayor", ("town",), "hand", "accepted")
    ]
    assert [(e.date, e.date_text, e.status, e.actors) for e in coding.events] == [
        ("2031-05-02", "2 May 2031", "happened", ("mayor",))
    ]


@pytest.mark.parametrize("column", ["decision", "status"])
def test_a_rejected_row_is_kept_as_rejected(tmp_path: Path, column: str) -> None:
    coding = read(tmp_path, statements_jsonl=row_of("Bay Ferries", **{column: "rejected"}))

    assert [statement.decision for statement in coding.statements] == ["rejected"]


def test_ids_that_were_merged_are_read_as_what_replaces_them(tmp_path: Path) -> None:
    row = row_of(
        "Bay Ferries", actor="ferries", demand="keep-pier", speaker="ferries", addressee="mayor;ferries"
    )

    [statement] = read(tmp_path, statements_jsonl=row).statements

    assert (statement.actor, statement.demand) == ("bay", "open-pier")
    assert (statement.speaker, statement.addressee) == ("bay", ("mayor", "bay"))


def test_a_coding_in_a_spreadsheet_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    rows = "\ufeffdoc_id,quote,demand,actor,position\r\ngazette,Bay Ferries,open-pier,bay,rejects\r\n,,,,\r\n"

    assert len(read(tmp_path, statements_csv=rows).statements) == 1


def test_where_a_quotation_stands_twice_the_row_may_count(tmp_path: Path) -> None:
    [statement] = read(tmp_path, statements_jsonl=row_of("stay", occurrence=2)).statements

    assert (statement.start, statement.quote) == (TEXT.rindex("stay"), "stay")


def test_a_row_that_moved_is_reported_with_its_line_and_what_did_not_is_not(tmp_path: Path) -> None:
    rows = row_of("Bay Ferries", start=70, end=81) + row_of("The mayor", start=0, end=9)

    coding = read(tmp_path, statements_jsonl=rows)

    assert [(note.line, note.message) for note in coding.moved] == [
        (1, "quotation moved from 70–81; now 77–88, gazette.txt line 2")
    ]


def test_a_row_with_other_marks_and_accents_takes_the_words_of_its_document(tmp_path: Path) -> None:
    quotes = ['"It\u2019s  ours,"', unicodedata.normalize("NFD", "The pier café 🛳")]

    coding = read(tmp_path, statements_jsonl="".join(map(row_of, quotes)))

    assert [statement.quote for statement in coding.statements] == ["“It's ours,”", "The pier café 🛳"]
    assert len(coding.moved) == 2


FIELDS = st.text(alphabet='a,;"\r\n é🛳=', max_size=8).map(str.strip)


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 20), FIELDS), max_size=5))
def test_what_is_written_is_read_again_and_written_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, int, str]]
) -> None:
    statements = {
        start: Statement(
            doc_id="gazette",
            start=start,
            end=start + length,
            quote=TEXT[start : start + length],
            demand="open-pier",
            actor="town",
            position="open",
            addressee=("mayor", "bay"),
            decision="rejected",
            note=note,
        )
        for start, length, note in rows
        if TEXT[start : start + length].strip()
    }
    event = Event(
        doc_id="gazette", start=0, end=9, quote=TEXT[:9], date="2031-05~", actors=("bay",), status="possible"
    )
    folder = tmp_path_factory.mktemp("coding")

    write_coding(folder, Coding(tuple(statements.values()), (event,)))
    written = [path.read_bytes() for path in sorted(folder.iterdir())]
    coding = read_coding(folder, DOCUMENTS, CODEBOOK)
    write_coding(folder, replace(coding, statements=coding.statements[::-1]))

    assert set(coding.statements) == set(statements.values())
    assert coding.events == (event,)
    assert coding.moved == ()
    assert [path.read_bytes() for path in sorted(folder.iterdir())] == written
    assert all(b"\r\n" not in line or b'"' in line for line in written[1].splitlines(keepends=True))


def alike(text: str) -> str:
    """A text without what may differ between a quotation and its place."""
    straight = text.translate(str.maketrans("“”’", '""\''))
    return " ".join(unicodedata.normalize("NFD", straight).split())


@given(st.data())
def test_after_edits_a_quotation_stands_at_its_own_words_or_is_lost(data: st.DataObject) -> None:
    places = st.integers(0, len(TEXT))
    ranges = [sorted(data.draw(st.tuples(places, places))) for _ in range(4)]
    claims = [Claim(TEXT[a:b], a, b) for a, b in ranges if TEXT[a:b].strip()]
    text = TEXT
    for _ in range(data.draw(st.integers(1, 3))):
        at, gone = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 10))
        text = text[:at] + data.draw(LETTERS) + text[at + gone :]

    for claim, place in zip(claims, find_places(text, claims), strict=True):
        if isinstance(place, Lost):
            assert claim.quote not in text or text.count(claim.quote) > 1
        else:
            assert alike(text[slice(*place)]) == alike(claim.quote)


@given(st.text(alphabet="xyz \n", max_size=30), st.text(alphabet="xyz \n", max_size=30))
def test_words_put_before_and_behind_move_every_quotation_by_their_length(before: str, after: str) -> None:
    claims = [
        Claim(quote, TEXT.index(quote)) for quote in ("stay open", "she said", "stays open", "pier", "Bay")
    ]

    found = find_places(before + TEXT + after, claims)

    assert found == [
        (c.start + len(before), c.start + len(before) + len(c.quote)) for c in claims if c.start is not None
    ]


def test_every_quotation_of_an_unchanged_text_stays_where_it_is() -> None:
    claims = [Claim(TEXT[a : a + 3], a, a + 3) for a in range(len(TEXT) - 3)]

    assert find_places(TEXT, claims) == [(claim.start, claim.end) for claim in claims]


@pytest.mark.parametrize(
    ("text", "claims", "expected"),
    [
        ("aa the cap aa", [Claim("the cap", 9)], (3, 10)),
        ("one cap, two caps: cap", [Claim("cap", 5)], (4, 7)),
        ("cap .......... cap", [Claim("cap", 8)], None),
        ("new. cap one. cap two.", [Claim("cap", 0), Claim("one", 4)], (5, 8)),
        ("cap one. cap two.", [Claim("cap", 20), Claim("one", 15), Claim("two", 24)], (9, 12)),
        ("it's", [Claim("it’s", 0)], (0, 4)),
        ("a  b\n c", [Claim("a b c")], (0, 7)),
        ("café", [Claim("cafe")], None),
        ("cafe\u0301", [Claim("café")], (0, 5)),
        ("가나", [Claim("\u1161나")], None),
        ("ab", [Claim("AB")], None),
        ("a-b", [Claim("a b")], None),
    ],
)
def test_a_quotation_is_found_by_words_and_neighbours_and_never_guessed(
    text: str, claims: list[Claim], expected: tuple[int, int] | None
) -> None:
    place = find_places(text, claims)[0]

    assert (None if isinstance(place, Lost) else place) == expected
