"""What is promised of text that stands in two sources: every shared run is found, chance is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from demarche.documents import Document
from demarche.passages import RUN, shared_passages

SAID = "the harbour board will publish its accounts before the boats come home in spring"


def document(name: str, text: str) -> Document:
    return Document(doc_id=name, text=text)


def test_a_passage_in_both_is_shown_as_the_later_one_has_it() -> None:
    first = document("first", f"On Monday a notice said: {SAID}. Nobody asked.")
    second = document("second", f"We learned that “{SAID.title()}”, no more.")

    (pair,) = shared_passages([first, second])

    assert (pair.earlier.doc_id, pair.later.doc_id, pair.n_words) == ("first", "second", len(SAID.split()))
    assert pair.longest == SAID.title()
    assert second.text[pair.start : pair.end] == pair.longest


def test_fewer_words_than_a_run_are_no_passage() -> None:
    short = " ".join(SAID.split()[: RUN - 1])

    assert shared_passages([document("one", f"{short} but"), document("two", f"{short} and")]) == []


def test_two_passages_count_together() -> None:
    other = "no pilot may refuse a vessel that flies the flag"
    one, two = document("one", f"{SAID}. Stop. {other}"), document("two", f"{other}. Then {SAID}")

    (pair,) = shared_passages([one, two])

    assert pair.n_words == len(SAID.split()) + len(other.split())
    assert pair.longest == SAID


@given(st.lists(st.lists(st.sampled_from("abcde"), max_size=40).map(" ".join), max_size=4))
def test_what_is_shared_stands_in_both(texts: list[str]) -> None:
    documents = [document(str(place), text) for place, text in enumerate(texts)]

    for pair in shared_passages(documents):
        assert pair.longest in pair.earlier.text
        assert len(pair.longest.split()) >= RUN
