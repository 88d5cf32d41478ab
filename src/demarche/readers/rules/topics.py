"""Which demands the words of a sentence point to: through the analyst's cues, and through shared words.

Every word of a demand's label, cues, examples and definition weighs by how few demands share it; what the
definition says is *not* meant weighs nothing. Nothing here asks whether anybody takes a position.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from demarche.codebook import Codebook, Demand
from demarche.inputs.cues import Cue, CueFinder, parse_cue, words_of
from demarche.readers.rules import lexicons
from demarche.readers.rules.sentences import Sentence
from demarche.readers.rules.stems import rarity, stem, synonyms

NOT_MEANT = re.compile(r"(?i)\bnot meant\b|^not\b|\bown id|\brather than\b|\bnot to be confused\b")
WITHOUT_SUBJECT = re.compile(
    r"(?i)\bas such\b|\bas an? (?:whole|package)\b|\bno (?:single|subject)\b|\btogether\b"
)
TALKS = re.compile(
    r"(?i)(?:\btalk|\bnegotiat|\bmeet\b|\bbargain|\bdialogue|\bround).*(?:\bas such|\bno (?:single|subject))"
)
PACKAGE = re.compile(
    r"(?i)\bdemands\b|\bproposals?\b|\bdraft|\bpaper\b|\bplan\b|\blist\b|\bterms\b|\bclaims?\b|\bcatalogue\b|\bpackage\b|\boffer"
)
WEIGHTS = {"cues": 1.0, "label": 1.0, "examples": 0.6, "definition": 0.5}
CUE_WEIGHT = 1.5
"""What a cue counts beside the words that a clause shares with a demand."""
LEAST_TELLING, SYNONYM, GENERAL_STRENGTH = 0.15, 0.5, 0.4


class CueHit(NamedTuple):
    """A cue found in a sentence: its demand (by number), the tokens of its terms, and how telling it is."""

    demand: int
    tokens: tuple[int, ...]
    strength: float


class Evidence(NamedTuple):
    """What words say of a demand: its strongest cue, the summed weight of shared words, and both together."""

    cue: float = 0.0
    words: float = 0.0
    total: float = 0.0


@dataclass(frozen=True)
class SentenceTopics:
    """What one sentence offers: cue hits, and for each telling token its stem and weights by demand."""

    cues: tuple[CueHit, ...]
    words: tuple[tuple[int, str, tuple[tuple[int, float], ...]], ...]

    @cached_property
    def whole(self) -> dict[int, Evidence]:
        """The evidence of the whole sentence; callers do not change it."""
        return self.evidence(0, sys.maxsize)

    @cached_property
    def leading(self) -> list[tuple[int, Evidence]]:
        """The two demands that the whole sentence says most of, with its evidence."""
        return leading(self.whole)

    @cached_property
    def tokens(self) -> dict[int, list[int]]:
        """By demand, the tokens of its cues and of the words that tell of it."""
        found: dict[int, list[int]] = defaultdict(list)
        for hit in self.cues:
            found[hit.demand] += hit.tokens
        for token, _, weights in self.words:
            for demand, _ in weights:
                found[demand].append(token)
        return found

    def evidence(self, first: int, last: int) -> dict[int, Evidence]:
        """By demand, what tokens `first` up to `last` say of it; a cue that reaches out counts in part."""
        words = self.overlap(first, last)
        cues = self._cued(first, last) if self.cues else {}
        found = {}
        for demand in {*cues, *words}:
            cue, shared = cues.get(demand, 0.0), words.get(demand, 0.0)
            found[demand] = Evidence(cue, shared, CUE_WEIGHT * cue + shared)
        return found

    def _cued(self, first: int, last: int) -> dict[int, float]:
        """By demand, the strongest cue among tokens `first` up to `last`."""
        cues: dict[int, float] = {}
        for hit in self.cues:
            inside = sum(first <= token < last for token in hit.tokens)
            if inside:
                strength = hit.strength * inside / len(hit.tokens)
                cues[hit.demand] = max(cues.get(hit.demand, 0.0), strength)
        return cues

    def share_behind(self, demand: int, first: int, last: int, head: int) -> float:
        """How much of what tokens `first` up to `last` say of a demand stands behind token `head`, 0–1."""
        places = [token for token in self.tokens[demand] if first <= token < last]
        return sum(place > head for place in places) / len(places) if places else 0.5

    def overlap(self, first: int, last: int) -> dict[int, float]:
        """By demand, the summed weight of the different words among tokens `first` up to `last`."""
        totals: dict[int, float] = defaultdict(float)
        seen = set()
        for token, word, weights in self.words:
            if first <= token < last and word not in seen:
                seen.add(word)
                for demand, weight in weights:
                    totals[demand] += weight
        return totals


def leading(evidence: Mapping[int, Evidence]) -> list[tuple[int, Evidence]]:
    """The two demands with the most evidence."""
    return sorted(evidence.items(), key=lambda item: -item[1].total)[:2]


class Topics:
    """The demands of a codebook, ready to be looked for."""

    def __init__(self, codebook: Codebook) -> None:
        self.demands = [demand for demand in codebook.demands.values() if demand.is_current]
        others = _pointers([demand.demand_id for demand in self.demands])
        names = _name_words(codebook)
        bags = [_bag(demand, names, others) for demand in self.demands]
        spread = Counter(word for bag in bags for word in bag)
        self._weights: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, bag in enumerate(bags):
            for word, weight in bag.items():
                self._weights[word].append((number, weight * self._rarity(spread[word])))
        self._with_synonyms = self._spread_to_synonyms()
        self._said = lru_cache(maxsize=16384)(self._says)
        self.general = {n: kind for n, d in enumerate(self.demands) if (kind := _general(d, others))}
        self._finder = CueFinder(
            {str(n): (*demand.cues, *self._general_cues(n)) for n, demand in enumerate(self.demands)}
        )
        cue_spread = Counter(word for demand in self.demands for word in _cue_words(demand.cues))
        self._strengths = {
            text: sum(self._telling(term, cue_spread) for term in _terms(parse_cue(text)))
            for demand in self.demands
            for text in demand.cues
        }
        for text in chain.from_iterable(map(self._general_cues, self.general)):
            self._strengths.setdefault(text, GENERAL_STRENGTH)

    def _general_cues(self, number: int) -> list[str]:
        kind = self.general.get(number)
        return list(lexicons.lexicon("general")[kind]) if kind else []

    def find(self, sentence: Sentence) -> SentenceTopics:
        """The cues and telling words of a sentence."""
        cues = []
        for hit in self._finder.find(words_of(sentence.norm)):
            tokens = tuple(sorted({sentence.token_at(start) for start, _ in hit.ranges}))
            cues.append(CueHit(int(hit.key), tokens, self._strengths[hit.cue.text]))
        words = tuple(
            (index, *said) for index, word in enumerate(sentence.words) if (said := self._said(word))
        )
        return SentenceTopics(tuple(cues), words)

    def _says(self, word: str) -> tuple[str, tuple[tuple[int, float], ...]] | None:
        """The stem of a telling word and its weights by demand."""
        stemmed = stem(word) if len(word) > 2 else ""
        weights = self._with_synonyms.get(stemmed)
        return (stemmed, weights) if weights else None

    def _rarity(self, n_demands: int) -> float:
        return math.log((len(self.demands) + 1) / max(1, n_demands)) / math.log(len(self.demands) + 1)

    def _telling(self, words: list[str], spread: Counter[str]) -> float:
        weights = [self._rarity(spread[word]) * _telling(word) for word in words]
        return sum(weights) / len(weights)

    def _spread_to_synonyms(self) -> dict[str, tuple[tuple[int, float], ...]]:
        found: dict[str, dict[int, float]] = defaultdict(dict)
        for word, weights in self._weights.items():
            for other, factor in ((word, 1.0), *((s, SYNONYM) for s in sorted(synonyms().get(word, ())))):
                for demand, weight in weights:
                    found[other][demand] = max(found[other].get(demand, 0.0), weight * factor)
        return {word: tuple(weights.items()) for word, weights in found.items()}


def _general(demand: Demand, others: re.Pattern[str]) -> str:
    """`talks` or `package` for a demand that names no subject of its own, else empty."""
    meant = _meant(demand, others)
    if not WITHOUT_SUBJECT.search(meant):
        return ""
    return "talks" if TALKS.search(meant) else "package" if PACKAGE.search(meant) else ""


def _meant(demand: Demand, others: re.Pattern[str]) -> str:
    """The sentences of a definition that say what is meant: no exceptions, and nothing on other demands."""
    pieces = re.split(r"(?<=[.;])\s+", demand.definition)
    return " ".join(piece for piece in pieces if not _is_exception(piece, demand.demand_id, others))


def _is_exception(piece: str, own: str, others: re.Pattern[str]) -> bool:
    return bool(NOT_MEANT.search(piece)) or any(match[1] != own for match in others.finditer(piece))


def _pointers(ids: Sequence[str]) -> re.Pattern[str]:
    """What a definition says to point to a demand: 'is other-demand', 'see other-demand'."""
    longest_first = sorted(ids, key=lambda demand_id: (-len(demand_id), demand_id))
    return re.compile(rf"\b(?:is|are|see|takes?) ({'|'.join(map(re.escape, longest_first))})\b")


def _bag(demand: Demand, names: frozenset[str], others: re.Pattern[str]) -> dict[str, float]:
    """The stems of a demand's words with their weights."""
    sources = {
        "cues": _cue_words(demand.cues),
        "label": _stems(demand.label),
        "examples": _stems(" ".join(demand.examples)),
        "definition": _stems(_meant(demand, others)),
    }
    bag: dict[str, float] = {}
    for source, stems in sources.items():
        for word in sorted(stems):
            weight = WEIGHTS[source] * _telling(word)
            if word not in names:
                bag[word] = max(bag.get(word, 0.0), weight)
    return bag


def _telling(word: str) -> float:
    return LEAST_TELLING + (1 - LEAST_TELLING) * rarity(word)


def _stems(text: str) -> set[str]:
    stops = lexicons.words_of("grammar", "stopwords")
    return {stem(word) for word in re.findall(r"[^\W\d_]{3,}", text.lower()) if word not in stops}


def _terms(cue: Cue) -> list[list[str]]:
    return [[stem(word) for phrase in term.alternatives for word in phrase.words] for term in cue.terms]


def _cue_words(cues: Iterable[str]) -> set[str]:
    stops = lexicons.words_of("grammar", "stopwords")
    found = set()
    for cue in map(parse_cue, cues):
        for term in cue.terms:
            for phrase in term.alternatives:
                found |= {stem(word) for word in phrase.words if word not in stops and len(word) > 2}
    return found


def _name_words(codebook: Codebook) -> frozenset[str]:
    """Stems of the capitalised words of actors' names: they tell who, not what."""
    names = " ".join(name for actor in codebook.actors.values() for name in (actor.name, *actor.aliases))
    return frozenset(stem(word.lower()) for word in re.findall(r"\b[A-Z][^\W\d_]{2,}", names))
