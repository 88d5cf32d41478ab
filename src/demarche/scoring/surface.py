"""What a sentence in which nothing is asserted looks like from outside: headline, question, supposition …

Told by a few words of the sentence alone, and apart from any reader's lexicons, so that a reader's own
blind spots show. `would` and `could` count as suppositions even where they only report speech.
"""

from __future__ import annotations

import re

SURFACES = ("headline", "question", "supposition", "forecast", "advice", "bare mention")
OTHER = "other"
LONGEST_HEADING = 14
"""Words of a heading, at most."""
_PATTERNS = {
    "question": r"\?[\"'”’)\]]*\s*$",
    "supposition": r"\b(?:(?i:if|unless|whether|suppos\w+|assum\w+|imagin\w+|hypothe\w+|scenario\w*|in case|"
    r"were to|would|could|might|provided that|as though)|may)\b",
    "advice": r"\b(?i:should|ought|must|had better|do well to|be wise|wiser|advis\w+|recommend\w*|"
    r"it is time|needs? to|let us)\b",
    "forecast": r"\b(?i:will|expect\w*|likely|unlikely|probably|perhaps|forecast\w*|predict\w*|"
    r"anticipat\w*|sooner or later|bound to|foresee\w*|speculat\w*|rumou?r\w*)\b",
    "bare mention": r"\b(?i:demands?|proposals?|claims?|requests?|calls?|appeals?|question|issue|talks?|"
    r"plans?|drafts?|terms|conditions|concessions?|offers?|points?|dispute|matter)\b",
}
"""May is a month where it has a capital."""
_ORDER = ("question", "supposition", "advice", "forecast", "bare mention")
_SENTENCE_MARK = re.compile(r"[.!?…:;][\"'”’)\]]*\s*$")


def surface(text: str, start: int, end: int) -> str:
    """The surface of the sentence at a range of a text: one of SURFACES, or OTHER.

    >>> surface("Rain\\n\\nWill Tamo ask for rain? Tamo sang.", 6, 30)
    'question'
    >>> surface("Rain\\n\\nWill Tamo ask for rain? Tamo sang.", 0, 4)
    'headline'
    """
    sentence = text[start:end].strip()
    if is_headline(text, start):
        return "headline"
    for name in _ORDER:
        if re.search(_PATTERNS[name], sentence):
            return name
    return OTHER


def is_headline(text: str, start: int) -> bool:
    """Whether a place lies in the first line that is not empty, or in a short line that no mark ends."""
    title_ends = text.find("\n", len(text) - len(text.lstrip()))
    line_end = text.find("\n", start)
    line = text[text.rfind("\n", 0, start) + 1 : line_end if line_end >= 0 else len(text)].strip()
    is_title = 0 <= start <= title_ends
    return is_title or (len(line.split()) <= LONGEST_HEADING and not _SENTENCE_MARK.search(line))
