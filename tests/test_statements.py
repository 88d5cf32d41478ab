"""What the rules reader promises of statements: language cases, quotations that replay, determinism."""

from __future__ import annotations

import gc
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from demarche.codebook import Codebook, read_codebook
from demarche.disputes import read_dispute
from demarche.documents import Document
from demarche.readers import Proposals
from demarche.readers.rules import RulesReader
from demarche.readers.rules.collecting import collecting_later
from demarche.records import POSITIONS

CASES = Path(__file__).parent / "cases"
DISPUTES = Path(__file__).parent / "disputes"
SENTENCES = yaml.safe_load((CASES / "statements.yaml").read_text(encoding="utf-8"))
FAILURES = yaml.safe_load((CASES / "known_failures.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def codebook(tmp_path_factory: pytest.TempPathFactory) -> Codebook:
    path = tmp_path_factory.mktemp("codebook") / "codebook.yaml"
    path.write_text(yaml.safe_dump(SENTENCES["codebook"], sort_keys=False), encoding="utf-8")
    return read_codebook(path)


def found(case: dict[str, Any], codebook: Codebook) -> list[str]:
    """The positions read in the case's own sentences, without those in the text before it."""
    head = f"A day on the lake\n\n{case['before']}\n\n" if "before" in case else "A day on the lake\n\n"
    document = Document(doc_id="case", text=head + case["text"])
    statements = RulesReader().read(document, codebook).statements
    own = [s for s in statements if s.start >= len(head)]
    return sorted({f"{codebook.party(s.actor)} {s.position} {s.demand}" for s in own})


def named(case: dict[str, Any]) -> str:
    return case["text"][:70].replace("\n", " ")


@pytest.mark.parametrize("case", SENTENCES["cases"], ids=named)
def test_a_sentence_is_read_as_an_analyst_reads_it(case: dict[str, Any], codebook: Codebook) -> None:
    positions = found(case, codebook)

    assert positions == sorted(case.get("expect", []))


@pytest.mark.parametrize("case", FAILURES["cases"], ids=named)
def test_a_known_failure_is_known_until_it_passes(
    case: dict[str, Any], codebook: Codebook, request: pytest.FixtureRequest
) -> None:
    request.node.add_marker(pytest.mark.xfail(reason=case["why"], strict=True))

    positions = found(case, codebook)

    assert positions == sorted(case.get("expect", []))


def every_sentence() -> str:
    return "\n\n".join(case["text"] for case in SENTENCES["cases"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES["cases"]), max_size=6), st.text(max_size=60))
def test_quotations_replay_in_any_text(codebook: Codebook, cases: list[dict[str, Any]], noise: str) -> None:
    text = noise.join(case["text"] for case in cases) + noise
    statements = RulesReader().read(Document(doc_id="any", text=text), codebook).statements

    assert all(text[s.start : s.end] == s.quote and s.quote for s in statements)
    assert all(s.position in POSITIONS and 0 < s.confidence <= 1 for s in statements)


def test_threads_and_order_change_nothing(codebook: Codebook) -> None:
    documents = [Document(doc_id=str(n), text=case["text"]) for n, case in enumerate(SENTENCES["cases"])]
    reader = RulesReader()
    alone = {document.doc_id: reader.read(document, codebook) for document in documents}
    with ThreadPoolExecutor(2) as pool:
        together = pool.map(lambda document: reader.read(document, codebook), reversed(documents))

    assert dict(zip((d.doc_id for d in reversed(documents)), together, strict=True)) == alone


def test_whole_texts_of_two_disputes_are_read_alike_in_any_order_and_by_two_threads() -> None:
    disputes = [read_dispute(DISPUTES / name) for name in ("n-bridge-tolls", "n-airline-pact")]
    work = [(document, dispute.codebook) for dispute in disputes for document in dispute.documents]
    mixed = work[::-2] + work[-2::-2]

    reader = RulesReader()
    in_order = {book.title + document.doc_id: reader.read(document, book) for document, book in work}
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(lambda one: reader.read(*one), mixed))

    assert any(proposals.statements for proposals in together)
    assert {
        book.title + document.doc_id: read for (document, book), read in zip(mixed, together, strict=True)
    } == in_order


def test_a_text_of_one_line_is_no_title(codebook: Codebook) -> None:
    document = Document(doc_id="note", text="Bostria demands lower tolls on the canal.")

    assert [s.demand for s in RulesReader().read(document, codebook).statements] == ["lower-tolls"]


def test_a_title_states_nothing(codebook: Codebook) -> None:
    document = Document(doc_id="title", text="Bostria demands lower tolls on the canal\n\nIt rained in Kesh.")

    assert not RulesReader().read(document, codebook).statements


def test_an_empty_document_has_no_statements(codebook: Codebook) -> None:
    assert RulesReader().read(Document(doc_id="empty", text=""), codebook) == Proposals()


def test_reading_makes_no_cycles_of_objects_and_lets_python_look_for_them_again(codebook: Codebook) -> None:
    reader = RulesReader()
    document = Document(doc_id="case", text="A day on the lake\n\nBostria demands lower tolls on the canal.")
    assert reader.read(document, codebook).statements
    gc.collect()

    with collecting_later():
        reader.read(document, codebook)
        assert not gc.isenabled()

    assert gc.isenabled()
    assert gc.collect() == 0


def test_the_reader_starts_without_libraries_for_tables_or_figures() -> None:
    code = "import sys, demarche.readers.rules; print({'pandas', 'matplotlib', 'numpy'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "set()"


def test_every_sense_of_the_lexicons_says_what_it_means() -> None:
    from demarche.readers.rules.lexicons import lexicon
    from demarche.readers.rules.phrases import LEXICONS

    senses = [sense for name in LEXICONS for kind in lexicon(name).values() for sense in kind]

    assert all(sense["sense"].strip() and sense["phrases"] for sense in senses)
