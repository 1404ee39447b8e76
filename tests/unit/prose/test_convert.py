from __future__ import annotations

import pytest
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.toc import TocExtension

from glossator.prose.convert import Converted, Converter, MarkdownOptions


def test_what_works_after_keying_is_left_out_of_keys() -> None:
    toc = TocExtension(permalink=True)
    options = MarkdownOptions(("toc", toc, "markdown.extensions.tables", "smarty", "codehilite"))
    assert options.for_keys().extensions == ("markdown.extensions.tables",)


def test_only_what_changes_words_is_read_twice() -> None:
    smarty = SmartyExtension()
    assert MarkdownOptions(("toc", "tables")).for_words() is None
    words = MarkdownOptions(("toc", smarty, "tables")).for_words()
    assert words is not None
    assert words.extensions == (smarty, "tables")


def test_configurations_of_extensions_that_are_left_out_are_too() -> None:
    configs = {"toc": {"permalink": True}, "footnotes": {"BACKLINK_TEXT": "up"}}
    options = MarkdownOptions(("toc", "footnotes"), configs)
    parts = Converter(options.for_keys()).convert(["A[^1]\n\n[^1]: B"])
    assert ">up</a>" in parts[1][0].html


def test_each_annotation_is_a_part_and_the_footnotes_are_the_last() -> None:
    converter = Converter(MarkdownOptions(("footnotes",)))
    parts = converter.convert(["# A\nB\n\n* C", "", "D[^1]", "[^1]: E"])
    assert parts[:2] == [
        [
            Converted("<h1>A</h1>", 0),
            Converted("<p>B</p>", 1),
            Converted("<ul>\n<li>C</li>\n</ul>", 3),
        ],
        [],
    ]
    assert [len(part) for part in parts] == [3, 0, 1, 0, 1]


def test_nothing_that_is_left_open_reaches_further() -> None:
    converter = Converter(MarkdownOptions())
    parts = converter.convert(["* a", "    b", "<div>", "c", "*d", "e*"])
    assert [[c.html for c in part] for part in parts[:2]] == [
        ["<ul>\n<li>a</li>\n</ul>"],
        ["<pre><code>b\n</code></pre>"],
    ]
    assert [[c.html for c in part] for part in parts[3:6]] == [
        ["<p>c</p>"],
        ["<p>*d</p>"],
        ["<p>e*</p>"],
    ]


def test_one_file_does_not_know_the_references_of_another() -> None:
    converter = Converter(MarkdownOptions())
    assert converter.convert(["[a]\n\n[a]: x.html"])[0][0].html == '<p><a href="x.html">a</a></p>'
    assert converter.convert(["[a]"])[0][0].html == "<p>[a]</p>"


def test_what_is_nested_too_deeply_is_named() -> None:
    converter = Converter(MarkdownOptions())
    texts = ["a", "> " * 100 + "b", "- " * 100 + "c", "d"]
    with pytest.raises(RecursionError):
        converter.convert(texts)
    assert converter.too_deep(texts) == {1, 2}
    assert converter.convert(["e"])[0] == [Converted("<p>e</p>", 0)]


def test_what_is_read_does_not_depend_on_what_was_read_before() -> None:
    """Otherwise it would matter which process reads a file, and what a cache already has."""
    configs: dict[str, dict[str, object]] = {
        "footnotes": {"UNIQUE_IDS": True}, "pymdownx.tabbed": {"alternate_style": True},
        "pymdownx.highlight": {"linenums": True, "auto_title": True},
    }  # fmt: skip
    extensions = (*configs, "toc", "abbr", "admonition", "pymdownx.superfences", "md_in_html")
    text = (
        '# A\n\nSome HTML[^1].\n\n[^1]: Note.\n\n*[HTML]: Language\n\n=== "One"\n\n    1\n\n'
        '=== "Two"\n\n    2\n\n```python\nx = 1\n```\n\n[a]: https://example.org/\n'
    )
    options = MarkdownOptions(extensions, configs)
    fresh = Converter(options).convert([text, text])
    used = Converter(options)
    used.convert([text, text.replace("1", "7")])
    assert used.convert([text, text]) == fresh
