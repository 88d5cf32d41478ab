"""Evidence: the words that carry a statement, event, figure or forecast, with number, source and place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.edtf_dates import readable
from demarche.problems import InputError, Problem
from demarche.records import AUTHOR

CONTEXT = 120
POSITION_VERBS = {"demands": "demands", "supports": "supports", "open": "is open to", "rejects": "rejects"}
SENTENCE_END = re.compile(r"[.!?…][”\"’')\]]*\s|\n")

Row = Mapping[str, Any]
Facets = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One quotation of a briefing. `number` is the same wherever it is cited.

    `before` and `after` are what stands in the same sentence around the quotation, shortened;
    `decided` says that coders accepted the reading, else it is a proposal with its `confidence`.
    `facets` names what a reader may ask for: by facet (`actor`, `demand`), the ids with their names. `day` is
    the first ISO day of what it dates; where it dates nothing, the publication counts.
    """

    number: int
    kind: str
    record_id: str
    doc_id: str
    source: str
    publisher: str
    published: str
    start: int
    end: int
    quote: str
    before: str
    after: str
    speaker: str
    attribution: str
    label: str
    method: str
    coder: str
    confidence: float
    decided: bool
    facets: Facets = field(default_factory=dict)
    day: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The fields by name, as blocks and displays carry them."""
        return asdict(self)


@dataclass(frozen=True)
class Cited:
    """A row of one of the four tables with its document, its evidence number, and whether it is decided."""

    row: Row
    document: Document
    number: int
    decided: bool


def evidence_of(kind: str, cited: Cited, codebook: Codebook) -> Evidence:
    """The evidence of a row of the table of some kind; InputError when its quotation does not replay."""
    row, document = cited.row, cited.document
    start, end = int(row["start"]), int(row["end"])
    check_replays(row["quote"], start, end, document, row[f"{kind}_id"])
    teller = row.get("speaker", "")
    return Evidence(
        number=cited.number,
        kind=kind,
        record_id=row[f"{kind}_id"],
        doc_id=document.doc_id,
        source=document.title or document.doc_id,
        publisher=document.publisher,
        published=document.published,
        start=start,
        end=end,
        quote=row["quote"],
        before=context_before(document.text, start),
        after=context_after(document.text, end),
        speaker=codebook.actor_name(teller) if teller else "",
        attribution=row.get("attribution", ""),
        label=LABELS[kind](row, codebook),
        method=row["method"],
        coder=row["coder"],
        confidence=float(row["confidence"]),
        decided=cited.decided,
        facets=FACETS[kind](row, codebook),
        day=row["earliest"] if kind == "event" else "",
    )


def _statement_label(row: Row, codebook: Codebook) -> str:
    holds = f"{codebook.actor_name(row['actor'])} {POSITION_VERBS[row['position']]}"
    return f"{holds}: {codebook.demand_label(row['demand'])}"


def _event_label(row: Row, _: Codebook) -> str:
    return f"{readable(row['date'])} · {row['status']}"


def _figure_label(row: Row, _: Codebook) -> str:
    dated = f" ({readable(row['as_of'])})" if row["as_of"] else ""
    return f"{row['what']}: {amount_words(row)}{dated}"


def figure_words(row: Mapping[Any, Any]) -> str:
    """A figure with its unit, as it is read.

    >>> figure_words({"value": "70000", "unit": "soldiers", "precision": "about"})
    'about 70,000 soldiers'
    """
    return f"{_number_words(row)} {row['unit']}"


def amount_words(row: Mapping[Any, Any]) -> str:
    """A figure as it is read beside what it counts: with its unit, unless that names the unit already.

    >>> amount_words({"value": "7", "unit": "ferries", "precision": "exact", "what": "ferries at night"})
    '7'
    >>> amount_words({"value": "7", "unit": "ferries", "precision": "exact", "what": "service at night"})
    '7 ferries'
    """
    counted = row["what"].casefold().replace("per cent", "percent")
    is_named = re.search(rf"(?<!\w){re.escape(row['unit'].casefold())}(?!\w)", counted)
    return _number_words(row) if is_named else figure_words(row)


def _number_words(row: Mapping[Any, Any]) -> str:
    whole, _, rest = str(row["value"]).partition(".")
    value = f"{int(whole):,}{'.' + rest if rest else ''}"
    limit = "" if row["precision"] == "exact" else f"{row['precision']} "
    return f"{limit}{value}"


def _forecast_label(row: Row, _: Codebook) -> str:
    condition = f", if {row['condition']}" if row["condition"] else ""
    return f"{row['strength']}: {row['expects']}{condition}"


def _statement_facets(row: Row, codebook: Codebook) -> Facets:
    demand = {row["demand"]: codebook.demand_label(row["demand"])}
    return {"actor": _names([row["actor"]], codebook), "demand": demand}


def _event_facets(row: Row, codebook: Codebook) -> Facets:
    return {"actor": _names([actor for actor in row["actors"].split(";") if actor], codebook)}


def _teller_facets(row: Row, codebook: Codebook) -> Facets:
    return {"actor": _names([row["speaker"]], codebook)}


def _names(actors: Iterable[str], codebook: Codebook) -> dict[str, str]:
    """Actors, and the parties for which they speak, by id."""
    named = {actor: codebook.actor_name(actor) for actor in actors if actor != AUTHOR}
    parties = {party: codebook.actor_name(party) for party in map(codebook.party, named)}
    return named | parties


LABELS: Mapping[str, Callable[[Row, Codebook], str]] = {
    "statement": _statement_label,
    "event": _event_label,
    "figure": _figure_label,
    "forecast": _forecast_label,
}
FACETS: Mapping[str, Callable[[Row, Codebook], Facets]] = {
    "statement": _statement_facets,
    "event": _event_facets,
    "figure": _teller_facets,
    "forecast": _teller_facets,
}


def check_replays(quote: str, start: int, end: int, document: Document, record_id: str) -> None:
    """InputError, with the record's id, unless the document has the quotation at that place."""
    if document.text[start:end] == quote:
        return
    found = document.text[start:end]
    message = f"{record_id}: characters {start} to {end} are {found!r}, the record quotes {quote!r}"
    raise InputError([Problem(document.path or document.doc_id, document.line_at(start), message)])


def context_before(text: str, start: int) -> str:
    """What stands before a place in its sentence, about 120 characters at most, from a word's beginning.

    White space within is one space, and stands at the end only where the text has some there.
    """
    head = text[max(0, start - 3 * CONTEXT) : start]
    ends = [match.end() for match in SENTENCE_END.finditer(head)]
    own = head[ends[-1] :] if ends else head
    if len(own) > CONTEXT:
        own = "… " + own[-CONTEXT:].split(maxsplit=1)[-1]
    return " ".join(own.split()) + " " * (own.strip() != "" and own[-1:].isspace())


def context_after(text: str, end: int) -> str:
    """What stands after a place in its own sentence, about 120 characters at most, to a word's end.

    White space within is one space, and stands at the beginning only where the text has some there.
    """
    tail = text[end : end + 3 * CONTEXT]
    if text[max(0, end - 1) : end] in ".!?…":
        return ""
    first = SENTENCE_END.search(tail + "\n")
    own = tail[: first.end()] if first else tail
    if len(own) > CONTEXT:
        own = own[:CONTEXT].rsplit(maxsplit=1)[0] + " …"
    return " " * (own.strip() != "" and own[:1].isspace()) + " ".join(own.split())
