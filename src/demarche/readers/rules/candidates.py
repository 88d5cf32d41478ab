"""Everything a document might say of the codebook's demands: each clause with demand, party and position.

A candidate is described by named features only; how much each is worth is learned apart (see confidence).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from demarche.codebook import Codebook
from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.positions import doubt_labels, kinds, stance_labels
from demarche.readers.rules.roles import Part, find_parts
from demarche.readers.rules.scene import Scene
from demarche.records import POSITIONS

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
CUE_WEIGHT = 1.5


FAVOURS = {
    "demands": {"ask", "must", "asknoun", "cond"},
    "rejects": {"refuse", "ridicule", "silence", "accept-", "open-", "ask-", "must-"},
    "supports": {"accept", "refuse-"},
    "open": {"open", "cond", "refuse-"},
}
LEVELS = {
    "strong": {
        "subject",
        "agent",
        "asker",
        "asker of",
        "quotes",
        "turn",
        "first person",
        "pronoun",
        "speaker",
        "relative",
    },
    "head": {"head subject", "head pronoun", "near", "left asker", "house", "collective"},
    "carried": {"carried speaker 1", "carried subject 1", "owner", "pronoun2", "asker pronoun"},
}
FITTING = {"ask": {"by", "both"}, "reply": {"to", "both"}}


@dataclass(frozen=True)
class Candidate:
    """A position that a party might take on a demand (by number) in a clause, with groups of features."""

    clause: Clause
    demand: int
    party: str
    part: Part
    position: str
    groups: tuple[Features, ...]

    @property
    def features(self) -> Features:
        """All features in one."""
        return dict(chain.from_iterable(group.items() for group in self.groups))


def find_candidates(scene: Scene) -> Iterator[Candidate]:
    """All candidates of a document, in the order of the text."""
    for sentence in scene.sentences:
        if sentence.kind != "text":
            continue
        for clause in scene.clauses[sentence.index]:
            yield from _of_clause(scene, clause)


def _of_clause(scene: Scene, clause: Clause) -> Iterator[Candidate]:
    topics = topic_features(scene, clause)
    if not topics:
        return
    parts = find_parts(scene, clause)
    stances = {position: stance_features(scene, clause, position) for position in POSITIONS}
    roles = {
        (party, kind): role_features(part, kind, len(parts))
        for party, part in parts.items()
        for kind in ("ask", "reply")
    }
    for demand, topic in topics.items():
        everyone = parts | _implied(scene, demand, parts, topic)
        standing = {party: _standing(scene, demand, party) for party in everyone}
        for party, part in everyone.items():
            for position in POSITIONS if party in parts else ("demands",):
                kind = "ask" if position == "demands" else "reply"
                match = _match(position, standing[party], _levels(topic, stances[position], part, position))
                role = roles.get((party, kind)) or role_features(part, kind, len(parts))
                groups = topic, stances[position], role, match
                yield Candidate(clause, demand, party, part, position, groups)


def _implied(scene: Scene, demand: int, parts: dict[str, Part], topic: Features) -> dict[str, Part]:
    """The one party known to press a demand that a clause is clearly about, where the sentence names none."""
    parties = {scene.guide.codebook.party(actor) for actor in scene.guide.topics.demands[demand].by} - {"any"}
    if (
        len(parties) != 1
        or not topic.get("best in clause")
        or topic.get("words", 0.0) + topic.get("cue", 0.0) < 1
    ):
        return {}
    return {party: Part(party, {"implied"}) for party in parties if party not in parts}


def _levels(topic: Features, stance: Features, part: Part, position: str) -> tuple[str, str, str]:
    """How strong the evidence is for the demand, for the position and for the party, in a word each."""
    total = CUE_WEIGHT * topic.get("cue", 0.0) + topic.get("words", 0.0)
    told = "strong" if total >= 2 else "clear" if total >= 1 else "faint" if total >= 0.5 else "none"
    if told == "none" and topic.get("carried first"):
        told = "carried"
    taken = (
        "own"
        if stance.get(f"{position} favoured")
        else "beside"
        if stance.get(f"{position} beside")
        else "none"
    )
    return told, taken, next((level for level, roles in LEVELS.items() if part.roles & roles), "weak")


def _match(position: str, standing: str, levels: tuple[str, str, str]) -> Features:
    """What demand, position and party say together."""
    told, taken, held = levels
    kind = "ask" if position == "demands" else "reply"
    fits = standing in FITTING[kind]
    return {
        f"{position} {standing}": 1.0,
        f"{kind} fits {fits}, topic {told}, stance {taken}": 1.0,
        f"{kind} fits {fits}, role {held}, stance {taken}": 1.0,
        f"{kind} role {held}, topic {told}": 1.0,
    }


def _standing(scene: Scene, demand: int, party: str) -> str:
    """Whether the codebook knows a party to press a demand, or to be asked: by, to, both or none."""
    entry, codebook = scene.guide.topics.demands[demand], scene.guide.codebook
    by, to = (_belongs(party, side, codebook) for side in (entry.by, entry.to))
    return "both" if by and to else "by" if by else "to" if to else "none"


def _belongs(party: str, side: Sequence[str], codebook: Codebook) -> bool:
    """Whether a party is among some actors, a bloc standing for its members and they for it."""
    listed = {codebook.party(actor) for actor in side}
    if "any" in side or party in listed or _members(party, codebook) & listed:
        return True
    return any(party in _members(actor, codebook) for actor in listed)


def _members(party: str, codebook: Codebook) -> set[str]:
    actor = codebook.actors.get(party)
    return {codebook.party(member) for member in actor.members} if actor else set()


def topic_features(scene: Scene, clause: Clause) -> dict[int, Features]:
    """By demand: how clearly a clause is about it."""
    own = _evidence(scene, clause.sentence, clause.first, clause.last)
    whole = _evidence(scene, clause.sentence, 0, len(scene.sentences[clause.sentence].tokens))
    ranked = sorted(whole, key=lambda demand: (-own.get(demand, (0, 0, 0))[2], -whole[demand][2]))
    best = [own.get(demand, (0, 0, 0))[2] for demand in ranked] + [0.0, 0.0]
    features = {}
    for place, demand in enumerate(ranked[:MOST_DEMANDS]):
        cue, words, total = own.get(demand, (0.0, 0.0, 0.0))
        if total < FEWEST_EVIDENCE:
            continue
        features[demand] = {
            "cue": min(cue, 2.5),
            "has cue": float(cue > 0),
            "words": min(words, 3.0),
            "cue in sentence": min(whole[demand][0], 2.5),
            "words in sentence": min(whole[demand][1], 3.0),
            "best in clause": float(place == 0),
            "behind the best": max(-3.0, total - best[0]) if place else 0.0,
            "ahead of the next": min(2.0, total - best[1]) if place == 0 else 0.0,
            f"general {scene.guide.topics.general.get(demand, '')}": 1.0,
            "best in sentence": float(whole[demand][2] >= max(t for _, _, t in whole.values())),
        }
    for demand, carried in _carried(scene, clause, best[0]).items():
        features.setdefault(demand, {}).update(carried)
    return features


def _evidence(scene: Scene, sentence: int, first: int, last: int) -> dict[int, tuple[float, float, float]]:
    """By demand: the strongest cue (in part where it reaches outside), the shared words, and both summed."""
    topics = scene.topics[sentence]
    cues: dict[int, float] = {}
    for hit in topics.cues:
        inside = sum(first <= token < last for token in hit.tokens)
        if inside:
            strength = hit.strength * inside / len(hit.tokens)
            cues[hit.demand] = max(cues.get(hit.demand, 0.0), strength)
    words = topics.overlap(first, last)
    return {
        demand: (
            cues.get(demand, 0.0),
            words.get(demand, 0.0),
            CUE_WEIGHT * cues.get(demand, 0.0) + words.get(demand, 0.0),
        )
        for demand in {*cues, *words}
    }


def _carried(scene: Scene, clause: Clause, own: float) -> dict[int, Features]:
    """Demands that the clauses or sentences before are about, where this clause may point back to them."""
    sentence = scene.sentences[clause.sentence]
    words = {token.lower for token in sentence.tokens[clause.first : clause.last]}
    points_back = bool(words & ANAPHORA)
    if own > 1.0 and not points_back:
        return {}
    found: dict[int, Features] = {}
    back, index = 0, clause.sentence
    while back < 3 and index >= 0 and len(found) < MOST_CARRIED:
        last = clause.first if back == 0 else len(scene.sentences[index].tokens)
        evidence = _evidence(scene, index, 0, last)
        across = scene.sentences[index].paragraph != sentence.paragraph
        answers = (
            across
            and scene.sentences[index].paragraph == sentence.paragraph - 1
            and scene.voices[index].asker
        )
        ranked = sorted(evidence.items(), key=lambda item: -item[1][2])[:2]
        for place, (demand, (cue, _, total)) in enumerate(ranked):
            if total >= 2 * FEWEST_EVIDENCE and demand not in found:
                found[demand] = {
                    f"carried {back}": 1.0,
                    f"carried {back} by cue": float(cue > 0),
                    f"carried {back} total": min(total, 4.0),
                    "carried first": float(place == 0),
                    "carried across": float(across and not answers),
                    "carried from question": float(answers and scene.voices[index].asker),
                    "carried, points back": float(points_back),
                    "carried against own": min(own, 2.0),
                    "carried, short": float(clause.last - clause.first <= 6),
                }
        back, index = back + 1, index - 1
    return found


def stance_features(scene: Scene, clause: Clause, position: str) -> Features:
    """What the words of a clause, and of the rest of its sentence, say for a position."""
    sentence, found = scene.sentences[clause.sentence], scene.found[clause.sentence]
    own = stance_labels(found, clause)
    whole = stance_labels(found, Clause(clause.sentence, 0, len(sentence.tokens)))
    voice = scene.voices[clause.sentence]
    kind = "ask" if position == "demands" else "reply"
    features = {f"{position}: {label}": 1.0 for label in own}
    features |= {f"{position}: {label} in sentence": 1.0 for label in kinds(whole) - kinds(own)}
    features[f"{position} favoured"] = float(bool(kinds(own) & FAVOURS[position]))
    features[f"{position} beside"] = float(bool(kinds(whole) & FAVOURS[position]))
    if not own:
        features[f"{position}: nothing"] = 1.0
    if not whole:
        features[f"{position}: nothing in sentence"] = 1.0
    doubts = doubt_labels(sentence, found, clause)
    features |= {f"doubt: {label}": 1.0 for label in doubts}
    if not voice.speaker:
        features |= {f"doubt: {label}, author's": 1.0 for label in doubts}
    features[f"{position}"] = 1.0
    features["short clause"] = float(clause.last - clause.first <= 3)
    features["asker's turn"] = float(voice.asker)
    features["item"] = float(sentence.listed)
    if voice.quotes(clause.first, clause.last):
        features[f"{kind}: quoted"] = 1.0
    if voice.frame[1] and voice.frame[0] <= clause.first and clause.last <= voice.frame[1] + 1:
        features["frame only"] = 1.0
    return features


def role_features(part: Part, kind: str, n_parties: int) -> Features:
    """How a party stands to a clause, for askers and for those who reply."""
    features = {f"{kind}: {role}": 1.0 for role in part.roles}
    features[f"{kind}: only party"] = float(n_parties == 1)
    return features
