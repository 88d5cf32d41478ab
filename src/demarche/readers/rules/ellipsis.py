"""What a sentence says of one more party without saying it again: "and so does X", "X does not".

The position is that of the nearest statement before, or its opposite where X does not share it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.lexicons import words_of
from demarche.readers.rules.mentions import Mention
from demarche.readers.rules.scene import Scene

ECHOES = frozenset(("so", "nor", "neither", "as"))
LIKEWISE = frozenset(("too", "likewise", "also"))
BREAKS = frozenset((".", ";", ",", ":", "!", "–", "—", "and", "but", "while"))
"""What stands around an ellipsis."""


class Ellipsis(NamedTuple):
    """Words that say of an actor what was said before of another, or (`is_contrary`) its opposite."""

    clause: Clause
    actor: str
    is_contrary: bool


def find_ellipses(scene: Scene, sentence: int) -> list[Ellipsis]:
    """The ellipses of a sentence in order."""
    if scene.sentences[sentence].is_question:
        return []
    return [*_found(scene, sentence)]


def opposite(position: str, is_contrary: bool) -> str:
    """The position of who shares another's, or does not; empty where that says nothing.

    >>> opposite("open", True), opposite("demands", True), opposite("demands", False)
    ('rejects', '', 'demands')
    """
    if not is_contrary:
        return position
    return "rejects" if position in {"supports", "open"} else ""


def _found(scene: Scene, sentence: int) -> Iterator[Ellipsis]:
    words = scene.sentences[sentence].words
    for mention in scene.mentions[sentence]:
        if mention.owner or mention.form.startswith("pronoun") or mention.form == "collective":
            continue
        if found := _echo(words, mention) or _answer(words, mention):
            first, last, is_contrary = found
            yield Ellipsis(Clause(sentence, first, last), mention.actor, is_contrary)


def _echo(words: Sequence[str], mention: Mention) -> tuple[int, int, bool] | None:
    """ "so does X", "nor will the X", "as has X" before a break."""
    verb = mention.first - 1
    while verb > 0 and words[verb] in {"the", "its", "their"}:
        verb -= 1
    if verb < 1 or words[verb] not in _auxiliaries() or words[verb - 1] not in ECHOES:
        return None
    if not _ends(words, mention.last) or (verb > 1 and words[verb - 2] not in BREAKS):
        return None
    return verb - 1, mention.last, False


def _answer(words: Sequence[str], mention: Mention) -> tuple[int, int, bool] | None:
    """ "X does not", "X does too", "X will as well", after a break and before one."""
    before = mention.first - 1
    while before >= 0 and words[before] in {"the", "its", "their"}:
        before -= 1
    if (before >= 0 and words[before] not in BREAKS) or words[mention.last : mention.last + 1] == ():
        return None
    place = mention.last
    if words[place] in _auxiliaries():
        place += 1
        if words[place : place + 1] in (("not",), ("n't",)):
            end = place + 2 if words[place + 1 : place + 2] == ("either",) else place + 1
            return (mention.first, end, True) if _ends(words, end) else None
    if words[place : place + 2] == ("as", "well"):
        return (mention.first, place + 2, False) if _ends(words, place + 2) else None
    if words[place : place + 1] and words[place] in LIKEWISE and _ends(words, place + 1):
        return mention.first, place + 1, False
    return None


def _ends(words: Sequence[str], place: int) -> bool:
    return place >= len(words) or words[place] in BREAKS


def _auxiliaries() -> frozenset[str]:
    return words_of("grammar", "auxiliaries")
