"""The knowledge beside this module, as data: one YAML file per lexicon, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def lexicon(name: str) -> Any:
    """The content of `lexicon/NAME.yaml`; callers do not change it."""
    text = files("demarche.readers.rules").joinpath("lexicon", f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def words_of(name: str, key: str) -> frozenset[str]:
    """The words of an entry that is written as one string."""
    return frozenset(str(lexicon(name)[key]).split())
