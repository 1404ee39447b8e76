"""Examples are run: a docstring and a namespace come in, what came of each example goes out.

The code is compiled under the file's own name and line numbers, so that every traceback leads to
the example. A wrong output does not end a docstring; an exception that was not expected does, since
the examples below it would fail for a reason of their own.
"""

from __future__ import annotations
import __future__

import ast
import contextlib
import io
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from glossator.examples.compare import compare, compare_exception, wanted_exception
from glossator.examples.example import Docstring, Example, Kind, Outcome, Status
from glossator.examples.limit import PLACE, OutOfTime, time_limit
from glossator.examples.names import parse_quietly

Namespace = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Manner:
    """How examples are run.

    `seconds` is the limit for one example, `stderr` where the last words of a process go that has
    to be ended, `after` waits for the device, and `see` is shown each value that is printed.
    `excuse` gives the reason if an exception only says that an example cannot be run here.
    """

    seconds: float = 60.0
    stderr: int | None = None
    after: Callable[[], object] = lambda: None
    see: Callable[[object], object] = lambda value: None
    excuse: Callable[[BaseException], str] = lambda error: ""


def run(docstring: Docstring, namespace: Namespace, manner: Manner) -> tuple[Outcome, ...]:
    """Run the examples in their order; the namespace holds what they made of it."""
    outcomes: list[Outcome] = []
    ended = ""
    for example in docstring.examples:
        if example.flags.skip:
            outcomes.append(Outcome(example, Status.SKIPPED, reason="it is marked +SKIP"))
        elif ended:
            outcomes.append(Outcome(example, Status.SKIPPED, reason=ended))
        else:
            outcome, ended = _outcome(docstring, example, namespace, manner)
            outcomes.append(outcome)
    return tuple(outcomes)


def _outcome(
    docstring: Docstring, example: Example, namespace: Namespace, manner: Manner
) -> tuple[Outcome, str]:
    """What came of an example, and why those below it cannot be run, if they cannot."""
    started = time.perf_counter()
    printed, error = _execute(docstring, example, namespace, manner)
    seconds = time.perf_counter() - started
    excuse = "" if error is None else manner.excuse(error)
    if excuse:
        return Outcome(example, Status.SKIPPED, printed, seconds, excuse), excuse
    expected = None if example.want is None else wanted_exception(example.want)
    got = printed if error is None else _told(error)
    if error is None or (expected is not None and isinstance(error, Exception)):
        status, reason = _judge(example, got, expected, error is not None)
        return Outcome(example, status, got, seconds, reason), ""
    reason = describe_error(error, docstring.path, manner.seconds)
    ended = f"the example on line {example.line} raised an exception"
    return Outcome(example, Status.FAILED, printed + got, seconds, reason), ended


def _judge(example: Example, got: str, expected: str | None, raised: bool) -> tuple[Status, str]:
    if example.want is None:
        return Status.PARTIAL, example.left_out
    if expected is not None and not raised:
        return Status.FAILED, f"no exception was raised, but this was expected: {expected.strip()}"
    wrong = (
        compare(example.want, got, example.flags)
        if expected is None
        else compare_exception(expected, got, example.flags)
    )
    if wrong:
        return Status.FAILED, wrong
    return (Status.PARTIAL, example.left_out) if example.left_out else (Status.PASSED, "")


def _execute(
    docstring: Docstring, example: Example, namespace: Namespace, manner: Manner
) -> tuple[str, BaseException | None]:
    """What the example printed, and the exception that ended it."""
    printed = io.StringIO()
    with _display(namespace, manner.see), contextlib.redirect_stdout(printed):
        try:
            with time_limit(manner.seconds, stderr=manner.stderr):
                for code in _compile(docstring, example, namespace):
                    exec(code, namespace)
                manner.after()
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            return printed.getvalue(), error
    return printed.getvalue(), None


def _compile(docstring: Docstring, example: Example, namespace: Namespace) -> list[Any]:
    """The example's statements; the values of those that are expressions will be displayed.

    A notebook displays its last one only, and that not if a semicolon follows.
    """
    tree = parse_quietly(example.source)
    ast.increment_lineno(tree, example.line - 1)
    quiet, shown = _parted(tree.body) if docstring.kind is Kind.NOTEBOOK else ([], tree.body)
    if docstring.kind is Kind.NOTEBOOK and example.source.rstrip().endswith(";"):
        quiet, shown = tree.body, []
    flags = _future_flags(namespace)
    parts = ((ast.Module(quiet, []), "exec"), (ast.Interactive(shown), "single"))
    return [
        compile(part, docstring.path, mode, flags, dont_inherit=True)
        for part, mode in parts
        if part.body
    ]


def _parted(body: list[ast.stmt]) -> tuple[list[ast.stmt], list[ast.stmt]]:
    """A notebook's cell: what is run quietly, and the expression at its end."""
    cut = len(body) - (1 if body and isinstance(body[-1], ast.Expr) else 0)
    return body[:cut], body[cut:]


def _future_flags(namespace: Mapping[str, Any]) -> int:
    """What the module has imported from `__future__` holds for its examples too."""
    flags = 0
    for name in __future__.all_feature_names:
        feature = namespace.get(name)
        if isinstance(feature, __future__._Feature):
            flags |= feature.compiler_flag
    return flags


@contextlib.contextmanager
def _display(namespace: Namespace, see: Callable[[object], object]) -> Iterator[None]:
    """Print values as the prompt does, and keep the last one under the name `_`."""

    def display(value: object) -> None:
        if value is not None:
            see(value)
            print(repr(value))
            namespace["_"] = value

    before, sys.displayhook = sys.displayhook, display
    try:
        yield
    finally:
        sys.displayhook = before


def _told(error: BaseException) -> str:
    """The exception as the last lines of its traceback, without the place of a syntax error."""
    if isinstance(error, OutOfTime):
        return ""  # It is ours, not the example's.
    lines = traceback.format_exception_only(type(error), error)
    if isinstance(error, SyntaxError):
        lines = [line for line in lines if not line.startswith(" ")]
    return "".join(lines)


def describe_error(error: BaseException, path: str, seconds: float) -> str:
    """An exception that was not expected: what it is, and how the code came to it."""
    if isinstance(error, OutOfTime):
        message = f"it was stopped: it had not ended after {seconds:g} seconds"
    elif is_out_of_memory(error):
        message = f"the device has no memory left for it: {_told(error).strip()}"
    else:
        message = f"it raised {_told(error).strip()}"
    return "\n".join([message, *_frames(error, path)])


def is_out_of_memory(error: BaseException) -> bool:
    """Whether memory ran out; torch says so in a class of its own, or only in words."""
    told = str(error).lower()
    return isinstance(error, MemoryError) or (
        isinstance(error, RuntimeError)
        and ("out of memory" in told or "can't allocate memory" in told)
    )


def _frames(error: BaseException, path: str) -> list[str]:
    """The calls that led to an exception, from the example on."""
    frames = traceback.extract_tb(error.__traceback__)
    first = next((n for n, frame in enumerate(frames) if frame.filename == path), len(frames))
    return [
        f"  {frame.filename}:{frame.lineno} in {frame.name}: {frame.line or ''}".removesuffix(": ")
        for frame in frames[first:]
        if frame.filename != PLACE
    ]
