"""Whom pronouns and collectives mean: the nearest actor that fits, carried over sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from demarche.codebook import Codebook
from demarche.readers.rules.lexicons import words_of
from demarche.readers.rules.mentions import Mention
from demarche.readers.rules.sentences import Sentence

PERSONAL = {"he": "person", "she": "person", "it": "party", "they": "party", "his": "person", "her": "person",
            "its": "party", "their": "party", "him": "person", "them": "party"}  # fmt: skip
OWNERS = frozenset(("his", "her", "its", "their"))
COLLECTIVES = tuple(
    tuple(name.split())
    for name in (
        "both",
        "both sides",
        "both of them",
        "both parties",
        "both governments",
        "both delegations",
        "the pair",
        "the two",
        "the two sides",
        "the two parties",
        "the two governments",
        "the two countries",
        "the two delegations",
        "the parties",
        "the sides",
        "each side",
        "all sides",
        "all parties",
        "all three",
        "neither side",
        "neither party",
    )
)
REACH = 4
"""How many sentences back a pronoun's actor may stand."""


@dataclass
class Antecedents:
    """The actors met so far, the latest last, each with what is known of it."""

    codebook: Codebook
    seen: list[Mention] = field(default_factory=list)
    genders: dict[str, str] = field(default_factory=dict)

    def add(self, sentence: Sentence, mentions: Sequence[Mention]) -> None:
        """Remember the mentions of a sentence."""
        for mention in mentions:
            self.seen.append(mention)
            for index in range(max(0, mention.first - 3), mention.last):
                for gender in ("he", "she"):
                    if sentence.tokens[index].lower in _gendered(gender):
                        self.genders[mention.actor] = gender

    def find(self, pronoun: str, sentence: int) -> list[str]:
        """Actors that a pronoun may mean, the likeliest first."""
        wanted = PERSONAL[pronoun]
        gender = {"he": "he", "his": "he", "him": "he", "she": "she", "her": "she"}.get(pronoun, "")
        ranked: list[tuple[tuple[int, int, int], str]] = []
        for age, mention in enumerate(reversed(self.seen)):
            if sentence - mention.sentence > REACH:
                break
            if self._is_person(mention) != (wanted == "person"):
                continue
            if gender and self.genders.get(mention.actor, gender) != gender:
                continue
            ranked.append(
                ((sentence - mention.sentence, int(mention.owner), _late(mention, age)), mention.actor)
            )
        return list(dict.fromkeys(actor for _, actor in sorted(ranked, key=lambda pair: pair[0])))[:2]

    def recent_parties(self, sentence: int, n: int) -> list[str]:
        """The `n` parties mentioned last, at most two sentences back."""
        found: list[str] = []
        for mention in reversed(self.seen):
            if sentence - mention.sentence > REACH - 2 or len(found) == n:
                break
            party = self.codebook.party(mention.actor)
            if party not in found:
                found.append(party)
        return found

    def _is_person(self, mention: Mention) -> bool:
        actor = self.codebook.actors.get(mention.actor)
        return mention.form == "spokesman" or (actor is not None and actor.kind == "person")


def find_pronouns(sentence: Sentence, mentions: Sequence[Mention], known: Antecedents) -> list[Mention]:
    """Mentions by pronoun in a sentence; a second-best guess has the form `pronoun2`."""
    found = []
    for index, token in enumerate(sentence.tokens):
        if token.lower not in PERSONAL or any(m.first <= index < m.last for m in mentions):
            continue
        earlier = [m for m in mentions if m.last <= index]
        state = Antecedents(known.codebook, [*known.seen[-40:], *earlier], known.genders)
        for rank, actor in enumerate(state.find(token.lower, sentence.index)):
            form = "pronoun" if rank == 0 else "pronoun2"
            owner = token.lower in OWNERS
            found.append(
                Mention(token.start, token.end, actor, form, sentence.index, index, index + 1, owner)
            )
    return found


def find_collectives(sentence: Sentence, mentions: Sequence[Mention], known: Antecedents) -> list[Mention]:
    """Mentions by 'both', 'the two sides' …: one for each party meant, of the form `collective`."""
    words = tuple(token.lower for token in sentence.tokens)
    found = []
    for index in range(len(words)):
        name = max((c for c in COLLECTIVES if words[index : index + len(c)] == c), key=len, default=())
        if not name or any(m.first <= index < m.last for m in mentions):
            continue
        earlier = [m for m in mentions if m.last <= index]
        state = Antecedents(known.codebook, [*known.seen[-40:], *earlier])
        last = index + len(name)
        start, end = sentence.text_range(index, last)
        number = 3 if "three" in name or name[0] == "all" else 2
        for party in state.recent_parties(sentence.index, number):
            found.append(Mention(start, end, party, "collective", sentence.index, index, last))
        break
    return found


def _gendered(gender: str) -> frozenset[str]:
    return words_of("people", gender)


def _late(mention: Mention, age: int) -> int:
    """Within a sentence the first mention, its likely subject, comes before later ones."""
    return mention.first if age >= 0 else 0
