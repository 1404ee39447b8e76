"""A server on this machine alone, for one reader."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http import HTTPStatus

from glossator.hosts.loopback import LOOPBACK, NOT_ADDRESSED, LoopbackServer, QuietHandler
from glossator.hosts.reader.reader import Answer, Reader


class Server(LoopbackServer):
    """Serves a reader at loopback; port 0 is any that is free."""

    def __init__(self, reader: Reader, port: int) -> None:
        self.reader = reader
        super().__init__((LOOPBACK, port), _Handler)

    @property
    def url(self) -> str:
        """The address of the page to begin with."""
        return f"http://{LOOPBACK}:{self.server_port}/{self.reader.first_url()}"

    def start_reading(self, tell: Callable[[Reader], None]) -> threading.Thread:
        """Let the folder be read in the background, and what is found be told in the end."""

        def read() -> None:
            if self.reader.read_all():
                tell(self.reader)

        thread = threading.Thread(target=read, daemon=True)
        thread.start()
        return thread


class _Handler(QuietHandler):
    server: Server

    def do_GET(self) -> None:
        """Send an answer with its body."""
        self._send(self._answer(), with_body=True)

    def do_HEAD(self) -> None:
        """Send an answer without its body."""
        self._send(self._answer(), with_body=False)

    def _answer(self) -> Answer:
        if not self.server.is_addressed_by(self.headers.get("Host", "")):
            return Answer(HTTPStatus.MISDIRECTED_REQUEST, "text/plain", NOT_ADDRESSED)
        return self.server.reader.answer(self.path)

    def _send(self, answer: Answer, *, with_body: bool) -> None:
        self.send_response(answer.status)
        is_text = answer.type.startswith("text/") or answer.type.endswith("json")
        charset = "; charset=utf-8" if is_text else ""
        self.send_header("Content-Type", answer.type + charset)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        if answer.policy:
            self.send_header("Content-Security-Policy", answer.policy)
        if answer.location:
            self.send_header("Location", answer.location)
        if answer.type == "text/html" or answer.type.endswith("json"):
            self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if with_body:
            self.wfile.write(answer.body)
