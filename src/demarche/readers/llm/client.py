"""Puts one question to a server that speaks OpenAI's chat completions, through the client `openai`.

The client tries again on 429, 5xx and time-outs, waiting longer each time or as long as `Retry-After` says
(up to two minutes). The key comes from the environment and goes to the server alone: what is raised or
returned from here never holds it.
"""

from __future__ import annotations

import importlib
import logging
import os
from dataclasses import dataclass
from typing import Any

from demarche.problems import InputError, Problem
from demarche.readers.llm.questions import Question
from demarche.readers.llm.settings import Settings

FORMS = ("json_schema", "json_object", "text")
"""How the form of an answer is asked for, from the strictest; a server that refuses one is asked the next."""
Wishes = tuple[str, bool]
"""What is asked of a server besides an answer: its form, and whether at temperature 0."""
_LONGEST_MESSAGE = 300
_AMBIENT = ("OpenAI-Organization", "OpenAI-Project")


def key_line(settings: Settings) -> str:
    """Which key goes with the requests, by the name of its variable."""
    if _key(settings.key_variable):
        return f"with the key in {settings.key_variable}"
    return f"without a key ({settings.key_variable} is empty)"


class UnansweredError(Exception):
    """A question that stays without an answer, and why; `is_final` where every other would fare the same."""

    def __init__(self, message: str, *, is_final: bool = False) -> None:
        super().__init__(message)
        self.is_final = is_final


@dataclass(frozen=True)
class Reply:
    """What a server sent: the model's words, who it says has answered, and what it counted (0: nothing)."""

    content: str
    form: str
    answered_by: str
    finish_reason: str
    tokens_in: int
    tokens_out: int


class Client:
    """One server, one model. Can be used from several threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._openai: Any = _library()
        self._key = _key(settings.key_variable)
        self._wishes: Wishes = (FORMS[0], True)
        # The client writes requests to its log when OPENAI_LOG asks for it; texts and keys stay out of logs.
        logging.getLogger("openai").setLevel(logging.WARNING)
        self._client: Any = self._openai.OpenAI(
            api_key=self._key or "none",
            base_url=settings.base_url,
            timeout=settings.timeout,
            max_retries=settings.retries,
            default_headers={name: self._openai.Omit() for name in _AMBIENT},
        )

    def ask(self, question: Question) -> Reply:
        """The server's reply to a question; UnansweredError where it gives none."""
        wishes = self._wishes
        while True:
            try:
                response = self._post(question, wishes)
            except (self._openai.BadRequestError, self._openai.UnprocessableEntityError) as error:
                fewer = _fewer(wishes, str(error))
                if fewer is None:
                    raise UnansweredError(self._said(error)) from None
                wishes = fewer
            except self._openai.OpenAIError as error:
                raise self._unanswered(error) from None
            else:
                self._wishes = wishes  # what this server takes; the next question starts from there
                return _reply(response, wishes[0])

    def _post(self, question: Question, wishes: Wishes) -> Any:
        form, is_cold = wishes
        body: dict[str, Any] = {
            "model": question.model,
            "messages": [
                {"role": "system", "content": question.system},
                {"role": "user", "content": question.user},
            ],
        }
        if form == "json_schema":
            schema = {"name": "coding", "strict": True, "schema": question.schema}
            body["response_format"] = {"type": form, "json_schema": schema}
        elif form == "json_object":
            body["response_format"] = {"type": form}
        if is_cold:
            body["temperature"] = 0
        headers = {} if self._key else {"Authorization": self._openai.Omit()}
        answer = self._client.chat.completions.with_raw_response.create(**body, extra_headers=headers)
        return answer.http_response

    def _unanswered(self, error: Any) -> UnansweredError:
        openai, variable = self._openai, self._settings.key_variable
        if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
            key = f"the key in {variable}" if self._key else f"a request without a key ({variable} is empty)"
            return UnansweredError(f"the server refuses {key}: {self._said(error)}", is_final=True)
        if isinstance(error, openai.NotFoundError):
            where = f"{self._settings.base_url} has no such place or no model {self._settings.model!r}"
            return UnansweredError(f"{where}: {self._said(error)}", is_final=True)
        if isinstance(error, openai.RateLimitError):
            return UnansweredError(f"the server still says to wait: {self._said(error)}", is_final=True)
        if isinstance(error, openai.APITimeoutError):
            return UnansweredError(f"no answer within {self._settings.timeout:g} s")
        if isinstance(error, openai.APIConnectionError):
            return UnansweredError(f"no server can be reached at {self._settings.base_url}", is_final=True)
        return UnansweredError(self._said(error))

    def _said(self, error: Any) -> str:
        """What a server said of an error: one printable line, without the key."""
        message = " ".join(str(error).split())
        if self._key:
            message = message.replace(self._key, "…")
        return "".join(c for c in message if c.isprintable())[:_LONGEST_MESSAGE]


def _fewer(wishes: Wishes, refusal: str) -> Wishes | None:
    """The wishes without the one that a refusal is about; None where nothing is left to give up."""
    form, is_cold = wishes
    if is_cold and "temperature" in refusal:
        return form, False
    weaker = FORMS[FORMS.index(form) + 1 :]
    return (weaker[0], is_cold) if weaker else None


def _key(variable: str) -> str:
    """The key in an environment variable, empty where there is none; it is never repeated in a message."""
    key = os.environ.get(variable, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise InputError([Problem("demarche ask", 0, f"{variable} holds characters that no key has")])
    return key


def _library() -> Any:
    try:
        return importlib.import_module("openai")
    except ImportError:
        message = "asking a language model needs the client openai: pip install 'demarche[llm]'"
        raise InputError([Problem("demarche ask", 0, message)]) from None


def _reply(response: Any, form: str) -> Reply:
    """The reply in a server's response, read with nothing taken for granted."""
    try:
        body = response.json()
        choice = body["choices"][0]
        content = choice["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise UnansweredError("the server sent something else than a chat completion") from None
    if not isinstance(content, str):
        raise UnansweredError("the server sent no text: the model refused, or used up its tokens thinking")
    usage = body.get("usage")
    counts = usage if isinstance(usage, dict) else {}
    return Reply(
        content,
        form,
        _word(body.get("model")),
        _word(choice.get("finish_reason")),
        _count(counts.get("prompt_tokens")),
        _count(counts.get("completion_tokens")),
    )


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _count(value: object) -> int:
    return value if type(value) is int and value >= 0 else 0
