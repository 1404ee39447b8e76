"""reStructuredText becomes docutils' tree of nodes.

Docutils keeps its directives and roles in tables for the whole process. They are asked through two
functions, which are ours for the time of a reading, so that nobody else's tables change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from docutils import frontend, nodes, utils
from docutils.parsers.rst import Directive, Parser, directives, roles

from glossator.docstrings.directives import find_directive, is_of_docutils
from glossator.docstrings.roles import read_role
from glossator.docstrings.text import indent_of

_ROLES_OF_DOCUTILS = frozenset(
    "emphasis strong literal subscript superscript sub sup math code pep rfc pep-reference"
    " rfc-reference title-reference title t".split()
)
_PROMPT = re.compile(r" *>>>(?: |$)")
_ITEM = re.compile(r" *(?:[-*+]|\d{1,2}[.)])\s")
_LITERAL = re.compile(r"(?! *\.\. ).*::\s*$")


def parse_rest(lines: Sequence[str]) -> nodes.document:
    """Read lines as reStructuredText; nothing is included, and no file is read or written."""
    settings = _settings().copy()
    document = utils.new_document("<docstring>", settings)
    with _our_tables():
        Parser().parse("\n".join(lines), document)
    return document


@cache
def _settings() -> Any:
    settings = frontend.get_default_settings(Parser)
    settings.file_insertion_enabled = settings.raw_enabled = False
    # Nothing is printed or raised: what is wrong is found in the tree.
    settings.report_level = settings.halt_level = 5
    settings.line_length_limit = 1_000_000
    return settings


def part_blocks(lines: Sequence[str]) -> tuple[list[str], list[int]]:
    """The lines with the blank ones that authors forget, and the number of the line each was.

    Without them docutils takes an example right below words for a part of these, and so it does
    with a list right below a colon, and with code right below two.
    """
    out: list[str] = []
    places: list[int] = []
    before = ""
    in_example = False
    for number, line in enumerate(lines):
        is_prompt = _PROMPT.match(line) is not None
        is_literal = _LITERAL.match(before) is not None and indent_of(line) > indent_of(before)
        is_item = before.rstrip().endswith(":") and _ITEM.match(line) is not None
        is_apart = is_literal or is_item or (is_prompt and not in_example)
        if line.strip() and before.strip() and is_apart:
            out.append("")
            places.append(number)
        in_example = bool(line.strip()) and (in_example or is_prompt)
        out.append(line)
        places.append(number)
        before = line
    return out, places


@contextmanager
def _our_tables() -> Iterator[None]:
    kept = directives.directive, roles.role
    directives.directive, roles.role = _directive, _role  # type: ignore[assignment]
    try:
        yield
    finally:
        directives.directive, roles.role = kept


_DIRECTIVE, _ROLE = directives.directive, roles.role


def _directive(
    name: str, language: Any, document: nodes.document
) -> tuple[type[Directive] | None, list[nodes.system_message]]:
    ours = find_directive(name.lower())
    if ours is not None or not is_of_docutils(name.lower()):
        return ours, []
    return _DIRECTIVE(name, language, document)


def _role(name: str, language: Any, line: int, reporter: Any) -> Any:
    if not name or name.lower() in _ROLES_OF_DOCUTILS:
        return _ROLE(name.lower(), language, line, reporter)
    return _show_role, []


def _show_role(
    name: str, raw: str, text: str, line: int, inliner: Any, *_: Any, **__: Any
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    role = read_role(name, nodes.unescape(text))
    if role is None:
        return [nodes.inline(raw, nodes.unescape(raw), unknown=name)], []
    if not role.is_code:
        return [nodes.inline(raw, role.text)], []
    return [nodes.literal(raw, role.text, about=role.name)], []
