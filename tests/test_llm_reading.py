"""A language model as a reader, from its answers alone: nothing here asks anybody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from demarche.codebook import Codebook, read_codebook
from demarche.documents import Document
from demarche.readers.llm.checking import NOT_JSON, Checked, answer_rows, check_answer
from demarche.readers.llm.locating import Misplaced, find_quotation
from demarche.readers.llm.pieces import PARAGRAPH, find_paragraphs, find_pieces
from demarche.readers.llm.prompt import document_message
from demarche.readers.llm.questions import Question, questions_of
from demarche.readers.llm.settings import CONFIDENCE
from demarche.rendering.parameters import read_parameters
from demarche.study import NOTEBOOKS, check_study

TESTS = Path(__file__).parent
CASES = yaml.safe_load((TESTS / "cases" / "llm_answers.yaml").read_text(encoding="utf-8"))
CODEBOOK = read_codebook(TESTS / "studies" / "library-hours" / "codebook.yaml")
DOCUMENT = Document(doc_id="note", text=CASES["document"]["text"], published="2019-03-04")
ANY_TEXT = st.text(st.sampled_from('ab Ab.1,?!“’"-\n\r\u2028é \t{}#語')) | st.text()


def question(document: Document = DOCUMENT, codebook: Codebook = CODEBOOK) -> Question:
    (only,) = questions_of(document, codebook, "tiny")
    return only


def checked(statements: object = (), events: object = ()) -> Checked:
    answer = json.dumps({"statements": statements, "events": events}, default=list)
    return check_answer(answer, question(), CODEBOOK, 0.5)


@pytest.mark.parametrize("layer", ["statements", "events"])
def test_each_row_passes_every_check_or_is_counted_by_the_kind_of_its_fault(layer: str) -> None:
    for case in CASES[layer]:
        row = CASES[layer.removesuffix("s")] | case["row"]
        found = checked(**{layer: [row]})
        rows = found.statements or found.events

        assert [each.quote for each in rows] == ([case["quote"]] if "quote" in case else []), case["it"]
        assert list(found.refused) == ([case["refused"]] if "refused" in case else []), case["it"]
        for each in rows:
            assert DOCUMENT.text[each.start : each.end] == each.quote
            assert (each.doc_id, each.method, each.decision) == ("note", "llm:tiny", "accepted")
            assert each.confidence == 0.5


def test_a_row_of_the_codebooks_own_words_is_read_whole() -> None:
    row = CASES["statement"] | {
        "speaker": "okoro",
        "attribution": "quoted",
        "addressee": ["union", "council"],
    }

    (statement,) = checked([row]).statements
    assert (statement.demand, statement.actor, statement.position) == ("keep-branches", "friends", "demands")
    assert (statement.speaker, statement.attribution) == ("okoro", "quoted")
    assert statement.addressee == ("council", "union")


def test_the_words_of_a_date_are_the_documents_own() -> None:
    row = CASES["event"] | {"paragraph": 2, "quote": "will march again", "date_text": "again on saturday"}

    (event,) = checked(events=[row]).events
    assert event.date_text == "again on\nSaturday"


@pytest.mark.parametrize("case", CASES["answers"], ids=lambda case: case["it"])
def test_an_answer_is_one_object_with_two_lists_or_nothing(case: dict[str, Any]) -> None:
    found = check_answer(case["answer"], question(), CODEBOOK, 0.5)

    assert (answer_rows(case["answer"]) is not None) == case["is_read"]
    assert dict(found.refused) == ({} if case["is_read"] else {NOT_JSON: 1})


@pytest.mark.parametrize("answer", ["[" * 200_000, '{"statements": ' + "9" * 100_000 + ', "events": []}'])
def test_answers_beyond_all_measure_are_not_read(answer: str) -> None:
    assert answer_rows(answer) is None


@pytest.mark.parametrize("row", [None, 1, "row", [], {}, {"paragraph": 2}, {"paragraph": 2, "quote": None}])
def test_a_row_of_another_form_is_counted(row: object) -> None:
    found = checked([row], [row])

    assert (found.statements, found.events, found.refused.total()) == ([], [], 2)


def test_what_is_told_twice_is_kept_once_with_the_fewest_words() -> None:
    short = CASES["statement"] | {"quote": "want every branch kept open"}

    found = checked([CASES["statement"], short, CASES["statement"], short | {"position": "supports"}])
    assert [(s.quote, s.position) for s in found.statements] == [
        ("want every branch kept open", "demands"),
        ("want every branch kept open", "supports"),
    ]
    assert dict(found.refused) == {"told twice in the answer": 2}


def test_rows_come_out_alike_in_whatever_order_the_model_gives_them() -> None:
    rows = [CASES["statement"] | case["row"] for case in CASES["statements"]]

    assert checked(rows) == checked(rows[::-1])


@given(ANY_TEXT)
def test_paragraphs_hold_every_word_once_and_are_short(text: str) -> None:
    paragraphs = find_paragraphs(text)

    kept = "".join(text[each.start : each.end] for each in paragraphs)
    assert "".join(kept.split()) == "".join(text.split())
    assert [each.number for each in paragraphs] == list(range(1, len(paragraphs) + 1))
    assert all(0 < each.end - each.start <= PARAGRAPH for each in paragraphs)
    assert all(text[each.start : each.end].strip() == text[each.start : each.end] for each in paragraphs)


@given(st.lists(st.integers(1, 2500), max_size=12), st.sampled_from(["\n\n", ".\n", "\n\n\n  "]))
def test_each_paragraph_belongs_to_one_piece_and_its_neighbours_come_along(
    lengths: list[int], between: str
) -> None:
    text = between.join("ab. " * (length // 4) + "c" for length in lengths)
    paragraphs, pieces = find_paragraphs(text), find_pieces(text)

    assert [each for piece in pieces for each in piece.own] == list(paragraphs)
    assert [(piece.number, piece.of) for piece in pieces] == [
        (n + 1, len(pieces)) for n in range(len(pieces))
    ]
    for piece in pieces:
        numbers = [each.number for each in piece.paragraphs]
        assert numbers == list(range(numbers[0], numbers[-1] + 1))
        assert bool(piece.before) == (piece.number > 1)
        assert bool(piece.after) == (piece.number < piece.of)


def test_nothing_is_taken_from_the_paragraphs_that_only_give_context() -> None:
    text = "\n\n".join(
        f"Note {n}. " + "Words follow here. " * 60 + f"The council refused {n}." for n in range(9)
    )
    first, second = questions_of(Document(doc_id="long", text=text), CODEBOOK, "tiny")
    shared = second.piece.before[-1].number
    row = CASES["statement"] | {"paragraph": shared, "quote": f"The council refused {shared - 1}"}
    answer = json.dumps({"statements": [row], "events": []})

    assert shared in [each.number for each in first.piece.own]
    assert len(check_answer(answer, first, CODEBOOK, 0.5).statements) == 1
    assert check_answer(answer, second, CODEBOOK, 0.5).statements == []


@given(ANY_TEXT, ANY_TEXT)
def test_a_document_cannot_leave_the_strings_that_hold_it(text: str, title: str) -> None:
    document = Document(doc_id="any", text=text, title=title)

    for piece in find_pieces(text):
        lines = document_message(document, piece).splitlines()
        head, *paragraphs = map(json.loads, lines)
        assert head["document"].get("title", "") == title
        assert [(each["paragraph"], each["text"]) for each in paragraphs] == [
            (each.number, text[each.start : each.end]) for each in piece.paragraphs
        ]


@given(ANY_TEXT, st.data())
def test_a_quotation_is_found_at_words_with_its_letters_or_not_at_all(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = data.draw(ANY_TEXT | st.just(text[start:end]))

    found = find_quotation(text, quote, (start, end))
    if not isinstance(found, Misplaced):
        assert start <= found[0] < found[1] <= end
        assert _letters(text[slice(*found)]) == _letters(quote)


def _letters(text: str) -> str:
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())


def test_another_text_codebook_or_model_is_another_question_and_a_cue_is_not(tmp_path: Path) -> None:
    source = (TESTS / "studies" / "library-hours" / "codebook.yaml").read_text(encoding="utf-8")

    def asked(old: str = "", new: str = "", text: str = DOCUMENT.text) -> str:
        path = tmp_path / "codebook.yaml"
        path.write_text(source.replace(old, new) if old else source, encoding="utf-8")
        document = Document(doc_id="note", text=text, published="2019-03-04")
        return question(document, read_codebook(path)).sha256

    assert asked() == asked("clos* branch*", "clos* house*") == question().sha256
    assert asked("Doors are open", "Doors stand open") != asked()
    assert asked(text=DOCUMENT.text.replace("march", "walk")) != asked()
    assert questions_of(DOCUMENT, CODEBOOK, "other")[0].sha256 != asked()


def test_the_form_of_an_answer_allows_only_the_codebooks_ids() -> None:
    schema = question().schema["properties"]["statements"]["items"]

    assert schema["properties"]["demand"]["enum"] == list(CODEBOOK.demands)
    assert schema["properties"]["actor"]["enum"] == list(CODEBOOK.actors)
    assert schema["properties"]["speaker"]["enum"] == [*CODEBOOK.actors, "author"]
    assert schema["required"] == list(CASES["statement"])


def test_the_day_of_the_week_goes_with_the_day_of_publication() -> None:
    assert json.loads(question().user.split("\n")[0])["document"] == {
        "published": "2019-03-04",
        "weekday of publication": "Monday",
    }


def test_no_problem_repeats_what_may_be_a_key(tmp_path: Path) -> None:
    cases = yaml.safe_load((TESTS / "cases" / "bad_input.yaml").read_text(encoding="utf-8"))
    (case,) = [case for case in cases["cases"] if case["it"].startswith("keys of a server")]
    (tmp_path / "study.yaml").write_text(case["files"]["study.yaml"], encoding="utf-8")

    problems = check_study(tmp_path)
    assert len(problems) > 3
    assert not any("hush" in str(problem) for problem in problems)


def test_what_a_model_proposes_stands_in_a_briefing_unless_somebody_asks_for_more() -> None:
    (least,) = {
        parameter.default
        for path in NOTEBOOKS.glob("*.ipynb")
        for parameter in read_parameters(path)
        if parameter.name == "min_confidence"
    }

    assert least <= CONFIDENCE
