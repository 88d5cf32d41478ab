"""The fields of what people decide on: how each is called, what it means, and which values it may have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from demarche.codebook import Codebook
from demarche.records import (
    ATTRIBUTIONS,
    AUTHOR,
    EVENT_STATUSES,
    POSITIONS,
    PRECISIONS,
    STRENGTHS,
    plain_number,
)

IDS = "ids joined by ;"


@dataclass(frozen=True)
class Names:
    """Ids of the codebook that a field may hold: which stand in it today, and how each is called."""

    ids: Callable[[Codebook], list[str]]
    name: Callable[[Codebook, str], str]


ACTORS = Names(
    lambda book: [name for name, actor in book.actors.items() if actor.is_current],
    lambda book, name: book.actor_name(name),
)
DEMANDS = Names(
    lambda book: [name for name, demand in book.demands.items() if demand.is_current],
    lambda book, name: book.demand_label(name),
)


@dataclass(frozen=True)
class Field:
    """A field: its `label` beside an entry, its `meaning` in a sheet, the `words` and `names` it may hold.

    `is_list`: it holds any number of them. `is_wide`: what it holds is long. `recurs`: the
    same words should be used for the same thing, wherever the study meets it. `is_rewritten`: a spreadsheet
    that opens a .csv takes it for a day or a number, and writes it in its own way. `plain`: how a cell is
    written so that two that say the same are the same.
    """

    label: str
    meaning: str = ""
    words: tuple[str, ...] = ()
    names: Names | None = None
    is_list: bool = False
    is_wide: bool = False
    recurs: bool = False
    is_rewritten: bool = False
    plain: Callable[[str], str] = str

    @property
    def is_free(self) -> bool:
        """Whether it is told in words of whoever decides."""
        return self.is_wide and not self.names


FIELDS: Mapping[str, Field] = {
    "demand": Field("Demand", names=DEMANDS, is_wide=True),
    "actor": Field("Actor", names=ACTORS),
    "position": Field("Position", words=POSITIONS),
    "speaker": Field(
        "Speaker", "from whom we know it; author is the text itself", words=(AUTHOR,), names=ACTORS
    ),
    "attribution": Field("Attribution", words=ATTRIBUTIONS),
    "addressee": Field("Addressee", IDS, names=ACTORS, is_list=True),
    "date": Field("Date", "EDTF: 2031-05-14, 2031-05, 2031/.., 2031-05~", is_rewritten=True),
    "date_text": Field("Words of the date", is_rewritten=True),
    "status": Field("Status", words=EVENT_STATUSES),
    "actors": Field("Actors", IDS, names=ACTORS, is_list=True),
    "value": Field(
        "Number", "of a figure: the number in digits, 70000 or 1.5",
        is_rewritten=True, plain=plain_number,
    ),
    "unit": Field("Unit", "of a figure: what the number is a number of", recurs=True),
    "what": Field(
        "What is counted", "of a figure: in the same words wherever the study counts it",
        is_wide=True, recurs=True,
    ),
    "precision": Field("Limit", words=PRECISIONS),
    "as_of": Field(
        "As of", "of a figure: the day it holds for, in EDTF; empty where the text does not say",
        is_rewritten=True,
    ),
    "about": Field("Question", "of a forecast: the question that it answers", is_wide=True, recurs=True),
    "expects": Field("What is to come", "of a forecast: in a few words", is_wide=True),
    "condition": Field("If", "of a forecast: on what it hangs; empty where nothing is named", is_wide=True),
    "horizon": Field(
        "By when", "of a forecast: EDTF; empty where the text does not say", is_rewritten=True
    ),
    "strength": Field("Strength", words=STRENGTHS),
}  # fmt: skip


def options(name: str, codebook: Codebook) -> list[str]:
    """The values among which a field's is chosen, words before ids; none where anything can be written."""
    field = FIELDS[name]
    return [*field.words, *(field.names.ids(codebook) if field.names else ())]


def option_name(name: str, value: str, codebook: Codebook) -> str:
    """How a value of a field is called: an actor by name, a demand by label, all else as it is."""
    names = FIELDS[name].names
    return names.name(codebook, value) if names else value
