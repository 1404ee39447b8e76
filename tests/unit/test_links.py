from __future__ import annotations

import time

import pytest

from glossator.addresses import Named, assign
from glossator.links import LinkTable, Target

NAMES = (
    "__init__.py",
    "readme.md",
    "lora/__init__.py",
    "lora/experiment.py",
    "lora/experiment.ipynb",
    "normalization/batch_norm/__init__.py",
    "normalization/batch_norm/mnist.py",
    "normalization/batch_norm/readme.md",
    "optimizers/adam.py",
    "guides/README.md",
    "odd/a b#c.md",
)
HERE = "normalization/batch_norm/__init__.py"


def table(*, directory_urls: bool = False) -> LinkTable:
    addresses, _ = assign(Named(name, name) for name in NAMES)
    return LinkTable(
        addresses,
        {name: name for name in NAMES},
        assets={"normalization/batch_norm/bn.png": "x", "images/a b.svg": "y"},
        directory_urls=directory_urls,
        own_addresses=["https://nn.labml.ai/", "http://old.example/docs"],
    )


@pytest.mark.parametrize(
    ("href", "page", "url", "directory_url"),
    [
        ("mnist.html", "normalization/batch_norm/mnist.py", "mnist.html", "mnist/"),
        ("mnist.py", "normalization/batch_norm/mnist.py", "mnist.html", "mnist/"),
        ("mnist", "normalization/batch_norm/mnist.py", "mnist.html", "mnist/"),
        ("mnist/", "normalization/batch_norm/mnist.py", "mnist.html", "mnist/"),
        ("./mnist.html", "normalization/batch_norm/mnist.py", "mnist.html", "mnist/"),
        ("index.html", HERE, "index.html", "./"),
        ("__init__.py", HERE, "index.html", "./"),
        ("__init__.html", HERE, "index.html", "./"),
        (".", HERE, "index.html", "./"),
        ("readme.html", "normalization/batch_norm/readme.md", "readme.html", "readme/"),
        ("../../index.html", "__init__.py", "../../index.html", "../../"),
        ("../../", "__init__.py", "../../index.html", "../../"),
        ("../../lora/", "lora/__init__.py", "../../lora/index.html", "../../lora/"),
        ("../../lora", "lora/__init__.py", "../../lora/index.html", "../../lora/"),
        ("../../optimizers/adam.py", "optimizers/adam.py",
         "../../optimizers/adam.html", "../../optimizers/adam/"),
        ("../../lora/experiment.html", "lora/experiment.py",
         "../../lora/experiment.html", "../../lora/experiment/"),
        ("../../lora/experiment.ipynb", "lora/experiment.ipynb",
         "../../lora/experiment.ipynb.html", "../../lora/experiment.ipynb/"),
        ("../../lora/experiment.ipynb.html", "lora/experiment.ipynb",
         "../../lora/experiment.ipynb.html", "../../lora/experiment.ipynb/"),
        ("../../guides/", "guides/README.md", "../../guides/index.html", "../../guides/"),
        ("../../guides/README.html", "guides/README.md",
         "../../guides/index.html", "../../guides/"),
        ("../../odd/a%20b%23c.html", "odd/a b#c.md",
         "../../odd/a%20b%23c.html", "../../odd/a%20b%23c/"),
        ("https://nn.labml.ai/lora/index.html", "lora/__init__.py",
         "../../lora/index.html", "../../lora/"),
        ("http://NN.labml.ai/lora/", "lora/__init__.py",
         "../../lora/index.html", "../../lora/"),
        ("//nn.labml.ai/lora/", "lora/__init__.py", "../../lora/index.html", "../../lora/"),
        ("https://nn.labml.ai", "__init__.py", "../../index.html", "../../"),
        ("https://nn.labml.ai/", "__init__.py", "../../index.html", "../../"),
        ("https://old.example/docs/optimizers/adam", "optimizers/adam.py",
         "../../optimizers/adam.html", "../../optimizers/adam/"),
    ],
)  # fmt: skip
def test_a_link_to_a_page(href: str, page: str, url: str, directory_url: str) -> None:
    assert table().resolve(href, HERE) == Target(url, page=page)
    assert table(directory_urls=True).resolve(href, HERE) == Target(directory_url, page=page)


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("#words", Target("#words", page=HERE, fragment="words")),
        ("#gr%C3%B6%C3%9Fe", Target("#gr%C3%B6%C3%9Fe", page=HERE, fragment="größe")),
        (
            "../../lora/index.html#LoRA",
            Target("../../lora/index.html#LoRA", page="lora/__init__.py", fragment="LoRA"),
        ),
        (
            "mnist.py?x=1#L3",
            Target("mnist.html?x=1#L3", page="normalization/batch_norm/mnist.py", fragment="L3"),
        ),
        (
            "https://nn.labml.ai#top",
            Target("../../index.html#top", page="__init__.py", fragment="top"),
        ),
    ],
)
def test_a_fragment_is_kept(href: str, target: Target) -> None:
    assert table().resolve(href, HERE) == target


@pytest.mark.parametrize(
    "href",
    [
        "https://pytorch.org",
        "HTTPS://pytorch.org/a",
        "mailto:a@b.org",
        "//host/path",
        "/root/relative",
        "data:text/plain,x",
        "",
        "?query",
        "https://nn.labml.ai.evil.org/lora/",
        "https://nn.labml.ai/not/built.html",
        "https://nn.labml.ai//[",
        "https://old.example/docsify",
    ],
)
def test_a_link_elsewhere_is_left_alone(href: str) -> None:
    assert table().resolve(href, HERE) == Target(href)


def test_files_beside_the_sources() -> None:
    links = table(directory_urls=True)
    name = "normalization/batch_norm/bn.png"
    assert links.resolve("bn.png", HERE) == Target("bn.png", asset=name)
    mnist = "normalization/batch_norm/mnist.py"
    assert links.resolve("bn.png#x", mnist) == Target("../bn.png#x", asset=name)
    assert links.resolve("../../images/a b.svg", HERE).url == "../../images/a%20b.svg"


@pytest.mark.parametrize(
    ("href", "suggestion"),
    [
        ("../../optimizers/adm.html", "../../optimizers/adam.html"),
        ("../../optimizers/adm.py#Adam", "../../optimizers/adam.py#Adam"),
        ("../optimizers/adam.html", "../../optimizers/adam.html"),
        ("../../../lora/experiments.html", "../../lora/experiment.html"),
        ("nothing/like/it.html", ""),
        ("seq_len, 3", ""),
        ("[x", ""),
    ],
)
def test_a_dead_link_comes_with_a_suggestion(href: str, suggestion: str) -> None:
    assert table().resolve(href, HERE) == Target(href, dead=True, suggestion=suggestion)


def test_the_same_page_under_a_prefix() -> None:
    addresses, _ = assign([Named("book/a.py", "src/a.py"), Named("b.py", "b.py")])
    names = {"src/a.py": "book/a.py", "b.py": "b.py"}
    links = LinkTable(addresses, names, assets={}, directory_urls=True)
    assert links.resolve("../b.py", "src/a.py") == Target("../../b/", page="b.py")
    assert links.resolve("book/a.html", "b.py") == Target("../book/a/", page="src/a.py")


def test_many_dead_links_do_not_take_long() -> None:
    names = [f"folder{n % 30}/module_with_a_name_{n}.py" for n in range(1_000)]
    addresses, _ = assign(Named(name, name) for name in names)
    links = LinkTable(addresses, {n: n for n in names}, assets={}, directory_urls=True)
    start = time.process_time()
    for number in range(200):
        assert links.resolve(f"modul_with_name_{number % 20}.html", names[number]).dead
    assert time.process_time() - start < 60
