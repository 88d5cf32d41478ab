"""What a reader of the page may ask for: actors, demands, sources and days, as the quotations have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from demarche.edtf_dates import bounds

NAMED = {"actor": "Actor", "demand": "Demand"}
"""The facets that evidence names itself, and what they are called on the page."""

Evidence = Mapping[str, Any]


def filter_choices(evidence: Iterable[Evidence]) -> list[dict[str, Any]]:
    """What can be chosen on the page: {"facet", "title", "choices"}, a choice being (id, words, how many).

    Actors stand in the order of their names, demands and sources in that of the evidence; a facet with
    fewer than two choices is left out, as nothing could be chosen.
    """
    records = list(evidence)
    named = [(facet, title, _choices(records, facet)) for facet, title in NAMED.items()]
    facets = [*named, ("source", "Source", _sources(records))]
    return [
        {"facet": facet, "title": title, "choices": choices}
        for facet, title, choices in facets
        if len(choices) > 1
    ]


def days(evidence: Iterable[Evidence]) -> tuple[str, str] | None:
    """The first and last day of all evidence (ISO), where any has one."""
    known = sorted(filter(None, map(day_of, evidence)))
    return (known[0], known[-1]) if known else None


def day_of(record: Evidence) -> str:
    """The ISO day by which evidence is found: of what it dates, else of its publication; empty if unknown."""
    if record.get("day"):
        return str(record["day"])
    try:
        return bounds(record["published"])[0]
    except ValueError:
        return ""


def ids_of(record: Evidence, facet: str) -> str:
    """The ids that evidence has under a facet, with a space between."""
    return " ".join(record.get("facets", {}).get(facet, {}))


def _choices(records: Iterable[Evidence], facet: str) -> list[tuple[str, str, int]]:
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    for record in records:
        for key, name in record.get("facets", {}).get(facet, {}).items():
            names[key] = name
            counts[key] = counts.get(key, 0) + 1
    order = sorted(names, key=lambda key: names[key].casefold()) if facet == "actor" else list(names)
    return [(key, names[key], counts[key]) for key in order]


def _sources(records: Iterable[Evidence]) -> list[tuple[str, str, int]]:
    titles: dict[str, str] = {}
    counts: dict[str, int] = {}
    for record in records:
        titles[record["doc_id"]] = record["source"]
        counts[record["doc_id"]] = counts.get(record["doc_id"], 0) + 1
    return [(key, title, counts[key]) for key, title in titles.items()]
