"""The chapter on the demands: who asks what of whom, which sources say so, what answers are reported."""

from __future__ import annotations

import re
from itertools import chain

from demarche import blocks as b
from demarche.briefing import Briefing
from demarche.chapters.page import (
    FEW,
    MOST_OPEN,
    NONE,
    anchor,
    citation,
    closely,
    date_words,
    leading_citation,
    no_position,
    of_all_readings,
    of_positions,
    show,
    source_link,
    strongest_quotations,
    too_unsure,
)
from demarche.codebook import Demand
from demarche.figures.coverage import coverage_figure, describe_coverage, narrow_coverage_figure
from demarche.measures.gaps import article_coverage, uncovered_demands
from demarche.prose import actors_in_sentence, counted, listed
from demarche.rendering.display import Display
from demarche.rendering.svg import svg_of

OTHER = "Other demands"
MOST_SOURCES = 12
"""How many sources a card names."""


@of_positions
def figure(briefing: Briefing) -> Display:
    """Which source speaks of which demand, and how often."""
    picture = b.figure(
        svg_of(coverage_figure(briefing)),
        anchor="coverage",
        alt=describe_coverage(briefing),
        caption="Which source speaks of which demand. The number is that of statements; a filled mark says "
        "that the source reports the demand being made, a hollow one that it reports replies only.",
    )
    return show(briefing, b.with_narrow(picture, svg_of(narrow_coverage_figure(briefing))))


@of_positions
def cards(briefing: Briefing) -> Display:
    """One card a demand that the sources speak of, grouped by theme."""
    spoken_of = set(briefing.told["demand"])
    demands = [demand for demand in briefing.codebook.demands.values() if demand.demand_id in spoken_of]
    themes = dict.fromkeys(demand.theme for demand in demands)
    pages: list[tuple[str, list[b.Block]]] = []
    for theme in themes:
        heading = b.heading(3, theme or OTHER, anchor=anchor("theme", theme or "other"))
        own = [_card(briefing, demand) for demand in demands if demand.theme == theme]
        pages.append((f"{theme or OTHER}: {counted(len(own), 'demand')}", [heading, *own]))
    if len(demands) > MOST_OPEN:
        return show(briefing, closely(pages))
    return show(briefing, *chain.from_iterable(page for _, page in pages))


def _card(briefing: Briefing, demand: Demand) -> b.Block:
    about = briefing.told[briefing.told["demand"] == demand.demand_id]
    made = about[about["position"] == "demands"]
    facts: list[tuple[str, b.Inlines]] = [
        ("Meaning", _meaning(briefing, demand)),
        ("Made by", _by_party(briefing, demand.demand_id, "demands")),
        ("Made of", _addressees(briefing, demand)),
        ("Reported by", _reported_by(briefing, demand.demand_id)),
        ("Supported by", _by_party(briefing, demand.demand_id, "supports")),
        ("Open to it", _by_party(briefing, demand.demand_id, "open")),
        ("Refused by", _by_party(briefing, demand.demand_id, "rejects")),
    ]
    if demand.reference:
        facts.append(("Reference", _articles_of(briefing, demand)))
    if len(about) > FEW:
        facts.append(("All statements", citation(briefing, about["statement_id"])))
    most = briefing.max_quotes
    quotations = strongest_quotations(
        briefing, list((made if len(made) else about)["statement_id"]), most=most
    )
    return b.card(demand.label, facts, quotations, anchor=anchor("demand", demand.demand_id))


def _meaning(briefing: Briefing, demand: Demand) -> str:
    """The definition, with the labels of other demands for their ids."""
    meaning = demand.definition or NONE
    for other in sorted(briefing.codebook.demands.values(), key=lambda each: -len(each.demand_id)):
        if "-" in other.demand_id:
            meaning = re.sub(rf"(?<![\w-]){re.escape(other.demand_id)}(?![\w-])", f"“{other.label}”", meaning)
    return meaning


def _by_party(briefing: Briefing, demand: str, position: str) -> b.Inlines:
    """The parties that take a position on a demand, each with its evidence."""
    rows = briefing.told[(briefing.told["demand"] == demand) & (briefing.told["position"] == position)]
    parts: list[str | b.Inline] = []
    for party, cell in rows.groupby("party", sort=False):
        parts += ["; "] if parts else []
        ids = list(cell["statement_id"])
        parts += [briefing.codebook.actor_name(str(party))]
        parts += leading_citation(briefing, ids, more=anchor("demand", demand))
    return parts or "nobody, in these sources"


def _articles_of(briefing: Briefing, demand: Demand) -> b.Inlines:
    """The articles that a demand is drawn from, as the reference names them, with a link to their table."""
    known = {row["article"]: row for row in briefing.reference.treaty_articles.to_dict("records")}
    parts: list[str | b.Inline] = []
    for article in demand.reference:
        parts += ["; "] if parts else []
        named = known.get(article)
        words = f"{named['document']}, {named['number']}" if named else article
        parts.append(b.link("#articles", words) if named else words)
    return parts


def _addressees(briefing: Briefing, demand: Demand) -> str:
    """Whom the sources name as addressed; else whom the codebook names, and that it is the codebook."""
    made = briefing.told[
        (briefing.told["demand"] == demand.demand_id) & (briefing.told["position"] == "demands")
    ]
    named = [actor for cell in made["addressee"] for actor in cell.split(";") if actor]
    parties = list(dict.fromkeys(briefing.codebook.party(actor) for actor in named))
    if parties:
        return actors_in_sentence(briefing.codebook, parties)
    known = [actor for actor in demand.to if actor != "any"]
    if not known:
        return "nobody in particular"
    return f"{actors_in_sentence(briefing.codebook, known)} (by the codebook; no source says)"


def _reported_by(briefing: Briefing, demand: str) -> b.Inlines:
    about = briefing.told[briefing.told["demand"] == demand]
    sources = list(dict.fromkeys(about["source"]))
    voices = counted(about["voice"].nunique(), "independent voice")
    parts: list[str | b.Inline] = [f"{counted(len(sources), 'source')}, {voices}"]
    days = [day for day in about["day"] if day]
    if days:
        first = about[about["day"] == min(days)]["source"].iloc[0]
        parts.append(f", first on {date_words(briefing.documents[first].published)}")
    parts.append(": ")
    for place, source in enumerate(sources[:MOST_SOURCES]):
        parts += ["; "] if place else []
        parts.append(source_link(briefing, source))
    n_more = len(sources) - MOST_SOURCES
    return [*parts, f"; and {n_more} more"] if n_more > 0 else parts


@of_all_readings
@of_positions
def articles(briefing: Briefing) -> Display:
    """The articles of the documents at issue, held against what the sources report."""
    table = article_coverage(briefing.reference.treaty_articles, briefing.tables.demands)
    if table.empty:
        return show(briefing, b.absence("This study has no list of articles to be held against."))
    rows = [
        [
            f"{row['document']}, {row['number']}",
            row["obliges"],
            _labels(briefing, row["reported"]),
            b.chip("reported", "decided") if row["reported"] else b.chip("not reported", "not covered"),
        ]
        for row in table.to_dict("records")
    ]
    columns = [
        b.column("Article", width=1.5),
        b.column("What it would oblige to", width=3),
        b.column("Demands reported", width=2.5),
        b.column("Sources", width=1.2),
    ]
    caption = (
        "The articles of the documents at issue, and the demands drawn from them that the sources report"
    )
    return show(briefing, b.table(columns, rows, anchor="articles", caption=caption))


@of_all_readings
def gaps(briefing: Briefing) -> Display:
    """The demands reported that no article contains, and those of the codebook that no source speaks of."""
    demands = briefing.tables.demands
    missing = _labels(briefing, ";".join(uncovered_demands(demands)))
    unsure = too_unsure(briefing, "statement")
    if briefing.told.empty:
        return show(
            briefing,
            no_position(briefing),
            b.absence(f"{'Followed' if unsure else 'Looked for in vain'}: {missing}."),
        )
    known = set(briefing.reference.treaty_articles["article"])
    items: list[b.Inlines] = []
    if known:
        outside = [
            row["demand"]
            for row in demands[demands["n_statements"] > 0].to_dict("records")
            if not known & set(row["reference"].split(";"))
        ]
        in_no_article = ["Reported, but in no article: ", *_with_evidence(briefing, outside)]
        items.append(in_no_article if outside else "Every demand reported is in an article.")
    in_no_source = f"In the codebook, but in no {'reading shown' if unsure else 'source'}: {missing}"
    items.append(in_no_source if missing != NONE else "Every demand of the codebook is in a source.")
    return show(briefing, b.listing(items))


def _with_evidence(briefing: Briefing, demands: list[str]) -> list[str | b.Inline]:
    parts: list[str | b.Inline] = []
    for demand in demands:
        first = briefing.told[briefing.told["demand"] == demand].drop_duplicates("source")
        parts += ["; "] if parts else []
        parts += [briefing.codebook.demand_label(demand), *citation(briefing, first["statement_id"])]
    return parts


def _labels(briefing: Briefing, demands: str) -> str:
    return listed(briefing.codebook.demand_label(demand) for demand in demands.split(";") if demand) or NONE
