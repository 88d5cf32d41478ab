"""Whom pronouns and collectives mean: the nearest actor that fits, carried over sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from demarche.codebook import Codebook
from demarche.readers.rules.lexicons import words_of
from demarche.readers.rules.mentions import Mention
from demarche.readers.rules.sentences import Sentence

PERSONAL = {"he": "person", "she": "person", "it": "party", "they": "party", "his": "person", "her": "person",
            "its": "party", "their": "party", "him": "person", "them": "party"}  # fmt: skip
OWNERS = frozenset(("his", "her", "its", "their"))
COLLECTIVE = re.compile(
    r"\b(?:both|(?:the|all) (?:two|three|four)|each|neither|all|the) (?:of them|of us|warring )?"
    r"(?:sides?|part(?:y|ies)|governments?|countr(?:y|ies)|powers?|states?|capitals?|delegations?|teams?|camps?"
    r"|neighbours?|capitals|allies|armies|unions?|houses|presidents|ministers|leaders)?\b"
)
BARE = frozenset(("the two", "both", "both of them", "the three", "all three", "the pair"))
BEFORE_VERBS = frozenset(
    ("have", "had", "are", "were", "will", "would", "can", "could", "want", "agree", "said")
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
        gendered = _gendered()
        for mention in mentions:
            self.seen.append(mention)
            for word in sentence.words[max(0, mention.first - 3) : mention.last]:
                if word in gendered:
                    self.genders[mention.actor] = gendered[word]

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

    def recent_parties(self, n: int) -> list[str]:
        """The `n` parties mentioned last."""
        found: list[str] = []
        for mention in reversed(self.seen):
            if len(found) == n:
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
    for index in [place for place, word in enumerate(sentence.words) if word in PERSONAL]:
        if any(m.first <= index < m.last for m in mentions):
            continue
        token = sentence.tokens[index]
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
    found: list[Mention] = []
    for match in COLLECTIVE.finditer(sentence.norm):
        name = match.group().strip()
        if " " not in name and name not in BARE:
            continue
        first, last = sentence.token_at(match.start()), sentence.token_at(match.end() - 1) + 1
        if not _is_collective(name, sentence, last) or any(
            m.first < last and first < m.last for m in mentions
        ):
            continue
        state = Antecedents(known.codebook, [*known.seen[-40:], *(m for m in mentions if m.last <= first)])
        start, end = sentence.text_range(first, last)
        number = 3 if "three" in name or name.startswith("all") else 2
        for party in state.recent_parties(number):
            found.append(Mention(start, end, party, "collective", sentence.index, first, last))
        break
    return found


def _is_collective(name: str, sentence: Sentence, last: int) -> bool:
    """Whether words mean all parties: a plural noun, or a bare 'both' before a verb."""
    if name in BARE:
        following = sentence.tokens[last].lower if last < len(sentence.tokens) else "."
        return following in BEFORE_VERBS or following.endswith(("ed", "s")) or not following[0].isalpha()
    return not name.startswith("the ") or name.endswith(("sides", "parties")) or "two" in name


@cache
def _gendered() -> dict[str, str]:
    """By word: whether it is said of him or of her (he, she)."""
    return {word: gender for gender in ("he", "she") for word in words_of("people", gender)}


def _late(mention: Mention, age: int) -> int:
    """Within a sentence the first mention, its likely subject, comes before later ones."""
    return mention.first if age >= 0 else 0
