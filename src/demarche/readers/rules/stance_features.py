"""What the words of a clause, and of the rest of its sentence, say for each position, and against any."""

from __future__ import annotations

from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.positions import doubt_labels, kinds, stance_labels
from demarche.readers.rules.scene import Scene
from demarche.records import POSITIONS

Features = dict[str, float]
FAVOURS = {
    "demands": {"ask", "must", "asknoun", "cond"},
    "rejects": {"refuse", "ridicule", "silence", "accept-", "open-", "ask-", "must-"},
    "supports": {"accept", "refuse-"},
    "open": {"open", "cond", "refuse-"},
}


def stance_features(scene: Scene, clause: Clause) -> dict[str, Features]:
    """By position: what speaks for it in the clause and beside it; what speaks against any is shared."""
    found, n_tokens = scene.found[clause.sentence], len(scene.sentences[clause.sentence].tokens)
    own, whole = stance_labels(found, clause), stance_labels(found, Clause(clause.sentence, 0, n_tokens))
    own_kinds, whole_kinds = kinds(own), kinds(whole)
    shared = _shared(scene, clause)
    quoted = scene.voices[clause.sentence].quotes(clause.first, clause.last)
    result = {}
    for position in POSITIONS:
        features = {f"{position}: {label}": 1.0 for label in own}
        features.update({f"{position}: {label} in sentence": 1.0 for label in whole_kinds - own_kinds})
        features[position] = 1.0
        features[f"{position} favoured"] = float(bool(own_kinds & FAVOURS[position]))
        features[f"{position} beside"] = float(bool(whole_kinds & FAVOURS[position]))
        if not own:
            features[f"{position}: nothing"] = 1.0
        if not whole:
            features[f"{position}: nothing in sentence"] = 1.0
        if quoted:
            features["ask: quoted" if position == "demands" else "reply: quoted"] = 1.0
        result[position] = features | shared
    return result


def _shared(scene: Scene, clause: Clause) -> Features:
    """Doubts whether anything is asserted, and the shape of the clause."""
    sentence, voice = scene.sentences[clause.sentence], scene.voices[clause.sentence]
    doubts = doubt_labels(sentence, scene.found[clause.sentence], clause)
    features = {f"doubt: {label}": 1.0 for label in doubts}
    if not voice.speaker:
        features |= {f"doubt: {label}, author's": 1.0 for label in doubts}
    features["short clause"] = float(clause.last - clause.first <= 3)
    features["asker's turn"] = float(voice.asker)
    features["item"] = float(sentence.listed)
    if voice.frame[1] and voice.frame[0] <= clause.first and clause.last <= voice.frame[1] + 1:
        features["frame only"] = 1.0
    return features
