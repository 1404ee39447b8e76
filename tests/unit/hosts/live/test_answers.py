"""Answers to requests: types, states, parts, and the script in pages."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from glossator.hosts.live.answers import answer, with_script
from glossator.hosts.live.server import Server
from tests.unit.hosts.live.books import FILES, Live, live_book


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    files = {**FILES, "docs/film.webm": bytes(range(100)), "docs/a b.svg": "<svg/>"}
    with live_book(tmp_path_factory.mktemp("book"), files) as made:
        yield made


def test_a_page_has_our_script_and_nothing_else_is_changed(live: Live) -> None:
    made = answer(live.site, "/book/norm/?q=1#x", {})
    assert (made.status, made.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert made.headers["Cache-Control"] == "no-cache"
    page = live.site.find("/book/norm/")
    assert made.body == with_script(page.data, page.tag)
    assert made.body.replace(with_script(b"</body>", page.tag)[:-7], b"") == page.data


def test_what_a_browser_has_is_not_sent_again(live: Live) -> None:
    etag = answer(live.site, "/book/norm/", {}).headers["ETag"]
    made = answer(live.site, "/book/norm/", {"If-None-Match": etag})
    assert (made.status, made.body) == (304, b"")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/book/a.png", "image/png"),
        ("/book/a%20b.svg", "image/svg+xml"),
        ("/book/sitemap.xml", "application/xml; charset=utf-8"),
        ("/book/zh/search/search_index.json", "application/json; charset=utf-8"),
        ("/book/assets/glossator/page.js", "text/javascript; charset=utf-8"),
        ("/book/objects.inv", "application/octet-stream"),
        ("/-glossator/live.js", "text/javascript; charset=utf-8"),
    ],
)
def test_files_have_their_types(live: Live, path: str, kind: str) -> None:
    made = answer(live.site, path, {})
    assert (made.status, made.headers["Content-Type"]) == (200, kind)


def test_parts_of_a_file(live: Live) -> None:
    film = bytes(range(100))

    def part(range_: str) -> tuple[int, bytes, str]:
        made = answer(live.site, "/book/film.webm", {"Range": range_})
        return made.status, made.body, made.headers.get("Content-Range", "")

    assert part("bytes=0-9") == (206, film[:10], "bytes 0-9/100")
    assert part("bytes=90-") == (206, film[90:], "bytes 90-99/100")
    assert part("bytes=-5") == (206, film[95:], "bytes 95-99/100")
    assert part("bytes=50-500") == (206, film[50:], "bytes 50-99/100")
    assert part("bytes=100-") == (416, b"", "bytes */100")
    assert part("bytes=9-1") == (416, b"", "bytes */100")
    assert part("lines=1-2") == (200, film, "")
    assert part("bytes=0-1,4-5") == (200, film, "")


def test_a_folder_without_its_slash_leads_to_its_page(live: Live) -> None:
    made = answer(live.site, "/book/zh/norm?a=b", {})
    assert (made.status, made.headers["Location"]) == (302, "/book/zh/norm/?a=b")
    assert answer(live.site, "/", {}).headers["Location"] == "/book/"


def test_a_page_that_is_not_there_listens_for_its_coming(live: Live) -> None:
    made = answer(live.site, "/book/none/", {})
    assert made.status == 404
    assert b"live.js" in made.body


def test_a_page_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    hook = "def on_page_context(context, page, **_):\n    assert 'deep' not in page.url, 'no'\n"
    config = str(FILES["mkdocs.yml"]) + "hooks: [hook.py]\n"
    with live_book(tmp_path, {**FILES, "mkdocs.yml": config, "hook.py": hook}) as live:
        made = answer(live.site, "/book/more/deep/", {})
        assert made.status == 500
        assert b"The terminal says why" in made.body
        assert live.told == ["more/deep/index.html cannot be made: AssertionError: no"]
        assert answer(live.site, "/book/norm/", {}).status == 200


@pytest.fixture
def server(live: Live) -> Iterator[Server]:
    with Server("127.0.0.1", 0) as made:
        made.site = live.site
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


def ask(
    server: Server, path: str, method: str = "GET", host: str = "127.0.0.1"
) -> tuple[int, dict[str, str], bytes]:
    """The status, the headers and the body of an answer; the path is sent as it is."""
    with closing(HTTPConnection("127.0.0.1", server.server_port)) as connection:
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", f"{host}:{server.server_port}")
        connection.endheaders()
        told = connection.getresponse()
        return told.status, dict(told.headers.items()), told.read()


def test_only_this_machine_is_answered(server: Server) -> None:
    for path in ("/book/", "/-glossator/events?page=/book/&tag=x"):
        status, _, body = ask(server, path, host="evil.example")
        assert status == 421
        assert body == b"This server answers to 127.0.0.1 and to localhost only."
    assert ask(server, "/book/", host="localhost")[0] == 200


def test_head_has_the_headers_alone(server: Server) -> None:
    status, headers, body = ask(server, "/book/norm/", "HEAD")
    assert (status, body) == (200, b"")
    assert len(ask(server, "/book/norm/")[2]) == int(headers["Content-Length"])


def test_paths_do_not_lead_out(server: Server, live: Live) -> None:
    (live.root.parent / "secret").write_text("secret")
    for path in ("/book/../../secret", "/../secret", "/book/%2e%2e/%2e%2e/secret", "/book//secret"):
        assert ask(server, path)[0] == 404, path


def test_a_window_hears_of_its_page_and_of_no_other(server: Server, live: Live) -> None:
    tag = live.site.find("/book/norm/").tag
    url = f"http://127.0.0.1:{server.server_port}/-glossator/events?page=/book/norm/&tag="
    with urllib.request.urlopen(url + tag, timeout=5) as news:
        assert news.readline() == b"event: trouble\n"
        assert (news.readline(), news.readline()) == (b'data: ""\n', b"\n")
        live.edit({"docs/guide/index.md": "# Guide\n\nElsewhere.\n"})
        assert server.listeners.tell_pages(live.site.tag_of) == []
        source = str(FILES["lib/norm.py"])
        live.edit({"lib/norm.py": source.replace("A summary", "Changed")})
        assert server.listeners.tell_pages(live.site.tag_of) == ["/book/norm/"]
        assert news.readline() == b"event: page\n"
        news.readline(), news.readline()
        live.edit({"lib/norm.py": source})
        assert server.listeners.tell_pages(live.site.tag_of) == ["/book/norm/"]


def test_a_window_that_comes_late_hears_at_once(server: Server) -> None:
    url = f"http://127.0.0.1:{server.server_port}/-glossator/events?page=/book/norm/&tag=old"
    with urllib.request.urlopen(url, timeout=5) as news:
        assert news.readline() == b"event: page\n"
