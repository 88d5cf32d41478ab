"""A study's own words for its reader: `lexicon.yaml`, phrases by what they say, added to the reader's.

    refuse: [gave the cold shoulder, show* ~ the door]
    ask: [hold* a candle for]

A phrase is a row of words: `word*` any ending, `a|b` either, `~` up to three words, `_` exactly one.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from demarche.inputs.yaml_forms import Form, Item, read_form
from demarche.problems import ProblemList

KINDS = (
    "ask", "must", "asknoun", "refuse", "ridicule", "silence", "accept", "open", "give_up", "say",
)  # fmt: skip
_WORD = re.compile(r"[^\W_][\w'’-]*\*?(?:\|[^\W_][\w'’-]*\*?)*")


class Phrase(NamedTuple):
    """A phrase in lower case, and what it says (`kind`)."""

    kind: str
    text: str


def load_lexicon(path: Path, problems: ProblemList) -> tuple[Phrase, ...]:
    """The phrases of a lexicon in the order of the kinds; every problem is noted. No file, no phrases."""
    if not path.exists():
        return ()
    form = read_form(path, problems)
    if form is None:
        return ()
    form.check_keys(KINDS)
    return tuple(
        phrase for kind in KINDS for item in form.items(kind) if (phrase := _phrase(kind, item, form))
    )


def _phrase(kind: str, item: Item, form: Form) -> Phrase | None:
    words = item.text.lower().split()
    if not words or words[0] in {"~", "_"} or words[-1] == "~":
        form.note(f"{item.text!r} begins or ends with a gap, expected a word there", line=item.line)
        return None
    for word in words:
        if word not in {"~", "_"} and not _WORD.fullmatch(word):
            form.note(f"{word!r} in {item.text!r} is no word: write letters, `*` and `|`", line=item.line)
            return None
    return Phrase(kind, " ".join(words).replace("’", "'"))
