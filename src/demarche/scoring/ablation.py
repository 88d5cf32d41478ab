"""The rules reader without one of its mechanisms, to see what each is worth when everything is fitted again.

A mechanism is switched off in one of two ways. What a codebook offers is taken out of the codebook. What the
rules see in a text is taken out of the features, together with the candidates that nothing else brings up;
what is computed from several mechanisms at once stays, so small losses are lower bounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from demarche.codebook import Actor, Codebook, Demand
from demarche.disputes import Dispute
from demarche.readers.rules.candidates import Candidate
from demarche.readers.rules.fitting import Sheet

_CARRIED = r"carried (?:speaker|subject|other) \d.*|absent, .*"
_POINTING = r".*pronoun\d?|first person"
_SPEECH = r"speaker|turn|quotes|quoted|in frame|house"
_TOGETHER = r".*collective|bloc|joined"


def _any_candidate(candidate: Candidate) -> bool:
    return True


@dataclass(frozen=True)
class Mechanism:
    """Something that can be switched off: names of features, candidates, or a part of the codebook."""

    name: str
    features: str = ""
    keeps: Callable[[Candidate], bool] = _any_candidate
    demand: Callable[[Demand], Demand] | None = None
    actor: Callable[[Actor], Actor] | None = None


def _by_other_roles(roles: str) -> Callable[[Candidate], bool]:
    """Whether a candidate's party stands in a role that is none of these."""
    pattern = re.compile(roles)
    return lambda candidate: not all(pattern.fullmatch(role) for role in candidate.part.roles)


def _told_here(candidate: Candidate) -> bool:
    """Whether the sentence itself has words of the demand."""
    topic = candidate.features
    return bool(topic.get("cue in sentence") or topic.get("words in sentence"))


def _of_roles(roles: str) -> str:
    return rf"(?:ask|reply): (?:{roles})"


MECHANISMS = (
    Mechanism("the codebook's cues", demand=lambda d: replace(d, cues=())),
    Mechanism("its definitions and examples", demand=lambda d: replace(d, definition="", examples=())),
    Mechanism("who is known to ask whom", demand=lambda d: replace(d, by=(), to=())),
    Mechanism("demands carried from before", r"carried.*", _told_here),
    Mechanism("actors carried from before", _of_roles(_CARRIED), _by_other_roles(_CARRIED)),
    Mechanism("pronouns", _of_roles(_POINTING), _by_other_roles(_POINTING)),
    Mechanism("speech and turns", _of_roles(_SPEECH), _by_other_roles(_SPEECH)),
    Mechanism(
        "blocs and collectives",
        _of_roles(_TOGETHER),
        _by_other_roles(_TOGETHER),
        actor=lambda a: replace(a, members=()),
    ),
    Mechanism("doubts whether anything is asserted", r"(?!\w+ w ).*\bdoubt\b.*"),
    Mechanism("ridicule, silence and conditions", r"(?!\w+ w ).*\b(?:ridicule|silence|cond)(?:\b|\d).*"),
    Mechanism("what governs a clause", r"(?!(?:ask|reply): head ).*: (?:head|does) .*"),
    Mechanism("everyday words", r"\w+ w .*"),
)
RIVALS = "the second weighing, against rivals"
"""The second step of the rating, which scripts/ablation.py leaves out in a run of its own."""


def without(mechanism: Mechanism, dispute: Dispute) -> Dispute:
    """A dispute whose codebook does not offer what the mechanism takes."""
    return replace(dispute, codebook=_poorer(dispute.codebook, mechanism))


def _poorer(codebook: Codebook, mechanism: Mechanism) -> Codebook:
    demands, actors = codebook.demands, codebook.actors
    if mechanism.demand:
        demands = {name: mechanism.demand(demand) for name, demand in demands.items()}
    if mechanism.actor:
        actors = {name: mechanism.actor(actor) for name, actor in actors.items()}
    return replace(codebook, demands=demands, actors=actors)


def sheets_without(mechanism: Mechanism, sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """Sheets without what the mechanism sees in a text; features that candidates share are made once."""
    pattern = re.compile(mechanism.features)
    for sheet in sheets:
        poorer: dict[int, dict[str, float]] = {}
        kept = [
            (_without_features(candidate, pattern, poorer), right)
            for candidate, right in zip(sheet.candidates, sheet.right, strict=True)
            if mechanism.keeps(candidate)
        ]
        yield replace(sheet, candidates=[c for c, _ in kept], right=[right for _, right in kept])


def _without_features(
    candidate: Candidate, pattern: re.Pattern[str], poorer: dict[int, dict[str, float]]
) -> Candidate:
    if not pattern.pattern:
        return candidate
    for group in candidate.groups:
        if id(group) not in poorer:
            poorer[id(group)] = {name: v for name, v in group.items() if not pattern.fullmatch(name)}
    groups = tuple(poorer[id(group)] for group in candidate.groups)
    return candidate._replace(describe=lambda: groups)
