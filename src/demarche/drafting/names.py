"""Who a folder of texts speaks of: capitalised names, and role nouns that act, with their short forms."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from demarche.readers.rules.lexicons import words_of
from demarche.readers.rules.phrases import phrase_finder
from demarche.readers.rules.sentences import Sentence

PARTICLES = frozenset(("of", "the", "for", "de", "van", "von", "al", "and"))
ACTING = frozenset(("ask", "refuse", "accept", "open", "say"))
FEWEST, MOST = 2, 20
ENDINGS = ("n", "ns", "ese", "ish", "ic", "i", "is")
CALENDAR = frozenset(day.lower() for day in (*calendar.month_name, *calendar.day_name))


@dataclass(frozen=True)
class Name:
    """Somebody: the fullest name, other ways to call them, whether it looks like a person, and how often."""

    name: str
    aliases: tuple[str, ...]
    is_person: bool
    n_mentions: int


def find_names(sentences: Sequence[Sentence]) -> list[Name]:
    """The most frequent names, at most 20, and role nouns that act; most frequent first."""
    common = {
        token.lower for s in sentences if s.kind == "text" for token in s.tokens if token.text.islower()
    }
    runs = _told_alike(Counter(run for s in sentences if s.kind == "text" for run in _runs(s, common)))
    names = [name for name in _merged(runs) if name.n_mentions >= FEWEST]
    names += [Name(f"the {noun}", (), False, n) for noun, n in _role_nouns(sentences).items() if n >= FEWEST]
    return sorted(names, key=lambda one: (-one.n_mentions, one.name))[:MOST]


def _runs(sentence: Sentence, common: set[str]) -> Iterator[str]:
    """The runs of capitalised words in a sentence; one at its beginning only where it is no common word."""
    tokens, place = sentence.tokens, 0
    while place < len(tokens):
        last = _end_of_run(sentence, place)
        words = [token.text for token in tokens[place:last]]
        while words and _begins_no_name(words[0], common):
            words = words[1:]
        while words and words[-1].lower() in PARTICLES:
            words = words[:-1]
        if words and any(len(word) > 1 for word in words):
            yield " ".join(words)
        place = max(last, place + 1)


def _begins_no_name(word: str, common: set[str]) -> bool:
    """Whether a word is capitalised for its place alone: a common one, a day, or 'We' (but not 'US')."""
    lower = word.lower()
    is_grammar = lower in words_of("grammar", "stopwords") and not (word.isupper() and len(word) > 1)
    return lower in common or lower in CALENDAR or is_grammar


def _told_alike(runs: Counter[str]) -> Counter[str]:
    """Runs by the spelling with fewest capitals, so that a place in a dateline is not two names."""
    spelled: dict[str, list[str]] = {}
    for run in runs:
        spelled.setdefault(run.casefold(), []).append(run)
    return Counter(
        {
            min(forms, key=lambda form: (sum(map(str.isupper, form)), form)): sum(runs[one] for one in forms)
            for forms in spelled.values()
        }
    )


def _end_of_run(sentence: Sentence, place: int) -> int:
    """Where a run of capitalised words that begins at a place ends; the place itself where none begins."""
    tokens, last = sentence.tokens, place
    for index in range(place, len(tokens)):
        text = tokens[index].text
        if text[0].isupper():
            last = index + 1
        elif not (last > place and text.lower() in PARTICLES - {"and"}):
            break
    return last


def _merged(runs: Counter[str]) -> list[Name]:
    """Names with other forms of them: a last word alone, initials or an adjective, where one name fits."""
    owners = {run: [name for name in runs if _is_form_of(run, name)] for run in runs if " " not in run}
    short_for = {run: names[0] for run, names in owners.items() if len(names) == 1}
    names = []
    for run, count in runs.items():
        if run in short_for:
            continue
        aliases = tuple(sorted(short for short, name in short_for.items() if name == run))
        is_person = any(run.endswith(f" {alias}") for alias in aliases) and len(run.split()) <= 3
        names.append(Name(run, aliases, is_person, count + sum(runs[alias] for alias in aliases)))
    return names


def _is_form_of(one: str, name: str) -> bool:
    """Whether a word is a name's last word, its initials, or an adjective made of it."""
    words = name.split()
    if len(words) > 1:
        initials = "".join(word[0] for word in words if word[0].isupper())
        return words[-1] == one or (len(one) > 1 and initials == one)
    return one != name and len(name) >= 4 and one.endswith(ENDINGS) and one.startswith(name[:-1])


def _role_nouns(sentences: Sequence[Sentence]) -> Counter[str]:
    """Nouns for bodies and people ('the union') that stand right before something they do."""
    nouns, found = words_of("people", "speakers"), Counter[str]()
    for sentence in sentences:
        words = [token.lower for token in sentence.tokens]
        begins = {one.first for one in phrase_finder().find(words) if one.kind in ACTING}
        for place, word in enumerate(words[1:], 1):
            if word in nouns and words[place - 1] == "the" and begins & {place + 1, place + 2}:
                found[word] += 1
    return found
