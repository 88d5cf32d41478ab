"""Whose words they are: quotation marks, turns of a transcript, and frames of speech ("…, X said").

For each sentence: which tokens stand in quotation marks, and who speaks, how. In nested speech the outermost
speaker counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from demarche.readers.rules.lexicons import words_of
from demarche.readers.rules.mentions import Mention
from demarche.readers.rules.phrases import Found
from demarche.readers.rules.sentences import Sentence

OPENING, CLOSING = frozenset("“„«‘"), frozenset("”»")
GOVERNING = words_of("grammar", "prepositions") - {"by"} | {"told"}
TITLES = frozenset(("the", "a", "an", "both", "mr", "ms", "mrs", "dr", "."))
BEFORE_INVERTED = frozenset((",", '"', "”", "’", "»", "–"))
LINKS = words_of("grammar", "prepositions") | {"that", ",", "and"}
SUBJECT_REACH = 14


@dataclass(frozen=True)
class Voice:
    """Who speaks in a sentence: `speaker` (an actor, or empty), how we know, and which tokens are quoted.

    `source` ∈ frame (in the sentence itself), near (the frame of a neighbouring sentence), turn, or empty;
    `frame` is the range of tokens of the frame; `asker` marks the turn of one who only asks, `stranger` that
    of somebody outside the codebook.
    """

    speaker: str = ""
    source: str = ""
    frame: tuple[int, int] = (0, 0)
    quoted: tuple[bool, ...] = ()
    asker: bool = False
    stranger: bool = False

    def quotes(self, first: int, last: int) -> bool:
        """Whether most of tokens `first` up to `last` stand in quotation marks."""
        return 2 * sum(self.quoted[first:last]) > last - first


def find_quoted(sentences: Sequence[Sentence]) -> list[tuple[bool, ...]]:
    """For each sentence, which of its tokens are quoted; a mark left open ends with its paragraph."""
    found, inside, paragraph = [], False, -1
    for sentence in sentences:
        if sentence.paragraph != paragraph:
            inside, paragraph = False, sentence.paragraph
        if '"' not in sentence.words:
            found.append((inside,) * len(sentence.words))
            continue
        flags = []
        for token in sentence.tokens:
            if token.text in OPENING and token.text != "‘":
                inside = True
            elif token.text in CLOSING:
                inside = False
            elif token.text == '"':
                inside = not inside
            flags.append(inside)
        found.append(tuple(flags))
    return found


def find_frame(
    sentence: Sentence, found: Sequence[Found], mentions: Sequence[Mention], quoted: Sequence[bool]
) -> tuple[str, tuple[int, int]]:
    """The outermost speaker of a sentence and the tokens of the frame; empty where nobody speaks."""
    frames = []
    for hit in found:
        if hit.kind not in {"say", "per"} or quoted[hit.first]:
            continue
        frame = _source(hit, mentions) if hit.kind == "per" else find_subject(sentence, hit, mentions, quoted)
        if frame:
            frames.append((_depth(sentence, hit, frame), hit.first, frame, hit))
    if not frames:
        return "", (0, 0)
    _, _, mention, hit = min(frames, key=lambda item: item[:2])
    return mention.actor, (min(mention.first, hit.first), max(mention.last, hit.last))


def _source(hit: Found, mentions: Sequence[Mention]) -> Mention | None:
    behind = [mention for mention in mentions if hit.last <= mention.first <= hit.last + 4]
    return behind[0] if behind else None


def find_subject(
    sentence: Sentence, hit: Found, mentions: Sequence[Mention], quoted: Sequence[bool]
) -> Mention | None:
    """The subject of a verb of speech: a mention right behind it after a comma or quote, else before it."""
    words = sentence.words
    if hit.first and words[hit.first - 1] in BEFORE_INVERTED and not _takes_object(words[hit.first]):
        behind = (m for m in mentions if hit.last <= m.first <= hit.last + 3)
        named = (
            m
            for m in behind
            if not m.owner
            and m.form in {"name", "role", "place", "spokesman"}
            and LINKS.isdisjoint(words[hit.last : m.first])
        )
        if inverted := next(named, None):
            return inverted
    before = [
        m
        for m in mentions
        if m.last <= hit.first
        and hit.first - m.last <= SUBJECT_REACH
        and not quoted[m.first]
        and not m.owner
        and not is_governed(words, m.first)
        and m.form != "pronoun2"
    ]
    return _before_aside(words, hit, before) or (before[-1] if before else None)


def _takes_object(word: str) -> bool:
    """Whether what stands behind a verb of speech is not its subject: "telling X"."""
    return word.endswith("ing") or word in {"tell", "tells", "told"}


def _before_aside(words: Sequence[str], hit: Found, before: Sequence[Mention]) -> Mention | None:
    """The mention before what stands between two commas before a verb: "X, who leads Y, said"."""
    closing = next(
        (place for place in range(hit.first - 1, max(-1, hit.first - 4), -1) if words[place] == ","), -1
    )
    return next((m for m in before if m.last < closing and words[m.last] == ","), None)


def is_governed(words: Sequence[str], first: int) -> bool:
    """Whether a preposition stands before a token, articles and titles aside."""
    index = first - 1
    while index >= 0 and words[index] in TITLES:
        index -= 1
    return index >= 0 and words[index] in GOVERNING


def _depth(sentence: Sentence, hit: Found, mention: Mention) -> int:
    """0 for a frame set off by commas or behind a quotation ("…, X said"), which embraces all; else 1."""
    first = min(hit.first, mention.first)
    before = sentence.tokens[first - 1].text if first else ""
    last = max(hit.last, mention.last)
    after = sentence.tokens[last].text if last < len(sentence.tokens) else "."
    if before in {",", '"', "”", "’", "–", ";"} and hit.kind == "say":
        return 0 if after in {",", ".", ";", ":", '"', "–"} or first > len(sentence.tokens) // 2 else 1
    return 0 if hit.kind == "per" else 1


def carried_voices(sentences: Sequence[Sentence], voices: Sequence[Voice]) -> list[Voice]:
    """The voices with quotations that name no speaker attributed to the nearest frame of their paragraph."""
    result = list(voices)
    for index, voice in enumerate(voices):
        if voice.speaker or not any(voice.quoted):
            continue
        for near in (index - 1, index + 1, index - 2, index + 2, index - 3, index - 4):
            if not 0 <= near < len(voices) or sentences[near].paragraph != sentences[index].paragraph:
                continue
            if voices[near].speaker and (near < index or any(voices[near].quoted)):
                result[index] = replace(voice, speaker=voices[near].speaker, source="near")
                break
    return result
