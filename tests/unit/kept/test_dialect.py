"""What tells one Markdown from another: nothing that changes a page may be left out."""

from __future__ import annotations

import functools
from itertools import combinations

import pymdownx.superfences
import pytest
from material.extensions import emoji
from pymdownx.slugs import slugify

from glossator.kept.dialect import dialect
from glossator.prose.convert import MarkdownOptions


def told(config: object, *, extension: str = "toc") -> str:
    return dialect(MarkdownOptions((extension,), {extension: {"option": config}}))


CONFIGS: list[object] = [
    None, True, 1, 1.0, "1", "", [], {}, [[1, 2]], [1, [2]], [[1], [2]], [[[1, 2]]], ["1,2"],
    {"a": 1}, {"a": [1]}, [{"a": 1}], {"a": {}, "b": 1}, {"a": {"b": 1}},
    slugify(case="lower"), slugify(case="lower", percent_encode=True),
    emoji.to_svg, emoji.twemoji, pymdownx.superfences.fence_code_format,
    pymdownx.superfences.fence_div_format,
]  # fmt: skip


def test_no_two_configurations_are_told_alike() -> None:
    texts = [told(config) for config in CONFIGS]
    assert all(texts)
    assert [pair for pair in combinations(texts, 2) if pair[0] == pair[1]] == []


def test_the_order_of_extensions_matters_and_that_of_their_options_does_not() -> None:
    assert dialect(MarkdownOptions(("toc", "tables"))) != dialect(
        MarkdownOptions(("tables", "toc"))
    )
    assert told({"a": 1, "b": 2}) == told({"b": 2, "a": 1})


@pytest.mark.parametrize(
    "config",
    [
        lambda text: text,
        functools.partial(len),
        object(),
        {"custom_icons": ["overrides/.icons"]},
        [{"deep": [print]}],
    ],
    ids=["lambda", "builtin", "object", "files", "deep"],
)
def test_what_cannot_be_told_is_not_kept(config: object) -> None:
    assert told(config) == ""


@pytest.mark.parametrize("name", ["pymdownx.snippets", "pymdownx.b64", "mine", "toc:TocExtension"])
def test_neither_is_what_reads_files_or_is_not_known(name: str) -> None:
    assert dialect(MarkdownOptions((name,))) == ""
