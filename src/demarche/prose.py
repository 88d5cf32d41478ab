"""How numbers, names and lists are put into sentences: plain British English, no markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from demarche.codebook import Codebook
from demarche.records import AUTHOR

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
TAKES_ARTICLE = ("United ", "European ", "African ", "Arab ")
ENDS_WITH_ARTICLE = (
    "Union",
    "Republic",
    "Federation",
    "Kingdom",
    "Nations",
    "States",
    "Council",
    "Commission",
    "Party",
)


def number(count: int) -> str:
    """A count in words up to ten, in figures above.

    >>> number(3), number(1200)
    ('three', '1,200')
    """
    return WORDS[count] if 0 <= count < len(WORDS) else f"{count:,}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """A count with its noun.

    >>> counted(1, "source"), counted(4, "source"), counted(0, "reply", "replies")
    ('one source', 'four sources', 'no replies')
    """
    return f"{number(count)} {noun if count == 1 else plural or noun + 's'}"


def share(part: int, whole: int, noun: str, plural: str = "") -> str:
    """A part of a whole: `four of five sources`, `both sources`, `all five sources`, `the one source`.

    >>> share(4, 5, "source"), share(2, 2, "source"), share(1, 1, "source"), share(0, 3, "source")
    ('four of five sources', 'both sources', 'the one source', 'none of three sources')
    """
    if whole == 1:
        return f"the one {noun}" if part else f"not the one {noun}"
    if part == whole:
        return f"both {plural or noun + 's'}" if whole == 2 else f"all {counted(whole, noun, plural)}"
    part_words = "none" if part == 0 else number(part)
    return f"{part_words} of {counted(whole, noun, plural)}"


def listed(items: Iterable[str], *, most: int = 0) -> str:
    """A list as one reads it aloud; beyond `most` items the rest is counted.

    >>> listed(["a", "b", "c"]), listed(["a", "b", "c", "d"], most=2)
    ('a, b and c', 'a, b and two more')
    """
    parts = list(items)
    if most and len(parts) > most + 1:
        parts = [*parts[:most], f"{number(len(parts) - most)} more"]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def sentence(text: str) -> str:
    """A text as a sentence: a capital at its head, a full stop at its end.

    >>> sentence("four of five sources report it")
    'Four of five sources report it.'
    """
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def in_quotes(label: str) -> str:
    """A label set off in quotation marks."""
    return f"“{label}”"


def verb(count: int, singular: str, plural: str) -> str:
    """The form of a verb that goes with a count."""
    return singular if count == 1 else plural


def actor_in_sentence(codebook: Codebook, actor_id: str) -> str:
    """An actor's name as it stands inside a sentence: `the` where the codebook or usage puts it there."""
    if actor_id == AUTHOR or actor_id not in codebook.actors:
        return codebook.actor_name(actor_id)
    actor = codebook.actors[actor_id]
    has_article = any(alias.lower() == f"the {actor.name}".lower() for alias in actor.aliases)
    if actor.name.lower().startswith("the ") or actor.kind == "person":
        return actor.name
    if has_article or actor.name.startswith(TAKES_ARTICLE) or actor.name.endswith(ENDS_WITH_ARTICLE):
        return f"the {actor.name}"
    return actor.name


def actors_in_sentence(codebook: Codebook, actor_ids: Sequence[str]) -> str:
    """Several actors' names, listed."""
    return listed(actor_in_sentence(codebook, actor_id) for actor_id in actor_ids)
