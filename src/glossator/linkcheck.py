"""Checks the links of a book: what leads to nothing, or to no place on its page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from glossator.book import Book, leads_on, redirect_of
from glossator.model import Block, Document, PlaceholderKind, Problem, Severity, Source
from glossator.prose.tokens import attributes, tokenize
from glossator.source.lines import physical_lines

_LINES_OF_BLOCK = 40
"""Lines below the start of a block among which a link of it is looked for."""


def link_problems(book: Book, document: Document) -> Iterator[Problem]:
    """Links and pictures of a document that lead to nothing, or to no place on their page."""
    if redirect := redirect_of(document):
        yield from _dead(book, document, 1, [("redirect", redirect)])
    for block in document.all_blocks():
        yield from _dead(book, document, block.line, _references(block))


def fragments_of(book: Book, document: Document) -> Iterator[tuple[str, str]]:
    """The places on pages to which links of a document lead: sources and names of places."""
    for block in document.all_blocks():
        if "#" in block.key:
            for tag, href in _references(block):
                target = book.resolve(href, document.source.path) if tag == "a" else None
                if target is not None and target.page and target.fragment:
                    yield target.page, target.fragment


def _references(block: Block) -> list[tuple[str, str]]:
    """The links and pictures of a block: the name of the tag, and where it leads."""
    images = [p.source for p in block.placeholders if p.kind is PlaceholderKind.IMAGE]
    return [
        (token.name, value)
        for text in (block.key, *images)
        for token in tokenize(text)
        if token.name in ("a", "img") and token.is_tag
        for name, value in attributes(token.raw)
        if name in ("href", "src") and value
    ]


def _dead(
    book: Book, document: Document, line: int, references: Sequence[tuple[str, str]]
) -> Iterator[Problem]:
    path = document.source.path
    for index, (tag, href) in enumerate(references):
        wrong = _wrong(book, path, tag, href)
        if wrong is not None:
            problem = Problem(wrong[0], Severity.WARNING, path, line, 1, wrong[1], wrong[2])
            count = [other for _, other in references[:index]].count(href)
            yield _at_link(document.source, line, href, count, problem)


def _wrong(book: Book, path: str, tag: str, href: str) -> tuple[str, str, str] | None:
    """Code, message and help for a link that leads nowhere."""
    target = book.resolve(href, path)
    if target.dead and tag == "img":
        help = "put it beside the source, or write its whole address"
        return "dead-link", f"there is no picture `{href}`", help
    if target.dead:
        help = "link to a source or a page of this site, or write the whole address"
        if target.suggestion:
            help = f"did you mean `{target.suggestion}`?"
        return "dead-link", f"no page is made from `{href}`", help
    if tag == "redirect" and not leads_on(target, path):
        help = "write the address of another page, or one that starts with `https://`"
        return "redirect-target", f"a page cannot redirect to `{href}`", help
    anchors = book.pages[target.page].outline.anchors if target.page else frozenset()
    if target.page and target.fragment and target.fragment not in anchors:
        message = f"there is no `#{target.fragment}` on the page that `{href}` leads to"
        return "dead-anchor", message, "link to a heading or a qualified name on that page"
    return None


def _at_link(source: Source, line: int, href: str, count: int, problem: Problem) -> Problem:
    """A problem moved to where a link stands that comes `count` times before in its block."""
    lines = physical_lines(source.text)[: line - 1 + _LINES_OF_BLOCK]
    places = [
        (number, match.start() + 1)
        for number, text in enumerate(lines[line - 1 :], line)
        for match in re.finditer(re.escape(href), text)
    ]
    if not places:
        return problem
    number, column = places[min(count, len(places) - 1)]
    excerpt = lines[number - 1]
    return replace(problem, line=number, column=column, excerpt=excerpt, length=len(href))
