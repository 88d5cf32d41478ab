"""How clearly a clause is about each demand: by its own words, its sentence's, or what it points back to."""

from __future__ import annotations

from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.topics import Evidence, SentenceTopics, leading

Features = dict[str, float]
ANAPHORA = frozenset(
    [
        "it",
        "that",
        "this",
        "they",
        "them",
        "these",
        "those",
        "such",
        "so",
        "both",
        "one",
        "same",
        "former",
        "latter",
        "idea",
        "proposal",
        "demand",
        "request",
        "offer",
        "point",
        "matter",
        "question",
        "thing",
        "plan",
        "wish",
        "claim",
        "former",
        "other",
        "neither",
    ]
)
FEWEST_EVIDENCE, MOST_DEMANDS, MOST_CARRIED = 0.12, 4, 3
CARRIED = [(f"carried {back}", f"carried {back} by cue", f"carried {back} total") for back in range(3)]
"""What the features of a demand are called that is carried from so many sentences back."""


def topic_features(scene: Scene, clause: Clause) -> dict[int, Features]:
    """By demand: how clearly a clause is about it."""
    topics = scene.topics[clause.sentence]
    own, whole = topics.evidence(clause.first, clause.last), topics.whole
    totals = {demand: own[demand].total if demand in own else 0.0 for demand in whole}
    ranked = sorted(totals, key=lambda demand: (-totals[demand], -whole[demand].total))
    best = [*(totals[demand] for demand in ranked[:2]), 0.0, 0.0]
    most = max((evidence.total for evidence in whole.values()), default=0.0)
    features = {}
    for place, demand in enumerate(ranked[:MOST_DEMANDS]):
        if totals[demand] < FEWEST_EVIDENCE:
            break
        cue, words, total = own[demand]
        features[demand] = {
            "cue": min(cue, 2.5),
            "has cue": float(cue > 0),
            "words": min(words, 3.0),
            "cue in sentence": min(whole[demand].cue, 2.5),
            "words in sentence": min(whole[demand].words, 3.0),
            "best in clause": float(place == 0),
            "behind the best": max(-3.0, total - best[0]) if place else 0.0,
            "ahead of the next": min(2.0, total - best[1]) if place == 0 else 0.0,
            f"general {scene.guide.topics.general.get(demand, '')}": 1.0,
            "best in sentence": float(whole[demand].total >= most),
        }
    for demand, carried in _carried(scene, clause, best[0]).items():
        features.setdefault(demand, {}).update(carried)
    return features


def _carried(scene: Scene, clause: Clause, own: float) -> dict[int, Features]:
    """Demands that the clauses or sentences before are about, where this clause may point back to them."""
    sentence = scene.sentences[clause.sentence]
    points_back = not ANAPHORA.isdisjoint(sentence.words[clause.first : clause.last])
    if own > 1.0 and not points_back:
        return {}
    found: dict[int, Features] = {}
    back, index = 0, clause.sentence
    while back < 3 and index >= 0 and len(found) < MOST_CARRIED:
        topics = scene.topics[index]
        ranked = topics.leading if back else _before(topics, clause)
        told, by_cue, in_all = CARRIED[back]
        across = scene.sentences[index].paragraph != sentence.paragraph
        answers = (
            across
            and scene.sentences[index].paragraph == sentence.paragraph - 1
            and scene.voices[index].asker
        )
        for place, (demand, (cue, _, total)) in enumerate(ranked):
            if total >= 2 * FEWEST_EVIDENCE and demand not in found:
                found[demand] = {
                    told: 1.0,
                    by_cue: float(cue > 0),
                    in_all: min(total, 4.0),
                    "carried first": float(place == 0),
                    "carried across": float(across and not answers),
                    "carried from question": float(answers and scene.voices[index].asker),
                    "carried, points back": float(points_back),
                    "carried against own": min(own, 2.0),
                    "carried, short": float(clause.last - clause.first <= 6),
                }
        back, index = back + 1, index - 1
    return found


def _before(topics: SentenceTopics, clause: Clause) -> list[tuple[int, Evidence]]:
    """The two demands that the words of a sentence before a clause say most of."""
    return leading(topics.evidence(0, clause.first)) if clause.first else []
