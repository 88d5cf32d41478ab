"""What deciding on proposals came to: how the decided share grew, and what corrections say of the reader.

Nothing is shown where nobody decided on proposals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from demarche import blocks as b
from demarche.briefing import Briefing
from demarche.chapters.page import NONE, date_words, show
from demarche.decisions import open_texts, undecided
from demarche.edtf_dates import is_edtf
from demarche.fields import FIELDS, option_name
from demarche.figures.growth import describe_growth, growth_figure
from demarche.kinds import KINDS, Kind
from demarche.proposals import proposed
from demarche.prose import counted, listed, sentence
from demarche.rendering.display import Display
from demarche.rendering.svg import svg_of
from demarche.reviewing.journal import journals
from demarche.reviewing.lessons import (
    RANGE,
    Answer,
    answers_of,
    bands,
    confusions,
    fields_of,
    growth,
    is_inside,
)
from demarche.reviewing.replay import Reading, read_verdicts
from demarche.scoring.calibration import Bin
from demarche.scoring.measured import Estimate, estimate_words

FATES = ("accepted", "corrected", "rejected")
MOST_CONFUSIONS = 15
UNDATED = "a day not known"
DATES = ("date", "as_of", "horizon")


def growing(briefing: Briefing) -> Display:
    """How many proposals had been decided on, day by day and by whom: a figure, and its table."""
    answers = _answers(briefing)
    if not answers:
        return show(briefing)
    steps = growth(answers)
    names = [_period(step.period) for step in steps]
    n_all = steps[-1].together + _n_waiting(briefing)
    picture = b.figure(
        svg_of(growth_figure(steps, names, n_all)),
        anchor="decided-share",
        alt=describe_growth(steps, names, n_all),
        caption="Proposals decided on by the end of each period. A full bar is all proposals that were "
        "decided on or still wait to be.",
    )
    coders = sorted(steps[-1].by_coder)
    rows = [
        [
            name,
            *(f"{step.by_coder[coder]:,}" for coder in coders),
            f"{step.together:,}",
            f"{step.together / n_all:.0%}",
        ]
        for name, step in zip(names, steps, strict=True)
    ]
    titles = [*(f"By {coder}" for coder in coders), "By anybody", "Share of all"]
    columns = [b.column("By the end of"), *(b.column(title, align="right") for title in titles)]
    caption = "How the decided share grew"
    head = b.heading(2, caption, anchor="growth-of-decisions")
    return show(briefing, head, picture, b.table(columns, rows, anchor="growth", caption=caption))


def of_the_reader(briefing: Briefing) -> Display:
    """Of the proposals decided on, how many were accepted, corrected and rejected, by confidence claimed."""
    answers = _answers(briefing)
    if not answers:
        return show(briefing)
    blocks = [
        b.heading(2, "What decisions said about the reader", anchor="decisions-on-the-reader"),
        b.paragraph(_told(answers)),
    ]
    for reader in sorted({answer.reader for answer in answers}):
        for kind in KINDS:
            own = [a for a in answers if a.kind is kind and a.reader == reader]
            blocks += [_by_confidence(briefing, own, kind, reader)] if own else []
    return show(briefing, *blocks)


def corrections(briefing: Briefing) -> Display:
    """Which fields coders corrected, and which value was taken for which."""
    answers = _answers(briefing)
    if not answers:
        return show(briefing)
    blocks = [_by_field(answers)]
    if found := confusions(answers):
        shown, n_more = found[:MOST_CONFUSIONS], len(found[MOST_CONFUSIONS:])
        rows = [
            [
                _field(one.field),
                _name(briefing, one.field, one.proposed),
                _name(briefing, one.field, one.decided),
                f"{one.n:,}",
            ]
            for one in shown
        ]
        columns = [
            b.column("Field"),
            b.column("Proposed", width=2.5),
            b.column("Decided", width=2.5),
            b.column("Times", align="right"),
        ]
        more = sentence(f"and {counted(n_more, 'more pair')}") if n_more else ""
        caption = "What was taken for what"
        blocks.append(b.table(columns, rows, anchor="confusions", caption=caption, remark=more))
    return show(briefing, *blocks)


def _answers(briefing: Briefing) -> list[Answer]:
    """What coders answered to proposals, in the folder of coding that the briefing rests on."""
    if briefing.study.coding is None:
        return []
    reading = Reading(list(briefing.documents.values()), briefing.codebook)
    found = [read_verdicts(journal, reading) for journal in journals(briefing.study.coding)]
    return answers_of(verdict for verdicts in found for verdict in verdicts.values())


def _n_waiting(briefing: Briefing) -> int:
    """How many proposals that reach the least confidence nobody has decided on."""
    coding, least = briefing.coding, briefing.filters.min_confidence
    waiting = []
    for kind in KINDS:
        where = open_texts(kind, coding, briefing.documents.values())
        sure = [row for row in proposed(kind, briefing.proposals) if row.confidence >= least]
        waiting += undecided(coding.of(kind), [row for row in sure if row.doc_id in where])
    return len(waiting)


def _period(period: str) -> str:
    """How a day, week, month or year is called.

    >>> _period("2030-W23"), _period("2030-06-01"), _period("")
    ('the week of 3 June 2030', '1 June 2030', 'a day not known')
    """
    if "W" in period:
        return f"the week of {date_words(date.fromisoformat(f'{period}-1').isoformat())}"
    return date_words(period) if period else UNDATED


def _told(answers: Sequence[Answer]) -> str:
    """What became of the proposals, and how far that tells of others."""
    fates = Counter(answer.fate for answer in answers)
    n_things = len({(answer.kind.name, answer.proposed.record_id) for answer in answers})
    parts = listed(f"{fates[fate]:,} {fate}" for fate in FATES)
    given = counted(len(answers), "answer")
    said = f"Coders gave {given} to {counted(n_things, 'proposal')}: {parts}."
    caution = (
        "They saw what was proposed before they decided, and chose, or were given, where to begin, so that "
        "these shares are not those of all proposals."
    )
    return f"{said} {caution}"


def _by_confidence(briefing: Briefing, answers: Sequence[Answer], kind: Kind, reader: str) -> b.Block:
    """One row a band of confidence: what became of the proposals in it, against what was claimed."""
    rows = [
        [_band(one), f"{one.n:,}", *_fates(answers, one), f"{one.mean:.2f}", _right(one)]
        for one in bands(answers, briefing.codebook.party)
    ]
    right = f"Right in {kind.right_in}"
    columns = [b.column("Confidence claimed", width=1.3)]
    columns += [b.column(title, align="right") for title in ("Answers", *map(str.capitalize, FATES))]
    columns += [b.column("Mean claimed", align="right"), b.column(right, align="right", width=1.7)]
    caption = f"What became of the {kind.name} that the reader “{reader}” proposed"
    return b.table(columns, rows, anchor=f"answers-{reader}-{kind.name}", caption=caption)


def _band(one: Bin) -> str:
    return f"{one.low:.1f} to {one.high:.1f}"


def _fates(answers: Sequence[Answer], one: Bin) -> list[str]:
    fates = Counter(answer.fate for answer in answers if is_inside(answer, one))
    return [f"{fates[fate]:,}" for fate in FATES]


def _right(one: Bin) -> str:
    return estimate_words(Estimate(one.right, *one.interval))


def _by_field(answers: Sequence[Answer]) -> b.Block:
    """One row a field: in how many of the proposals that were kept it had to be corrected."""
    rows = []
    for kind in KINDS:
        kept = [a for a in answers if a.kind is kind and a.fate != "rejected"]
        changed = Counter(field for answer in kept for field in answer.changed)
        rows += [
            [kind.name, _field(field), f"{changed[field]:,}", f"{changed[field] / len(kept):.0%}"]
            for field in fields_of(kind)
            if kept
        ]
    columns = [
        b.column("Layer"),
        b.column("Field"),
        b.column("Corrected", align="right"),
        b.column("Share of those kept", align="right"),
    ]
    remark = "Kept: accepted, with or without corrections."
    caption = "Which fields coders corrected"
    return b.table(columns, rows, anchor="corrected-fields", caption=caption, remark=remark)


def _field(name: str) -> str:
    """How a field is called in a table."""
    return name if name == RANGE else FIELDS[name].label.lower()


def _name(briefing: Briefing, field: str, value: str) -> str:
    """A value as readers know it: names of actors, labels of demands, dates in words."""
    if field != RANGE and FIELDS[field].names:
        return option_name(field, value, briefing.codebook)
    return date_words(value) if is_edtf(value) and field in DATES else value or NONE
