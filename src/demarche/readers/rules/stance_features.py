"""What the words of a clause, and of the rest of its sentence, say for each position, and against any."""

from __future__ import annotations

from typing import NamedTuple

from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.positions import doubt_labels, kinds, stance_labels
from demarche.readers.rules.scene import Scene

Features = dict[str, float]
FAVOURS = {
    "demands": {"ask", "must", "asknoun", "cond"},
    "rejects": {"refuse", "ridicule", "silence", "accept-", "open-", "ask-", "must-"},
    "supports": {"accept", "refuse-"},
    "open": {"open", "cond", "refuse-"},
}


class Labels(NamedTuple):
    """The stances that the words of a clause express, those of its whole sentence, and if it is quoted."""

    own: frozenset[str]
    whole: frozenset[str]
    quoted: bool


def labels_of(scene: Scene, clause: Clause) -> Labels:
    """The stances of a clause and its sentence."""
    found, n_tokens = scene.found[clause.sentence], len(scene.sentences[clause.sentence].tokens)
    own, whole = stance_labels(found, clause), stance_labels(found, Clause(clause.sentence, 0, n_tokens))
    quoted = scene.voices[clause.sentence].quotes(clause.first, clause.last)
    return Labels(frozenset(own), frozenset(whole), quoted)


def stance_features(labels: Labels, position: str) -> Features:
    """What labels say for or against a position."""
    own_kinds, whole_kinds = kinds(labels.own), kinds(labels.whole)
    features = {f"{position}: {label}": 1.0 for label in sorted(labels.own)}
    features.update({f"{position}: {label} in sentence": 1.0 for label in sorted(whole_kinds - own_kinds)})
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


def clause_features(scene: Scene, clause: Clause) -> Features:
    """Doubts whether anything is asserted, and the shape of the clause."""
    sentence, voice = scene.sentences[clause.sentence], scene.voices[clause.sentence]
    doubts = sorted(doubt_labels(sentence, scene.found[clause.sentence], clause))
    features = {f"doubt: {label}": 1.0 for label in doubts}
    if not voice.speaker:
        features |= {f"doubt: {label}, author's": 1.0 for label in doubts}
    features["short clause"] = float(clause.last - clause.first <= 3)
    features["asker's turn"] = float(voice.asker)
    features["item"] = float(sentence.listed)
    if voice.frame[1] and voice.frame[0] <= clause.first and clause.last <= voice.frame[1] + 1:
        features["frame only"] = 1.0
    return features
