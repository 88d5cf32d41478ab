"""Dated events: which clause, which status, who takes part; the texts are in tests/cases/events.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from demarche.codebook import Actor, Codebook
from demarche.documents import Document
from demarche.readers.rules.confidence import BIAS
from demarche.readers.rules.dates.words import lexicon
from demarche.readers.rules.events.finding import find_events
from demarche.readers.rules.events.refused import REASONS
from demarche.readers.rules.mentions import find_mentions
from demarche.readers.rules.sentences import find_sentences
from demarche.records import EVENT_STATUSES, Event

SHEET = yaml.safe_load((Path(__file__).parent / "cases" / "events.yaml").read_text(encoding="utf-8"))
ACTORS = {
    key: Actor(actor_id=key, name=entry["name"], kind=entry["kind"], aliases=tuple(entry.get("aliases", ())))
    for key, entry in SHEET["actors"].items()
}
CODEBOOK = Codebook("The strait", ACTORS)
TEXTS = [case["text"] for case in SHEET["cases"]]


def read_events(body: str, published: str, weights: Mapping[str, float] | None = None) -> list[Event]:
    text = "News from the strait\n\n" + body
    document = Document(doc_id="d", text=text, published=published)
    sentences = find_sentences(text)
    return find_events(document, CODEBOOK, sentences, find_mentions(sentences, CODEBOOK), weights)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in SHEET["cases"]])
def test_a_text_has_these_events_and_no_others(case: dict[str, Any]) -> None:
    events = read_events(case["text"], str(case.get("published", SHEET["published"])))

    assert [(e.date, e.status) for e in events] == [(str(e[0]), e[1]) for e in case["events"]]
    for event, (_, _, says, *actors) in zip(events, case["events"], strict=True):
        assert says in event.quote
        assert list(event.actors) == (actors[0] if actors else [])


def test_how_sure_an_event_is_follows_from_what_is_known_of_its_date() -> None:
    body = "Tamor closed the strait on 3 January. Nothing has changed since the winter."
    weights = {BIAS: 1.0, "kind=season": -3.0}

    assert [event.confidence for event in read_events(body, "2022-01-26", weights)] == [0.731, 0.119]


def test_there_are_enough_cases() -> None:
    assert len(TEXTS) >= 40
    assert sum(not case["events"] for case in SHEET["cases"]) >= 15


def test_a_clause_is_quoted_without_its_neighbours() -> None:
    text = "The strait is narrow, but on 3 January it was closed to everybody; the weather was fine."

    assert [event.quote for event in read_events(text, "2022-01-26")] == [
        "on 3 January it was closed to everybody"
    ]


@given(
    st.lists(st.sampled_from(TEXTS), max_size=4), st.sampled_from(["", "2022-01-26", "2021-12-20~", "2021"])
)
def test_quotes_and_dates_replay_in_any_text(texts: list[str], published: str) -> None:
    body = "\n\n".join(texts)
    text = "News from the strait\n\n" + body
    for event in read_events(body, published):
        assert text[event.start : event.end] == event.quote
        assert event.date_text in text
        assert event.quote.strip() == event.quote != ""
        assert event.status in EVENT_STATUSES
        assert 0 < event.confidence < 1


@given(st.text(max_size=200))
def test_no_text_is_too_strange_for_events(body: str) -> None:
    text = "News from the strait\n\n" + body
    for event in read_events(body, "2022-01-26"):
        assert text[event.start : event.end] == event.quote


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_against_an_event_holds_for_some_case(
    reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found() -> list[list[Event]]:
        return [
            read_events(case["text"], str(case.get("published", SHEET["published"])))
            for case in SHEET["cases"]
        ]

    before = found()
    monkeypatch.delitem(REASONS, reason)

    assert found() != before


def test_a_word_of_the_lexicons_is_a_word_and_not_what_yaml_makes_of_on_and_no() -> None:
    dates = lexicon("dates")
    lists = [
        dates["ahead"],
        *dates["not_dates"].values(),
        *lexicon("events").values(),
        *lexicon("tenses").values(),
    ]

    assert [word for words in lists for word in words if not isinstance(word, str)] == []
