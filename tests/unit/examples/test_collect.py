"""Files become docstrings of examples, with the lines of the file."""

from __future__ import annotations

from textwrap import dedent

import pytest

from glossator.examples.collect import collect, collect_bytes
from glossator.examples.example import Docstring, Flags, Kind
from glossator.examples.names import assigned_names, mentions


def collect_python(text: str) -> tuple[Docstring, ...]:
    return collect(dedent(text).lstrip("\n"), "layer.py")


def places(docstrings: tuple[Docstring, ...]) -> list[tuple[str, list[int]]]:
    return [(d.name, [example.line for example in d.examples]) for d in docstrings]


def test_lines_and_names_are_those_of_the_file() -> None:
    found = collect_python(
        '''
        r"""Title

        >>> 1 + 1
        2
        """

        class Layer:
            """
                >>> for i in range(2):
                ...     print(i)
                0
                1

                >>> Layer()
            """

            def forward(self):
                def inner():
                    """>>> 3"""

            @property
            def size(self):
                """>>> 4"""

            @size.setter
            def size(self, value):
                """>>> 5"""
        '''
    )

    assert places(found) == [
        ("__doc__", [3]),
        ("Layer", [9, 14]),
        ("Layer.forward.inner", [19]),
        ("Layer.size", [23]),
        ("Layer.size#2", [27]),
    ]
    loop = found[1].examples[0]
    assert loop.source == "for i in range(2):\n    print(i)\n"
    assert loop.want == "0\n1\n"
    assert [example.number for example in found[1].examples] == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        'def f():\n    """a\\nb\n    c \\\n    d\n    >>> 1\n    """\n',
        'def f():\n    "a\\n" """b\n    c\n    d\n\n    >>> 1\n    """\n',
    ],
)
def test_escapes_do_not_shift_lines(text: str) -> None:
    (docstring,) = collect(text, "layer.py")

    line = docstring.examples[0].line
    assert abs(line - text[: text.index(">>>")].count("\n") - 1) <= ('"a\\n"' in text)


def test_line_ends_of_windows() -> None:
    (docstring,) = collect('"""\r\n>>> 1\r\n1\r\n"""\r\n', "layer.py")

    assert docstring.examples[0].line == 2
    assert docstring.examples[0].want == "1\n"


def test_a_file_without_a_prompt_is_not_even_parsed() -> None:
    assert collect("print 'Python 2'", "old.py") == ()
    assert collect("no examples", "readme.md") == ()
    assert collect(">>> 1", "notes.txt") == ()


def test_a_file_that_does_not_parse_is_a_fault_at_its_line() -> None:
    (docstring,) = collect('"""\n>>> 1\n"""\nprint "x"\n', "old.py")

    assert docstring.examples == ()
    assert docstring.faults[0].line == 4
    assert docstring.faults[0].message.startswith("this file is not Python that can be read: ")


def test_comments_and_other_strings_are_no_docstrings() -> None:
    assert collect_python("# >>> 1\nx = '''\n>>> 2\n'''\n") == ()


def test_flags() -> None:
    (docstring,) = collect_python(
        '''
        """
        >>> 1  # doctest: +ELLIPSIS, +TOL(1e-2)
        >>> "# doctest: +SKIP"
        >>> 3  # doctest: +SKIP -SKIP
        """
        '''
    )

    assert [example.flags for example in docstring.examples] == [
        Flags(ellipsis=True, tolerance=0.01), Flags(), Flags(),
    ]  # fmt: skip
    assert docstring.faults == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (">>> 1  # doctest: +TOL(much)",
         "`# doctest: +TOL(much)` needs a number, as in `+TOL(1e-2)`"),
        (">>> 1  # doctest: SKIP", "`# doctest: SKIP` is not a flag: write `+NAME` or `-NAME`"),
        (">>> 1  # doctest: +SKYP",
         "`# doctest: +SKYP` is not known here; the flags are SKIP, ELLIPSIS, "
         "NORMALIZE_WHITESPACE, IGNORE_EXCEPTION_DETAIL, TOL(number)"),
        (">>>1", "a space is missing behind the prompt"),
    ],
)  # fmt: skip
def test_a_slip_is_a_fault(line: str, message: str) -> None:
    (docstring,) = collect_python(f'"""\n\n{line}\n"""\n')

    (fault,) = docstring.faults
    assert (fault.line, fault.message) == (3, message)


MARKDOWN = """\
# Guide

>>> x = 1
>>> x
1
This is prose further on.

```python
>>> x + 1
2
```
The fence has ended.

- in a list

  ~~~~ pycon
  >>> x + 2
  3
  ~~~~

```bash
>>> not Python
```

``` {.python .numbered}
y = 4
>>> y
4
~~~
5
```

<!-- A comment
>>> hidden
-->

<!-- One line. -->
>>> x + 3
4
"""


def test_markdown() -> None:
    (docstring,) = collect(MARKDOWN, "guide.md")

    assert docstring.kind is Kind.MARKDOWN and docstring.name == "examples"
    assert [(e.line, e.source, e.want) for e in docstring.examples] == [
        (3, "x = 1\n", ""),
        (4, "x\n", "1\nThis is prose further on.\n"),
        (9, "x + 1\n", "2\n"),
        (17, "x + 2\n", "3\n"),
        (27, "y\n", "4\n~~~\n5\n"),
        (38, "x + 3\n", "4\n"),
    ]


def test_output_ends_where_a_line_is_further_left() -> None:
    (docstring,) = collect("1. One\n\n   >>> 1\n   1\nProse.\n", "guide.md")

    assert docstring.examples[0].want == "1\n"


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (["x.to(device)"], True),
        (["f(device=1)"], False),
        (["x.device"], False),
        (["device = 'cpu'", "x.to(device)"], False),
        (["x.to(device)", "device = 'cpu'"], True),
        (["device = device or 1"], True),
        (["def f(device): return device"], False),
        (["def f(): return device"], True),
        (["[device for x in y]"], True),
        (["from here import device", "device"], False),
        (["x = 'device'"], False),
        (["not Python", "device"], True),
    ],
)
def test_whether_examples_mention_the_device(code: list[str], answer: bool) -> None:
    text = "".join(f">>> {line}\n" for line in code)
    (docstring,) = collect(text, "guide.md")

    assert mentions(docstring.examples, "device") is answer


def test_names_that_examples_assign() -> None:
    text = ">>> x, y = 1, 2\n>>> import a.b\n>>> def f(z): w = 1\n>>> print(v)\n>>> (n := 3)\n"
    (docstring,) = collect(text, "guide.md")

    assert assigned_names(docstring.examples) == {"x", "y", "a", "f", "n"}


def test_python_says_its_encoding_itself() -> None:
    text = '# coding: latin-1\n"""\n>>> "é"\n\'é\'\n"""\n'

    (docstring,) = collect_bytes(text.encode("latin-1"), "layer.py")
    (fault,) = collect_bytes(b"# coding: none\n# >>>", "layer.py")

    assert docstring.examples[0].want == "'é'\n"
    assert (
        fault.faults[0].message == "this file is not text that can be read: unknown encoding: none"
    )
    assert collect_bytes(b"\xff", "layer.py") == ()
