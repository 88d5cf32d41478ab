"""A study: which texts, which codebook, which decisions, and how the briefing is made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from demarche.codebook import Codebook, load_codebook
from demarche.coding import Coding, has_coding, load_coding
from demarche.corpus import document_ids, load_corpus
from demarche.documents import Document
from demarche.inputs.lexicon import Phrase, load_lexicon
from demarche.inputs.yaml_forms import Form, nearest, read_form
from demarche.judgements import load_judgements
from demarche.outcomes import load_outcomes
from demarche.problems import InputError, Problem, ProblemList
from demarche.readers import READERS
from demarche.readers.llm.answers import check_answers
from demarche.readers.llm.settings import ANSWERS, Settings, read_settings
from demarche.reference import read_reference

CHAPTERS = (
    "00_key_findings",
    "01_sources",
    "02_demand_inventory",
    "03_stances",
    "04_timeline",
    "06_outlook",
    "05_reliability",
)
_KEYS = (
    "title", "question", "language", "corpus", "coding", "codebook", "as_of", "chapters",
    "parameters", "reader", "llm", "coders",
)  # fmt: skip
NOTEBOOKS = next(
    folder
    for folder in (Path(__file__).parent / "notebooks", Path(__file__).parents[2] / "notebooks")
    if folder.is_dir() or folder == Path(__file__).parents[2] / "notebooks"
)
"""The folder of the chapters: inside the package where it is installed, beside it in a checkout."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, kw_only=True)
class Study:
    """What `study.yaml` says, with every path resolved from the study's folder `path`.

    `coding` is None where nobody has decided anything yet; `documents_csv` is what the study knows of
    documents wherever they lie; `as_of` is the cut-off, an ISO day; `llm` says which language model is asked
    and where its answers are kept; `coders` says of each coder who that is; `lexicon` adds to the words of
    the offline reader.
    """

    path: Path
    title: str
    question: str = ""
    language: str = "en"
    as_of: str = ""
    corpus: Path
    coding: Path | None = None
    codebook: Path
    documents_csv: Path | None = None
    judgements: Path | None = None
    chapters: tuple[str, ...] = CHAPTERS
    parameters: dict[str, Any] = field(default_factory=dict)
    reader: str = "rules"
    llm: Settings | None = None
    coders: dict[str, Any] = field(default_factory=dict)
    lexicon: tuple[Phrase, ...] = ()

    def with_inputs(self, *, corpus: Path | None = None, coding: Path | None = None) -> Study:
        """The same study of other texts or with other decisions.

        The study's own coding belongs to its own texts: another corpus without a coding leaves it out. So
        do the analyst's judgements, which rest on the study's own texts and decisions.
        """
        own = corpus is None or corpus.resolve() == self.corpus.resolve()
        decided = coding or (self.coding if own else None)
        same = own and decided and self.coding and decided.resolve() == self.coding.resolve()
        return replace(
            self,
            corpus=corpus or self.corpus,
            coding=decided,
            judgements=self.judgements if same else None,
        )


def read_study(path: Path) -> Study:
    """Read a study's folder or its study.yaml.

    InputError where that file has problems; it then names those of the codebook, the texts, the coding and
    the reference tables as well, so that all can be repaired at once.
    """
    problems = ProblemList()
    study = load_study(path, problems)
    if problems.problems:
        raise InputError(check_study(path))
    return study


def check_study(path: Path) -> list[Problem]:
    """Everything that is wrong with a study: its file, codebook, texts, coding, answers and reference."""
    problems = ProblemList()
    study = load_study(path, problems)
    load_inputs(study, problems)
    check_answers(study.path / ANSWERS, problems)
    try:
        read_reference(study.path / "reference")
    except InputError as error:
        problems.problems += error.problems
    return sorted(set(problems.problems))


def read_inputs(study: Study) -> tuple[list[Document], Codebook, Coding]:
    """The documents, codebook and coding of a study; the problems of all of them at once (InputError)."""
    problems = ProblemList()
    inputs = load_inputs(study, problems)
    problems.raise_if_any()
    return inputs


def load_inputs(study: Study, problems: ProblemList) -> tuple[list[Document], Codebook, Coding]:
    """The documents, codebook and coding as far as they can be read; every problem is noted."""
    codebook = load_codebook(study.codebook, problems)
    documents = load_corpus(study.corpus, problems, metadata=study.documents_csv)
    if study.coding is None or not (documents and codebook.actors and codebook.demands):
        load_judgements(study.judgements, Coding(), documents, codebook, problems)
        return documents, codebook, Coding()
    unreadable = document_ids(study.corpus) - {document.doc_id for document in documents}
    coding = load_coding(study.coding, documents, codebook, problems, unreadable=unreadable)
    load_judgements(study.judgements, coding, documents, codebook, problems)
    load_outcomes(study.coding, study.path / "reference", coding, problems)
    return documents, codebook, coding


def load_study(path: Path, problems: ProblemList) -> Study:
    """The study as far as it can be read; every problem is noted, missing files as well."""
    folder = path.parent if path.suffix in {".yaml", ".yml"} else path
    file = path if folder != path else path / "study.yaml"
    form = read_form(file, problems)
    if form is None:
        return _places(
            Study(path=folder, title="", corpus=folder / "corpus", codebook=folder / "codebook.yaml")
        )
    form.check_keys(_KEYS)
    study = Study(
        path=folder,
        title=form.required("title"),
        question=form.text("question"),
        language=_language(form),
        as_of=_as_of(form),
        corpus=_place(form, "corpus", folder),
        coding=_place(form, "coding", folder) if "coding" in form else None,
        codebook=_place(form, "codebook", folder),
        chapters=_chapters(form),
        parameters=form.mapping("parameters"),
        reader=_reader(form),
        llm=read_settings(form, folder),
        coders=form.mapping("coders"),
        lexicon=load_lexicon(folder / "lexicon.yaml", problems),
    )
    return _places(study)


def _places(study: Study) -> Study:
    """The study with the optional files that lie in its folder."""
    coding, documents, judgements = (
        study.path / name for name in ("coding", "documents.csv", "judgements.yaml")
    )
    return replace(
        study,
        coding=study.coding or (coding if has_coding(coding) else None),
        documents_csv=documents if documents.exists() else None,
        judgements=judgements if judgements.exists() else None,
    )


def _place(form: Form, key: str, folder: Path) -> Path:
    """The file or folder that a key names; beside study.yaml, by its usual name, where it names none."""
    usual = {"codebook": "codebook.yaml"}.get(key, key)
    place = folder / (form.text(key) or usual)
    wanted = place.is_file() if key == "codebook" else place.is_dir()
    if key in form and not wanted:
        kind = "file" if key == "codebook" else "folder"
        form.note(f"{key} is {form.text(key)!r}, but there is no such {kind}: {place}", key=key)
    return place


def _language(form: Form) -> str:
    language = form.text("language") or Study.language
    if not _LANGUAGE.fullmatch(language):
        form.note(f"language is {language!r}, expected a tag such as en or pt-BR", key="language")
    return language


def _as_of(form: Form) -> str:
    day = form.required("as_of")
    try:
        if day and date.fromisoformat(day).isoformat() != day:
            raise ValueError
    except ValueError:
        form.note(f"as_of is {day!r}, expected an ISO day such as 2022-01-31", key="as_of")
    return day


def _chapters(form: Form) -> tuple[str, ...]:
    items = form.items("chapters")
    known = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
    for place, (name, line) in enumerate(items):
        if name not in known:
            form.note(f"there is no chapter {name!r}{nearest(name, known)}", line=line)
        elif name in [item.text for item in items[:place]]:
            form.note(f"chapter {name!r} stands twice", line=line)
    return tuple(item.text for item in items) or CHAPTERS


def _reader(form: Form) -> str:
    reader = form.text("reader") or Study.reader
    if reader not in READERS:
        form.note(f"reader is {reader!r}{nearest(reader, READERS)}", key="reader")
    if reader == "llm" and "llm" not in form:
        form.note("reader is 'llm', but llm is missing: say which model to ask, and where", key="reader")
    return reader
