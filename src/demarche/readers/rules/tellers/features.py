"""What a clause, and each actor whom its sentence mentions, show of who is speaking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from demarche.readers.rules.clauses import Clause
from demarche.readers.rules.lexicons import words_of
from demarche.readers.rules.mentions import Mention
from demarche.readers.rules.phrases import Found
from demarche.readers.rules.scene import Scene
from demarche.readers.rules.stems import everyday_words, stem
from demarche.readers.rules.tellers.frames import Frame
from demarche.readers.rules.tellers.speech import is_governed

SPEECH = frozenset(("say", "per"))
STANCE = frozenset(("ask", "refuse", "accept", "open", "must"))
FAR, BEHIND = 14, 3
"""So many tokens at most lie between who speaks and a verb behind, or before, them."""
BREAKS = frozenset((";", ":", "–", "—"))
TURNS = frozenset(("while", "but", "although", "which", "who"))
PASSED_OVER = words_of("grammar", "before_a_verb")
ACT_REACH = 5


def about_clause(scene: Scene, clause: Clause) -> list[str]:
    """What a clause shows of being told by somebody, whoever that is."""
    index = clause.sentence
    words, voice = scene.sentences[index].words, scene.voices[index]
    inside = [one for one in scene.found[index] if clause.first <= one.first < clause.last]
    before = [one for one in scene.found[index] if one.first < clause.first]
    speech = [one for one in scene.found[index] if one.kind in SPEECH and not voice.quoted[one.first]]
    names = ["any", f"voice {voice.source}", f"quoted: {_share(voice.quoted[clause.first : clause.last])}"]
    names += ["listed"] * scene.sentences[index].listed
    names += ["asks"] * voice.asker + ["stranger"] * voice.stranger
    names += [f"in it {one.kind}" for one in inside] + [f"in it {words[one.first]}" for one in inside]
    if before and not inside:
        last = words[before[-1].first]
        names += [f"after {before[-1].kind}", f"after {last}", f"after s {stem(last)}"]
    names += [f"{min(len(speech), 2)} speech"]
    names += [*_acts(scene, clause)] + [f"in it s {stem(words[one.first])}" for one in inside]
    names += [f"{one.kind} {_place(words, clause, one)}" for one in speech]
    carried = in_paragraph(scene, index, 1) and scene.voices[index - 1]
    names += [f"before: {carried.source if carried and carried.speaker else 'nobody'}"]
    everyday = everyday_words()
    for part, of in (("", (clause.first, clause.last)), ("<", (0, clause.first)), (">", (clause.last, None))):
        names += [f"{part}w {word}" for word in words[slice(*of)] if word in everyday]
    return [*dict.fromkeys(names)]


def _acts(scene: Scene, clause: Clause) -> Iterator[str]:
    """What the first actor of the sentence, the last before the clause and the first in it do."""
    words = scene.sentences[clause.sentence].words
    free = [
        mention
        for mention in scene.mentions[clause.sentence]
        if not mention.owner and mention.form != "pronoun2" and not is_governed(words, mention.first)
    ]
    yield from (f"act first {_act(words, mention)}" for mention in free[:1])
    before = [mention for mention in free if mention.first < clause.first]
    yield from (f"act before {_act(words, mention)}" for mention in before[-1:])
    inside = [mention for mention in free if clause.first <= mention.first < clause.last]
    yield from (f"act {_act(words, mention)}" for mention in inside[:1])


def _act(words: Sequence[str], mention: Mention) -> str:
    """The stem of the first word behind a mention that is neither auxiliary nor adverb."""
    behind = words[mention.last : mention.last + ACT_REACH]
    return next((stem(word) for word in behind if word not in PASSED_OVER and not word.endswith("ly")), ".")


def about_frame(scene: Scene, clause: Clause, frame: Frame | None, actor: str) -> list[str]:
    """How a clause is told by a frame of speech: by the actor, its side, another, or nobody knows."""
    if not frame:
        return ["untold"]
    verb = scene.sentences[clause.sentence].words[frame.verb.first]
    by = nearness(scene, frame.speaker, actor) if frame.speaker else frame.form or "unclear"
    return [f"told {frame.way} by {by}", f"told, {verb}, by {by}"]


def by_frame(scene: Scene, clause: Clause, frame: Frame, speaker: str) -> list[str]:
    """What the frame that tells a clause says for, or against, a speaker."""
    if frame.speaker == speaker:
        verb = scene.sentences[clause.sentence].words[frame.verb.first]
        return [f"tells {frame.way}", f"tells {frame.way}, {verb}"]
    return [f"{'another' if frame.speaker else frame.form or 'unclear'} tells {frame.way}"]


def nearness(scene: Scene, speaker: str, actor: str) -> str:
    """Whether a speaker is an actor itself (self), of the same party (side), or another (other)."""
    party = scene.guide.standings.party
    return "self" if speaker == actor else "side" if party(speaker) == party(actor) else "other"


def about_mention(scene: Scene, clause: Clause, mention: Mention) -> Iterator[str]:
    """What speaks for, or against, a mentioned actor being who speaks."""
    words, voice = scene.sentences[mention.sentence].words, scene.voices[mention.sentence]
    mentions = scene.mentions[mention.sentence]
    governed = is_governed(words, mention.first)
    yield f"form {mention.form}"
    yield f"{'owner' if mention.owner else 'governed' if governed else 'free'}"
    yield "in the clause" if clause.first <= mention.first < clause.last else "beside the clause"
    yield f"before {words[mention.last] if mention.last < len(words) else '.'}"
    yield f"after {words[mention.first - 1] if mention.first else '.'}"
    yield f"acts {_act(words, mention)}"
    if voice.quoted[mention.first]:
        yield "within a quotation"
    if mention is next((one for one in mentions if not one.owner), None):
        yield "first"
    for hit in scene.found[mention.sentence]:
        if hit.kind in SPEECH | STANCE and not voice.quoted[hit.first]:
            yield from _with_verb(scene, clause, mention, hit, is_bound=governed or mention.owner)


def _with_verb(
    scene: Scene, clause: Clause, mention: Mention, hit: Found, *, is_bound: bool
) -> Iterator[str]:
    """How a mention stands to a verb of speech or of stance, and how many others stand between."""
    words, kind = scene.sentences[mention.sentence].words, hit.kind if hit.kind in SPEECH else "stance"
    ahead, behind = hit.first - mention.last, mention.first - hit.last
    if 0 <= ahead <= FAR:
        others = sum(
            mention.first < m.first and m.last <= hit.first for m in scene.mentions[mention.sentence]
        )
        rank = f"{kind} {_near(ahead)}, past {min(others, 2)}"
        yield rank
        yield f"{rank}, {_place(words, clause, hit)}"
        yield f"{kind} ahead, {'bound' if is_bound else 'free'}"
        if not others and not is_bound:
            yield f"does {words[hit.first]}"
    elif 0 <= behind <= BEHIND:
        yield f"{kind} behind {min(behind, 2)}, {_place(words, clause, hit)}"


def _near(distance: int) -> str:
    return "at once" if distance <= 1 else "soon" if distance <= 4 else "late"


def _place(words: Sequence[str], clause: Clause, hit: Found) -> str:
    """Where a verb stands to a clause: in it, behind it, or before it, and what lies between."""
    if clause.first <= hit.first < clause.last:
        return "in it"
    if hit.first >= clause.last:
        return "behind, apart" if BREAKS & set(words[clause.last : hit.first]) else "behind"
    between = words[hit.last : clause.first + 1]
    if BREAKS & set(between):
        return "before, apart"
    that, turn = "that" if "that" in between else "bare", " turning" if TURNS & set(between) else ""
    return f"before, {_near(len(between) // 2)} {that}{turn}"


def _share(flags: Sequence[bool]) -> str:
    return "none" if not any(flags) else "some" if 2 * sum(flags) < len(flags) else "most"


def in_paragraph(scene: Scene, sentence: int, back: int) -> bool:
    """Whether there is a sentence so many before one, in the same paragraph."""
    if back > sentence:
        return False
    return scene.sentences[sentence - back].paragraph == scene.sentences[sentence].paragraph
