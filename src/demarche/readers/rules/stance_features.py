"""What the words of a clause, and of the rest of its sentence, say for each position, and against any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.heads import Heads
from demarche.readers.rules.positions import doubt_labels, kinds, stance_labels
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.stems import everyday_words

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
    sentence, found = scene.sentences[clause.sentence], scene.found[clause.sentence]
    return Labels(
        frozenset(stance_labels(found, clause)),
        scene.kept(_of_sentence, clause.sentence),
        heads.marks,
        frozenset(doubt_labels(sentence, found, clause)),
        scene.voices[clause.sentence].quotes(clause.first, clause.last),
    )


def _of_sentence(scene: Scene, sentence: int) -> frozenset[str]:
    """The stances of a whole sentence."""
    clause = Clause(sentence, 0, len(scene.sentences[sentence].tokens))
    return frozenset(stance_labels(scene.found[sentence], clause))


def stance_features(labels: Labels, position: str) -> Features:
    """What labels say for or against a position."""
    own_kinds, whole_kinds = kinds(labels.own), kinds(labels.whole)
    features = {f"{position}: {label}": 1.0 for label in sorted(labels.own)}
    features.update({f"{position}: {label} in sentence": 1.0 for label in sorted(whole_kinds - own_kinds)})
    features |= {f"{position}: {mark}": 1.0 for mark in sorted(labels.heads)}
    kind, taken = ("ask", "reply")[position != "demands"], bool(own_kinds & FAVOURS[position])
    for doubt in sorted(labels.doubts):
        features[f"{kind}: doubt {doubt}"] = 1.0
        features[f"{kind}: doubt {doubt}, favoured {taken}"] = 1.0
    features[position] = 1.0
    features[f"{position} favoured"] = float(bool(own_kinds & FAVOURS[position]))
    features[f"{position} beside"] = float(bool(whole_kinds & FAVOURS[position]))
    if not labels.own:
        features[f"{position}: nothing"] = 1.0
    if not labels.whole:
        features[f"{position}: nothing in sentence"] = 1.0
    if labels.quoted:
        features["ask: quoted" if position == "demands" else "reply: quoted"] = 1.0
    return features


def clause_features(scene: Scene, clause: Clause, labels: Labels) -> Features:
    """Doubts whether anything is asserted, and the shape of the clause."""
    sentence, voice = scene.sentences[clause.sentence], scene.voices[clause.sentence]
    doubts = sorted(labels.doubts)
    features = {f"doubt: {label}": 1.0 for label in doubts}
    if not voice.speaker:
        features |= {f"doubt: {label}, author's": 1.0 for label in doubts}
    features["short clause"] = float(clause.last - clause.first <= 3)
    features["asker's turn"] = float(voice.asker)
    length, n_parties = len(sentence.tokens), len({m.actor for m in scene.mentions[clause.sentence]})
    features[f"sentence of {min(length // 8, 5)}"] = 1.0
    features[f"clause of {min((clause.last - clause.first) // 4, 5)}"] = 1.0
    features[f"{min(n_parties, 4)} actors in sentence"] = 1.0
    features[f"{min(clause.sentence, 3)}th sentence"] = 1.0
    features["item"] = float(sentence.listed)
    if voice.frame[1] and voice.frame[0] <= clause.first and clause.last <= voice.frame[1] + 1:
        features["frame only"] = 1.0
    return features


def everyday_words_of(scene: Scene, clause: Clause) -> list[str]:
    """The everyday words of a clause, each once, in their order."""
    words, everyday = scene.sentences[clause.sentence].words[clause.first : clause.last], everyday_words()
    return [word for word in dict.fromkeys(words) if word in everyday]


def word_features(words: Sequence[str], position: str) -> Features:
    """Everyday words, each for or against a position."""
    return {f"{position} w {word}": 1.0 for word in words}
