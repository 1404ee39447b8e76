"""Text with prompts becomes examples.

The lines of a docstring or a Markdown file come in, with their numbers; examples come out. A prompt
counts wherever it stands, but not in a fence of another language and not in an HTML comment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from glossator.examples.example import Example, Fault
from glossator.examples.flags import read_flags

Line = tuple[int, str]
"""A line's number in its file, and its text."""

_PROMPT = re.compile(r"(?P<indent>\s*)>>>(?P<code>.*)")
_FENCE = re.compile(r"\s*(?P<marks>`{3,}|~{3,})\s*\{?\.?(?P<language>[\w+-]*)[^`]*")
_LANGUAGES = frozenset(
    ["", "python", "python3", "py", "py3", "pycon", "python-console", "doctest", "code-block"]
)


def find_examples(lines: Sequence[Line]) -> tuple[tuple[Example, ...], tuple[Fault, ...]]:
    """All examples of a text in their order, and what is wrong with some."""
    reader = _Reader(lines)
    while reader.place < len(lines):
        reader.read()
    return tuple(reader.examples), tuple(reader.faults)


@dataclass(slots=True)
class _Reader:
    """Where the reading is: the next line, and the marks of the fence around it, if any."""

    lines: Sequence[Line]
    place: int = 0
    fence: str = ""
    examples: list[Example] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def read(self) -> None:
        """Take an example, a fence of another language, a comment, or a line of prose."""
        number, text = self.lines[self.place]
        prompt, fence = _PROMPT.fullmatch(text), _FENCE.fullmatch(text)
        if prompt:
            self._example(number, prompt)
            return
        self.place += 1
        if self._closes(text):
            self.fence = ""
        elif fence and not self.fence:
            self.fence = fence["marks"]
            if fence["language"].lower() not in _LANGUAGES:
                self._skip_fence()
        elif text.lstrip().startswith("<!--") and not self.fence:
            self._skip_comment(text)

    def _closes(self, text: str) -> bool:
        """Whether a line ends the fence: its marks, as many or more, and nothing else."""
        bare = text.strip()
        return bool(self.fence) and bare.startswith(self.fence) and not bare.strip(self.fence[0])

    def _skip_fence(self) -> None:
        while self.place < len(self.lines) and not self._closes(self.lines[self.place][1]):
            self.place += 1

    def _skip_comment(self, text: str) -> None:
        while "-->" not in text and self.place < len(self.lines):
            text = self.lines[self.place][1]
            self.place += 1

    def _example(self, number: int, prompt: re.Match[str]) -> None:
        indent = prompt["indent"]
        code = [self._code(number, prompt["code"])]
        self.place += 1
        while self._continues(indent):
            line, text = self.lines[self.place]
            code.append(self._code(line, text[len(indent) + 3 :]))
            self.place += 1
        want = "".join(f"{line}\n" for line in self._output(indent))
        source = "\n".join(code) + "\n"
        flags, wrong = read_flags(source)
        if wrong:
            self.faults.append(Fault(number, wrong))
        if source.strip():
            self.examples.append(Example(len(self.examples) + 1, number, source, want, flags))

    def _continues(self, indent: str) -> bool:
        return self.place < len(self.lines) and self.lines[self.place][1].startswith(f"{indent}...")

    def _code(self, number: int, text: str) -> str:
        """The line without its prompt, which a space must follow: `>>>x` may be a slip."""
        if text[:1] not in ("", " "):
            self.faults.append(Fault(number, "a space is missing behind the prompt"))
        return text[1:]

    def _output(self, indent: str) -> list[str]:
        """The lines up to a blank one, a prompt, the end of the fence, or one further left."""
        output: list[str] = []
        while self.place < len(self.lines):
            text = self.lines[self.place][1]
            further_left = not text.startswith(indent)
            if not text.strip() or further_left or _PROMPT.fullmatch(text) or self._closes(text):
                break
            output.append(text[len(indent) :])
            self.place += 1
        return output
