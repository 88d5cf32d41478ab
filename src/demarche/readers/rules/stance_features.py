"""What the words of a clause, and of the rest of its sentence, say for each position, and against any."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.heads import Heads
from demarche.readers.rules.positions import Doubts, is_modal, kinds
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.stems import everyday_words
from demarche.records import POSITIONS

Features = dict[str, float]
FAVOURS = {
    "demands": {"ask", "must", "asknoun", "cond"},
    "rejects": {"refuse", "ridicule", "silence", "accept-", "open-", "ask-", "must-"},
    "supports": {"accept", "refuse-"},
    "open": {"open", "cond", "refuse-"},
}


class Labels(NamedTuple):
    """The stances that the words of a clause express, those of its sentence, its heads, is it quoted."""

    own: frozenset[str]
    whole: frozenset[str]
    heads: frozenset[str]
    doubts: frozenset[str]
    quoted: bool


def labels_of(scene: Scene, clause: Clause, heads: Heads) -> Labels:
    """The stances of a clause and its sentence, and what speaks against their being asserted."""
    doubts = scene.kept(_doubts, clause.sentence).labels(clause)
    if is_modal(scene.sentences[clause.sentence].words[clause.first : clause.last]):
        doubts |= {"modal"}
    return Labels(
        scene.stances[clause.sentence].labels(clause),
        scene.kept(_stances, clause.sentence),
        heads.marks,
        doubts,
        scene.voices[clause.sentence].quotes(clause.first, clause.last),
    )


def _doubts(scene: Scene, sentence: int) -> Doubts:
    return Doubts.of(scene.sentences[sentence], scene.found[sentence])


def _stances(scene: Scene, sentence: int) -> frozenset[str]:
    """The stances of a whole sentence."""
    clause = Clause(sentence, 0, len(scene.sentences[sentence].tokens))
    return scene.stances[sentence].labels(clause)


class Taken(NamedTuple):
    """How a position stands to the stances of a clause: do they favour it, those of its sentence, or is
    nothing said; and what speaks against its being asserted.
    """

    position: str
    own: bool
    beside: bool
    nothing: bool
    nothing_in_sentence: bool
    doubts: frozenset[str]
    quoted: bool

    @property
    def level(self) -> str:
        """Where words stand that favour the position, in a word."""
        return "own" if self.own else "beside" if self.beside else "none"


class Kinds(NamedTuple):
    """The kinds of the stances of a clause and of its sentence, and what doubts are cast on them."""

    own: frozenset[str]
    whole: frozenset[str]
    doubts: frozenset[str]
    quoted: bool

    @classmethod
    def of(cls, labels: Labels) -> Kinds:
        """Labels, whatever their senses and heads."""
        return cls(frozenset(kinds(labels.own)), frozenset(kinds(labels.whole)), labels.doubts, labels.quoted)


def taken_of(said: Kinds) -> list[Taken]:
    """For each position how it stands to the stances."""
    return [
        Taken(
            position,
            not FAVOURS[position].isdisjoint(said.own),
            not FAVOURS[position].isdisjoint(said.whole),
            not said.own,
            not said.whole,
            said.doubts,
            said.quoted,
        )
        for position in POSITIONS
    ]


def stance_features(labels: Labels, taken: Taken) -> Features:
    """What labels say for or against a position."""
    return {taken.position + ending: 1.0 for ending in stance_endings(labels)} | taken_features(taken)


def stance_endings(labels: Labels) -> list[str]:
    """The features that each position has of its own: what follows its name in theirs."""
    beside = kinds(labels.whole) - kinds(labels.own)
    return [
        *(f": {label}" for label in sorted(labels.own)),
        *(f": {label} in sentence" for label in sorted(beside)),
        *(f": {mark}" for mark in sorted(labels.heads)),
    ]


def taken_features(taken: Taken) -> Features:
    """What says for or against a position that it is favoured, doubtful or quoted."""
    position, features = taken.position, {}
    kind = "ask" if position == "demands" else "reply"
    for doubt in sorted(taken.doubts):
        features[f"{kind}: doubt {doubt}"] = 1.0
        features[f"{kind}: doubt {doubt}, favoured {taken.own}"] = 1.0
    features[position] = 1.0
    features[f"{position} favoured"] = float(taken.own)
    features[f"{position} beside"] = float(taken.beside)
    if taken.nothing:
        features[f"{position}: nothing"] = 1.0
    if taken.nothing_in_sentence:
        features[f"{position}: nothing in sentence"] = 1.0
    if taken.quoted:
        features[f"{kind}: quoted"] = 1.0
    return features


class Shape(NamedTuple):
    """The shape of a clause and its sentence, in steps, and whether its words are the author's own."""

    doubts: frozenset[str]
    authors: bool
    is_short: bool
    asker: bool
    sentence_length: int
    clause_length: int
    n_actors: int
    place: int
    listed: bool
    frame_only: bool


def shape_of(scene: Scene, clause: Clause, labels: Labels) -> Shape:
    """The shape of a clause."""
    sentence, voice = scene.sentences[clause.sentence], scene.voices[clause.sentence]
    length = clause.last - clause.first
    return Shape(
        labels.doubts,
        not voice.speaker,
        length <= 3,
        voice.asker,
        min(len(sentence.tokens) // 8, 5),
        min(length // 4, 5),
        min(scene.kept(_n_actors, clause.sentence), 4),
        min(clause.sentence, 3),
        sentence.listed,
        bool(voice.frame[1]) and voice.frame[0] <= clause.first and clause.last <= voice.frame[1] + 1,
    )


def _n_actors(scene: Scene, sentence: int) -> int:
    return len({mention.actor for mention in scene.mentions[sentence]})


def shape_features(shape: Shape) -> Features:
    """Doubts whether anything is asserted, and the shape of the clause."""
    doubts = sorted(shape.doubts)
    features = {f"doubt: {label}": 1.0 for label in doubts}
    if shape.authors:
        features |= {f"doubt: {label}, author's": 1.0 for label in doubts}
    features["short clause"] = float(shape.is_short)
    features["asker's turn"] = float(shape.asker)
    features[f"sentence of {shape.sentence_length}"] = 1.0
    features[f"clause of {shape.clause_length}"] = 1.0
    features[f"{shape.n_actors} actors in sentence"] = 1.0
    features[f"{shape.place}th sentence"] = 1.0
    features["item"] = float(shape.listed)
    if shape.frame_only:
        features["frame only"] = 1.0
    return features


def word_endings(scene: Scene, clause: Clause) -> list[str]:
    """The everyday words of a clause, each once: what follows a position in the names of their features."""
    words, known = scene.sentences[clause.sentence].words[clause.first : clause.last], _word_endings()
    return [known[word] for word in dict.fromkeys(words) if word in known]


@cache
def _word_endings() -> dict[str, str]:
    return {word: f" w {word}" for word in everyday_words()}
