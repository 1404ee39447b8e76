"""
# Front matter

An author can say more about a page than its text does, in YAML between two lines of `---`, at the
start of a module's docstring or of a Markdown file:

```yaml
---
title: Batch normalization
summary: An annotated implementation.
---
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import yaml

from glossator.model import Problem, Severity
from glossator.prose.canonical import join_lines, unfold

# It is not there if PyYAML was built without the library of C.
_QUICK_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """
    ## The values

    `texts` has the values as they were written. For YAML the title `1.10` would be a number, and
    `No` would be a truth value. The front matter takes the first `length` lines of the annotation,
    and its opening `---` is on the line `first`.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    length: int = 0
    first: int = 0

    def text(self, name: str) -> str:
        """A value as one line of text, or nothing."""
        return " ".join(self.texts.get(name, "").split())


def read_front_matter(
    text: str, *, path: str, places: Sequence[int]
) -> tuple[FrontMatter, tuple[Problem, ...]]:
    """
    ## Reading it

    Two lines of `---` must be there, and the first must have no text above it. Anything else is
    Markdown. What is no YAML is a problem with its line, and it is not shown as prose either.
    """
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    if first == len(lines) or lines[first].rstrip() != "---":
        return FrontMatter(), ()
    ends = ("---", "...")
    last = next((n for n in range(first + 1, len(lines)) if lines[n].rstrip() in ends), 0)
    if not last:
        return FrontMatter(), ()
    try:
        values, texts = _read("\n".join(lines[first + 1 : last]))
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = min(first + 1 + (mark.line if mark is not None else 0), last)
        problem = _problem(error, path, places[line], lines[line])
        return FrontMatter(length=last + 1, first=first), (problem,)
    return FrontMatter(values, texts, last + 1, first), ()


def _read(text: str) -> tuple[dict[str, object], dict[str, str]]:
    """The values, and those that are or could be texts, as they were written."""
    # The slow one says better what is wrong, and knows that YAML has no tabs.
    if "\t" not in text:
        with suppress(yaml.YAMLError):
            return _read_with(_QUICK_LOADER, text)
    return _read_with(yaml.SafeLoader, text)


def _read_with(
    loader_class: type[yaml.SafeLoader | yaml.CSafeLoader], text: str
) -> tuple[dict[str, object], dict[str, str]]:
    loader = loader_class(text)
    try:
        node = loader.get_single_node()
        texts = dict(_texts(node, text))
        values = (loader.construct_document(node) if node is not None else None) or {}
    finally:
        loader.dispose()
    if not isinstance(values, dict):
        raise ValueError("it is not a list of `name: value` lines")
    return {str(name): value for name, value in values.items()}, texts


def _texts(node: yaml.Node | None, text: str) -> Iterator[tuple[str, str]]:
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(name, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode):
            yield name.value, unfold(join_lines(value.value), text)


def _problem(error: Exception, path: str, line: int, excerpt: str) -> Problem:
    reason = getattr(error, "problem", None) or str(error) or type(error).__name__
    return Problem(
        code="front-matter",
        severity=Severity.ERROR,
        path=path,
        line=line,
        column=1,
        message=f"the front matter is not YAML: {reason}",
        help="write `title: …` and `summary: …`, quoting values that hold a colon",
        excerpt=excerpt,
    )
