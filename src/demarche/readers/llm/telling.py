"""What a run of questions says of itself as lines of text: before it asks, as answers come, at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from demarche.codebook import Codebook
from demarche.prose import counted
from demarche.readers.llm.answers import Answer
from demarche.readers.llm.asking import Outcome, Plan, Tell
from demarche.readers.llm.checking import check_answer
from demarche.readers.llm.client import key_line
from demarche.readers.llm.questions import Question
from demarche.readers.llm.settings import Settings

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def announcement(plan: Plan, settings: Settings) -> Iterator[str]:
    """What will be sent where, and how much of it: nothing has been sent yet."""
    kept = f"; {counted(plan.n_kept, 'answer')} kept already" if plan.n_kept else ""
    yield (
        f"{counted(len(plan.to_ask), 'request')} about {counted(len(plan.documents), 'document')}, "
        f"{', '.join(plan.documents)}{kept}"
    )
    yield f"about {plan.n_tokens:,} tokens go in (estimated); the limit is {settings.max_tokens:,} in and out"
    if plan.n_tokens > settings.max_tokens:
        yield "that is more than the limit: the run will stop there, and keep what came"
    place = urlsplit(settings.base_url)
    where = "this machine" if place.hostname in _LOOPBACK else "another machine, which will see the texts"
    plain = "" if place.scheme == "https" or place.hostname in _LOOPBACK else ", unencrypted"
    yield f"to {settings.model} at {settings.base_url}: {where}{plain}"
    yield key_line(settings)


def prompt_lines(question: Question) -> Iterator[str]:
    """A request as it would be sent, to be read by a person."""
    yield f"=== {question.name}: system"
    yield question.system
    yield f"=== {question.name}: user"
    yield question.user


def teller(of: int, codebook: Codebook, settings: Settings, echo: Callable[[str], None] | None) -> Tell:
    """What to call with each answer as it comes: it writes a line on it, or none without `echo`."""

    def tell(done: int, question: Question, answer: Answer | str) -> None:
        if echo:
            echo(f"{done}/{of} {question.name}: {_brought(question, answer, codebook, settings)}")

    return tell


def _brought(question: Question, answer: Answer | str, codebook: Codebook, settings: Settings) -> str:
    """What an answer comes to; why there is none, where there is none."""
    if isinstance(answer, str):
        return f"no answer: {answer}"
    found = check_answer(answer.answer, question, codebook, settings.confidence)
    refused = f", {found.refused.total()} refused" if found.refused else ""
    cut = "; cut off by the server" if answer.finish_reason == "length" else ""
    statements, events = counted(len(found.statements), "statement"), counted(len(found.events), "event")
    return f"{statements}, {events}{refused}{cut}"


def _read_in_part(question: Question, answer: Answer) -> bool:
    """Whether a server counted less than half of the tokens that a prompt must have."""
    return 0 < answer.tokens_in < question.n_prompt_tokens / 2


def outcome_lines(outcome: Outcome, codebook: Codebook, settings: Settings) -> Iterator[str]:
    """What a run brought, what was refused for what, and what is still to be asked."""
    results = [
        check_answer(answer.answer, question, codebook, settings.confidence)
        for question, answer in outcome.answered
    ]
    statements, events = sum(len(r.statements) for r in results), sum(len(r.events) for r in results)
    yield (
        f"{counted(len(results), 'answer')} with {counted(statements, 'statement')} and "
        f"{counted(events, 'event')}; {outcome.n_tokens:,} tokens"
    )
    refused: Counter[str] = sum((result.refused for result in results), Counter())
    for kind, n in sorted(refused.items()):
        yield f"refused: {n} × {kind}"
    if short := [question for question, answer in outcome.answered if _read_in_part(question, answer)]:
        yield (
            f"{counted(len(short), 'prompt')} read in part, it seems ({short[0].name}: the server counts far "
            "fewer tokens than were sent): give the model a longer context"
        )
    for question, why in outcome.failed:
        yield f"{question.name}: no answer: {why}"
    if outcome.why_stopped:
        yield f"the run stopped early: {outcome.why_stopped}"
    if missing := len(outcome.failed) + outcome.n_unasked:
        yield f"{counted(missing, 'request')} without an answer; what came is kept: ask again for the rest"
