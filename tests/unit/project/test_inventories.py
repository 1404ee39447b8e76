"""Inventories of other projects: files, and what is fetched once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from glossator.names.inventory import Item, write_inventory
from glossator.project.inventories import load_inventories
from glossator.project.settings import Inventory, Settings
from glossator.report import format_problem

DATA = write_inventory([Item("np.sum", "function", "sum.html")], project="np")


def settings(root: Path, *inventories: Inventory) -> Settings:
    return Settings(root, inventories=inventories)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("docs")
    (folder / "objects.inv").write_bytes(DATA)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "np.inv").write_bytes(DATA)
    found = load_inventories(settings(tmp_path, Inventory("https://np.example/", "np.inv")))
    assert found == ({"np.sum": "https://np.example/sum.html"}, ())


def test_what_is_fetched_is_fetched_once(tmp_path: Path, url: str) -> None:
    book = settings(tmp_path, Inventory(url))
    assert load_inventories(book) == ({"np.sum": f"{url}sum.html"}, ())
    (kept,) = (tmp_path / ".glossator-cache" / "inventories").iterdir()
    kept.write_bytes(write_inventory([Item("np.mean", "function", "mean.html")], project="np"))
    assert load_inventories(book) == ({"np.mean": f"{url}mean.html"}, ())


def test_what_cannot_be_fetched_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "np.inv").write_bytes(DATA)
    gone, here = Inventory("http://127.0.0.1:1/docs/"), Inventory("https://np.example/", "np.inv")
    found, (problem,) = load_inventories(settings(tmp_path, gone, here))
    assert list(found) == ["np.sum"]
    assert format_problem(problem) == (
        "http://127.0.0.1:1/docs/: warning[inventory-unreadable]: its inventory cannot be fetched:"
        " Connection refused\n"
        "   help: download its `objects.inv` and name it as `file`; until then no name is linked"
        " there"
    )


def test_a_page_that_is_no_inventory_is_not_kept(tmp_path: Path, url: str) -> None:
    missing = settings(tmp_path, Inventory(url + "nothing/"))
    _, (problem,) = load_inventories(missing)
    assert (
        problem.message == "its inventory cannot be fetched: the server answers 404 File not found"
    )
    book = settings(tmp_path, Inventory(url))
    load_inventories(book)
    (kept,) = (tmp_path / ".glossator-cache" / "inventories").iterdir()
    kept.write_bytes(b"damaged")
    _, (problem,) = load_inventories(book)
    assert problem.message.endswith("it is no inventory of Sphinx in version 2")
    assert load_inventories(book)[0]


def test_a_file_that_is_none_or_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.inv").write_bytes(b"<html>")
    bad = [Inventory("https://a.example/", "bad.inv"), Inventory("https://b.example/", "gone.inv")]
    found, problems = load_inventories(settings(tmp_path, *bad))
    assert not found
    assert [format_problem(problem).split("\n")[0] for problem in problems] == [
        "bad.inv: warning[inventory-unreadable]: this inventory cannot be read:"
        " it is no inventory of Sphinx in version 2",
        "gone.inv: warning[inventory-unreadable]: this inventory cannot be read:"
        " No such file or directory",
    ]
