"""Case files: one file per case, with a title, the input in parts, and the expected output.

    What the case shows, in a sentence.

    --- key
    <p>Words</p>
    --- expected
    clean

A part runs to the next line that begins with `--- `. In the input `<U+0007>` stands for a
character, `<0xFF>` for a byte, and `<end>` for the end of a part without a line break.
With UPDATE_CASES=1 the expected part is rewritten, and its diff is reviewed like code.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "cases"

_PART = re.compile(r"^--- (.+)\n", re.MULTILINE)
_CHARACTER = re.compile(r"<U\+([0-9A-F]{4,6})>")
_BYTE = re.compile(r"<0x([0-9A-F]{2})>")


def cases(folder: str) -> pytest.MarkDecorator:
    """Run a test once for each case of a folder, as its argument `case`."""
    paths = sorted((FOLDER / folder).glob("*.txt"))
    return pytest.mark.parametrize("case", paths, ids=[path.stem for path in paths])


def run_case(case: Path, actual: Callable[[dict[str, str]], str]) -> None:
    """Compare what comes of a case's input with what it expects, or write it down."""
    text = case.read_bytes().decode()
    title, *pieces = _PART.split(text)
    assert title.strip(), "a case begins with what it shows"
    parts = dict(zip(pieces[::2], pieces[1::2], strict=True))
    expected = parts.pop("expected", "")
    output = actual({name: unescape(part) for name, part in parts.items()})
    if os.environ.get("UPDATE_CASES") and output != expected:
        head = text.partition("--- expected\n")[0]
        case.write_bytes(f"{head}--- expected\n{output}".encode())
        return
    assert output == expected


def unescape(part: str) -> str:
    """A part with its characters written out; bytes become what `surrogateescape` makes of them."""
    part = part.partition("<end>")[0] if "<end>" in part else part
    part = _CHARACTER.sub(lambda match: chr(int(match[1], 16)), part)
    return _BYTE.sub(lambda match: chr(0xDC00 + int(match[1], 16)), part)
