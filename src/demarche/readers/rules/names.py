"""Names by which a text may call actors of a codebook: aliases, surnames, adjectives, places, initials."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from demarche.codebook import Actor, Codebook
from demarche.readers.rules.lexicons import lexicon, words_of
from demarche.readers.rules.words import find_tokens

ARTICLES = frozenset(("the", "a", "an", "this", "that", "our", "his", "her", "its", "their", "your", "my"))
ENDINGS = ("ian", "an", "n", "ese", "ish", "i", "ic", "ite", "er", "ans", "ians", "is", "ns")
SMALL_WORDS = words_of("grammar", "name_particles")


class Name(NamedTuple):
    """One way to call an actor: its words, which of them need a capital, and whether it needs an article."""

    words: tuple[str, ...]
    actor: str
    form: str
    cased: tuple[bool, ...]
    article: bool = False


@dataclass(frozen=True)
class Names:
    """All names of the actors by their first word, longest first; `skeletons` serve other spellings."""

    by_first: dict[str, tuple[Name, ...]]
    stems: tuple[tuple[str, str], ...]
    skeletons: dict[str, str]
    lower: frozenset[str] = field(default_factory=frozenset)


def actor_names(codebook: Codebook) -> Names:
    """The names of all actors; a name that two actors share goes to the first."""
    found: dict[tuple[str, ...], Name] = {}
    for actor in codebook.actors.values():
        if not actor.is_current:
            continue
        for text, form in _spellings(actor):
            name = _name(text, actor, form)
            if name.words:
                found.setdefault(name.words, name)
    by_first: dict[str, list[Name]] = {}
    for name in sorted(found.values(), key=lambda name: -len(name.words)):
        by_first.setdefault(name.words[0], []).append(name)
    return Names(
        {first: tuple(names) for first, names in by_first.items()},
        tuple((stem, actor.actor_id) for actor in codebook.actors.values() for stem in _stems(actor)),
        _skeletons(found.values()),
        frozenset(name.words[0] for name in found.values() if not name.cased[0]),
    )


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
    """A word without what differs between spellings of one foreign name.

    >>> skeleton("Quintero") == skeleton("Kintero"), skeleton("Dvorsky") == skeleton("Dvorski")
    (True, True)
    """
    plain = word.lower().translate(_FOLDED)
    plain = re.sub("qu|ck|kh|q|c(?![ehiy])", "k", plain)
    plain = re.sub("ph", "f", plain).replace("th", "t").replace("sh", "s").replace("ch", "s").replace("h", "")
    plain = (
        re.sub("[yj]", "i", plain).replace("w", "v").replace("z", "s").replace("x", "ks").replace("c", "s")
    )
    return re.sub(r"(.)\1+", r"\1", re.sub("[eo]?u|oo", "u", plain.rstrip("e")))


_FOLDED = str.maketrans("àáâãäåèéêëìíîïòóôõöøùúûüçñšžčćğşıýł", "aaaaaaeeeeiiiioooooouuuucnszccgsiyl")


def _spellings(actor: Actor) -> list[tuple[str, str]]:
    spellings = [(actor.name, "name"), *((alias, "name") for alias in actor.aliases)]
    if actor.kind == "person":
        pieces = actor.name.split()
        spellings += [(pieces[-1], "name")] if len(pieces) > 1 and len(pieces[-1]) > 2 else []
        return spellings
    capitals = [word for word in actor.name.split() if word.lower() not in SMALL_WORDS]
    if len(capitals) >= 3 and all(word[0].isupper() for word in capitals):
        spellings.append(("".join(word[0] for word in capitals), "name"))
    for text, _ in list(spellings):
        adjectives, places = lexicon("states").get(text.removeprefix("the "), ((), ()))
        spellings += [(word, "adjective") for word in adjectives] + [(word, "place") for word in places]
    return spellings


def _name(text: str, actor: Actor, form: str) -> Name:
    tokens = find_tokens(text)
    article = bool(tokens) and len(tokens) > 1 and tokens[0].lower == "the"
    tokens = tokens[1:] if article else tokens
    cased = tuple(token.text[:1].isupper() for token in tokens)
    form = form if any(cased) or form != "name" else "role"
    return Name(
        tuple(token.lower for token in tokens), actor.actor_id, form, cased, article and not any(cased)
    )


def _stems(actor: Actor) -> list[str]:
    """Beginnings of one-word names of states, to which an adjective's ending may be put."""
    if actor.kind not in {"state", "organisation", "group"}:
        return []
    words = [
        name
        for name in (actor.name, *actor.aliases)
        if name.isalpha() and name[0].isupper() and len(name) > 3
    ]
    return [
        re.sub("(ia|[aeiouy])$", "", word) for word in words if actor.kind == "state" and not word.isupper()
    ]


def _skeletons(names: object) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:  # type: ignore[attr-defined]
        if len(name.words) == 1 and name.cased[0] and len(name.words[0]) >= 5:
            found.setdefault(skeleton(name.words[0]), name.actor)
    return found
