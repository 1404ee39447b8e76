"""A server on this machine alone, for one reader."""

from __future__ import annotations

import http.server
import sys
import threading
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from glossator.hosts.reader.reader import Answer, Reader

HOST = "127.0.0.1"


class Server(http.server.ThreadingHTTPServer):
    """Serves a reader at loopback; port 0 is any that is free."""

    daemon_threads = True
    # On Windows two programs could have the same port with it.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, reader: Reader, port: int) -> None:
        self.reader = reader
        super().__init__((HOST, port), _Handler)

    @property
    def url(self) -> str:
        """The address of the page to begin with."""
        return f"http://{HOST}:{self.server_port}/{self.reader.first_url()}"

    def start_reading(self, tell: Callable[[Reader], None]) -> threading.Thread:
        """Let the folder be read in the background, and what is found be told in the end."""

        def read() -> None:
            if self.reader.read_all():
                tell(self.reader)

        thread = threading.Thread(target=read, daemon=True)
        thread.start()
        return thread

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away before it has its answer is no news."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Server
    server_version = "glossator"
    sys_version = ""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send an answer with its body."""
        self._send(self._answer(), with_body=True)

    def do_HEAD(self) -> None:
        """Send an answer without its body."""
        self._send(self._answer(), with_body=False)

    def _answer(self) -> Answer:
        # A page of the web could call itself by a name that leads here, and read the folder.
        names = {f"{name}:{self.server.server_port}" for name in (HOST, "localhost")}
        if self.headers.get("Host") not in names:
            words = b"This server answers to 127.0.0.1 and to localhost only."
            return Answer(HTTPStatus.MISDIRECTED_REQUEST, "text/plain", words)
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

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the terminal is for what cannot be read."""
