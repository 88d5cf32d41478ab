"""Asking a language model, here a server of our own on loopback: what is sent, kept, and goes wrong."""

from __future__ import annotations

import json
import logging
import shutil
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from demarche.cli import main
from demarche.readers.llm import asking
from llm_server import Reply, Request, Server, serving

TESTS = Path(__file__).parent
ANSWERS = yaml.safe_load((TESTS / "cases" / "llm_library_hours.yaml").read_text(encoding="utf-8"))
LIBRARY = TESTS / "studies" / "library-hours"
GAZETTE = "Readers march for their branches"
KEY = "sk-the-key-of-these-tests"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def good(request: Request, _: int) -> Reply:
    return Reply(json.dumps(ANSWERS[request.title]))


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


Place = Callable[..., Path]


@pytest.fixture
def study(tmp_path: Path) -> Place:
    """Writes a copy of the small study that nobody has coded, which asks a server; `settings` go to `llm`."""

    def at(server: Server | str, *, name: str = "study", **settings: object) -> Path:
        folder = tmp_path / name
        if not folder.exists():
            shutil.copytree(LIBRARY / "corpus", folder / "corpus")
            shutil.copy(LIBRARY / "codebook.yaml", folder)
        base_url = server if isinstance(server, str) else server.base_url
        llm = {"model": "tiny", "base_url": base_url, "parallel": 1, "retries": 1, "timeout": 5, **settings}
        form = {"title": "Lindmoor", "as_of": "2019-04-30", "reader": "llm", "llm": llm}
        (folder / "study.yaml").write_text(yaml.safe_dump(form), encoding="utf-8")
        return folder

    return at


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server that answers well, or as the test's own script says."""
    with serving(getattr(request, "param", good)) as running:
        yield running


def kept(folder: Path) -> dict[str, dict[str, Any]]:
    """The kept answers by document, without the day on which they came."""
    answers = [json.loads(path.read_text(encoding="utf-8")) for path in (folder / "llm-answers").glob("*")]
    return {
        answer["doc_id"]: {key: value for key, value in answer.items() if key != "asked"}
        for answer in answers
    }


def tables(folder: Path, out: Path) -> dict[str, bytes]:
    assert run("code", folder, "--out", out).exit_code == 0
    return {path.name: path.read_bytes() for path in out.iterdir()}


def test_each_answer_is_kept_as_data_with_model_day_and_hashes(server: Server, study: Place) -> None:
    folder = study(server)
    result = run("ask", folder, "--yes")

    assert result.exit_code == 0, result.output
    assert sorted(kept(folder)) == ["council-notice", "gazette", "radio", "union-letter"]
    gazette = kept(folder)["gazette"]
    assert json.loads(gazette["answer"]) == ANSWERS[GAZETTE]
    assert (gazette["model"], gazette["answered_by"], gazette["form"]) == ("tiny", "tiny-0", "json_schema")
    assert (gazette["tokens_in"], gazette["tokens_out"], gazette["finish_reason"]) == (2000, 50, "stop")
    assert len(gazette["question_sha256"]) == len(gazette["text_sha256"]) == 64
    assert "gazette: two statements, one event, 1 refused" in result.output
    assert "refused: 1 × quotation not found in the text" in result.output


def test_a_request_carries_prompt_form_and_key_and_nothing_of_the_environment_besides(
    server: Server, study: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "an organisation")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/elsewhere")
    run("ask", study(server), "--yes", "--document", "gazette")

    (request,) = server.requests
    assert (request.path, request.title) == ("/v1/chat/completions", GAZETTE)
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert "an organisation" not in request.headers.values()
    assert (request.body["model"], request.body["temperature"]) == ("tiny", 0)
    assert request.body["response_format"]["type"] == "json_schema"
    assert [message["role"] for message in request.body["messages"]] == ["system", "user"]


def test_a_server_without_a_key_gets_none(
    server: Server, study: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = study(server, key_variable="NO_SUCH_KEY")
    monkeypatch.delenv("NO_SUCH_KEY", raising=False)

    assert run("ask", folder, "--yes").exit_code == 0
    assert all("authorization" not in request.headers for request in server.requests)


def test_one_request_at_a_time_or_eight_bring_the_same(server: Server, study: Place, tmp_path: Path) -> None:
    one, many = study(server, name="one"), study(server, name="many", parallel=8)

    assert run("ask", one, "--yes").exit_code == run("ask", many, "--yes").exit_code == 0
    assert kept(one) == kept(many)
    assert tables(one, tmp_path / "a") == tables(many, tmp_path / "b")


def test_a_rebuild_asks_nobody_and_needs_no_key_no_client_and_no_network(
    server: Server, study: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = study(server)
    run("ask", folder, "--yes")
    asked = len(server.requests)
    first = tables(folder, tmp_path / "a")
    shutil.rmtree(folder / ".demarche")
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.setitem(sys.modules, "openai", None)
    monkeypatch.setattr(socket, "socket", None)

    assert tables(folder, tmp_path / "b") == first
    assert len(server.requests) == asked
    statements = first["statements.csv"].decode().splitlines()
    assert len(statements) == 1 + 6
    assert all(",llm:tiny,,0.7" in line for line in statements[1:])
    assert "Not one door will be shut while we can help it" in first["statements.csv"].decode()


def test_only_what_changed_is_asked_again(server: Server, study: Place) -> None:
    folder = study(server)
    counts = []

    def change(name: str, old: str, new: str) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def asked() -> int:
        before = len(server.requests)
        run("ask", folder, "--yes")
        return len(server.requests) - before

    counts += [asked(), asked()]
    change("corpus/radio.md", "some weeks old", "a month old")
    counts.append(asked())
    change("codebook.yaml", "open* sunday*", "door* sunday*")
    counts.append(asked())
    change("codebook.yaml", "Doors are open to readers", "Doors stand open to readers")
    counts.append(asked())
    study(server, model="other")
    counts.append(asked())
    study(server)
    counts.append(asked())

    assert counts == [4, 0, 1, 0, 4, 4, 0]


def busy(request: Request, before: int) -> Reply:
    refusals = [
        Reply("slow down", 429, {"Retry-After": "0.01"}),
        Reply("overloaded", 503, {"Retry-After-Ms": "1"}),
    ]
    return refusals[before] if before < 2 else good(request, before)


@pytest.mark.parametrize("server", [busy], indirect=True)
def test_a_busy_server_is_asked_again(server: Server, study: Place) -> None:
    folder = study(server, retries=2)
    result = run("ask", folder, "--yes")

    assert result.exit_code == 0, result.output
    assert len(kept(folder)) == 4
    assert len(server.requests) == 12


@pytest.mark.parametrize(
    "server", [lambda _, __: Reply("come back tomorrow", 429, {"Retry-After": "9000"})], indirect=True
)
def test_a_server_that_says_to_wait_for_hours_ends_the_run(server: Server, study: Place) -> None:
    result = run("ask", study(server, retries=5), "--yes")

    assert result.exit_code == 1
    assert "the server still says to wait: " in result.output
    assert len(server.requests) == 1


def test_a_slow_answer_costs_no_other_and_is_asked_for_again_next_time(study: Place) -> None:
    never, is_slow = threading.Event(), [True]

    def script(request: Request, before: int) -> Reply:
        slow = request.title == GAZETTE and is_slow[0]
        return Reply(holds=never) if slow else good(request, before)

    with serving(script) as server:
        folder = study(server, timeout=0.2, retries=0, parallel=4)
        result = run("ask", folder, "--yes")
        first = sorted(kept(folder))
        is_slow[0] = False
        again = run("ask", folder, "--yes")
        never.set()

    assert result.exit_code == 1
    assert "gazette: no answer: no answer within 0.2 s" in result.output
    assert "one request without an answer; what came is kept" in result.output
    assert first == ["council-notice", "radio", "union-letter"]
    assert again.exit_code == 0
    assert len(server.requests) == 5


@pytest.mark.parametrize("server", [lambda _, __: Reply(f"no such key: {KEY}", 401)], indirect=True)
def test_a_refused_key_ends_the_run_and_is_never_shown(server: Server, study: Place) -> None:
    result = run("ask", study(server), "--yes")

    assert result.exit_code == 1
    assert "the server refuses the key in OPENAI_API_KEY" in result.output
    assert "three" not in result.output
    assert KEY not in result.output
    assert len(server.requests) == 1


def test_the_key_stands_in_no_file_no_log_and_no_output(
    server: Server, study: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("OPENAI_LOG", "debug")
    caplog.set_level(logging.DEBUG)
    folder = study(server)
    result = run("ask", folder, "--yes")
    dry = run("ask", folder, "--all", "--dry-run")

    assert result.exit_code == dry.exit_code == 0
    said = result.output + dry.output + caplog.text
    assert KEY not in said
    assert not any(KEY.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_no_server_is_said_in_words_and_tried_for_one_request_only(study: Place) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        base_url = f"http://127.0.0.1:{closed.getsockname()[1]}/v1"
        result = run("ask", study(base_url, retries=0), "--yes")

    assert result.exit_code == 1
    assert f"no server can be reached at {base_url}" in result.output
    assert "four requests without an answer" in result.output
    assert "Traceback" not in result.output


def knows_little(request: Request, before: int) -> Reply:
    if request.body.get("response_format", {}).get("type") == "json_schema":
        return Reply("response_format.type must be text", 400)
    if "response_format" in request.body:
        return Reply("unknown field", 422)
    if "temperature" in request.body:
        return Reply("temperature does not support 0 with this model", 400)
    return good(request, before)


@pytest.mark.parametrize("server", [knows_little], indirect=True)
def test_a_server_that_knows_no_form_of_answers_is_asked_without_one(server: Server, study: Place) -> None:
    folder = study(server)
    result = run("ask", folder, "--yes")

    assert result.exit_code == 0, result.output
    assert {answer["form"] for answer in kept(folder).values()} == {"text"}
    assert len(server.requests) == 4 + 3


def refuses_one(request: Request, before: int) -> Reply:
    is_long = request.title == GAZETTE
    return Reply("this is longer than the model can read", 400) if is_long else good(request, before)


@pytest.mark.parametrize("server", [refuses_one], indirect=True)
def test_a_refused_request_changes_nothing_for_the_next(server: Server, study: Place) -> None:
    folder = study(server)
    result = run("ask", folder, "--yes")

    assert result.exit_code == 1
    assert "longer than the model can read" in result.output
    assert {answer["form"] for answer in kept(folder).values()} == {"json_schema"}
    assert len(kept(folder)) == 3


BODIES = [
    "<html>welcome</html>",
    "",
    "null",
    "[]",
    '{"choices": []}',
    '{"choices": [{"message": {"content": null}}]}',
    '{"choices": [{"message": {"content": ["a"]}}]}',
    "[" * 100_000,
]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body[:50])
def test_what_is_no_chat_completion_is_no_answer(body: str, study: Place) -> None:
    with serving(lambda _, __: Reply(raw=body)) as server:
        folder = study(server)
        result = run("ask", folder, "--yes", "--document", "radio")

    assert result.exit_code == 1
    assert "no answer: the server sent" in result.output
    assert not (folder / "llm-answers").exists()


def test_counts_that_make_no_sense_are_not_believed(study: Place) -> None:
    body = {"model": 7, "choices": [{"message": {"content": "{}"}}], "usage": {"prompt_tokens": "many"}}
    with serving(lambda _, __: Reply(raw=json.dumps(body))) as server:
        folder = study(server)
        run("ask", folder, "--yes", "--document", "radio")

    radio = kept(folder)["radio"]
    assert (radio["answered_by"], radio["tokens_in"], radio["finish_reason"]) == ("", 0, "")


@pytest.mark.parametrize("server", [lambda _, __: Reply("I would rather talk.")], indirect=True)
def test_an_answer_that_cannot_be_read_is_kept_counted_and_asked_for_again(
    server: Server, study: Place
) -> None:
    folder = study(server)
    result = run("ask", folder, "--yes")
    run("ask", folder, "--yes")

    assert "refused: 4 × the answer is not JSON" in result.output
    assert kept(folder)["radio"]["answer"] == "I would rather talk."
    assert len(server.requests) == 8


@pytest.mark.parametrize("part", ["usage", "finish_reason"])
def test_a_prompt_or_an_answer_that_was_cut_short_is_said_to_be(part: str, study: Place) -> None:
    choice = {"message": {"content": "{"}, "finish_reason": "length" if part == "finish_reason" else "stop"}
    body = {"choices": [choice], "usage": {"prompt_tokens": 400 if part == "usage" else 2000}}
    with serving(lambda _, __: Reply(raw=json.dumps(body))) as server:
        result = run("ask", study(server), "--yes", "--document", "radio")

    assert ("one prompt read in part, it seems (radio: " in result.output) == (part == "usage")
    assert ("cut off by the server" in result.output) == (part == "finish_reason")


def test_a_run_stops_at_its_limit_and_the_next_goes_on(server: Server, study: Place) -> None:
    folder = study(server, max_tokens=4_000)
    result = run("ask", folder, "--yes")
    first = len(kept(folder))
    run("ask", folder, "--yes")

    assert result.exit_code == 1
    assert "that is more than the limit" in result.output
    assert "the run stopped early: the limit of 4,000 tokens (max_tokens) is reached" in result.output
    assert 0 < first < 4
    assert len(kept(folder)) > first
    assert len(server.requests) == len(kept(folder))


def test_an_interrupt_stops_the_asking_and_keeps_what_is_under_way(
    server: Server, study: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = [KeyboardInterrupt()]
    wait = asking.wait

    def interrupted(*arguments: Any, **options: Any) -> Any:
        if waits:
            raise waits.pop()
        return wait(*arguments, **options)

    monkeypatch.setattr(asking, "wait", interrupted)
    folder = study(server, parallel=2)
    result = run("ask", folder, "--yes")

    assert result.exit_code == 1
    assert "the run stopped early: it was interrupted" in result.output
    assert len(kept(folder)) == 2


def test_a_dry_run_prints_prompts_and_needs_neither_server_nor_key_nor_client(
    study: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.setitem(sys.modules, "openai", None)
    monkeypatch.setattr(socket, "socket", None)
    folder = study("http://127.0.0.1:9/v1")
    result = run("ask", folder, "--dry-run")

    assert result.exit_code == 0
    assert "four requests about four documents, council-notice, gazette, radio, union-letter" in result.output
    assert "tokens go in (estimated); the limit is 500,000 in and out" in result.output
    assert '{"paragraph": 8, "text": "The first branch opened in 1908."}' in result.output
    assert "- keep-branches: No branch library is closed." in result.output
    assert "without a key (OPENAI_API_KEY is empty)" in result.output
    assert not (folder / "llm-answers").exists()


def test_nothing_is_sent_before_somebody_says_yes(server: Server, study: Place) -> None:
    folder = study(server)
    no = CliRunner().invoke(main, ["ask", str(folder)], input="n\n")
    silence = CliRunner().invoke(main, ["ask", str(folder), "--quiet"])

    assert (no.exit_code, silence.exit_code) == (1, 1)
    for result in (no, silence):
        assert f"to tiny at {server.base_url}: this machine\nwith the key in OPENAI_API_KEY" in result.output
    assert server.requests == []
    assert CliRunner().invoke(main, ["ask", str(folder)], input="y\n").exit_code == 0
    assert len(server.requests) == 4


def test_without_the_client_asking_says_what_to_install(
    server: Server, study: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    result = run("ask", study(server), "--yes")

    assert result.exit_code == 1
    assert "pip install 'demarche[llm]'" in result.output


def test_without_any_answer_a_briefing_says_how_to_get_one(
    server: Server, study: Place, tmp_path: Path
) -> None:
    result = run("code", study(server), "--out", tmp_path / "out")

    assert result.exit_code == 1
    assert "study.yaml: reader is llm, and no answer is kept" in result.output
    assert "demarche ask" in result.output
    assert not (tmp_path / "out").exists()
    assert server.requests == []


def test_a_briefing_of_some_answers_says_what_is_missing(
    server: Server, study: Place, tmp_path: Path
) -> None:
    folder = study(server)
    run("ask", folder, "--yes", "--document", "radio", "--document", "gazette")
    result = run("code", folder, "--out", tmp_path / "out")

    assert result.exit_code == 0
    missing = "two parts of two documents (council-notice, union-letter) without an answer"
    assert missing in result.output
    assert missing in run("check", folder).output


def test_documents_coded_by_hand_are_asked_about_only_when_asked_for(
    server: Server, study: Place, tmp_path: Path
) -> None:
    folder = study(server)
    for name in ("coding", "reference"):
        shutil.copytree(LIBRARY / name, folder / name)

    assert "no requests" in run("ask", folder, "--yes").output
    assert run("code", folder, "--out", tmp_path / "out").exit_code == 0
    assert "ask --all" in run("score", folder).output
    assert run("ask", folder, "--yes", "--all").exit_code == 0
    assert len(server.requests) == 4
    assert run("score", folder).exit_code == 0


def test_a_document_that_is_not_there_is_named_with_the_nearest(server: Server, study: Place) -> None:
    result = run("ask", study(server), "--yes", "--document", "gazete")

    assert result.exit_code == 1
    assert "there is no document 'gazete'; did you mean 'gazette'?" in result.output


def test_a_kept_answer_that_was_damaged_is_a_problem(server: Server, study: Place, tmp_path: Path) -> None:
    folder = study(server)
    run("ask", folder, "--yes")
    path = next((folder / "llm-answers").glob("radio-*"))
    path.write_text(path.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    result = run("code", folder, "--out", tmp_path / "out")
    (folder / "llm-answers" / "other.json").write_text("[]")
    checked = run("check", folder)

    assert (result.exit_code, checked.exit_code) == (1, 1)
    assert "2 problem(s)" in checked.output
    assert f"{path}: is no kept answer: delete it and ask again" in result.output


HOSTILE = {
    "statements": [
        ANSWERS[GAZETTE]["statements"][0] | {"demand": "abolish-the-council"},
        ANSWERS[GAZETTE]["statements"][0] | {"actor": "../../etc"},
        ANSWERS["Letter to all members"]["statements"][0],
        {"paragraph": 1, "quote": "<script>alert(1)</script>", "doc_id": "union-letter"},
        ANSWERS[GAZETTE]["statements"][0] | {"position": "rejects", "doc_id": "union-letter", "coder": "me"},
    ],
    "events": [],
    "codebook": {"actors": {"mars": {"name": "Mars"}}},
}


def test_a_hostile_answer_changes_no_more_than_proposals_about_its_own_document(
    study: Place, tmp_path: Path
) -> None:
    def script(request: Request, before: int) -> Reply:
        is_hostile = request.title == GAZETTE and is_led_astray[0]
        return Reply(json.dumps(HOSTILE)) if is_hostile else good(request, before)

    found = []
    for name, led in (("calm", False), ("hostile", True)):
        is_led_astray = [led]
        with serving(script) as server:
            folder = study(server, name=name)
            assert run("ask", folder, "--yes").exit_code == 0
            found.append(tables(folder, tmp_path / f"out-{name}"))
    calm, hostile = (table["statements.csv"].decode().splitlines() for table in found)

    assert [line for line in calm if ",gazette," not in line] == [
        line for line in hostile if ",gazette," not in line
    ]
    (own,) = [line for line in hostile if ",gazette," in line]
    assert ",keep-branches,friends,friends,rejects,author,narrator,,llm:tiny,,0.7" in own
    assert {n: found[0][n] for n in ("documents.csv",)} == {n: found[1][n] for n in ("documents.csv",)}


@pytest.mark.slow
def test_the_whole_way_from_asking_to_a_briefing_of_kept_answers(
    server: Server, study: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = study(server)
    run("ask", folder, "--yes", "--document", "gazette", "--document", "council-notice")
    asked = len(server.requests)
    monkeypatch.delenv("OPENAI_API_KEY")

    pages = []
    for out in (tmp_path / "a", tmp_path / "b"):
        result = run("report", folder, "--out", out, "--formats", "html")
        assert result.exit_code == 0, result.output
        assert "two parts of two documents" in result.output
        pages.append((out / "briefing.html").read_bytes())
    page = pages[0].decode()
    assert pages[0] == pages[1]
    assert len(server.requests) == asked
    assert "llm: tiny" in page
    assert "quotation not found in the text" in page
    assert "parts that the model was not asked about" in page
    assert "calls on Estmark County for a yearly grant" in page
    assert "This briefing is a selection" in page
    assert "in no source" not in page
