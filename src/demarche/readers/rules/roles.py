"""Which actors a clause may be about, and in which roles they stand to it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.heads import Heads, subject_of
from demarche.readers.rules.lexicons import words_of
from demarche.readers.rules.mentions import Mention
from demarche.readers.rules.phrases import Found
from demarche.readers.rules.scene import Scene

FIRST_PERSON = frozenset(("we", "our", "us", "i", "my", "me", "ours", "mine", "'re"))
RELATIVES = frozenset(("who", "which", "whose", "whom"))
SKIPPED = frozenset(("the", "a", "an", "mr", "ms", "mrs", "dr", ".", "both", "that", "this"))
STRENGTH = (
    "subject",
    "agent",
    "asker",
    "first person",
    "turn",
    "quotes",
    "speaker",
    "pronoun",
    "head subject",
)
"""The roles in which an actor most likely holds the position; the strongest gives the id."""
ORDER = {role: place for place, role in enumerate(STRENGTH)}
OWN = frozenset(("subject", "pronoun", "head subject", "head pronoun"))
"""The roles of one whom the sentence itself shows to act."""
PRONOUNS = frozenset(("pronoun", "pronoun2", "collective"))


@dataclass
class Part:
    """The part that a party plays in a clause: its roles, and the actor that was named for it."""

    actor: str
    roles: set[str] = field(default_factory=set)
    order: int = 99

    def add(self, role: str, actor: str) -> None:
        """Note a role; the actor in the strongest role gives the name."""
        order = ORDER.get(role, 50)
        if order < self.order:
            self.actor, self.order = actor, order
        self.roles.add(role)


def find_parts(scene: Scene, clause: Clause, heads: Heads) -> dict[str, Part]:
    """By party: the roles of all who may hold a position in a clause."""
    parts: dict[str, Part] = {}
    joined, stances = scene.kept(_joined, clause.sentence), scene.stances[clause.sentence].found
    stance = next((one.first for one in stances if clause.first <= one.first < clause.last), clause.last)
    bound = scene.kept(_bound_roles, clause.sentence)
    for mention, governed in zip(scene.mentions[clause.sentence], bound, strict=True):
        for role in _roles(scene, clause, mention, governed, stance):
            _add(parts, scene, role, mention.actor)
        if mention in joined:
            _add(parts, scene, "joined", mention.actor)
    _add_subjects(parts, scene, clause, heads)
    _add_voices(parts, scene, clause, heads)
    _add_blocs(parts, scene, joined)
    own = not all(OWN.isdisjoint(part.roles) for part in parts.values())
    _add_carried(parts, scene, clause, own=own)
    return parts


def _add_subjects(parts: dict[str, Part], scene: Scene, clause: Clause, heads: Heads) -> None:
    """Who does what the clause, or the words that govern it, tells of; or to whom it is done."""
    for place, head in (("own", heads.own), ("left", heads.left)):
        subject = subject_of(scene, clause.sentence, head) if head else None
        if head and subject:
            passive = " passive" if place == "own" and heads.passive else ""
            near = "" if head.first - subject.last <= 3 else " far"
            _add(parts, scene, f"does {place}{passive}{near}", subject.actor)
            pronoun = f", {subject.form}" if subject.form in {"pronoun", "collective"} else ""
            _add(parts, scene, f"does {place}: {head.kind}{passive}{pronoun}", subject.actor)


def _add_blocs(parts: dict[str, Part], scene: Scene, joined: list[Mention]) -> None:
    """A bloc takes the roles of its members, where all of them are one subject together."""
    together = {scene.guide.standings.party(mention.actor) for mention in joined}
    for bloc, members in scene.guide.standings.blocs.items():
        if members <= together & set(parts):
            for role in sorted({"bloc"}.union(*(parts.pop(member).roles for member in members)) - {"joined"}):
                _add(parts, scene, role, bloc)


def _joined(scene: Scene, sentence: int) -> list[Mention]:
    """Mentions of a sentence that are one subject together: 'X and Y', 'both sides'."""
    words, found = scene.sentences[sentence].words, []
    mentions = [m for m in scene.mentions[sentence] if not m.owner and m.form != "pronoun2"]
    for one, two in pairwise(mentions):
        between = words[one.last : two.first]
        if between and between[0] in {"and", "nor", "or", ","} and set(between[1:]) <= SKIPPED | {"and"}:
            found += [one, two] if one.actor != two.actor else []
    return found + [mention for mention in mentions if mention.form == "collective"]


def _add(parts: dict[str, Part], scene: Scene, role: str, actor: str) -> None:
    party = scene.guide.standings.party(actor)
    if party not in parts:
        parts[party] = Part(actor)
    parts[party].add(role, actor)


def _roles(scene: Scene, clause: Clause, mention: Mention, bound: str, stance: int) -> list[str]:
    """How a mention of the sentence stands to the clause, and to the frame of speech."""
    first, last = scene.voices[clause.sentence].frame
    role = _role(scene, clause, mention, bound, stance)
    return [role, "in frame"] if first <= mention.first < last else [role]


def _role(scene: Scene, clause: Clause, mention: Mention, bound: str, stance: int) -> str:
    if _is_antecedent(scene, clause, mention):
        return "relative"
    place = "left " if mention.first < clause.first else "right " if mention.first >= clause.last else ""
    if bound:
        return place + bound
    if mention.form in PRONOUNS:
        return ("head " if place == "left " else place) + mention.form
    if place:
        return "head subject" if place == "left " else "right"
    if mention.first > stance:
        return "object"
    return "asked subject" if _is_asked_for(scene, clause, mention) else "subject"


def _bound_roles(scene: Scene, sentence: int) -> list[str]:
    """For each mention of a sentence, what it is by what it owns or what governs it, if anything."""
    return [_bound_role(scene, mention) for mention in scene.mentions[sentence]]


def _bound_role(scene: Scene, mention: Mention) -> str:
    if mention.owner:
        noun = "asker" if _asked_noun(scene, mention) else "owner"
        return f"{noun} pronoun" if mention.form in PRONOUNS else noun
    before = _preposition(scene, mention)
    if before == "by":
        return "agent"
    if before in {"of", "from"} and _asked_noun_before(scene, mention):
        return "asker of"
    return ("to" if before in {"to", "on", "upon", "from"} else "other") if before else ""


def _is_antecedent(scene: Scene, clause: Clause, mention: Mention) -> bool:
    """Whether a clause begins with a relative pronoun right behind a mention."""
    return (
        0 <= clause.first - mention.last <= 1
        and scene.sentences[clause.sentence].words[clause.first] in RELATIVES
        and not mention.owner
    )


def _is_asked_for(scene: Scene, clause: Clause, mention: Mention) -> bool:
    """Whether a subject stands in what somebody asks for: '… demands that X withdraw'."""
    tokens = scene.sentences[clause.sentence].tokens
    begins = next(
        (i for i in range(clause.first, max(-1, clause.first - 12), -1) if tokens[i].lower == "that"), -1
    )
    if begins < 0 or mention.first - clause.first > 4:
        return False
    heads = [one for one in scene.found[clause.sentence] if one.last <= begins + 1 and begins - one.last <= 8]
    heads = [one for one in heads if one.kind in {"ask", "asknoun", "say", "refuse", "accept", "open"}]
    return bool(heads) and heads[-1].kind in {"ask", "asknoun"}


def _preposition(scene: Scene, mention: Mention) -> str:
    tokens, index = scene.sentences[mention.sentence].tokens, mention.first - 1
    while index >= 0 and tokens[index].lower in SKIPPED:
        index -= 1
    word = tokens[index].lower if index >= 0 else ""
    return word if word in words_of("grammar", "prepositions") else ""


def _asked_noun(scene: Scene, mention: Mention) -> bool:
    return any(
        one.kind == "asknoun" and mention.last <= one.first <= mention.last + 4
        for one in scene.found[mention.sentence]
    )


def _asked_noun_before(scene: Scene, mention: Mention) -> bool:
    return any(
        one.kind == "asknoun" and mention.first - 4 <= one.last <= mention.first
        for one in scene.found[mention.sentence]
    )


def _add_voices(parts: dict[str, Part], scene: Scene, clause: Clause, heads: Heads) -> None:
    voice = scene.voices[clause.sentence]
    words = scene.sentences[clause.sentence].words[clause.first : clause.last]
    speaks_of_self = not FIRST_PERSON.isdisjoint(words)
    we_do = heads.own is not None and _we_do(scene, clause, heads.own)
    if voice.speaker:
        quoted = voice.quotes(clause.first, clause.last)
        role = (
            "turn"
            if voice.source == "turn"
            else "quotes"
            if quoted
            else "near"
            if voice.source == "near"
            else "speaker"
        )
        _add(parts, scene, role, voice.speaker)
        if speaks_of_self and (quoted or voice.source == "turn"):
            _add(parts, scene, "first person", voice.speaker)
        if we_do:
            _add(parts, scene, "we do", voice.speaker)
    elif scene.house and speaks_of_self:
        _add(parts, scene, "house", scene.house)


def _we_do(scene: Scene, clause: Clause, head: Found) -> bool:
    """Whether a first person stands right before a head."""
    before = scene.sentences[clause.sentence].tokens[max(0, head.first - 3) : head.first]
    return any(token.lower in {"we", "i"} for token in before)


def _add_carried(parts: dict[str, Part], scene: Scene, clause: Clause, *, own: bool) -> None:
    """Subjects and speakers of the sentences before; where the sentence has its own, only as the absent."""
    here = set(parts)
    for one in scene.kept(_carried, clause.sentence):
        if not own:
            _add(parts, scene, one.role, one.actor)
        elif one.is_next and one.is_chief and scene.guide.standings.party(one.actor) not in here:
            _add(parts, scene, f"absent, {one.role}", one.actor)


class Carried(NamedTuple):
    """An actor of the sentences before: in which role, of the last one, and its speaker or likely subject."""

    role: str
    actor: str
    is_next: bool
    is_chief: bool


def _carried(scene: Scene, sentence: int) -> list[Carried]:
    """The speakers and actors of the two sentences before one."""
    paragraph, found = scene.sentences[sentence].paragraph, []
    for back in range(1, min(2, sentence) + 1):
        index, is_next = sentence - back, back == 1
        same = "" if scene.sentences[index].paragraph == paragraph else " across"
        if speaker := scene.voices[index].speaker:
            found.append(Carried(f"carried speaker {back}{same}", speaker, is_next, True))
        for number, actor in enumerate(scene.kept(_subjects, index)):
            role = f"carried subject {back}{same}" if number == 0 else f"carried other{same}"
            found.append(Carried(role, actor, is_next, number == 0))
    return found


def _subjects(scene: Scene, index: int) -> list[str]:
    """The actors of a sentence, the likely subject first."""
    ranked: dict[str, int] = defaultdict(int)
    for mention in scene.mentions[index]:
        weight = (
            0 if mention.owner or mention.form == "pronoun2" else 1 if _preposition(scene, mention) else 2
        )
        ranked[mention.actor] = max(ranked[mention.actor], weight)
    return sorted(ranked, key=lambda actor: -ranked[actor])
