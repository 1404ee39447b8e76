"""The server of a live site: answers, and a stream of news for each window."""

from __future__ import annotations

import ipaddress
import queue
import socket
from http import HTTPStatus
from urllib.parse import parse_qs, unquote, urlsplit

from glossator.hosts.live.answers import OURS, Answer, answer
from glossator.hosts.live.listeners import Listener, Listeners
from glossator.hosts.live.live_site import LiveSite
from glossator.hosts.loopback import LOOPBACK, NOT_ADDRESSED, LoopbackServer, QuietHandler

_BEAT = 10.0
"""Seconds of silence after which a stream of news says that it is there."""


def _is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Server(LoopbackServer):
    """Serves a live site; port 0 is any that is free. Raises `OSError` if the port is taken."""

    def __init__(self, host: str, port: int) -> None:
        self.listeners = Listeners()
        self.site: LiveSite | None = None
        self.host = host
        self.is_private = _is_loopback(host)
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, port), _Handler)

    def url(self, path: str) -> str:
        """The URL of a path; a server at all addresses of a machine is shown at loopback."""
        host = {"0.0.0.0": LOOPBACK, "::": "::1"}.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.server_port}{path}"

    def is_addressed_by(self, name: str) -> bool:
        """Whether a request means this server; one that others may reach has many names."""
        return not self.is_private or super().is_addressed_by(name)


class _Handler(QuietHandler):
    server: Server

    def do_GET(self) -> None:
        """Send an answer with its body, or news for as long as somebody listens."""
        if self._is_allowed() and self.path.startswith(f"{OURS}events?"):
            self._send_news()
        else:
            self._send(with_body=True)

    def do_HEAD(self) -> None:
        """Send an answer without its body."""
        self._send(with_body=False)

    def _is_allowed(self) -> bool:
        return self.server.is_addressed_by(self.headers.get("Host", ""))

    def _send(self, *, with_body: bool) -> None:
        made = self._answer()
        self.send_response(made.status)
        for name, value in made.headers.items():
            self.send_header(name, value)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        if made.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(made.body)))
        self.end_headers()
        if with_body:
            self.wfile.write(made.body)

    def _answer(self) -> Answer:
        if not self._is_allowed():
            kind = {"Content-Type": "text/plain"}
            return Answer(HTTPStatus.MISDIRECTED_REQUEST, NOT_ADDRESSED, kind)
        if self.server.site is None:
            return Answer(HTTPStatus.SERVICE_UNAVAILABLE)
        return answer(self.server.site, self.path, dict(self.headers.items()))

    def _send_news(self) -> None:
        """Tell one window of its page until it goes away or the server ends."""
        asked = parse_qs(urlsplit(self.path).query)
        address, tag = (asked.get(name, [""])[0] for name in ("page", "tag"))
        listener = Listener(unquote(address), tag)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        site = self.server.site
        assert site is not None
        with self.server.listeners.listening(listener):
            # The page may have changed since the window has got it.
            self.server.listeners.tell_pages(site.tag_of, [listener])
            listener.tell("trouble", site.trouble)
            while (news := _next(listener)) is not None:
                self.wfile.write(news.encode())
                self.wfile.flush()


def _next(listener: Listener) -> str | None:
    """What is new, or a sign of life; nothing at the end."""
    try:
        return listener.news.get(timeout=_BEAT)
    except queue.Empty:
        return ": still here\n\n"
