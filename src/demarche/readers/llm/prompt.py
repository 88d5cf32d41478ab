"""What is asked: rules and codebook in one message, a piece of a document in the other, the answer's form.

The document goes in as JSON lines: a text cannot end the string that holds it, so it cannot pass for a
paragraph number, a rule or the end of the document. Nothing here reads the document or writes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from demarche.codebook import Actor, Codebook, Demand
from demarche.documents import Document
from demarche.readers.llm.pieces import Paragraph, Piece
from demarche.records import ATTRIBUTIONS, AUTHOR, EVENT_STATUSES, POSITIONS

_LISTED = 150
"""As many ids the form of the answer lists; servers refuse much longer lists, so it then takes any text."""
_ABOUT = ("title", "publisher", "author", "published", "language", "genre", "text_kind")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# What a reader of lines could take for the end of one; lone surrogates cannot be sent at all.
_UNSAFE = {
    code: f"\\u{code:04x}" for code in (0x7F, *range(0x80, 0xA0), 0x2028, 0x2029, *range(0xD800, 0xE000))
}


def system_message(codebook: Codebook) -> str:
    """The rules of coding and the codebook, the same for every piece of every document."""
    actors = [_actor(actor) for actor in current_actors(codebook)]
    demands = [line for demand in current_demands(codebook) for line in _demand(demand)]
    return "\n".join([_rules(), "# Actors", "", *actors, "", "# Demands", "", *demands])


def document_message(document: Document, piece: Piece) -> str:
    """A piece of a document: a line on the document, then a line for each numbered paragraph."""
    about = {name: value for name in _ABOUT if (value := getattr(document, name))}
    if weekday := _weekday(document.published):
        about["weekday of publication"] = weekday
    context = {*piece.before, *piece.after}
    head = {"document": about, "part": piece.number, "parts": piece.of}
    lines = [head, *(_line(document.text, each, each in context) for each in piece.paragraphs)]
    return "\n".join(_json(line) for line in lines)


def answer_schema(codebook: Codebook) -> dict[str, Any]:
    """The JSON schema of an answer: every key is there, and ids are the codebook's."""
    actors = [actor.actor_id for actor in current_actors(codebook)]
    demands = [demand.demand_id for demand in current_demands(codebook)]
    place = {"paragraph": {"type": "integer"}, "quote": {"type": "string"}}
    statement = {
        **place,
        "demand": _one_of(demands),
        "actor": _one_of(actors),
        "position": _one_of(POSITIONS),
        "speaker": _one_of([*actors, AUTHOR]),
        "attribution": _one_of(ATTRIBUTIONS),
        "addressee": _list_of(_one_of(actors)),
    }
    event = {
        **place,
        "date": {"type": "string"},
        "date_text": {"type": "string"},
        "status": _one_of(EVENT_STATUSES),
        "actors": _list_of(_one_of(actors)),
    }
    return _object({"statements": _list_of(_object(statement)), "events": _list_of(_object(event))})


def current_actors(codebook: Codebook) -> list[Actor]:
    """The actors that no other has replaced."""
    return [actor for actor in codebook.actors.values() if not actor.replaced_by]


def current_demands(codebook: Codebook) -> list[Demand]:
    """The demands that no other has replaced."""
    return [demand for demand in codebook.demands.values() if not demand.replaced_by]


def _weekday(published: str) -> str:
    """The weekday of a day; empty for a date that is no day. Models count from it, but cannot tell it."""
    try:
        return _WEEKDAYS[date.fromisoformat(published).weekday()] if len(published) == 10 else ""
    except ValueError:
        return ""


@cache
def _rules() -> str:
    return resources.files(__package__).joinpath("rules.md").read_text(encoding="utf-8")


def _actor(actor: Actor) -> str:
    parts = [f"{actor.name} ({actor.kind})"]
    if actor.of:
        parts.append(f"speaks for {actor.of}")
    if actor.members:
        parts.append(f"members: {', '.join(actor.members)}")
    if actor.aliases:
        parts.append(f"also called: {', '.join(actor.aliases)}")
    return _flat(f"- {actor.actor_id}: {'; '.join(parts)}")


def _demand(demand: Demand) -> list[str]:
    lines = [f"- {demand.demand_id}: {demand.label}. {demand.definition}"]
    if demand.by or demand.to:
        lines.append(f"  usually pressed by {', '.join(demand.by) or '?'} on {', '.join(demand.to) or '?'}")
    lines += [f"  in other words: {example}" for example in demand.examples]
    return [("  " if line.startswith("  ") else "") + _flat(line) for line in lines]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _line(text: str, paragraph: Paragraph, is_context: bool) -> dict[str, Any]:
    line: dict[str, Any] = {"paragraph": paragraph.number}
    if is_context:
        line["context"] = True
    return {**line, "text": text[paragraph.start : paragraph.end]}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).translate(_UNSAFE)


def _one_of(values: Sequence[str]) -> dict[str, Any]:
    known = list(values)
    return {"type": "string", "enum": known} if 0 < len(known) <= _LISTED else {"type": "string"}


def _list_of(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
