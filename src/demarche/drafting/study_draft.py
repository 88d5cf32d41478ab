"""Writes a new study: study.yaml, and a codebook drafted from the texts that an analyst then rewrites."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

import yaml

from demarche.corpus import read_corpus
from demarche.documents import Document
from demarche.drafting.asks import Theme, find_themes
from demarche.drafting.names import Name, find_names
from demarche.problems import InputError, Problem
from demarche.readers.rules.sentences import find_sentences

TO_WRITE = "To be written: what is asked, so that two strangers agree; and what is not meant."
STUDY_HEAD = (
    "# One study: what is asked of which texts. Every path counts from this folder.\n"
    "# as_of is the cut-off day: what the briefing may know.\n"
)
CODEBOOK_HEAD = (
    "# A draft made by a program from the texts: a list to start from, not a reading of them.\n"
    "# Rewrite labels and definitions, drop what nobody demands, merge what is one, add what is missing.\n"
    "# A cue is words that must all occur in one sentence; * stands for any ending, a|b for either.\n"
)


def draft_study(folder: Path, corpus: Path) -> list[Path]:
    """Make a study in a new folder from a folder of texts, which stays where it is; the files written.

    InputError where the folder holds something already, or where the texts cannot be read.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError([Problem(str(folder), 0, "is not empty; a new study needs a folder of its own")])
    documents = read_corpus(corpus)
    files = {"study.yaml": _study(folder, corpus, documents), "codebook.yaml": draft_codebook(documents)}
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files]


def draft_codebook(documents: Sequence[Document]) -> str:
    """A codebook as YAML: the actors most spoken of, and what is asked for, with passages as examples."""
    read = [(d.doc_id, d.text, find_sentences(d.text)) for d in documents if not d.repeats]
    names = find_names([sentence for _, _, sentences in read for sentence in sentences])
    words = {word.lower() for name in names for text in (name.name, *name.aliases) for word in text.split()}
    actors = _with_ids([(one.name, _actor(one)) for one in names] or [("somebody", {"name": "Somebody"})])
    themes = find_themes(read, words)
    demands = _with_ids(
        [("-".join(theme.words), _demand(theme)) for theme in themes]
        or [("first-demand", {"label": "A demand", "definition": TO_WRITE})]
    )
    book = {"title": "A draft: give it a title", "actors": actors, "demands": demands}
    return CODEBOOK_HEAD + _yaml(book)


def _actor(one: Name) -> dict[str, Any]:
    kind = "person" if one.is_person else "organisation"
    return {"name": one.name, "kind": kind} | ({"aliases": list(one.aliases)} if one.aliases else {})


def _demand(theme: Theme) -> dict[str, Any]:
    shortest = min(theme.asks, key=lambda ask: (len(ask.text), ask.text))
    cue = " ".join(_cue_term(word) for word in theme.words[:2])
    examples = list(dict.fromkeys(ask.text for ask in theme.asks))[:3]
    return {"label": shortest.text, "definition": TO_WRITE, "cues": [cue], "examples": examples}


def _cue_term(word: str) -> str:
    """A word with any ending, its own cut off where it is long."""
    return f"{word[: max(6, len(word) - 2)]}*"


def _with_ids(entries: Sequence[tuple[str, dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """Entries by an id made of their names, no two alike."""
    named: dict[str, dict[str, Any]] = {}
    for name, entry in entries:
        base = re.sub(r"[^a-z0-9]+", "-", _plain(name).lower()).strip("-") or "unnamed"
        base = f"{base}-1" if base in {"author", "any"} else base
        number, key = 2, base
        while key in named:
            number, key = number + 1, f"{base}-{number}"
        named[key] = entry
    return named


def _plain(name: str) -> str:
    """A name without the accents of its letters: Lefèvre is Lefevre."""
    return "".join(letter for letter in normalize("NFKD", name) if not combining(letter))


def _study(folder: Path, corpus: Path, documents: Sequence[Document]) -> str:
    where = os.path.relpath(corpus.resolve(), folder.resolve())
    days = sorted(document.published[:10] for document in documents if len(document.published) >= 10)
    as_of = days[-1] if days else date.today().isoformat()
    study: dict[str, Any] = {
        "title": folder.name,
        "question": "What do you want to know?",
        "language": "en",
        "corpus": Path(where).as_posix(),
        "reader": "model",
        "as_of": as_of,
    }
    return STUDY_HEAD + _yaml(study)


def _yaml(value: Mapping[str, Any]) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110)
