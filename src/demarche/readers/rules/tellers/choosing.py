"""Who tells a statement, and how: the author's own voice, or one of those whose speech its sentence may be.

Each possible teller is an option; what speaks for it are named features, whose weights (weights/tellers.json)
were fitted on annotated disputes by scripts/fit_tellers.py. The option with the greatest sum is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.confidence import kept, named, worth
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.tellers.features import (
    about_clause,
    about_frame,
    about_mention,
    by_frame,
    in_paragraph,
    nearness,
)
from demarche.readers.rules.tellers.frames import Frame, is_told, telling
from demarche.records import AUTHOR

LEAST_QUOTED = 0.1
"""The share of a clause's words in quotation marks from which its teller is quoted."""

Features = Mapping[str, float]


class Teller(NamedTuple):
    """Who tells us: `speaker` (an actor, or `author`), and whether the text says so in its own voice."""

    speaker: str
    is_narrator: bool


def find_teller(scene: Scene, clause: Clause, actor: str) -> tuple[str, str]:
    """Speaker and attribution of what a clause says of an actor."""
    teller, _ = max(tellers(scene, clause, actor), key=lambda option: worth(option[1], _weights()))
    if teller.is_narrator:
        return AUTHOR, "narrator"
    voice = scene.voices[clause.sentence]
    flags = voice.quoted[clause.first : clause.last]
    is_quoted = voice.source == "turn" or sum(flags) >= LEAST_QUOTED * max(1, len(flags))
    return teller.speaker, "quoted" if is_quoted else "reported"


def tellers(scene: Scene, clause: Clause, actor: str) -> list[tuple[Teller, Features]]:
    """Everybody who may tell what a clause says of an actor, with what speaks for each.

    Besides the author in the text's own voice these are the author as a mouth of people outside the
    codebook, the actor, all whom the sentence mentions, and who speaks in it or in the two before it.
    Where the frame of speech leaves no doubt, there is only the one.
    """
    frame = scene.kept(telling, clause)
    if frame and is_told(scene, clause, frame):
        return [(Teller(frame.speaker or AUTHOR, False), {})]
    about = [*scene.kept(about_clause, clause), *about_frame(scene, clause, frame, actor)]
    options: list[tuple[Teller, Features]] = [
        (Teller(AUTHOR, True), {f"narrator: {name}": 1.0 for name in about}),
        (Teller(AUTHOR, False), {f"outside: {name}": 1.0 for name in about}),
    ]
    for speaker, marks in _speakers(scene, clause, actor, frame).items():
        options.append((Teller(speaker, False), _marked(scene, speaker, actor, marks)))
    return options


def _speakers(scene: Scene, clause: Clause, actor: str, frame: Frame | None) -> dict[str, list[str]]:
    """By possible speaker: what the text shows of their speaking."""
    found: dict[str, list[str]] = {actor: []}
    for mention, marks in zip(
        scene.mentions[clause.sentence], scene.kept(_about_mentions, clause), strict=True
    ):
        found.setdefault(mention.actor, []).extend(marks)
    for back in range(3):
        if in_paragraph(scene, clause.sentence, back):
            voice = scene.voices[clause.sentence - back]
            if voice.speaker:
                found.setdefault(voice.speaker, []).append(f"voice {back} back, {voice.source}")
    if frame:
        found.setdefault(frame.speaker or actor, [])
        for speaker, marks in found.items():
            marks += by_frame(scene, clause, frame, speaker)
    return found


def _about_mentions(scene: Scene, clause: Clause) -> list[list[str]]:
    """For each mention of the sentence, what speaks for its actor being who tells what a clause says."""
    return [[*about_mention(scene, clause, mention)] for mention in scene.mentions[clause.sentence]]


def _marked(scene: Scene, speaker: str, actor: str, marks: list[str]) -> Features:
    """What speaks for a speaker, by itself and together with how near the actor stands to them."""
    actors = scene.guide.codebook.actors
    near = nearness(scene, speaker, actor)
    features = {near: 1.0, f"{near}, {actors[speaker].kind}": 1.0, f"{near}, {len(marks) > 0}": 1.0}
    for mark in marks:
        features[mark] = features[f"{near}: {mark}"] = 1.0
    return features


@cache
def _weights() -> Mapping[str, float]:
    return named(kept("tellers.json"))
