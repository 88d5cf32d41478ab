"""Which language model a study asks, where, and how much: the key `llm` of study.yaml.

    llm:
      model: llama3.1:8b                    # as the server calls it
      base_url: http://localhost:11434/v1   # any server that speaks OpenAI's chat completions
      key_variable: OPENAI_API_KEY          # the environment variable that holds the key, if one is needed
      parallel: 4                           # requests under way at once
      timeout: 120                          # seconds to wait for an answer
      retries: 4                            # further tries when the server is busy, failing or slow
      max_tokens: 500000                    # a run asks nothing more once so many tokens went to and fro
      confidence: 0.7                       # given to each proposal; see CONFIDENCE

A key never stands in a file. Nothing here reads or writes.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from demarche.inputs.yaml_forms import Form
from demarche.problems import InputError, Problem

CONFIDENCE = 0.7
"""The confidence of whatever a model proposes: assumed, not measured, since every model reads otherwise.

It lies above the `min_confidence` that briefings start from, so that what was asked for is seen. What a model
says of its own sureness is not asked. A study that has documents coded by hand can measure its model
(`demarche ask --all`, `demarche score`) and write the precision at `confidence`.
"""
ANSWERS = "llm-answers"
"""The folder of a study that keeps the answers."""

_KEYS = (
    "model", "base_url", "key_variable", "parallel", "timeout", "retries", "max_tokens", "confidence",
)  # fmt: skip
_SECRETS = ("api_key", "key", "apikey", "token", "password", "secret")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What `llm` says. `answers` is the folder of kept answers; `timeout` is in seconds."""

    model: str
    base_url: str
    answers: Path
    key_variable: str = "OPENAI_API_KEY"
    parallel: int = 4
    timeout: float = 120.0
    retries: int = 4
    max_tokens: int = 500_000
    confidence: float = CONFIDENCE


def read_settings(study: Form, folder: Path) -> Settings | None:
    """The settings that a study gives at `llm`, None where it gives none; every problem is noted."""
    form = study.form("llm")
    if form is None:
        return None
    for key in [key for key in form.key_lines if key.casefold() in _SECRETS]:
        form.note("a key never stands in a file: name its environment variable in key_variable", key=key)
    form.check_keys((*_KEYS, *(key for key in form.key_lines if key.casefold() in _SECRETS)))
    return Settings(
        model=_model(form),
        base_url=_base_url(form),
        answers=folder / ANSWERS,
        key_variable=_key_variable(form),
        parallel=int(_number(form, "parallel", Settings.parallel, (1, 64))),
        timeout=_number(form, "timeout", Settings.timeout, (0.01, 3600), whole=False),
        retries=int(_number(form, "retries", Settings.retries, (0, 20))),
        max_tokens=int(_number(form, "max_tokens", Settings.max_tokens, (1, 10**9))),
        confidence=_number(form, "confidence", CONFIDENCE, (0, 1), whole=False),
    )


def settings_given(settings: Settings | None) -> Settings:
    """The settings; InputError where a study gives none."""
    if settings is None:
        message = "llm is missing: say which model to ask, and where (llm: {model: …, base_url: …})"
        raise InputError([Problem("study.yaml", 0, message)])
    return settings


def _model(form: Form) -> str:
    model = form.required("model")
    if len(model) > _LONGEST_NAME or not model.isprintable():
        form.note(f"model is no name of one line with at most {_LONGEST_NAME} characters", key="model")
    return model


def _base_url(form: Form) -> str:
    """The address of the server; one that carries a password is a problem, and is not repeated."""
    address = form.required("base_url")
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - raises where the port is no number
    except ValueError:
        parts = urlsplit("")
    if parts.username or parts.password or parts.query or parts.fragment:
        form.note("base_url holds more than a place: keys belong into the environment", key="base_url")
    elif address and not (parts.scheme in ("http", "https") and parts.hostname and address.isprintable()):
        form.note(
            f"base_url is {address!r}, expected an address such as http://localhost:11434/v1", key="base_url"
        )
    return address


def _key_variable(form: Form) -> str:
    """The name of a variable; what is none may be the key itself, so it is not repeated."""
    name = form.text("key_variable") or Settings.key_variable
    if not _VARIABLE.fullmatch(name):
        form.note(
            "key_variable holds no name of an environment variable such as OPENAI_API_KEY", key="key_variable"
        )
        return Settings.key_variable
    return name


def _number(
    form: Form, key: str, default: float, bounds: tuple[float, float], *, whole: bool = True
) -> float:
    """The number at a key, within its bounds (both included); the default where there is none."""
    text = form.text(key)
    if not text:
        return default
    low, high = bounds
    try:
        value = float(int(text)) if whole else float(text)
    except (ValueError, OverflowError):
        value = math.nan
    if not low <= value <= high:
        kind = "a whole number" if whole else "a number"
        form.note(f"{key} is {text!r}, expected {kind} from {low:,} to {high:,}", key=key)
        return default
    return value
