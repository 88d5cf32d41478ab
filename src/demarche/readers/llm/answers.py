"""Answers kept as data: one JSON file for each request, in the study's folder `llm-answers`.

A file is named by document, part and the first digits of its question's hash, and holds the whole hash. So
another text, codebook, prompt or model finds no answer, and what has not changed is never asked again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from demarche.problems import InputError, Problem, ProblemList
from demarche.readers.llm.questions import Question

_PLAIN = re.compile(r"[^\w.-]+")
_LONGEST_STEM = 60


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a model answered: `answer` is its words, raw; `asked` the ISO day.

    `model` is the model that was asked for, `answered_by` what the server says has answered; the tokens are
    as the server counted them, 0 where it did not; `form` is the form that was asked of the answer
    (json_schema, json_object or text); `finish_reason` is the server's.
    """

    doc_id: str
    part: int
    parts: int
    model: str
    answered_by: str
    asked: str
    question_sha256: str
    text_sha256: str
    form: str
    finish_reason: str
    tokens_in: int
    tokens_out: int
    answer: str


def answer_path(folder: Path, question: Question) -> Path:
    """Where the answer to a question is kept."""
    stem = _PLAIN.sub("-", question.document.doc_id)[:_LONGEST_STEM].strip(".-") or "document"
    return folder / f"{stem}-{question.piece.number}-{question.sha256[:16]}.json"


def kept_answer(folder: Path, question: Question) -> Answer | None:
    """The answer that is kept to a question, or None; a file that is damaged is a problem (InputError)."""
    path = answer_path(folder, question)
    if not path.exists():
        return None
    answer = _read(path)
    return answer if answer.question_sha256 == question.sha256 else None


def check_answers(folder: Path, problems: ProblemList) -> None:
    """Note every file of a folder that is no kept answer."""
    for path in sorted(folder.glob("*.json")):
        try:
            _read(path)
        except InputError as error:
            problems.problems += error.problems


def keep_answer(folder: Path, question: Question, answer: Answer) -> Path:
    """Write an answer to its place, whole or not at all; the place."""
    path = answer_path(folder, question)
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(json.dumps(asdict(answer), ensure_ascii=True, indent=1) + "\n")
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def _read(path: Path) -> Answer:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if not all(type(kept[each.name]).__name__ == each.type for each in fields(Answer)):
            raise TypeError
        return Answer(**kept)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise InputError([Problem(str(path), 0, "is no kept answer: delete it and ask again")]) from None


def fingerprint(folder: Path) -> str:
    """A hash of every answer in a folder, so that what was read from others is read again."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.json")):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
