"""Material's frame around a page, rendered once for all pages that it would be the same for.

A page is a small part of its own file: the rest is the theme's, and Jinja makes it anew each time.
Here a template is rendered while it is watched (`questions.py`), which tells by what its output
would differ for another page. What has been asked makes a tree: a page goes along it by its
answers, and finds a frame at the end, or else it is rendered and a branch grows.

In a template of the site's author anything may happen. With one that does more than to print and
to decide (`watchable.py`), and wherever something cannot be watched, pages are rendered as MkDocs
would.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, Template
from jinja2.runtime import Context

from glossator.hosts.finishing import BARS, Drawn, Finished, finish, quoted
from glossator.hosts.questions import (
    MARK,
    SOMETHING,
    Step,
    Trace,
    Untraceable,
    Values,
    kind_of,
    watched_function,
    watched_test,
)
from glossator.hosts.watchable import is_watchable

_CONSTANT = frozenset({"config", "locale", "mkdocs_version", "pages"})
"""Variables of templates that are the same for all pages of a build."""

_KEEPING = frozenset({"tight", "name_search"})
"""Our filters for whole parts of a page."""

_MARKED = re.compile(f"{MARK}([0-9]+)(\ue002?)\ue001")
_IN_QUOTES = re.compile(f'(?<=[a-z])="{MARK}([0-9]+)\ue001"(?=[^<>/][^<>]*>|>)')
_TIDY = re.compile(r"\S(?:[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*\S)?")
"""A line that would be the same without the white space around it."""

_PLENTY = frozenset({str, list, dict, Drawn})
"""Types whose values are never of a kind that decides something: there are too many."""

_MOST = 100
"""So many branches may grow before pages are many that found one."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a frame shows a value of the page.

    `in_article` there is nothing to be tidied around it; `in_quotes` it stands for the whole value
    of an attribute, with its quotes.
    """

    index: int
    in_article: bool
    in_quotes: bool


Frame = tuple["str | Gap", ...]


@dataclass(slots=True)
class Branch:
    """Steps, and then a question whose answers lead on; or, at the end, the frame.

    A step whose value is none, or one of few, is an exit: by its position and the kind of value.
    """

    steps: list[Step] = field(default_factory=list)
    exits: dict[tuple[int, Hashable], Branch] = field(default_factory=dict)
    question: Step | None = None
    answers: dict[Hashable, Branch] = field(default_factory=dict)
    frame: Frame | None = None


class FramedTemplate(Template):
    """A template that looks for a frame before it is rendered."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """A page in its frame; what is none is rendered as usual."""
        frames: Frames = self.environment.frames  # type: ignore[attr-defined]
        framed = frames.render(self, dict(*args, **kwargs))
        return super().render(*args, **kwargs) if framed is None else framed


class Frames:
    """The frames of one environment; templates of some folders are known."""

    def __init__(self, env: Environment, known: Collection[Path]) -> None:
        self._env, self._known = env, known
        self._trees: dict[str | None, Branch] = {}
        self._grown = self._found = 0
        self._settings: tuple[Mapping[str, Any], ...] | None = None
        self._watching: Environment | None = None
        self._watchable: dict[str, bool] = {}
        self._trace: Trace | None = None

    def render(self, template: Template, variables: Mapping[str, Any]) -> str | None:
        """A page in its frame, or nothing if that cannot be."""
        if variables.get("page") is None or "locale" not in variables:
            return None
        if not self._is_settled(variables["config"]):
            return None
        context = template.new_context(dict(variables))
        tree = self._trees.setdefault(template.name, Branch(question=_names))
        values: Values = []
        try:
            frame = _walk(tree, values, context)
            if frame is None:
                if self._grown > _MOST and self._grown > self._found:
                    return None
                self._grown += 1
                values, frame = self._grow(tree, template, context)
            else:
                self._found += 1
        except Untraceable:
            return None
        return _filled(frame, values)

    def _is_settled(self, config: Any) -> bool:
        """Whether the configuration is as it was: a plugin might change it for a page."""
        settings = (dict(config), dict(config.theme), dict(config.extra))
        self._settings = self._settings or settings
        return self._settings == settings

    def _grow(self, tree: Branch, template: Template, context: Context) -> tuple[Values, Frame]:
        """Render a page, watched; its frame becomes one of the tree."""
        env = self._watching_env()
        self._trace = trace = Trace(self._env, context)
        try:
            trace.answer(_names)
            variables = {
                name: context[name] if name in _CONSTANT else trace.variable(name)
                for name in context.parent
                if name not in self._env.globals
            }
            output = env.get_template(template.name or "").render(variables)
        except Untraceable:
            raise
        except Exception as error:
            # Whatever it is, it happens again, or not, when the page is rendered as usual.
            raise Untraceable from error
        finally:
            self._trace = None
        if not all(map(self._may_be_watched, _templates(env))):
            raise Untraceable
        frame = tuple(_cut(finish(output, context["locale"])))
        _graft(tree, trace, frame)
        return trace.values, frame

    def _watching_env(self) -> Environment:
        """The environment in which templates are rendered while they are watched."""
        if self._watching is None:
            env = self._watching = self._env.overlay(cache_size=400)
            env.template_class = Template
            env.filters = {
                name: watched_function(value, self._current, keeps_marks=name in _KEEPING)
                for name, value in env.filters.items()
            }
            env.tests = {
                name: watched_test(value, self._current)
                for name, value in cast(dict[str, Callable[..., Any]], env.tests).items()
            }
            env.globals = {
                name: watched_function(value, self._current) if callable(value) else value
                for name, value in env.globals.items()
            }
        return self._watching

    def _may_be_watched(self, template: Template) -> bool:
        """Whether a template is known, or one of the site's author that does nothing strange."""
        file, name = Path(template.filename or ""), template.name or ""
        if any(file.is_relative_to(folder) for folder in self._known) or name.startswith(".icons/"):
            return True
        if name not in self._watchable:
            assert self._env.loader is not None
            source, _, _ = self._env.loader.get_source(self._env, name)
            self._watchable[name] = is_watchable(source, self._env)
        return self._watchable[name]

    def _current(self) -> Trace:
        assert self._trace is not None
        return self._trace


def _names(values: Values, context: Context) -> Hashable:
    return tuple(context.parent)


def _templates(env: Environment) -> list[Template]:
    """The templates that have been used."""
    assert env.cache is not None
    return list(env.cache.values())


def _walk(tree: Branch, values: Values, context: Context) -> Frame | None:
    """The frame at which a page arrives by its answers; on the way its values are made."""
    branch: Branch | None = tree
    while branch is not None:
        for position, step in enumerate(branch.steps):
            value = step(values, context)
            values.append(value)
            if type(value) not in _PLENTY and (kind := kind_of(value)) != SOMETHING:
                branch = branch.exits.get((position, kind))
                break
        else:
            if branch.question is None:
                return branch.frame
            branch = branch.answers.get(branch.question(values, context))
    return None


def _graft(tree: Branch, trace: Trace, frame: Frame) -> None:
    """Add what was asked: as far as the answers are known, it is in the tree already."""
    branch, position = tree, 0
    for entry in trace.entries:
        if entry.is_question:
            branch.question = entry.step
            branch, position = branch.answers.setdefault(entry.outcome, Branch()), 0
            continue
        if position == len(branch.steps):
            branch.steps.append(entry.step)
        if entry.outcome == SOMETHING:
            position += 1
        else:
            branch = branch.exits.setdefault((position, entry.outcome), Branch())
            position = 0
    branch.frame = frame


def _cut(output: str) -> Iterator[str | Gap]:
    """A finished page with marks, cut at them."""
    before, start, rest = output.partition("<article")
    body, end, after = rest.rpartition("</article>")
    before = BARS.sub(lambda bars: _IN_QUOTES.sub(f"={MARK}\\1\ue002\ue001", bars[0]), before)
    for text, in_article in ((before + start, False), (body, True), (end + after, False)):
        at = 0
        for found in _MARKED.finditer(text):
            yield text[at : found.start()]
            yield Gap(int(found[1]), in_article, bool(found[2]))
            at = found.end()
        yield text[at:]


def _filled(frame: Frame, values: Values) -> str | None:
    """A frame with the values of a page; nothing if one of them would have to be tidied."""
    parts: list[str] = []
    for part in frame:
        if isinstance(part, str):
            parts.append(part)
            continue
        value = values[part.index]
        text = str(value)
        is_tidy = bool(text) if isinstance(value, Drawn) else _TIDY.fullmatch(text)
        if not part.in_article and not is_tidy:
            return None
        parts.append(quoted(text) if part.in_quotes else text)
    return Finished("".join(parts))
