"""The first page: what is asked, what was found, and what the confidence phrases mean."""

from __future__ import annotations

from demarche import blocks as b
from demarche.briefing import Briefing
from demarche.chapters.accuracy import of_proposals
from demarche.chapters.page import (
    NONE,
    anchor,
    and_more,
    citation,
    date_words,
    leading_citation,
    most_telling,
    show,
)
from demarche.confidence import LEVELS, MEANINGS, VOICE, decided_or_proposed, told_by
from demarche.figures.stances import compact_stance_figure, describe_stances
from demarche.filters import UNSURE
from demarche.findings import Finding, all_findings
from demarche.judgements import Judgement
from demarche.prose import counted, listed, sentence
from demarche.rendering.display import Display
from demarche.rendering.svg import svg_of

BASIS = "basis-of-findings"
MOST_READINGS = 60
"""How many readings of one finding are cited."""


def question(briefing: Briefing) -> Display:
    """What the briefing asks, of how many sources, up to which day, and who read them."""
    n_records = len(briefing.numbers)
    n_decided = len(briefing.decided & set(briefing.numbers))
    tables = briefing.tables
    found = [
        counted(len(tables.statements), "statement"),
        counted(len(tables.events), "dated event"),
        *([counted(len(tables.figures), "figure")] if len(tables.figures) else []),
        *([counted(len(tables.forecasts), "expectation")] if len(tables.forecasts) else []),
    ]
    basis = (
        f"The answer rests on {counted(len(briefing.sources), 'source')}, in which {listed(found)} "
        f"were found ({decided_or_proposed(n_decided, n_records - n_decided)})"
    )
    cut_off = (
        f"; it knows what was known on {date_words(briefing.study.as_of)}" if briefing.study.as_of else ""
    )
    asked = [b.paragraph(b.strong(briefing.study.question.strip()))] if briefing.study.question else []
    head = [*asked, b.paragraph(sentence(basis + cut_off)), *_coders(briefing)]
    return show(briefing, *head) + of_proposals(briefing) + show(briefing, *_filtered(briefing))


def judgements(briefing: Briefing) -> Display:
    """The analyst's own sentences, each with its confidence, what it rests on, and what else it could be."""
    if not briefing.judgements:
        nothing = "The analyst of this study has signed no judgement that rests on what is shown here."
        return show(briefing, b.paragraph(nothing))
    blocks = [
        b.finding(
            [judgement.sentence, *_otherwise(judgement)],
            anchor=anchor("judgement", judgement.judgement_id),
            evidence=briefing.cited([*judgement.rests_on, *judgement.against]),
            confidence=_judged(judgement),
        )
        for judgement in briefing.judgements
    ]
    return show(briefing, *blocks, *_signed(briefing))


def _otherwise(judgement: Judgement) -> list[str | b.Inline]:
    if not judgement.alternatives:
        return []
    return [" ", b.emphasis("Or:"), f" {' '.join(sentence(other) for other in judgement.alternatives)}"]


def _judged(judgement: Judgement) -> str:
    """The analyst's confidence in the words of the scale, with what the readings themselves carry."""
    return f"{LEVELS[judgement.confidence]}, the analyst’s: {told_by(judgement.support)}"


def _signed(briefing: Briefing) -> list[b.Block]:
    """Who the analyst is, as the study says."""
    names = list(dict.fromkeys(each.analyst for each in briefing.judgements if each.analyst))
    return [b.note(f"The judgements are those of {listed(names)}.")] if names else []


def findings(briefing: Briefing) -> Display:
    """The computed findings, heaviest first; each cites a few readings and leads to the others."""
    found = [
        b.finding(
            [finding.sentence, *_basis(briefing, finding)],
            anchor=anchor("finding", str(place)),
            evidence=[],
            confidence=finding.confidence,
        )
        for place, finding in enumerate(all_findings(briefing), start=1)
    ]
    nothing = b.note(
        "No source states a position on any demand asked for, so there is nothing to find.", kind="warning"
    )
    return show(briefing, *(found or [nothing]))


def _basis(briefing: Briefing, finding: Finding) -> list[b.Inline]:
    """The most telling readings of a finding, and a link to all of them."""
    n_all = len(set(finding.record_ids))
    return leading_citation(briefing, finding.leading_ids, more=BASIS, n_all=n_all)


def basis(briefing: Briefing) -> Display:
    """One row a finding: every reading behind it, and of how many sources and voices they are."""
    told = briefing.told.set_index("statement_id")
    rows: list[list[b.Inlines]] = []
    for place, finding in enumerate(all_findings(briefing), start=1):
        if finding.record_ids:
            own = told[told.index.isin(finding.record_ids)]
            rows.append(
                [
                    b.link(f"#{anchor('finding', str(place))}", f"{place} {finding.kind.capitalize()}"),
                    [str(len(set(finding.record_ids))), *_readings(briefing, finding)],
                    str(briefing.n_sources(finding.record_ids)),
                    str(own["voice"].nunique()) if len(own) else NONE,
                ]
            )
    if not rows:
        return show(briefing, b.paragraph("No finding rests on single readings."))
    columns = [
        b.column("Finding", width=1.4),
        b.column("Readings", width=4),
        b.column("Sources", align="right", width=0.8),
        b.column("Voices", align="right", width=0.8),
    ]
    caption = "Every reading behind the computed findings"
    return show(briefing, b.table(columns, rows, anchor=BASIS, caption=caption))


def _readings(briefing: Briefing, finding: Finding) -> list[b.Inline]:
    """The citation of every reading; of a great many the most telling, and how many more there are."""
    known = most_telling(briefing, list(dict.fromkeys(finding.record_ids)))
    more = and_more(len(known), len(known[:MOST_READINGS]), "reading", "in the tables beside the briefing")
    return [*citation(briefing, known[:MOST_READINGS]), *b.inlines([" ", more] if more else "")]


def positions(briefing: Briefing) -> Display:
    """The figure of stances with one line a demand."""
    picture = b.figure(
        svg_of(compact_stance_figure(briefing)),
        anchor="stances-at-a-glance",
        alt=describe_stances(briefing),
        caption="Where each party stands on each demand, with the number of statements that say so.",
    )
    return show(briefing, picture)


def confidence_scale(briefing: Briefing) -> Display:
    """The confidence phrases and what each means."""
    rows = [[phrase, sentence(meaning)] for phrase, meaning in MEANINGS.items()]
    scale = b.table(
        [b.column("Phrase", width=1), b.column("Meaning", width=3)],
        rows,
        anchor="confidence-scale",
        caption="What the confidence phrases mean",
        remark=VOICE,
    )
    return show(briefing, scale)


def _coders(briefing: Briefing) -> list[b.Block]:
    """Who decided on the readings, in the study's own words."""
    coders = sorted({*briefing.tables.statements["coder"], *briefing.tables.events["coder"]})
    known = [str(briefing.study.coders[name]) for name in coders if name in briefing.study.coders]
    return [b.paragraph(f"The readings were decided by {listed(known)}.")] if known else []


def _filtered(briefing: Briefing) -> list[b.Block]:
    """A warning that says what was asked for, where not everything was."""
    filters = briefing.filters
    codebook = briefing.codebook
    asked = [
        ("actors", ", ".join(codebook.actor_name(actor) for actor in filters.actors)),
        ("demands", ", ".join(codebook.demand_label(demand) for demand in filters.demands)),
        ("from", date_words(filters.date_from) if filters.date_from else ""),
        ("to", date_words(filters.date_to) if filters.date_to else ""),
        ("without what the model was not asked about", listed(map(briefing.title, briefing.unread))),
        ("confidence at least", f"{filters.min_confidence:g}" if _lost_unsure(briefing) else ""),
    ]
    said = [f"{name}: {value}" for name, value in asked if value]
    meant = "What it says of sources and of silence is said of the selection alone."
    text = f"This briefing is a selection – {'; '.join(said)}. {meant}"
    return [b.note(text, kind="warning")] if said else []


def _lost_unsure(briefing: Briefing) -> bool:
    return UNSURE in set(briefing.left_out["reason"])
