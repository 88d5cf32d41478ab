"""A server of our own on loopback that speaks as much of OpenAI's chat completions as the tests need.

It answers from a script, by hand: no model is anywhere near. Each request is recorded as it came.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Reply:
    """What the server sends back: a model's words, or with `raw` the body itself."""

    content: str | None = '{"statements": [], "events": []}'
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: str | None = None
    holds: threading.Event | None = None
    """Waited for before anything is sent: a slow model, without a clock."""

    @property
    def body(self) -> bytes:
        """The bytes that go out."""
        if self.raw is not None:
            return self.raw.encode()
        if self.status != 200:
            return json.dumps({"error": {"message": self.content}}).encode()
        message = {"role": "assistant", "content": self.content}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        usage = {"prompt_tokens": 2000, "completion_tokens": 50, "total_tokens": 2050}
        return json.dumps({"model": "tiny-0", "choices": [choice], "usage": usage}).encode()


@dataclass(frozen=True)
class Request:
    """A request as it came; the names of its headers in lower case."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def title(self) -> str:
        """The title of the document that it is about."""
        return str(json.loads(self.body["messages"][1]["content"].split("\n")[0])["document"].get("title"))


Script = Callable[[Request, int], Reply]
"""The reply to a request; the number counts, from 0, the requests about the same document."""


@dataclass
class Server:
    """A running server: where it is, and what it was asked."""

    base_url: str
    requests: list[Request] = field(default_factory=list)


@contextmanager
def serving(script: Script) -> Iterator[Server]:
    """A server that answers from a script as long as the context lasts."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.path, headers, body)
            with lock:
                before = sum(request.title == other.title for other in server.requests)
                server.requests.append(request)
            reply = script(request, before)
            if reply.holds:
                reply.holds.wait(10)
            try:
                self.send_response(reply.status)
                for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)
            except OSError:
                pass  # whoever asked has gone

        def log_message(self, *_: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = Server(f"http://127.0.0.1:{http.server_port}/v1")
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
