"""What a folder of texts says is asked for: the passages, those that speak of the same thing put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from demarche.readers.rules.lexicons import words_of
from demarche.readers.rules.phrases import phrase_finder
from demarche.readers.rules.sentences import Sentence
from demarche.readers.rules.stems import rarity, stem

ASKING = frozenset(("ask", "asknoun"))
ENDS = frozenset((".", ";", ":", "?", "!", '"', "but", "while", "whereas", "because"))
LONGEST, FEWEST_WORDS, MOST = 16, 2, 12
ALIKE = 0.3
"""The share of weight of words in common from which two passages count as speaking of the same thing."""


class Ask(NamedTuple):
    """A passage in which something is asked: the document, its words, and its telling words by stem."""

    doc_id: str
    text: str
    words: dict[str, str]


@dataclass(frozen=True)
class Theme:
    """Passages on the same thing, and the words most of them share, the most telling first."""

    asks: tuple[Ask, ...]
    words: tuple[str, ...]


def find_themes(documents: Sequence[tuple[str, str, Sequence[Sentence]]], names: set[str]) -> list[Theme]:
    """At most 12 themes of `(doc_id, text, sentences)`, those of most documents and passages first."""
    groups: list[list[Ask]] = []
    for ask in (ask for document in documents for ask in _asks(*document, names)):
        best = max(groups, key=lambda group: _likeness(ask, group), default=None)
        if best is not None and _likeness(ask, best) >= ALIKE:
            best.append(ask)
        else:
            groups.append([ask])
    groups.sort(key=lambda group: (-len({ask.doc_id for ask in group}), -len(group)))
    return [Theme(tuple(group), _shared(group)) for group in groups[:MOST]]


def _asks(doc_id: str, text: str, sentences: Sequence[Sentence], names: set[str]) -> Iterator[Ask]:
    for sentence in sentences:
        if sentence.kind != "text" or sentence.is_question:
            continue
        tokens = [token.lower for token in sentence.tokens]
        asking = [one for one in phrase_finder().find(tokens) if one.kind in ASKING]
        if not asking:
            continue
        first = last = asking[0].last
        while last < len(tokens) and last - first < LONGEST and tokens[last] not in ENDS:
            last += 1
        while first < last and not tokens[first].isalnum():
            first += 1
        words = {stem(word): word for word in tokens[first:last] if _is_telling(word, names)}
        if len(words) >= FEWEST_WORDS:
            start, end = sentence.text_range(first, last)
            yield Ask(doc_id, " ".join(text[start:end].split()), words)


def _is_telling(word: str, names: set[str]) -> bool:
    return (
        word.isalpha()
        and len(word) > 3
        and word not in words_of("grammar", "stopwords")
        and word not in names
    )


def _likeness(ask: Ask, group: Sequence[Ask]) -> float:
    return max(_share(ask.words, other.words) for other in group)


def _share(one: dict[str, str], two: dict[str, str]) -> float:
    def weight(stems: set[str]) -> float:
        return sum(rarity(word) for word in stems)

    return weight(set(one) & set(two)) / (weight(set(one) | set(two)) or 1)


def _shared(group: Sequence[Ask]) -> tuple[str, ...]:
    """The words of most passages, as they stand in the first that has them."""
    counts = Counter(word for ask in group for word in ask.words)
    form = {word: text for ask in reversed(group) for word, text in ask.words.items()}
    ranked = sorted(counts, key=lambda word: (-counts[word], -rarity(word), word))
    return tuple(form[word] for word in ranked[:3])
