"""A document prepared for reading: sentences with their clauses, mentions, phrases, voices and topics."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.readers.rules.clauses import Clause, find_clauses
from demarche.readers.rules.coreference import Antecedents, find_collectives, find_pronouns
from demarche.readers.rules.mentions import Mention, find_mentions
from demarche.readers.rules.names import Names, actor_names
from demarche.readers.rules.phrases import Found, PhraseFinder, phrase_finder
from demarche.readers.rules.positions import Stances
from demarche.readers.rules.sentences import Sentence, find_sentences
from demarche.readers.rules.standings import Standings
from demarche.readers.rules.tellers.speech import Voice, carried_voices, find_frame, find_quoted
from demarche.readers.rules.tellers.turns import find_turns
from demarche.readers.rules.topics import SentenceTopics, Topics

Answer = TypeVar("Answer")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Guide:
    """A codebook made ready: how its actors may be called, and what its demands sound like."""

    codebook: Codebook
    names: Names
    topics: Topics
    standings: Standings
    phrases: PhraseFinder

    @classmethod
    def of(cls, codebook: Codebook, added: tuple[tuple[str, str], ...] = ()) -> Guide:
        """The guide of a codebook, with a study's own phrases (kind, phrase)."""
        names, topics = actor_names(codebook), Topics(codebook)
        return cls(codebook, names, topics, Standings(codebook), phrase_finder(added))


@dataclass(frozen=True)
class Scene:
    """All that is known of a document before positions are read; the lists run along `sentences`."""

    guide: Guide
    sentences: list[Sentence]
    mentions: list[list[Mention]]
    found: list[list[Found]]
    stances: list[Stances]
    voices: list[Voice]
    clauses: list[list[Clause]]
    topics: list[SentenceTopics]
    house: str = ""
    _kept: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    def kept(self, make: Callable[[Scene, Key], Answer], key: Key) -> Answer:
        """What `make` says of a sentence or clause: found when first asked for, as many ask."""
        asked = make, key
        if asked not in self._kept:
            self._kept[asked] = make(self, key)
        answer: Answer = self._kept[asked]
        return answer


def read_scene(document: Document, guide: Guide) -> Scene:
    """Prepare a document."""
    sentences = find_sentences(document.text)
    named = _by_sentence(find_mentions(sentences, guide.codebook, guide.names), len(sentences))
    found = [guide.phrases.find(sentence.words) for sentence in sentences]
    mentions = _with_pronouns(sentences, named, guide.codebook)
    house = _house(document, guide)
    return Scene(
        guide,
        sentences,
        mentions,
        found,
        [Stances.among(each) for each in found],
        _voices(sentences, mentions, found, guide.codebook),
        [find_clauses(*each) for each in zip(sentences, found, mentions, strict=True)],
        [guide.topics.find(sentence) for sentence in sentences],
        house,
    )


def _by_sentence(mentions: Sequence[Mention], n_sentences: int) -> list[list[Mention]]:
    rows: list[list[Mention]] = [[] for _ in range(n_sentences)]
    for mention in mentions:
        rows[mention.sentence].append(mention)
    return rows


def _with_pronouns(
    sentences: Sequence[Sentence], named: Sequence[list[Mention]], codebook: Codebook
) -> list[list[Mention]]:
    known = Antecedents(codebook)
    rows = []
    for sentence, mentions in zip(sentences, named, strict=True):
        pronouns = find_pronouns(sentence, mentions, known)
        collectives = find_collectives(sentence, mentions, known)
        known.add(sentence, [*mentions, *(p for p in pronouns if p.form == "pronoun" and not p.owner)])
        rows.append(sorted([*mentions, *pronouns, *collectives], key=lambda m: (m.first, m.last, m.form)))
    return rows


def _voices(
    sentences: Sequence[Sentence],
    mentions: Sequence[list[Mention]],
    found: Sequence[list[Found]],
    codebook: Codebook,
) -> list[Voice]:
    voices: list[Voice] = []
    turns = find_turns(sentences, mentions, codebook)
    for sentence, own, hits, quoted in zip(sentences, mentions, found, find_quoted(sentences), strict=True):
        turn = turns.get(sentence.paragraph)
        if turn and (turn.owner or turn.asks):
            voices.append(Voice(turn.owner, "turn" if turn.owner else "", (0, 0), quoted, turn.asks))
            continue
        speaker, frame = find_frame(sentence, hits, own, quoted)
        voices.append(Voice(speaker, "frame" if speaker else "", frame, quoted, False, bool(turn)))
    return carried_voices(sentences, voices)


def _house(document: Document, guide: Guide) -> str:
    """The actor who publishes the document, and is meant by its 'we'; empty where none is."""
    mentions = find_mentions(find_sentences(document.publisher), guide.codebook, guide.names)
    return guide.codebook.party(mentions[0].actor) if mentions else ""
