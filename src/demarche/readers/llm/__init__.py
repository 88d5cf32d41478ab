"""A language model as a reader: it proposes from answers that are kept as data, and asks nobody.

Asking is a step of its own (`demarche ask`, see `asking`); a rebuild needs no network, no key and no client.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from demarche.codebook import Codebook
from demarche.documents import Document

if TYPE_CHECKING:
    from demarche.readers import Proposals
    from demarche.readers.llm.settings import Settings


@cache
def _own_version() -> str:
    digest = hashlib.sha256()
    for path in sorted([*Path(__file__).parent.glob("*.py"), *Path(__file__).parent.glob("*.md")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


class LlmReader:
    """Proposes what a language model has answered, as far as it passes every check."""

    name = "llm"

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def version(self) -> str:
        """A hash of prompt and checks, of the model's name and of every kept answer."""
        from demarche.readers.llm.answers import fingerprint

        parts = (_own_version(), self.settings.model, str(self.settings.confidence))
        kept = fingerprint(self.settings.answers)
        return hashlib.sha256("\x1f".join([*parts, kept]).encode()).hexdigest()[:16]

    def read(self, document: Document, codebook: Codebook) -> Proposals:
        """What the kept answers propose for one document; parts without an answer are remarked on."""
        from demarche.readers import ANSWERED, REFUSED, UNANSWERED, Proposals, Remark
        from demarche.readers.llm.answers import kept_answer
        from demarche.readers.llm.checking import check_answer
        from demarche.readers.llm.questions import questions_of

        proposals, remarks = Proposals(), Counter[tuple[str, str]]()
        for question in questions_of(document, codebook, self.settings.model):
            answer = kept_answer(self.settings.answers, question)
            remarks[ANSWERED if answer else UNANSWERED, "part"] += 1
            if answer is None:
                continue
            checked = check_answer(answer.answer, question, codebook, self.settings.confidence)
            proposals = Proposals(
                (*proposals.statements, *checked.statements), (*proposals.events, *checked.events)
            )
            remarks.update({(REFUSED, what): n for what, n in checked.refused.items()})
        noted = tuple(Remark(document.doc_id, kind, what, n) for (kind, what), n in sorted(remarks.items()))
        return proposals._replace(remarks=noted)
