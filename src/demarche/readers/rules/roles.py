"""Which actors a clause may be about, and in which roles they stand to it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.heads import Heads, subject_of
from demarche.readers.rules.lexicons import words_of
from demarche.readers.rules.mentions import Mention
from demarche.readers.rules.phrases import Found
from demarche.readers.rules.positions import STANCES
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


@dataclass
class Part:
    """The part that a party plays in a clause: its roles, and the actor that was named for it."""

    actor: str
    roles: set[str] = field(default_factory=set)
    order: int = 99

    def add(self, role: str, actor: str) -> None:
        """Note a role; the actor in the strongest role gives the name."""
        order = STRENGTH.index(role) if role in STRENGTH else 50
        if order < self.order:
            self.actor, self.order = actor, order
        self.roles.add(role)


def find_parts(scene: Scene, clause: Clause, heads: Heads) -> dict[str, Part]:
    """By party: the roles of all who may hold a position in a clause."""
    parts: dict[str, Part] = {}
    joined = scene.kept(_joined, clause.sentence)
    sentence = scene.sentences[clause.sentence]
    stance = next(
        (
            one.first
            for one in scene.found[sentence.index]
            if one.kind in STANCES and clause.first <= one.first < clause.last
        ),
        clause.last,
    )
    for mention in scene.mentions[sentence.index]:
        for role in _roles(scene, clause, mention, stance):
            _add(parts, scene, role, mention.actor)
        if mention in joined:
            _add(parts, scene, "joined", mention.actor)
    _add_subjects(parts, scene, clause, heads)
    _add_voices(parts, scene, clause, heads)
    _add_blocs(parts, scene, joined)
    own = any(part.roles & {"subject", "pronoun", "head subject", "head pronoun"} for part in parts.values())
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


def _roles(scene: Scene, clause: Clause, mention: Mention, stance: int) -> list[str]:
    """How a mention of the sentence stands to the clause, and to the frame of speech."""
    first, last = scene.voices[clause.sentence].frame
    role = _role(scene, clause, mention, stance)
    return [role, "in frame"] if first <= mention.first < last else [role]


def _role(scene: Scene, clause: Clause, mention: Mention, stance: int) -> str:
    if _is_antecedent(scene, clause, mention):
        return "relative"
    place = (
        ""
        if clause.first <= mention.first < clause.last
        else "left "
        if mention.first < clause.first
        else "right "
    )
    pronoun = mention.form if mention.form in {"pronoun", "pronoun2", "collective"} else ""
    if mention.owner:
        noun = _asked_noun(scene, mention)
        return place + ("asker" if noun else "owner") + (" pronoun" if pronoun else "")
    before = _preposition(scene, mention)
    if before == "by":
        return place + "agent"
    if before in {"of", "from"} and _asked_noun_before(scene, mention):
        return place + "asker of"
    if before:
        return place + ("to" if before in {"to", "on", "upon", "from"} else "other")
    if pronoun:
        return ("head " if place == "left " else place) + pronoun
    if place == "left ":
        return "head subject"
    if place == "right ":
        return "right"
    if mention.first > stance:
        return "object"
    return "asked subject" if _is_asked_for(scene, clause, mention) else "subject"


def _is_antecedent(scene: Scene, clause: Clause, mention: Mention) -> bool:
    """Whether a clause begins with a relative pronoun right behind a mention."""
    tokens = scene.sentences[clause.sentence].tokens
    return (
        tokens[clause.first].lower in RELATIVES
        and 0 <= clause.first - mention.last <= 1
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
    paragraph, here = scene.sentences[clause.sentence].paragraph, set(parts)
    for back in (1,) if own else (1, 2):
        index = clause.sentence - back
        if index < 0:
            return
        same = "" if scene.sentences[index].paragraph == paragraph else " across"
        carried = [(f"carried speaker {back}{same}", scene.voices[index].speaker)]
        for number, actor in enumerate(scene.kept(_subjects, index)):
            carried.append(
                (f"carried subject {back}{same}" if number == 0 else f"carried other{same}", actor)
            )
        for role, actor in carried:
            if actor and not own:
                _add(parts, scene, role, actor)
            elif actor and "other" not in role and scene.guide.standings.party(actor) not in here:
                _add(parts, scene, f"absent, {role}", actor)


def _subjects(scene: Scene, index: int) -> list[str]:
    """The actors of a sentence, the likely subject first."""
    ranked: dict[str, int] = defaultdict(int)
    for mention in scene.mentions[index]:
        weight = (
            0 if mention.owner or mention.form == "pronoun2" else 1 if _preposition(scene, mention) else 2
        )
        ranked[mention.actor] = max(ranked[mention.actor], weight)
    return sorted(ranked, key=lambda actor: -ranked[actor])
