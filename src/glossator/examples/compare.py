"""An output against the one that is written down: both come in, what differs goes out.

Made for tensors and arrays. Where a value lies and how its gradient is made (`device='cuda:0'`,
`grad_fn=<AddBackward0>`) differs by device and is left out on both sides. Padding does not count,
integers and text are exact, and a float may be off by max(1e-5, 1e-3·|want|, half a unit of the
last decimal that is written), so that nobody has to know how many digits a device agrees on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from glossator.examples.example import Flags
from glossator.examples.numbers import Number, Token, read_tokens

_PLACES = re.compile(
    r"(?P<before>,\s*)?\b(?:device='(?:cpu|cuda|mps|xpu|hpu|xla|mtia|npu|privateuseone)(?::\d+)?'"
    r"|grad_fn=<[^<>]*>)(?(before)|(?:,\s*)?)"
)
_TRACEBACK = re.compile(
    r"\s*Traceback \((?:most recent call last|innermost last)\):\n(?:[ \t].*\n|\n)*(?P<told>\S.*)",
    re.DOTALL,
)
_FLOOR, _SHARE = Decimal("1e-5"), Decimal("1e-3")
_SHOWN = 24
"""Characters of an output that a difference quotes."""
_GAP = "\0"
_PLAIN = Flags()


def compare(want: str, got: str, flags: Flags = _PLAIN) -> str:
    """What differs, in words; empty if the output is as it should be."""
    want, got = _cleaned(want, flags), _cleaned(got, flags)
    if want == got:
        return ""
    if flags.ellipsis and "..." in want:
        return _compare_with_gaps(want, got, flags)
    if not want or not got:
        return "nothing was printed" if want else "nothing should be printed"
    return _difference(read_tokens(want), read_tokens(got), flags)


def wanted_exception(want: str) -> str | None:
    """The last part of a traceback that is written down: the exception's type and its message."""
    match = _TRACEBACK.match(want)
    return match["told"] if match else None


def compare_exception(want: str, got: str, flags: Flags = _PLAIN) -> str:
    """What differs between two exceptions, each given as `Type: message`."""
    if flags.ignore_exception_detail:
        want, got = (text.split(":")[0].strip().rpartition(".")[2] for text in (want, got))
    return compare(want, got, flags)


def _cleaned(text: str, flags: Flags) -> str:
    lines = ("" if line.strip() == "<BLANKLINE>" else line.rstrip() for line in text.split("\n"))
    text = _PLACES.sub("", "\n".join(lines)).rstrip("\n")
    return " ".join(text.split()) if flags.normalize_whitespace else text


def _difference(want: Sequence[Token], got: Sequence[Token], flags: Flags) -> str:
    """The first number or text that differs, and how many more numbers do."""
    numbers: list[str] = []
    count = 0
    for index, (left, right) in enumerate(zip(want, got, strict=False)):
        if isinstance(left, Number) and isinstance(right, Number):
            count += 1
            wrong = _number_difference(left, right, flags)
            if wrong:
                numbers.append(f"number {count}{_on_line(left)} {wrong}")
        elif left != right:
            return numbers[0] if numbers else _text_difference(want, got, index)
    if numbers:
        more = f"; {len(numbers) - 1} of the others differ too" if len(numbers) > 1 else ""
        return numbers[0] + more
    if len(want) != len(got):
        return _text_difference(want, got, min(len(want), len(got)))
    return ""


def _on_line(number: Number) -> str:
    return f" (line {number.line})" if number.line > 1 else ""


def _number_difference(want: Number, got: Number, flags: Flags) -> str:
    """How far a number is off and how far it may be; empty if it is near enough."""
    if want.is_integer or got.is_integer:
        if want.is_integer and got.is_integer and want.value == got.value:
            return ""
        if want.is_integer and got.is_integer:
            return f"is {got.text}, not {want.text}: integers are compared exactly"
        kinds = ("an integer", "a float") if got.is_integer else ("a float", "an integer")
        return f"is {kinds[0]}, {got.text}, not {kinds[1]}, {want.text}"
    if not (want.value.is_finite() and got.value.is_finite()):
        same = want.value == got.value or (want.value.is_nan() and got.value.is_nan())
        return "" if same else f"is {got.text}, not {want.text}"
    off, allowed = abs(got.value - want.value), _allowed(want, flags)
    if off <= allowed:
        return ""
    return f"is {got.text}, not {want.text}: it is off by {off:.4g}, and {allowed:.4g} is allowed"


def _allowed(want: Number, flags: Flags) -> Decimal:
    floor, share = _FLOOR, _SHARE
    if flags.tolerance is not None:
        floor = share = Decimal(repr(flags.tolerance))
    return max(floor, share * abs(want.value), want.half_unit)


def _text_difference(want: Sequence[Token], got: Sequence[Token], index: int) -> str:
    """Both outputs from where they part."""
    if index == len(want):
        return f"more was printed than is written down: {_quoted(got, index)}"
    if index == len(got):
        return f"the output ends too early: {_quoted(want, index)} is missing"
    return f"it goes on with {_quoted(got, index)}, not with {_quoted(want, index)}"


def _quoted(tokens: Sequence[Token], index: int) -> str:
    """The text from a token on, which begins with the word that the token is in."""
    while 0 < index < len(tokens) and _is_letter(tokens[index]) and _is_letter(tokens[index - 1]):
        index -= 1
    parts = (token.text if isinstance(token, Number) else token for token in tokens[index:])
    text = "".join(parts)
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


def _is_letter(token: Token) -> bool:
    return isinstance(token, str) and token.isalnum()


def _compare_with_gaps(want: str, got: str, flags: Flags) -> str:
    """Whether the output has the parts between the gaps in their order, two of them at its ends."""
    if _has_parts(want.split("..."), got):
        return ""
    (first, *middle, last), tokens = _parts(want), read_tokens(got)
    start, end = len(first), len(tokens) - len(last)
    if start > end:
        return "the output is too short for what is written around the gaps"
    wrong = _difference(first, tokens[:start], flags)
    for part in middle:
        places = range(start, end - len(part) + 1)
        fits = (n for n in places if not _difference(part, tokens[n : n + len(part)], flags))
        found = next(fits, None)
        if found is None:
            return wrong or f"{_quoted(part, 0)} is missing between the gaps"
        start = found + len(part)
    return wrong or _difference(last, tokens[end:], flags)


def _parts(want: str) -> list[list[Token]]:
    """The tokens between the gaps; space at a gap is a part of the gap."""
    parts: list[list[Token]] = [[]]
    for token in read_tokens(want.replace("...", _GAP)):
        if token != _GAP:
            parts[-1].append(token)
            continue
        while parts[-1] and parts[-1][-1] in (" ", "\n"):
            parts[-1].pop()
        parts.append([])
    return [part[1:] if index and part[:1] in ([" "], ["\n"]) else part
            for index, part in enumerate(parts)]  # fmt: skip


def _has_parts(parts: Sequence[str], got: str) -> bool:
    """The same by characters, which also finds a part of a word or a number."""
    first, *middle, last = parts
    start, end = len(first), len(got) - len(last)
    if start > end or not got.startswith(first) or not got.endswith(last):
        return False
    for part in middle:
        start = got.find(part, start, end) + len(part)
        if start < len(part):
            return False
    return start <= end
