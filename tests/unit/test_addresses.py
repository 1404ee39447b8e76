from __future__ import annotations

import pytest

from glossator.addresses import Address, Named, assign, relative_url, url_of


def pages(*names: str, host: tuple[str, ...] = ()) -> dict[str, str]:
    """The page of each source by its name; those of the host are in `docs/`."""
    return {path: address.page for path, address in book(*names, host=host)[0].items()}


def book(
    *names: str, host: tuple[str, ...] = ()
) -> tuple[dict[str, Address], list[tuple[str, str, str]]]:
    sources = [Named(name, name) for name in names]
    hosted = [Named(name, f"docs/{name}", is_host_page=True) for name in host]
    addresses, problems = assign([*sources, *hosted])
    return dict(addresses), [(p.code, p.path, p.message) for p in problems]


def test_a_source_has_the_page_and_the_catalogs_of_its_stem() -> None:
    addresses, problems = book("lora/mnist.py", "guide.md", "run.ipynb")
    assert addresses == {
        "lora/mnist.py": Address("lora/mnist", "lora/mnist"),
        "guide.md": Address("guide", "guide"),
        "run.ipynb": Address("run", "run"),
    }
    assert problems == []


def test_a_package_is_the_index_of_its_folder() -> None:
    addresses, _ = book("__init__.py", "lora/__init__.py")
    assert addresses["__init__.py"] == Address("index", "__init__")
    assert addresses["lora/__init__.py"] == Address("lora/index", "lora/__init__")


@pytest.mark.parametrize("readme", ["readme.md", "README.md", "Readme.MD"])
def test_a_readme_is_the_index_where_there_is_no_other(readme: str) -> None:
    assert pages(f"a/{readme}") == {f"a/{readme}": "a/index"}
    assert pages(f"a/{readme}", "a/__init__.py")[f"a/{readme}"] == "a/readme"
    assert pages(f"a/{readme}", "a/index.md")[f"a/{readme}"] == "a/readme"
    assert pages(f"a/{readme}", "__init__.py", "a/x.py")[f"a/{readme}"] == "a/index"


def test_a_readme_keeps_its_name_for_its_catalogs() -> None:
    assert book("a/readme.md")[0]["a/readme.md"].catalog == "a/readme"


def test_only_markdown_is_a_readme() -> None:
    assert pages("a/readme.py", "b/readme.ipynb") == {
        "a/readme.py": "a/readme",
        "b/readme.ipynb": "b/readme",
    }


def test_where_two_meet_the_python_file_keeps_the_name() -> None:
    addresses, problems = book("x.ipynb", "x.md", "x.py")
    assert addresses == {
        "x.py": Address("x", "x"),
        "x.md": Address("x.md", "x.md"),
        "x.ipynb": Address("x.ipynb", "x.ipynb"),
    }
    assert problems == []


def test_a_suffix_may_lead_to_another_name() -> None:
    addresses, _ = book("x.py", "x.md", "x.md.py")
    assert len({address.page for address in addresses.values()}) == 3
    assert len({address.catalog for address in addresses.values()}) == 3
    assert addresses["x.md.py"] == Address("x.md", "x.md")
    assert addresses["x.md"] == Address("x.md.md", "x.md.md")


def test_two_indexes() -> None:
    assert pages("a/__init__.py", "a/index.py", "a/index.md") == {
        "a/__init__.py": "a/index",
        "a/index.py": "a/index.py",
        "a/index.md": "a/index.md",
    }


def test_the_same_catalog_is_never_shared() -> None:
    # The pages differ, the stems do not.
    addresses, _ = book("a/readme.md", "a/readme.py")
    assert addresses["a/readme.py"] == Address("a/readme", "a/readme")
    assert addresses["a/readme.md"] == Address("a/index", "a/readme.md")


def test_a_page_of_the_host_wins() -> None:
    addresses, problems = book("x.py", "lora/__init__.py", host=("x.md", "lora/index.md"))
    assert addresses == {
        "docs/x.md": Address("x", "x"),
        "docs/lora/index.md": Address("lora/index", "lora/index"),
    }
    assert problems == [
        (
            "address-taken",
            "lora/__init__.py",
            "no page is made: `docs/lora/index.md` has its address `lora/index`",
        ),
        ("address-taken", "x.py", "no page is made: `docs/x.md` has its address `x`"),
    ]


def test_names_that_differ_in_case_only() -> None:
    addresses, problems = book("Adam.py", "adam.py", "a/x.md", "A/X.md")
    assert {path: address.page for path, address in addresses.items()} == {
        "Adam.py": "Adam",
        "adam.py": "adam.py",
        "A/X.md": "A/X",
        "a/x.md": "a/x.md",
    }
    message = "its address differs from that of `{}` in the case of letters only"
    assert problems == [
        ("address-case", "adam.py", message.format("Adam.py")),
        ("address-case", "a/x.md", message.format("A/X.md")),
    ]


def test_two_folders_without_a_prefix() -> None:
    sources = [Named("x.py", "one/x.py"), Named("x.py", "two/x.py")]
    addresses, problems = assign(sources)
    assert dict(addresses) == {"one/x.py": Address("x", "x")}
    assert [(p.code, p.path, p.help) for p in problems] == [
        ("address-taken", "two/x.py", "rename one of the two, or give the source folder a `prefix`")
    ]


def test_a_prefix_is_a_part_of_page_and_catalog() -> None:
    addresses, problems = assign([Named("x.py", "one/x.py"), Named("two/x.py", "two/x.py")])
    assert addresses["two/x.py"] == Address("two/x", "two/x")
    assert problems == ()


def test_the_order_of_the_sources_does_not_matter() -> None:
    names = ("x.py", "x.md", "x.ipynb", "a/readme.md", "a/__init__.py", "X.py")
    assert book(*names) == book(*reversed(names))


@pytest.mark.parametrize(
    ("page", "directory_url", "file_url"),
    [
        ("index", "", "index.html"),
        ("lora/index", "lora/", "lora/index.html"),
        ("lora/mnist", "lora/mnist/", "lora/mnist.html"),
        ("x.ipynb", "x.ipynb/", "x.ipynb.html"),
    ],
)
def test_the_url_of_a_page(page: str, directory_url: str, file_url: str) -> None:
    assert url_of(page, directory_urls=True) == directory_url
    assert url_of(page, directory_urls=False) == file_url


@pytest.mark.parametrize(
    ("url", "base", "way"),
    [
        ("", "", "./"),
        ("", "lora/", "../"),
        ("", "lora/mnist/", "../../"),
        ("", "index.html", "./"),
        ("lora/", "", "lora/"),
        ("lora/", "lora/", "./"),
        ("lora/", "lora/mnist/", "../"),
        ("lora/mnist/", "lora/", "mnist/"),
        ("a/b/", "c/d/", "../../a/b/"),
        ("index.html", "index.html", "index.html"),
        ("index.html", "lora/mnist.html", "../index.html"),
        ("lora/mnist.html", "index.html", "lora/mnist.html"),
        ("lora/mnist.html", "lora/index.html", "mnist.html"),
        ("a/i.png", "b/", "../a/i.png"),
        ("c:d.html", "index.html", "./c:d.html"),
    ],
)
def test_the_way_from_page_to_page(url: str, base: str, way: str) -> None:
    assert relative_url(url, base) == way
