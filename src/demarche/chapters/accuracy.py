"""How well the program reads: measured on invented disputes, and on what this study decided by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from demarche import blocks as b
from demarche.briefing import Briefing
from demarche.chapters.page import NONE, show
from demarche.figures.reliability import Series, describe_reliability, reliability_figure
from demarche.prose import counted, listed, sentence, share, verb
from demarche.readers import reader_named
from demarche.rendering.display import Display
from demarche.rendering.marks import mark
from demarche.rendering.svg import svg_of
from demarche.scoring import LAYERS, Score
from demarche.scoring.calibration import Bin, outcomes, reliability
from demarche.scoring.intervals import FEWEST
from demarche.scoring.measured import (
    HELD_BACK,
    Estimate,
    Figure,
    Group,
    Measured,
    estimate_words,
    estimated,
    measured,
)
from demarche.scoring.of_study import scores_of

NAMES = {
    "who-what-position": "who, what and position",
    "inventory": "which demands a text reports",
    "stance matrix": "where parties stand, text by text",
    "dated events": "dated events",
}
MEANINGS = {
    "what": "demand found in its sentence (F1)",
    "who": "party, where the demand is right",
    "position": "position, where demand and party are right",
    "speaker": "who is speaking, where all that is right",
    "attribution": "own voice, report or quotation, likewise",
    "date value": "date, where its words were found",
    "event status": "happened, scheduled or possible, where the date is right",
}
TEXTS = {
    "testing, dense": "Invented, dense",
    "testing, news": "Invented, as news",
    "originals": "Press",
}
ABOUT = {
    "testing, dense": "{size}, dense with positions and with traps, kept back while the program was built.",
    "testing, news": "{size}, written like agency and newspaper reports, kept back likewise.",
    "originals": "{texts} of December 2021 and January 2022 on Russia’s draft treaties, on which nothing was "
    "fitted, though digests of them were in view.",
}
OWN = "This study"
CHIEF = "who-what-position"


def how_well(briefing: Briefing) -> Display:
    """Precision, recall and F1: on disputes held back, and on the study's own coded documents."""
    known = _known(briefing)
    rows: list[list[b.Inlines]] = [
        [meaning, label, _share(one.precision), _share(one.recall), estimate_words(one.f1)]
        for name, meaning in NAMES.items()
        for label, one in ((label, figures[name]) for label, figures in known.measurements().items())
    ]
    if not rows:
        return show(briefing, b.absence("How often this reader is right has not been measured."))
    columns = [
        b.column("What is compared", width=2.6),
        b.column("Texts", width=1.6),
        b.column("Precision", align="right"),
        b.column("Recall", align="right"),
        b.column("F1 (95 % interval)", align="right", width=1.8),
    ]
    remark = (
        "Precision: of what is proposed, the share that is right. Recall: of what people found, the share "
        "proposed. F1: their harmonic mean. Intervals: the documents drawn again with replacement; "
        "none where all documents are alike or too few."
    )
    caption = "How often the program’s proposals are right"
    table = b.table(columns, rows, anchor="accuracy", caption=caption, remark=remark)
    return show(briefing, *_which_texts(known), table, b.paragraph(_of_sure(known)))


def of_proposals(briefing: Briefing) -> Display:
    """For whoever meets the first proposal: how many there are, their sign, how often such are right."""
    n_all, n_proposed = len(briefing.numbers), len(set(briefing.numbers) - briefing.decided)
    if not n_proposed:
        return show(briefing)
    which = share(n_proposed, n_all, "reading")
    are, them = verb(n_proposed, "is a proposal", "are proposals"), verb(n_proposed, "it", "them")
    sign = mark("proposed").glyph
    said = f"{which} {are} of the program, marked {sign}; nobody has decided on {them}"
    known = _known(briefing)
    more: list[str | b.Inline] = [" How often its proposals are right has not been measured."]
    if known.held_back() or known.own_sure:
        more = [f" {_of_sure(known)} ", b.link("#accuracy", "How often the program is right")]
    return show(briefing, b.note([sentence(said), *more], kind="warning"))


def layers(briefing: Briefing) -> Display:
    """Where readings go wrong: the share right in each layer, given that the layers before are right."""
    measurements = _known(briefing).measurements()
    if not measurements:
        return show(briefing)
    rows: list[list[b.Inlines]] = [
        [MEANINGS[name], *(estimate_words(figures[name].f1) for figures in measurements.values())]
        for name in LAYERS
    ]
    columns = [b.column("Layer", width=2.4), *(b.column(label, align="right") for label in measurements)]
    caption = "Where readings go wrong, layer by layer"
    remark = "Except in the first row: the share right of those that are right in what the row presupposes."
    return show(briefing, b.table(columns, rows, anchor="accuracy-layers", caption=caption, remark=remark))


def confidence_kept(briefing: Briefing) -> Display:
    """Of proposals at some confidence, the share that is right: a figure, and its table."""
    known = _known(briefing)
    own = reliability([outcomes(one[CHIEF]) for one in known.own.values()])
    series = [Series("disputes left out of the fitting", known.of_reader.bins), Series("this study", own)]
    if not any(one.bins for one in series):
        text = "How far this reader’s confidence can be relied on has not been measured."
        return show(briefing, b.absence(text))
    picture = b.figure(
        svg_of(reliability_figure(series, known.least)),
        anchor="reliability-curve",
        alt=describe_reliability(series),
        caption="Confidence and being right. A mark on the slanting line is right as often as its confidence "
        "says, one below it less often. Upright lines are 95 % intervals.",
    )
    return show(briefing, picture, b.paragraph(_in_words(series)), _table_of(series))


@dataclass(frozen=True)
class _Known:
    """What was measured: of the reader, on disputes; in the study, of all its proposals and of the sure."""

    of_reader: Measured
    is_current: bool
    least: float
    own: Mapping[str, Mapping[str, Score]]
    own_sure: Mapping[str, Mapping[str, Score]]

    def held_back(self) -> dict[str, Group]:
        """The disputes for testing, by group."""
        return {name: group for name, group in self.of_reader.groups.items() if name in HELD_BACK}

    def measurements(self) -> dict[str, Mapping[str, Figure]]:
        """The figures of the disputes held back, then of the study's own coded documents, by label."""
        found = {TEXTS[name]: group.of_all for name, group in self.held_back().items()}
        return found | ({OWN: estimated(list(self.own.values()))} if self.own else {})


def _known(briefing: Briefing) -> _Known:
    reader = reader_named(briefing.study.reader, llm=briefing.study.llm)
    of_reader = measured(reader.name)
    least = of_reader.least if of_reader.groups else briefing.filters.min_confidence
    inputs = list(briefing.documents.values()), briefing.codebook, briefing.coding, briefing.proposals
    return _Known(
        of_reader,
        {group.version for group in of_reader.groups.values()} <= {reader.version},
        least,
        scores_of(*inputs),
        scores_of(*inputs, least=least),
    )


def _which_texts(known: _Known) -> list[b.Block]:
    """What the texts are that the reader was tried on."""
    items: list[b.Inlines] = [
        [b.strong(TEXTS[name]), f": {ABOUT[name].format(**_sizes(group))}"]
        for name, group in known.held_back().items()
    ]
    if n_own := len(known.own):
        few = "" if n_own >= FEWEST else "; too few for intervals"
        coded = f"{counted(n_own, 'document')} that somebody coded by hand, read as if nobody had"
        items.append([b.strong(OWN), f": {coded}{few}."])
    warning = b.note("The invented disputes were read with another version of this reader.")
    return [b.listing(items), *([] if known.is_current else [warning])]


def _sizes(group: Group) -> dict[str, str]:
    texts = counted(group.n_documents, "text")
    return {"texts": texts, "size": f"{counted(group.n_disputes, 'dispute')} with {texts}"}


def _of_sure(known: _Known) -> str:
    """How often proposals are right that are sure enough to stand in a briefing by default."""
    right = [
        f"{estimate_words(group.of_sure[CHIEF].precision)} in the texts “{TEXTS[name].lower()}”"
        for name, group in known.held_back().items()
    ]
    if known.own_sure:
        own = estimated(list(known.own_sure.values()))[CHIEF]
        right.append(f"{estimate_words(own.precision)} in this study ({own.matched} of {own.system})")
    which = f"of statements proposed with a confidence of {known.least:.2f} or more"
    return sentence(f"{which}, the share right in {NAMES[CHIEF]} is {listed(right)}")


def _in_words(series: Sequence[Series]) -> str:
    """Whether confidence is too high or too low on the whole."""
    parts = []
    for one in (each for each in series if each.bins):
        n = sum(each.n for each in one.bins)
        mean, right = (
            sum(each.n * value for each, value in zip(one.bins, values, strict=True)) / n
            for values in ([each.mean for each in one.bins], [each.right for each in one.bins])
        )
        parts.append(
            f"{one.label}: {counted(n, 'statement')} with a mean confidence of {mean:.2f}, "
            f"{right:.2f} of them right"
        )
    return sentence("; ".join(parts))


def _table_of(series: Sequence[Series]) -> b.Block:
    """One row a band of confidence, with two cells for each kind of texts."""
    shown = [(one.label, {each.low: each for each in one.bins}) for one in series if one.bins]
    bands = sorted({(each.low, each.high) for _, bins in shown for each in bins.values()})
    rows: list[list[b.Inlines]] = [
        [f"{low:.1f} to {high:.1f}", *(cell for _, bins in shown for cell in _cells(bins.get(low)))]
        for low, high in bands
    ]
    columns = [b.column("Confidence")]
    for label, _ in shown:
        columns.append(b.column(f"Proposals, {label}", align="right", width=1.6))
        columns.append(b.column("Right (95 % interval)", align="right", width=1.6))
    caption = "Of statements proposed, by confidence, the share that is right"
    return b.table(columns, rows, anchor="reliability-table", caption=caption)


def _cells(one: Bin | None) -> tuple[str, str]:
    return (f"{one.n:,}", estimate_words(Estimate(one.right, *one.interval))) if one else (NONE, NONE)


def _share(one: Estimate) -> str:
    return f"{one.value:.2f}"
