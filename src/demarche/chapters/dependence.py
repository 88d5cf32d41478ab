"""What hangs on one source: a part of the chapter on the sources."""

from __future__ import annotations

from demarche import blocks as b
from demarche.briefing import Briefing
from demarche.chapters.key_findings import judgement_link
from demarche.chapters.page import (
    NONE,
    and_more,
    of_all_readings,
    of_positions,
    show,
    source_link,
    weightiest,
)
from demarche.figures.dependence import HEADS, dependence_figure, describe_dependence
from demarche.measures.dependence import MOST_STATEMENTS, MOST_TRIED, losses
from demarche.prose import counted, listed
from demarche.rendering.display import Display
from demarche.rendering.svg import svg_of

LOSSES = (
    ("n_demands", "Demands lost"),
    ("n_cells_lost", "Positions lost"),
    ("n_cells_turned", "Positions turned"),
    ("n_dates", "Dates lost"),
    ("n_findings", "Findings weakened"),
    ("n_judgements", "Judgements touched"),
)
WHAT_IS_LOST = (
    "A position is a party’s stance on a demand: lost when no other source reports it, turned when the "
    "others would put the party on another side. A judgement is touched when it rests on a reading of the "
    f"source. Findings are made anew without each of the {MOST_TRIED} sources that would be missed most, "
    f"where there are no more than {MOST_STATEMENTS} statements."
)


@of_all_readings
@of_positions
def figure(briefing: Briefing) -> Display:
    """What the briefing would lose without each source, as bars."""
    lost = losses(briefing)
    picture = b.figure(
        svg_of(dependence_figure(briefing, lost, LOSSES)),
        anchor="dependence-at-a-glance",
        alt=describe_dependence(briefing, lost, LOSSES),
        caption="What the briefing would lose without each source, those first that would be missed most.",
    )
    return show(briefing, b.with_heads(picture, HEADS))


@of_all_readings
@of_positions
def table(briefing: Briefing) -> Display:
    """One row a source: what the briefing would lose without it; of many those missed most."""
    lost = losses(briefing).to_dict("records")
    shown = weightiest(lost, lambda row: sum(row[name] for name, _ in LOSSES))
    rows: list[list[b.Inlines]] = [
        [
            source_link(briefing, row["doc_id"]),
            _lost(briefing, row["demands"]),
            f"{row['n_cells_lost']} lost, {row['n_cells_turned']} turned",
            str(row["n_dates"]),
            _weaker(row["findings"]),
            _shaken(briefing, row["judgements"]),
        ]
        for row in shown
    ]
    columns = [
        b.column("Without", width=1.7),
        b.column("Demands lost", width=3),
        b.column("Positions", width=1.1),
        b.column("Dates lost", align="right", width=0.7),
        b.column("Findings lost or less sure", width=1.8),
        b.column("Judgements touched", width=1.2),
    ]
    more = and_more(len(lost), len(shown), "source", "which would be missed less")
    remark = f"{WHAT_IS_LOST} {more}".strip()
    caption = "What the briefing would lose without each source"
    return show(briefing, b.table(columns, rows, anchor="dependence", caption=caption, remark=remark))


def _lost(briefing: Briefing, demands: str) -> str:
    ids = [demand for demand in demands.split(";") if demand]
    if not ids:
        return NONE
    return f"{counted(len(ids), 'demand')}: {'; '.join(map(briefing.codebook.demand_label, ids))}"


def _weaker(findings: str) -> str:
    return listed(findings.split(";")) if findings else NONE


def _shaken(briefing: Briefing, judgements: str) -> b.Inlines:
    """The numbers of judgements, each a link."""
    parts: list[str | b.Inline] = []
    for name in filter(None, judgements.split(";")):
        parts += [", "] if parts else []
        parts.append(judgement_link(briefing, name))
    return parts or NONE
