"""Where a text mentions the actors of a codebook: by name, place, adjective, role, or who speaks for them.

Pronouns are not resolved here (see coreference). A mention whose actor merely owns the next noun
("Tamor's offer") has `owner` set; "Tamor's envoy" is a mention of Tamor that spans both words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from demarche.codebook import Codebook
from demarche.readers.rules.lexicons import words_of
from demarche.readers.rules.names import ARTICLES, ENDINGS, Name, Names, actor_names, skeleton
from demarche.readers.rules.sentences import Sentence
from demarche.readers.rules.words import Token

LINKS = frozenset(("of", "for", "from", "at", "with", "inside", "in"))
APOSTROPHES = frozenset(("'s", "'"))


@dataclass(frozen=True)
class Mention:
    """One mention of an actor: range in the document, sentence, tokens `first` up to `last`, and its form.

    `form` is name, role (a common noun), place, adjective, spokesman (who speaks for the actor) or pronoun.
    """

    start: int
    end: int
    actor: str
    form: str
    sentence: int
    first: int
    last: int
    owner: bool = False


def find_mentions(
    sentences: Sequence[Sentence], codebook: Codebook, names: Names | None = None
) -> list[Mention]:
    """All mentions in the order of the text, none overlapping another."""
    names = names or actor_names(codebook)
    learned: dict[str, str] = {}
    found = []
    for sentence in sentences:
        plain = _named(sentence, names, learned)
        widened = [_widened(sentence, mention, learned) for mention in plain]
        found += _without_overlap(_appositions(sentence, widened, codebook))
    return found


def _named(sentence: Sentence, names: Names, learned: dict[str, str]) -> list[Mention]:
    tokens, found, end = sentence.tokens, list[Mention](), 0
    for index in _beginnings(tokens, names):
        if index < end:
            continue
        known = names.by_first.get(tokens[index].lower)
        if known and (name := _name_at(tokens, index, known)):
            end = index + len(name.words)
            found.append(_mention(sentence, index, end, name.actor, name.form))
        elif tokens[index].text[0].isupper() and (guess := _guess(tokens, index, names, learned)):
            found.append(_mention(sentence, index, index + 1, *guess))
    return found


def _beginnings(tokens: Sequence[Token], names: Names) -> list[int]:
    """The tokens that a name may begin with: first words of names, and all with a capital."""
    first = names.by_first
    return [place for place, token in enumerate(tokens) if token.lower in first or token.text[0].isupper()]


def _mention(sentence: Sentence, first: int, last: int, actor: str, form: str) -> Mention:
    start, end = sentence.text_range(first, last)
    owner = last < len(sentence.tokens) and sentence.tokens[last].lower in APOSTROPHES
    return Mention(start, end, actor, form, sentence.index, first, last, owner)


def _name_at(tokens: Sequence[Token], index: int, names: Sequence[Name]) -> Name | None:
    """The first of some names that stands at a token."""
    for name in names:
        piece = tokens[index : index + len(name.words)]
        if tuple(token.lower for token in piece) == name.words and _fits(tokens, index, piece, name):
            return name
    return None


def _fits(tokens: Sequence[Token], index: int, piece: Sequence[Token], name: Name) -> bool:
    """Whether capitals and the article stand where the name needs them."""
    for token, cased in zip(piece, name.cased, strict=True):
        if cased and not token.text[:1].isupper():
            return False
    if len(name.words) == 1 and len(name.words[0]) == 2 and name.cased[0] and not piece[0].text.isupper():
        return False
    if name.article and not piece[0].text[:1].isupper():
        return name.words[-1].endswith("s") or (index > 0 and tokens[index - 1].lower in ARTICLES)
    return True


def _guess(
    tokens: Sequence[Token], index: int, names: Names, learned: dict[str, str]
) -> tuple[str, str] | None:
    """An actor whose adjective, or whose name in another spelling, a capitalised word is."""
    word = tokens[index].text
    if word.lower() in learned:
        return learned[word.lower()], "spokesman"
    for stem, actor in names.stems:
        if word.startswith(stem) and word[len(stem) :] in ENDINGS:
            return actor, "adjective"
    if len(word) >= 5 and (actor := names.skeletons.get(skeleton(word), "")):
        return actor, "name"
    return None


def _widened(sentence: Sentence, mention: Mention, learned: dict[str, str]) -> Mention:
    """The mention together with the noun for who speaks in the actor's name, before or behind it."""
    tokens = sentence.tokens
    behind = _noun_behind(tokens, mention)
    if behind:
        last = _proper_name(tokens, behind, learned, mention.actor)
        return replace(_mention(sentence, mention.first, last, mention.actor, "spokesman"))
    before = _noun_before(tokens, mention.first, learned, mention.actor)
    if before < mention.first and not mention.owner:
        return _mention(sentence, before, mention.last, mention.actor, "spokesman")
    return mention


def _noun_behind(tokens: Sequence[Token], mention: Mention) -> int:
    """The index after a noun for who speaks for the actor: X's chief negotiator, the X delegation; else 0."""
    begin = mention.last + (1 if mention.owner else 0)
    if not mention.owner and mention.form not in {"adjective", "name", "place"}:
        return 0
    reach = 4 if mention.owner else 3
    for index in range(begin, min(begin + reach, len(tokens))):
        word = tokens[index].lower
        if word in words_of("people", "speakers"):
            while index + 1 < len(tokens) and tokens[index + 1].lower in words_of("people", "speakers"):
                index += 1
            return index + 1
        if (not word.isalpha() and "-" not in word) or word in _STOPS:
            return 0
    return 0


_STOPS = words_of("grammar", "not_in_a_role")


def _noun_before(tokens: Sequence[Token], first: int, learned: dict[str, str], actor: str) -> int:
    """The first token of "a senior official of (the) X" or "Name of X"; `first` where there is none."""
    index = first - 1
    if index >= 0 and tokens[index].lower in ARTICLES:
        index -= 1
    if index < 1 or tokens[index].lower not in LINKS:
        return first
    head = index - 1
    if tokens[head].lower in words_of("people", "speakers"):
        while head > 0 and (
            tokens[head - 1].lower.isalpha() and tokens[head - 1].lower not in _STOPS | LINKS
        ):
            head -= 1
        return head
    name = head
    while name >= 0 and tokens[name].text[:1].isupper() and tokens[name].text.replace("-", "").isalpha():
        name -= 1
    if 1 <= head - name <= 4 and tokens[index].lower in {"of", "for", "from"} and head - name > 1:
        learned.setdefault(tokens[head].lower, actor)
        return name + 1
    return first


def _proper_name(tokens: Sequence[Token], index: int, learned: dict[str, str], actor: str) -> int:
    """The index after a person's name that follows a role, perhaps behind a comma; the surname is learned."""
    begin = index + 1 if index < len(tokens) and tokens[index].lower == "," else index
    end = begin
    while (
        end < len(tokens) and end < begin + 4 and tokens[end].text[:1].isupper() and len(tokens[end].text) > 1
    ):
        end += 1
    if end - begin < 2 - (begin == index):
        return index
    learned.setdefault(tokens[end - 1].lower, actor)
    return end


def _appositions(sentence: Sentence, mentions: list[Mention], codebook: Codebook) -> list[Mention]:
    """Where a person of the codebook stands inside or right beside a wider mention, the person is meant.

    "Minister Tem of Tamor" is Tem, as is "Tamor's minister, Tem".
    """
    kept: list[Mention] = []
    for mention in mentions:
        kind = codebook.actors[mention.actor].kind if mention.actor in codebook.actors else ""
        before = kept[-1] if kept else None
        spans = before and mention.form == "spokesman" and mention.first <= before.first < mention.last
        if before and spans and codebook.actors[before.actor].kind == "person":
            kept[-1] = replace(mention, actor=before.actor, form="name")
            continue
        if before and kind == "person" and before.form == "spokesman" and mention.first <= before.last + 1:
            kept[-1] = replace(before, actor=mention.actor, form="name", end=mention.end, last=mention.last)
            kept[-1] = replace(kept[-1], owner=mention.owner)
            continue
        kept.append(mention)
    return kept


def _without_overlap(mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda mention: (mention.first, -mention.last)):
        if kept and mention.first < kept[-1].last:
            if kept[-1].form != "spokesman" and mention.form == "name":
                kept[-1] = mention
            continue
        kept.append(mention)
    return kept
