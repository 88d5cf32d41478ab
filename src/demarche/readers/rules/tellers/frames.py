"""Frames of speech in a sentence, named or not, with how far what they tell reaches.

"According to X, …" and "…, X said, …" tell all between two strong breaks; "X said (that) …" what follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.lexicons import words_of
from demarche.readers.rules.mentions import Mention
from demarche.readers.rules.phrases import Found
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.tellers.speech import find_subject

SEGMENTS = frozenset((";", "–", "—"))
COMMAS = frozenset((",", '"', "”", "’", "»", "–", "—", ";"))
CLOSING = frozenset((".", ";", ":", '"', "”", "–", "—", "!", "?", ")", "("))
NOT_ASIDE = words_of("grammar", "begins_no_aside")
"""What stands between two commas and begins like this is no frame set off from what it tells."""
RELATIVES = frozenset(("who", "whose", "whom", "which", "where", "as"))
TURNS = frozenset(("while", "whereas", "although", "though", "but"))
DEFINITE = frozenset(("the", "this", "that", "his", "her", "its", "their", "our", "my", "your"))
AFFILIATED = frozenset(("of", "in", "at", "from", "for", "close", "there", "'s"))
SOURCES = frozenset(("according", "words", "citing", "quoting", "telling", "account"))
NOBODY = "nobody"
"""The form of a speaker of no party who has no name: "two diplomats"."""
SOURCE_REACH, NOBODY_REACH, THAT_REACH = 6, 8, 6
FRAME_REACH = 12
"""So many tokens at most has a frame between two commas."""
SAYS = frozenset(("said", "says", "say"))
HOLDS = 3
"""The sense of verbs of speech that rather say what somebody holds, does or asks."""


class Frame(NamedTuple):
    """Who tells (an actor; empty where nobody of the codebook), in which way, and the tokens that are told.

    `way` ∈ source ("according to X"), aside ("…, X said, …"), behind ("…, X said."), ahead ("X said that …");
    `form` is that of the mention, or NOBODY, or empty where it is not clear who is meant. A firm frame leaves
    no doubt who tells.
    """

    speaker: str
    form: str
    way: str
    verb: Found
    first: int
    last: int

    is_firm: bool = False

    @property
    def depth(self) -> tuple[bool, int]:
        """Its place among the frames of a sentence: the outermost is the least."""
        return self.way == "ahead", self.verb.first


def telling(scene: Scene, clause: Clause) -> Frame | None:
    """The outermost frame that tells most of a clause."""
    half = (clause.last - clause.first) / 2
    begins = scene.sentences[clause.sentence].words[clause.first]
    frames = (
        frame
        for frame in scene.kept(_frames, clause.sentence)
        if min(frame.last, clause.last) - max(frame.first, clause.first) >= half
        and not (frame.way == "aside" and frame.verb.first < clause.first and begins in RELATIVES)
    )
    return min(frames, key=lambda frame: frame.depth, default=None)


def is_told(scene: Scene, clause: Clause, frame: Frame) -> bool:
    """Whether a frame leaves no doubt that its speaker tells a clause."""
    if not frame.is_firm or scene.voices[clause.sentence].source == "turn":
        return False
    words = scene.sentences[clause.sentence].words
    if frame.way != "ahead":
        return True
    if "that" in words[frame.first : frame.first + THAT_REACH]:
        return frame.first <= clause.first and words[clause.first] not in RELATIVES
    return clause.first <= frame.first + 1


def _frames(scene: Scene, sentence: int) -> list[Frame]:
    quoted = scene.voices[sentence].quoted
    return [
        _source(scene, sentence, verb) if verb.kind == "per" else _said(scene, sentence, verb)
        for verb in scene.found[sentence]
        if verb.kind in {"say", "per"} and not quoted[verb.first]
    ]


def _source(scene: Scene, sentence: int, verb: Found) -> Frame:
    words = scene.sentences[sentence].words
    first, last = _segment(words, verb.first)
    behind = (m for m in scene.mentions[sentence] if verb.last <= m.first <= verb.last + SOURCE_REACH)
    mention = next(behind, None)
    if mention and not _governs(words, verb, mention):
        mention = None
    form = mention.form if mention else NOBODY if _are_nobody(words[verb.last : verb.last + 5]) else ""
    if SOURCES.isdisjoint(words[verb.first : verb.last]) or words[max(0, verb.first - 1)].startswith(
        ("go", "went")
    ):
        form = ""
    return Frame(mention.actor if mention else "", form, "source", verb, first, last, _is_clear(form))


def _is_clear(form: str) -> bool:
    return bool(form) and not form.startswith("pronoun")


def _governs(words: Sequence[str], verb: Found, mention: Mention) -> bool:
    """Whether nobody else stands between "according to" and a mention: "a person close to X"."""
    between = words[verb.last : mention.first]
    return words_of("grammar", "prepositions").isdisjoint(between) and {",", "what", "one"}.isdisjoint(
        between
    )


def _said(scene: Scene, sentence: int, verb: Found) -> Frame:
    spoken = scene.sentences[sentence]
    words = spoken.words
    first, last = _segment(words, verb.first)
    subject = find_subject(spoken, verb, scene.mentions[sentence], scene.voices[sentence].quoted)
    begin, end = _extent(words, verb, subject)
    speaker, form = _speaker(words, verb, subject, begin)
    firm = _is_clear(form) and verb.sense < HOLDS
    way = _way(words, begin, end, first, last)
    if way == "ahead":
        plain = words[verb.first] in SAYS or "that" in words[verb.last : verb.last + THAT_REACH]
        stop = next((i for i in range(verb.last, last) if words[i] in TURNS and words[i - 1] == ","), last)
        return Frame(speaker, form, way, verb, verb.last, stop, firm and plain and verb.sense == 1)
    return Frame(speaker, form, way, verb, first, begin if way == "behind" else last, firm)


def _way(words: Sequence[str], begin: int, end: int, first: int, last: int) -> str:
    """Where a frame at tokens `begin` up to `end` stands in what it tells, between `first` and `last`."""
    if begin <= first or words[begin - 1] not in COMMAS or words[begin] in NOT_ASIDE:
        return "ahead"
    if end >= last or words[end] in CLOSING:
        return "behind"
    if words[end] != ",":
        return "ahead"
    return "aside" if NOT_ASIDE.isdisjoint(words[end + 1 : end + 2]) else "behind"


def _speaker(words: Sequence[str], verb: Found, subject: Mention | None, begin: int) -> tuple[str, str]:
    """The actor whose speech a verb tells, and the form of its mention."""
    after = subject.last if subject and subject.last <= verb.first else 0
    if words[after] != "," and _are_nobody(words[max(begin, after, verb.first - NOBODY_REACH) : verb.first]):
        return "", NOBODY
    passive = words[verb.first - 1] in words_of("grammar", "forms_of_be") and words[verb.first].endswith("ed")
    if subject is None or passive or subject.last <= begin < verb.first:
        return "", ""
    return subject.actor, subject.form


def _are_nobody(words: Sequence[str]) -> bool:
    """Whether words are people of no party without a name: "two officials", not "a source in X"."""
    people = words_of("people", "of_no_party")
    place = next((place for place, word in enumerate(words) if word in people), -1)
    if place < 0 or not DEFINITE.isdisjoint(words[:place]):
        return False
    return AFFILIATED.isdisjoint(words[place + 1 :])


def _extent(words: Sequence[str], verb: Found, subject: Mention | None) -> tuple[int, int]:
    """The tokens of a frame: from the comma before it, or its subject, to the subject or the verb."""
    if subject and subject.first >= verb.last:
        return verb.first, subject.last
    if subject and words[subject.last] == "," == words[verb.first - 1]:
        return subject.first, verb.last
    reach = range(verb.first - 1, max(-1, verb.first - FRAME_REACH), -1)
    comma = next((place + 1 for place in reach if words[place] in COMMAS), 0)
    is_set_off = verb.last >= len(words) or words[verb.last] in CLOSING or words[verb.last] == ","
    return (comma if is_set_off or not subject else min(comma, subject.first)), verb.last


def _segment(words: Sequence[str], place: int) -> tuple[int, int]:
    """The tokens between two strong breaks around a place."""
    first = next((i + 1 for i in range(place - 1, -1, -1) if words[i] in SEGMENTS), 0)
    last = next((i for i in range(place, len(words)) if words[i] in SEGMENTS), len(words))
    return first, last
