"""The analyst's judgements: sentences that a person signs, each with the decided readings it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from demarche.codebook import Codebook
from demarche.coding import Coding, accepted_records
from demarche.confidence import LEVELS, Support, level, told_by
from demarche.documents import Document
from demarche.inputs.yaml_forms import Form, Item, read_form
from demarche.measures.voices import own_voices
from demarche.problems import ProblemList
from demarche.records import AUTHOR, Told
from demarche.tables import documents_table
from demarche.whereabouts import whereabouts

CONFIDENCES = tuple(LEVELS)
UNDECIDED = "; a proposal carries a judgement once it is accepted (demarche review)"
_KEYS = ("analyst", "judgements")
_FIELDS = ("sentence", "confidence", "rests_on", "against", "alternatives", "because")


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """One sentence of the analyst. `rests_on` and `against` are ids of decided readings.

    `confidence` is high, moderate or low; `support` is what those readings carry by the scale of the
    computed findings, which the analyst's confidence never exceeds.
    """

    judgement_id: str
    sentence: str
    confidence: str
    rests_on: tuple[str, ...]
    against: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    because: str = ""
    analyst: str = ""
    support: Support


@dataclass(frozen=True)
class Reading:
    """What counts of a decided reading: its source, and the voice that tells it."""

    source: str
    voice: str


@dataclass(frozen=True)
class _Known:
    """The accepted readings by their ids, and the coding that they are of."""

    readings: Mapping[str, Reading]
    coding: Coding


def read_judgements(
    path: Path | None, coding: Coding, documents: Sequence[Document], codebook: Codebook
) -> tuple[Judgement, ...]:
    """The judgements of a study, none without the file; InputError with every problem."""
    problems = ProblemList()
    judgements = load_judgements(path, coding, documents, codebook, problems)
    problems.raise_if_any()
    return judgements


def load_judgements(
    path: Path | None,
    coding: Coding,
    documents: Sequence[Document],
    codebook: Codebook,
    problems: ProblemList,
) -> tuple[Judgement, ...]:
    """The judgements as far as they can be read; every problem is noted with its line."""
    form = read_form(path, problems) if path else None
    if form is None:
        return ()
    form.check_keys(_KEYS)
    known = _Known(_readings(coding, documents, codebook), coding)
    analyst = form.text("analyst")
    found = [
        _judgement(name, entry, known, analyst)
        for name, entry in form.forms("judgements", "judgement").items()
    ]
    return tuple(judgement for judgement in found if judgement)


def _readings(coding: Coding, documents: Sequence[Document], codebook: Codebook) -> dict[str, Reading]:
    """Every accepted reading by its id; what nobody tells (an event) is told by its text."""
    sources = {document.doc_id: document.source for document in documents}
    own = own_voices(documents_table(documents), codebook)
    found = {}
    for record_id, row in accepted_records(coding).items():
        speaker = row.speaker if isinstance(row, Told) else AUTHOR
        voice = own[row.doc_id] if speaker == AUTHOR else codebook.party(speaker)
        found[record_id] = Reading(sources[row.doc_id], voice)
    return found


def _judgement(name: str, form: Form, known: _Known, analyst: str) -> Judgement | None:
    form.check_keys(_FIELDS)
    rests_on = _ids(form, "rests_on", known)
    against = _ids(form, "against", known)
    sentence, confidence = form.required("sentence"), form.required("confidence")
    if not form.items("rests_on"):
        form.note("rests on nothing: name at least one decided reading under rests_on", key="rests_on")
    if not (sentence and rests_on):
        return None
    support = _support([known.readings[one] for one in rests_on], [known.readings[one] for one in against])
    if confidence not in CONFIDENCES:
        expected = ", ".join(CONFIDENCES)
        form.note(f"confidence is {confidence!r}, expected one of: {expected}", key="confidence")
    elif CONFIDENCES.index(confidence) < CONFIDENCES.index(_most(support)):
        form.note(
            f"confidence is {confidence}, but its readings carry no more than {_most(support)}: "
            f"{told_by(support)}",
            key="confidence",
        )
    return Judgement(
        judgement_id=name,
        sentence=sentence,
        confidence=confidence,
        rests_on=rests_on,
        against=against,
        alternatives=form.texts("alternatives"),
        because=form.text("because"),
        analyst=analyst,
        support=support,
    )


def _ids(form: Form, key: str, known: _Known) -> tuple[str, ...]:
    items: list[Item] = form.items(key)
    for item in items:
        if item.text not in known.readings:
            hint = whereabouts(item.text, known.coding)
            form.note(
                f"{key} names {item.text!r}, which is no accepted reading of the coding (any more)"
                f"{hint or UNDECIDED}",
                line=item.line,
            )
    return tuple(dict.fromkeys(item.text for item in items if item.text in known.readings))


def _support(readings: list[Reading], against: list[Reading]) -> Support:
    return Support(
        n_sources=len({reading.source for reading in readings}),
        n_against=len({reading.source for reading in against}),
        n_voices=len({reading.voice for reading in readings}),
        n_decided=len(readings),
        n_proposed=0,
    )


def _most(support: Support) -> str:
    """The most that an analyst may claim on this support."""
    return next(name for name, phrase in LEVELS.items() if phrase == level(support))
