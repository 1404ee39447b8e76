"""Examples are run: what they print, what they raise, and what stops them."""

from __future__ import annotations

import random
import signal
import sys
import time
from textwrap import dedent
from typing import Any

import pytest

from glossator.examples.collect import collect
from glossator.examples.example import Docstring, Kind, Outcome, Status, overall
from glossator.examples.limit import OutOfTime, time_limit
from glossator.examples.messages import failure_text, unrun_text
from glossator.examples.run import Manner, run
from glossator.examples.settle import settled


def docstring_of(text: str, path: str = "guide.md") -> Docstring:
    (docstring,) = collect(dedent(text).lstrip("\n"), path)
    return docstring


def outcomes_of(
    text: str, namespace: dict[str, Any] | None = None, **manner: Any
) -> tuple[Outcome, ...]:
    return run(docstring_of(text), namespace if namespace is not None else {}, Manner(**manner))


def test_examples_share_their_names() -> None:
    outcomes = outcomes_of(">>> x = 2\n>>> x + y\n5\n>>> _ * 2\n10\n", {"y": 3})

    assert [outcome.status for outcome in outcomes] == [Status.PASSED] * 3
    assert overall(outcomes) is Status.PASSED


def test_every_expression_is_displayed_as_at_the_prompt() -> None:
    (outcome,) = outcomes_of(">>> for i in range(2):\n...     i\n...     None\n0\n1\n")

    assert outcome.status is Status.PASSED


def test_a_wrong_output_does_not_end_a_docstring_but_an_exception_does() -> None:
    outcomes = outcomes_of(">>> 1\n2\n>>> nobody\n>>> 3\n3\n")

    assert [outcome.status for outcome in outcomes] == ["failed", "failed", "skipped"]
    assert outcomes[0].reason == "number 1 is 1, not 2: integers are compared exactly"
    assert outcomes[1].reason.splitlines() == [
        "it raised NameError: name 'nobody' is not defined",
        "  guide.md:3 in <module>",
    ]
    assert outcomes[2].reason == "the example on line 3 raised an exception"


def test_an_expected_exception() -> None:
    text = """
        >>> int("x")
        Traceback (most recent call last):
            ...
        ValueError: invalid literal for int() with base 10: 'x'
        >>> int("1")
        Traceback (most recent call last):
        ValueError
        1
    """
    first, second = outcomes_of(text)

    assert first.status is Status.PASSED
    assert second.status is Status.FAILED
    assert second.reason == "no exception was raised, but this was expected: ValueError\n1"


@pytest.mark.parametrize("error", ["SystemExit(3)", "GeneratorExit()"])
def test_no_exception_ends_the_run(error: str) -> None:
    (outcome,) = outcomes_of(f">>> raise {error}\n")

    assert outcome.status is Status.FAILED


def test_a_person_may_end_the_run() -> None:
    with pytest.raises(KeyboardInterrupt):
        outcomes_of(">>> raise KeyboardInterrupt\n")


def test_a_syntax_error_is_told_without_a_place_of_its_own() -> None:
    (outcome,) = outcomes_of(">>> a b\n")

    assert outcome.reason == "it raised SyntaxError: invalid syntax"


def test_some_skipped_is_partial_and_all_skipped_is_skipped() -> None:
    partial = outcomes_of(">>> 1\n1\n>>> 2  # doctest: +SKIP\n")
    nothing = outcomes_of(">>> 2  # doctest: +SKIP\n")

    assert overall(partial) is Status.PARTIAL
    assert overall(nothing) is Status.SKIPPED
    assert unrun_text(partial) == (
        "1 of 2 examples not run or not compared: line 3: it is marked +SKIP"
    )


def test_an_excuse_skips_the_rest() -> None:
    outcomes = outcomes_of(
        ">>> 1\n1\n>>> raise ImportError('no numpy')\n>>> 3\n",
        excuse=lambda error: str(error) if isinstance(error, ImportError) else "",
    )

    assert [outcome.status for outcome in outcomes] == ["passed", "skipped", "skipped"]
    assert {outcome.reason for outcome in outcomes[1:]} == {"no numpy"}


def test_future_features_of_the_module_hold() -> None:
    import __future__

    text = ">>> def f(x: nobody): ...\n>>> f.__annotations__\n{'x': 'nobody'}\n"

    assert overall(outcomes_of(text, {"annotations": __future__.annotations})) is Status.PASSED
    assert overall(outcomes_of(text)) is Status.FAILED


def test_memory_that_ran_out_is_told_as_such() -> None:
    (outcome,) = outcomes_of(">>> x = bytearray(1 << 62)\n")

    assert outcome.reason.splitlines()[0] == "the device has no memory left for it: MemoryError"


def test_a_notebook_displays_the_last_expression_of_a_cell_only() -> None:
    cells = '{"cells": [{"cell_type": "code", "execution_count": 1, "outputs": [], "source": %s}]}'
    docstring = docstring_of(cells % '"1\\n2;"', "guide.ipynb")
    assert docstring.kind is Kind.NOTEBOOK

    (quiet,) = run(docstring, {}, Manner())
    (shown,) = run(docstring_of(cells % '"1\\n2"', "guide.ipynb"), {}, Manner())
    (looped,) = run(docstring_of(cells % '"for i in [1]:\\n  i"', "guide.ipynb"), {}, Manner())

    assert (quiet.got, shown.got, looped.got) == ("", "2\n", "")
    assert shown.reason == "nothing should be printed"


def test_the_message_shows_everything() -> None:
    docstring = docstring_of("\n\n>>> for i in [1]:\n...     print(i / 3, '\\x1b[2J')\n0.5\n")

    outcomes = run(docstring, {}, Manner())

    assert failure_text(docstring, "cpu", outcomes) == dedent("""\
        guide.md:1: this example of examples fails on cpu
           1 | >>> for i in [1]:
           2 | ...     print(i / 3, '\\x1b[2J')
        want:
            0.5
        got:
            0.3333333333333333 <U+001B>[2J
        number 1 is 0.3333333333333333, not 0.5: it is off by 0.1667, and 0.05 is allowed""")


def test_a_long_output_is_cut() -> None:
    docstring = docstring_of(">>> print('a\\n' * 100)\n")

    text = failure_text(docstring, "cpu", run(docstring, {}, Manner()))

    assert "want: nothing\n" in text and "    … and 60 lines more\n" in text


@pytest.mark.parametrize(
    "code",
    [
        "while True: pass",
        "while True:\n...     try:\n...         __import__('time').sleep(60)\n"
        "...     except Exception: pass",
    ],
)
def test_an_example_that_hangs_is_stopped(code: str) -> None:
    started = time.monotonic()
    first, second = outcomes_of(f">>> {code}\n>>> 1\n1\n", seconds=0.2)

    assert time.monotonic() - started < 30
    assert first.status is Status.FAILED and second.status is Status.SKIPPED
    assert first.reason.splitlines()[0] == "it was stopped: it had not ended after 0.2 seconds"
    assert first.got == "" and "limit.py" not in first.reason


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no alarms")
def test_an_alarm_that_was_set_before_still_comes() -> None:
    rung: list[float] = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append(time.monotonic()))
    started = time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with time_limit(60):
            pass
        with pytest.raises(OutOfTime), time_limit(0.05):
            time.sleep(10)
        time.sleep(0.5)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert len(rung) == 1 and rung[0] - started > 0.25


def test_without_alarms_a_thread_interrupts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(signal, "setitimer", raising=False)

    def doze() -> None:
        for _ in range(500):
            time.sleep(0.01)

    with pytest.raises(OutOfTime), time_limit(0.05):
        doze()
    with pytest.raises(KeyboardInterrupt), time_limit(60):
        raise KeyboardInterrupt


def test_randomness_is_settled_and_put_back() -> None:
    state = random.getstate()
    with settled({}):
        first = random.random()
    with settled({}):
        assert random.random() == first
    assert random.getstate() == state


def test_printing_of_numpy_is_settled_and_put_back() -> None:
    numpy = pytest.importorskip("numpy", reason="NumPy is not installed")
    with settled(sys.modules):
        numpy.set_printoptions(precision=1)
        numpy.seterr(all="raise")
        first = numpy.random.rand()
    assert numpy.get_printoptions()["precision"] == 8
    assert numpy.geterr()["over"] != "raise"
    with settled(sys.modules):
        assert numpy.random.rand() == first
