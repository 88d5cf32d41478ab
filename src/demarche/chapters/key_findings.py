"""The first page: what is asked, what was found, and what the confidence phrases mean."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten

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
    no_position,
    of_positions,
    show,
)
from demarche.confidence import COUNTED, LEVELS, MEANINGS, VOICE, decided_or_proposed, told_by
from demarche.figures.stances import compact_stance_figure, describe_stances, narrow_compact_stance_figure
from demarche.filters import UNSURE
from demarche.findings import Finding, all_findings
from demarche.judgements import Judgement
from demarche.prose import counted, listed, sentence
from demarche.rendering.display import Display
from demarche.rendering.svg import svg_of

BASIS = "basis-of-findings"
OTHERWISE = "other-judgements"
NO_JUDGEMENT = "The analyst of this study has signed no judgement that rests on what is shown here."
MOST_JUDGEMENTS = 8
"""How many judgements the first page has room for; a table further on has the others."""
LONGEST_HEAD = 90
"""Letters of a judgement where a table speaks of it."""
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
        f"The answer rests on {counted(len(briefing.sources), 'source')}, in which {listed(found)} were found"
    )
    if n_records:
        basis += f" ({decided_or_proposed(n_decided, n_records - n_decided)})"
    cut_off = f"; the cut-off is {date_words(briefing.study.as_of)}" if briefing.study.as_of else ""
    asked = [b.paragraph(b.strong(briefing.study.question.strip()))] if briefing.study.question else []
    head = [*asked, b.paragraph(f"{sentence(basis + cut_off)}{_coders(briefing)}")]
    return show(briefing, *head) + of_proposals(briefing) + show(briefing, *_filtered(briefing))


def judgements(briefing: Briefing) -> Display:
    """The analyst's own sentences, each with its confidence and what it rests on."""
    if not briefing.judgements:
        return show(briefing, b.absence(NO_JUDGEMENT))
    blocks = [
        b.finding(
            judgement.sentence,
            anchor=anchor("judgement", judgement.judgement_id),
            evidence=briefing.cited([*judgement.rests_on, *judgement.against]),
            confidence=_judged(judgement),
            label=f"J{place}",
        )
        for place, judgement in _numbered(briefing.judgements)[:MOST_JUDGEMENTS]
    ]
    return show(briefing, *blocks, *_signed(briefing))


def _numbered(judgements: Sequence[Judgement]) -> list[tuple[int, Judgement]]:
    return list(enumerate(judgements, start=1))


def judgement_link(briefing: Briefing, judgement_id: str) -> b.Inline:
    """A judgement's number, leading to where it stands whole: on the first page, or in the table behind."""
    order = [each.judgement_id for each in briefing.judgements]
    place = order.index(judgement_id) + 1
    where = anchor("judgement", judgement_id) if place <= MOST_JUDGEMENTS else OTHERWISE
    return b.link(f"#{where}", f"J{place}")


def otherwise(briefing: Briefing) -> Display:
    """What else the readings of each judgement would bear; those whole that had no room before."""
    rows = [
        [_told_of(briefing, place, judgement), _alternatives(judgement)]
        for place, judgement in _numbered(briefing.judgements)
        if judgement.alternatives or place > MOST_JUDGEMENTS
    ]
    if not rows:
        nothing = "The analyst names no other reading of what a judgement rests on."
        return show(briefing, b.absence(nothing if briefing.judgements else NO_JUDGEMENT))
    columns = [b.column("Judgement", width=1), b.column("What else the same readings would bear", width=1.4)]
    caption = "The judgements, and what else they could be"
    return show(briefing, b.table(columns, rows, anchor=OTHERWISE, caption=caption))


def _told_of(briefing: Briefing, place: int, judgement: Judgement) -> b.Inlines:
    """A judgement's first words, leading to it; in full where it stands on no page but this."""
    if place <= MOST_JUDGEMENTS:
        words = shorten(judgement.sentence, LONGEST_HEAD, placeholder=" …")
        return b.link(f"#{anchor('judgement', judgement.judgement_id)}", f"J{place} {words}")
    cited = citation(briefing, [*judgement.rests_on, *judgement.against])
    return [f"J{place} {judgement.sentence}", *cited, f" {sentence(_judged(judgement))}"]


def _alternatives(judgement: Judgement) -> b.Inlines:
    return " ".join(sentence(other) for other in judgement.alternatives) or NONE


def _judged(judgement: Judgement) -> str:
    """The analyst's confidence in the words of the scale, with what the readings themselves carry."""
    return f"{LEVELS[judgement.confidence]}: {told_by(judgement.support)}"


def _signed(briefing: Briefing) -> list[b.Block]:
    """Who the analyst is, as the study says, and how many judgements had no room."""
    names = list(dict.fromkeys(each.analyst for each in briefing.judgements if each.analyst))
    signed = f"The judgements are those of {listed(names)}." if names else ""
    n_all = len(briefing.judgements)
    more = and_more(
        n_all, min(n_all, MOST_JUDGEMENTS), "judgement", "in the table of what else they could be"
    )
    said = " ".join(filter(None, [signed, more]))
    return [b.note(said)] if said else []


def findings(briefing: Briefing) -> Display:
    """The computed findings, heaviest first; each cites a few readings and leads to the others."""
    found = [
        b.finding(
            [finding.sentence, *_basis(briefing, finding)],
            anchor=anchor("finding", str(place)),
            evidence=[],
            confidence=finding.confidence,
            label=str(place),
        )
        for place, finding in enumerate(all_findings(briefing), start=1)
    ]
    return show(briefing, *(found or [no_position(briefing)]))


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
        nothing = b.absence("No finding rests on single readings.")
        return show(briefing, no_position(briefing) if briefing.told.empty else nothing)
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


@of_positions
def positions(briefing: Briefing) -> Display:
    """The figure of stances with one line a demand."""
    picture = b.figure(
        svg_of(compact_stance_figure(briefing)),
        anchor="stances-at-a-glance",
        alt=describe_stances(briefing),
        caption="Where each party stands on each demand, with the number of statements that say so.",
    )
    return show(briefing, b.with_narrow(picture, svg_of(narrow_compact_stance_figure(briefing))))


def confidence_scale(briefing: Briefing) -> Display:
    """The confidence phrases and what each means, close to the sentences that bear them.

    Where there are no readings, nothing bears any but that of what is counted.
    """
    if not briefing.numbers and not all_findings(briefing):
        return show(briefing)
    meanings = MEANINGS if briefing.numbers else {COUNTED: MEANINGS[COUNTED]}
    defined: list[str | b.Inline] = []
    for phrase, meaning in meanings.items():
        defined += [b.strong(f"{phrase}:"), f" {sentence(meaning)} "]
    return show(briefing, b.note([*defined, VOICE if briefing.numbers else ""], kind=b.SCALE))


def _coders(briefing: Briefing) -> str:
    """Who decided on the readings, in the study's own words; '' where it does not say."""
    coders = sorted({*briefing.tables.statements["coder"], *briefing.tables.events["coder"]})
    known = [str(briefing.study.coders[name]) for name in coders if name in briefing.study.coders]
    return f" The readings were decided by {listed(known)}." if known else ""


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
