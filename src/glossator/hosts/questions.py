"""What templates ask of a page, written down while they are rendered.

A template does not know that it is watched: instead of the page, and of all else that may differ
from page to page, it gets an `Asked`. What it reads is a *step*; what it decides by is a *question*
with its answer; what it prints of a page is left open. A page that gives the same answers makes
the same frame, and its own steps fill it. What cannot be watched is `Untraceable`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from jinja2 import Environment, Undefined
from jinja2.filters import FILTERS
from jinja2.runtime import Context

Values = list[Any]
Step = Callable[[Values, Context], Any]
"""Makes a value of earlier values and of the variables that a template has."""

MARK: Final = "\ue000"
"""Begins a mark, which stands in a frame for what is printed of a page."""

SOMETHING, NOTHING = "something", "undefined"


class Untraceable(Exception):
    """A template does with a page what cannot be done for another one later."""


def mark(index: int) -> str:
    """The mark for a value."""
    return f"{MARK}{index}\ue001"


@dataclass(frozen=True, slots=True)
class Entry:
    """A step with the kind of its value, or a question with its answer."""

    step: Step
    outcome: Hashable
    is_question: bool = False


class Trace:
    """What was asked in one rendering, in order."""

    def __init__(self, env: Environment, context: Context) -> None:
        self.env, self.context = env, context
        self.values: Values = []
        self.entries: list[Entry] = []
        self._known: dict[Hashable, Any] = {}

    def variable(self, name: str) -> Any:
        """A variable of the templates, to be watched."""
        return self.step(("variable", name), lambda _, context: context[name])

    def step(self, key: Hashable | None, step: Step) -> Any:
        """Take a step; where the same was taken before (by its key), its value is known."""
        if key is not None and key in self._known:
            return self._known[key]
        watched = self._watched(step)
        if key is not None:
            self._known[key] = watched
        return watched

    def _watched(self, step: Step) -> Any:
        """The value itself if it is one of few; else what watches it."""
        value = step(self.values, self.context)
        kind = kind_of(value)
        self.values.append(value)
        self.entries.append(Entry(step, kind))
        if kind != SOMETHING:
            return value
        if callable(value):
            raise Untraceable
        return Asked(self, len(self.values) - 1)

    def answer(self, question: Step) -> Any:
        """Ask, and write down what the page answers."""
        answer: Hashable = question(self.values, self.context)
        self.entries.append(Entry(question, answer, is_question=True))
        return answer

    def call(
        self, function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> Any:
        """A call with values that are watched; it is made again for every page."""
        binds = [_binding(arg) for arg in args]
        named = {name: _binding(arg) for name, arg in kwargs.items()}

        def step(values: Values, context: Context) -> Any:
            bound = {name: bind(values, context) for name, bind in named.items()} if named else {}
            made = function(*[bind(values, context) for bind in binds], **bound)
            return list(made) if type(made) is not str and isinstance(made, Iterator) else made

        indexes = tuple(_key(arg) for arg in args)
        key = None if kwargs or None in indexes else (function, indexes)
        return self.step(key, step)


def kind_of(value: Any) -> Hashable:
    """What a template may decide by without our knowing: whether there is a value, and small ones.

    >>> kind_of(None), kind_of(True), kind_of("text")
    ((<class 'NoneType'>, None), (<class 'bool'>, True), 'something')
    """
    if isinstance(value, Undefined):
        return NOTHING
    if value is None or type(value) in (bool, int, float):
        return type(value), value
    return SOMETHING


class Asked:
    """A value of a page, as a template sees it that is watched."""

    __slots__ = ("_index", "_trace")

    def __init__(self, trace: Trace, index: int) -> None:
        self._trace, self._index = trace, index

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        index, env = self._index, self._trace.env
        return self._trace.step(
            ("attribute", index, name), lambda values, _: env.getattr(values[index], name)
        )

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, str | int):
            raise Untraceable
        index, env = self._index, self._trace.env
        return self._trace.step(
            ("item", index, key), lambda values, _: env.getitem(values[index], key)
        )

    def __str__(self) -> str:
        return mark(self._index)

    def __bool__(self) -> bool:
        index = self._index
        return bool(self._trace.answer(lambda values, _: bool(values[index])))

    def __len__(self) -> int:
        index = self._index
        return int(self._trace.answer(lambda values, _: len(values[index])))

    def __iter__(self) -> Iterator[Any]:
        index, trace = self._index, self._trace
        listed = ("listed", index)
        whole = trace.step(listed, lambda values, _: list(values[index]))
        return iter([whole[number] for number in range(len(whole))])

    def __contains__(self, item: Any) -> bool:
        index, bind = self._index, _binding(item)
        return bool(
            self._trace.answer(lambda values, context: bind(values, context) in values[index])
        )

    def __eq__(self, other: object) -> bool:
        index, bind = self._index, _binding(other)
        return bool(
            self._trace.answer(lambda values, context: bool(values[index] == bind(values, context)))
        )

    def __hash__(self) -> int:
        raise Untraceable

    def __format__(self, spec: str) -> str:
        raise Untraceable


def watched_function(
    function: Callable[..., Any], trace: Callable[[], Trace], *, keeps_marks: bool = False
) -> Any:
    """A filter or a function for templates that are watched.

    What depends on the page by the variables of its template is called again for every page. One
    that `keeps_marks` may be given texts that have some, and does with them what it would do with
    the texts that take their place.
    """
    passed = getattr(function, "jinja_pass_arg", None)
    passes_context = passed is not None and passed.name == "context"
    is_own = passes_context and function not in FILTERS.values()

    def call(*args: Any, **kwargs: Any) -> Any:
        given = args[1:] if passed is not None else args
        if is_own or _varies((*given, *kwargs.values())):
            first = (CONTEXT,) if passes_context else args[: len(args) - len(given)]
            return trace().call(function, (*first, *given), kwargs)
        if not keeps_marks and any(
            isinstance(arg, str) and MARK in arg for arg in (*given, *kwargs.values())
        ):
            raise Untraceable
        return function(*args, **kwargs)

    if passed is not None:
        call.jinja_pass_arg = passed  # type: ignore[attr-defined]
    return call


def watched_test(test: Callable[..., Any], trace: Callable[[], Trace]) -> Any:
    """A test (`is defined`) for templates that are watched: its outcome is an answer."""
    passed = getattr(test, "jinja_pass_arg", None)

    def call(*args: Any) -> Any:
        if not _varies(args):
            return test(*args)
        bind = _binding(list(args))
        return trace().answer(lambda values, context: bool(test(*bind(values, context))))

    if passed is not None:
        call.jinja_pass_arg = passed  # type: ignore[attr-defined]
    return call


class _ContextMark:
    """Stands for the variables of a template among the arguments of a call."""


CONTEXT: Final = _ContextMark()


def _varies(value: Any) -> bool:
    """Whether a value is, or has in it, what differs from page to page."""
    if isinstance(value, dict):
        return any(map(_varies, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_varies, value))
    return isinstance(value, Asked | _ContextMark)


def _binding(value: Any) -> Step:
    """How a value is made for another page: what is watched in it is that page's own."""
    if value is CONTEXT:
        return lambda _, context: context
    if isinstance(value, Asked):
        index = object.__getattribute__(value, "_index")
        return lambda values, _: values[index]
    if isinstance(value, str) and MARK in value:
        raise Untraceable
    if not _varies(value):
        return lambda *_: value
    if isinstance(value, dict):
        named = {key: _binding(item) for key, item in value.items()}
        return lambda values, context: {key: bind(values, context) for key, bind in named.items()}
    items = [_binding(item) for item in value]
    kind = type(value)
    return lambda values, context: kind(bind(values, context) for bind in items)


def _key(value: Any) -> Hashable | None:
    """A name for an argument, if there is one: what is the same has the same."""
    if isinstance(value, Asked):
        return "asked", object.__getattribute__(value, "_index")
    if value is CONTEXT or isinstance(value, str | int | bool):
        return type(value), value
    return None
