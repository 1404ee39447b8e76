"""Some lines of a docstring that know where they stand in it, however they are cut."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Adjacent lines of a docstring; `first` is the number (from 0) of the first of them."""

    lines: tuple[str, ...]
    first: int = 0

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to read."""
        return not any(line.strip() for line in self.lines)

    def cut(self, first: int, last: int) -> Text:
        """The lines from `first` up to, but without, `last`, counted within this text."""
        return Text(self.lines[first:last], self.first + first)

    def trimmed(self) -> Text:
        """The same without blank lines at its edges."""
        written = [number for number, line in enumerate(self.lines) if line.strip()]
        return self.cut(written[0], written[-1] + 1) if written else self.cut(0, 0)

    def dedented(self) -> Text:
        """The same without the indentation that all its lines have in common."""
        width = min((indent_of(line) for line in self.lines if line.strip()), default=0)
        return Text(tuple(line[width:] for line in self.lines), self.first)


def read_text(lines: tuple[str, ...]) -> Text:
    """The text of a whole docstring: its first line, behind the quotes, has no indentation."""
    plain = tuple(line.replace("\f", " ").expandtabs(8) for line in lines)
    head, rest = plain[:1], Text(plain[1:], 1).dedented()
    return Text((*(line.strip() for line in head), *rest.lines))


def indent_of(line: str) -> int:
    """How many spaces stand before the first word."""
    return len(line) - len(line.lstrip(" "))
