"""What servers on an author's own machine have in common: whom they answer, and their silence."""

from __future__ import annotations

import http.server
import sys
from typing import Any

LOOPBACK = "127.0.0.1"

NOT_ADDRESSED = b"This server answers to 127.0.0.1 and to localhost only."
"""What a request is told that means another name."""

_NAMES = (LOOPBACK, "localhost", "[::1]")


class LoopbackServer(http.server.ThreadingHTTPServer):
    """A server for one person; port 0 is any that is free, and one taken raises `OSError`."""

    daemon_threads = True
    # On Windows two programs could have the same port with it.
    allow_reuse_address = sys.platform != "win32"

    def is_addressed_by(self, name: str) -> bool:
        """Whether a request means this server by its name.

        A page of the web could call itself by a name that leads to this machine, and read what is
        served to it alone.
        """
        return name in (f"{known}:{self.server_port}" for known in _NAMES)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away before it has its answer is no news."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class QuietHandler(http.server.BaseHTTPRequestHandler):
    """Answers requests without a word on the terminal, which is for what is wrong."""

    server_version = "glossator"
    sys_version = ""
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""
