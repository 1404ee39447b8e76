"""The bench sees an edit when a reader does: on the screen of a real browser, and not before."""

from __future__ import annotations

import os
import sys

import pytest

from scripts.benchlib.edits import Edit
from scripts.benchlib.latency import Server, Watched, measure_edits

# Serves the first word of a file on a page that loads again when it changes. It knows of a change
# only after a while, and its other page never changes.
SERVER = """
import sys, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

DELAY = 0.4
SCRIPT = '''<script>
const seen = document.body.dataset.text
setInterval(async () => {
  if (await (await fetch("/text")).text() !== seen) location.reload()
}, 20)
</script>'''

def text():
    file = Path("a.txt")
    while time.time() < file.stat().st_mtime + DELAY:
        time.sleep(0.01)
    return file.read_text()

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = {
            "/text": text,
            "/a.html": lambda: f'<body data-text="{text()}">{text()}{SCRIPT}',
        }.get(self.path, lambda: "<p>Always the same")()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *arguments):
        pass

ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


def test_an_edit_takes_as_long_as_its_server(browser, tmp_path):
    (tmp_path / "a.txt").write_text("Some words")
    watched = Watched(Edit(tmp_path / "a.txt", "a.html", "Some words", ""), "other.html")
    server = Server("slow", "a server", (sys.executable, "-c", SERVER, "{port}"))
    found = measure_edits(
        browser, server, tmp_path, {"source": watched}, count=2, environment=os.environ
    )
    seen = found["source"]
    assert len(seen.measured) == 2
    assert all(0.4 < one.wall < 20 and one.memory > 5e6 for one in seen.measured)
    assert seen.others == 0


def test_of_another_page_it_is_told_how_often_it_loads(browser, tmp_path):
    (tmp_path / "a.txt").write_text("Some words")
    watched = Watched(Edit(tmp_path / "a.txt", "a.html", "Some words", ""), "a.html")
    server = Server("slow", "a server", (sys.executable, "-c", SERVER, "{port}"))
    found = measure_edits(
        browser, server, tmp_path, {"source": watched}, count=1, environment=os.environ
    )
    assert found["source"].others == 1


def test_a_server_that_does_not_start_says_why(browser, tmp_path):
    server = Server("broken", "a server", (sys.executable, "-c", "raise OSError('no luck')"))
    with pytest.raises(SystemExit, match=r"a server does not serve\n(?s:.*)no luck"):
        measure_edits(browser, server, tmp_path, {}, count=1, environment=os.environ)
