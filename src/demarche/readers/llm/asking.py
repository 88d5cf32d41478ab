"""Asks a language model what has no answer yet, and keeps each answer as soon as it comes.

Requests of all documents run side by side, never more than the study allows. A run that fails or is stopped
loses nothing that came; the next one asks for what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice

from demarche.codebook import Codebook
from demarche.documents import Document
from demarche.readers.llm.answers import Answer, keep_answer, kept_answer
from demarche.readers.llm.checking import answer_rows
from demarche.readers.llm.client import Client, Reply, UnansweredError
from demarche.readers.llm.questions import BYTES_A_TOKEN, Question, questions_of
from demarche.readers.llm.settings import Settings

Tell = Callable[[int, Question, Answer | str], None]
"""Told of each request: how many are done, the question, and its answer or why there is none."""


@dataclass(frozen=True)
class Plan:
    """What a run would ask: `to_ask` in the order of documents, `n_kept` answers that are there already."""

    to_ask: tuple[Question, ...]
    n_kept: int

    @property
    def documents(self) -> list[str]:
        """The ids of the documents that something is asked about."""
        return list(dict.fromkeys(question.document.doc_id for question in self.to_ask))

    @property
    def n_tokens(self) -> int:
        """How many tokens would go in, estimated."""
        return sum(question.n_tokens for question in self.to_ask)


@dataclass
class Outcome:
    """What a run brought: answers, and the questions that stayed without one, each with the reason."""

    answered: list[tuple[Question, Answer]] = field(default_factory=list)
    failed: list[tuple[Question, str]] = field(default_factory=list)
    n_unasked: int = 0
    why_stopped: str = ""
    n_tokens: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether every question has an answer."""
        return not self.failed and not self.n_unasked


def plan(documents: Iterable[Document], codebook: Codebook, settings: Settings) -> Plan:
    """What has to be asked about these documents: all that has no answer which can be used."""
    questions = [
        question for document in documents for question in questions_of(document, codebook, settings.model)
    ]
    to_ask = [question for question in questions if not _is_answered(question, settings)]
    return Plan(tuple(to_ask), len(questions) - len(to_ask))


def ask(questions: Sequence[Question], settings: Settings, tell: Tell) -> Outcome:
    """Ask every question, `settings.parallel` at once, until all are asked or the limit is reached."""
    client = Client(settings)
    outcome = Outcome()
    waiting = iter(questions)
    pool = ThreadPoolExecutor(settings.parallel, thread_name_prefix="ask")
    under_way: dict[Future[Reply], Question] = {}
    try:
        while True:
            room = 0 if outcome.why_stopped else settings.parallel - len(under_way)
            for question in islice(_within(waiting, outcome, settings), room):
                under_way[pool.submit(client.ask, question)] = question
            if not under_way:
                break
            done = _next_done(under_way, outcome)
            for future in sorted(done, key=lambda each: under_way[each].sha256):
                _take(future, under_way.pop(future), outcome, settings, tell)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    outcome.n_unasked = len(questions) - len(outcome.answered) - len(outcome.failed)
    return outcome


def _next_done(under_way: Collection[Future[Reply]], outcome: Outcome) -> set[Future[Reply]]:
    """The requests that have ended; a first interrupt only stops the asking, so that what comes is kept."""
    try:
        return wait(under_way, return_when=FIRST_COMPLETED).done
    except KeyboardInterrupt:
        if outcome.why_stopped:
            raise
        outcome.why_stopped = "it was interrupted"
        return set()


def _is_answered(question: Question, settings: Settings) -> bool:
    answer = kept_answer(settings.answers, question)
    return answer is not None and answer_rows(answer.answer) is not None


def _within(waiting: Iterator[Question], outcome: Outcome, settings: Settings) -> Iterator[Question]:
    """The next questions, as long as the tokens that went to and fro stay below the limit."""
    for question in waiting:
        if outcome.n_tokens + question.n_tokens > settings.max_tokens:
            outcome.why_stopped = f"the limit of {settings.max_tokens:,} tokens (max_tokens) is reached"
            return
        outcome.n_tokens += question.n_tokens
        yield question


def _take(
    future: Future[Reply], question: Question, outcome: Outcome, settings: Settings, tell: Tell
) -> None:
    """Keep the answer that a request brought, or note why it brought none."""
    try:
        reply = future.result()
    except UnansweredError as error:
        outcome.failed.append((question, str(error)))
        outcome.why_stopped = outcome.why_stopped or (str(error) if error.is_final else "")
        tell(len(outcome.answered) + len(outcome.failed), question, str(error))
        return
    answer = _answer(question, reply)
    keep_answer(settings.answers, question, answer)
    outcome.n_tokens += _correction(question, reply)
    outcome.answered.append((question, answer))
    tell(len(outcome.answered) + len(outcome.failed), question, answer)


def _correction(question: Question, reply: Reply) -> int:
    """What the limit has to count besides the estimate: the answer, and where the estimate was wrong."""
    tokens_out = reply.tokens_out or -(-len(reply.content.encode("utf-8", "replace")) // BYTES_A_TOKEN)
    return tokens_out + (reply.tokens_in - question.n_tokens if reply.tokens_in else 0)


def _answer(question: Question, reply: Reply) -> Answer:
    return Answer(
        doc_id=question.document.doc_id,
        part=question.piece.number,
        parts=question.piece.of,
        model=question.model,
        answered_by=reply.answered_by,
        asked=datetime.now(UTC).date().isoformat(),
        question_sha256=question.sha256,
        text_sha256=question.text_sha256,
        form=reply.form,
        finish_reason=reply.finish_reason,
        tokens_in=reply.tokens_in,
        tokens_out=reply.tokens_out,
        answer=reply.content,
    )
