"""One page of a made-up corpus: its number comes in, its path and its text go out.

The numbers in here are those of the real corpus: how long files are, how many of them are Markdown,
how many formulas and links an annotation has. `tests/unit/test_bench.py` holds them to it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath

from scripts.benchlib.words import display, formula, sentence

PACKAGE = "papers"

_NAMES = "x y weight bias hidden key query value mask scale noise logits grad state step".split()
_ADJECTIVES = "Gated Sparse Linear Relative Local Deep Noisy Residual Cyclic Rotary".split()
_NOUNS = "Attention Encoder Block Layer Sampler Kernel Memory Router Critic Embedding".split()
_PARAMETERS = "features channels heads inputs lengths".split()


def path_of(number: int) -> PurePosixPath:
    """Where a page lies: three to a folder, and three folders to a chapter."""
    topic, place = divmod(number, 3)
    name = "__init__.py", "experiment.py", "readme.md" if _has_readme(topic) else "model.py"
    return _folder(topic) / name[place]


def _folder(topic: int) -> PurePosixPath:
    if topic == 0:
        return PurePosixPath(PACKAGE)
    chapter, place = divmod(topic - 1, 3)
    folder = PurePosixPath(PACKAGE, f"chapter_{chapter:03}")
    return folder / f"topic_{place}" if place else folder


def _has_readme(topic: int) -> bool:
    return topic * 4 % 9 < 4


def is_python(number: int) -> bool:
    """Whether a page is code, and not Markdown alone."""
    return path_of(number).suffix == ".py"


def text_of(number: int) -> str:
    """The text of a page, the same every time."""
    make = _module if is_python(number) else _readme
    return "\n".join(make(number)) + "\n"


def _readme(number: int) -> Iterator[str]:
    chance = random.Random(number)
    yield from (f"# {sentence(chance, 3)}", "")
    for _ in range(chance.randint(1, 9)):
        yield from (_paragraph(chance, 2), "")
    yield from (f"* {_link(chance, number)} {sentence(chance, 6)}" for _ in range(4))


def _module(number: int) -> Iterator[str]:
    chance = random.Random(number)
    yield from _head(chance, number)
    yield from ("import math", "", "import torch", "from torch import nn", "")
    friends = [_near(chance, number) for _ in range(chance.randint(0, 5) if number else 0)]
    known = sorted({(friend, classes_of(friend)[0]) for friend in friends if classes_of(friend)})
    yield from (f"from {_dotted(friend)} import {name}" for friend, name in known)
    bases = ["nn.Module", *(name for _, name in known)]
    for name in classes_of(number):
        yield from ("", "", *_class(chance, name, bases))


def _head(chance: random.Random, number: int) -> Iterator[str]:
    """The docstring of a module. That of the first page is the table of contents."""
    yield from ('r"""', f"# {sentence(chance, 3)}", "")
    yield from (f"This is an implementation of {_paper(chance)}.", "")
    for _ in range(min(40, int(chance.lognormvariate(0.7, 1)))):
        seen = f" See {_paper(chance)}." if chance.random() < 0.5 else ""
        yield from (f"{_paragraph(chance, 3)}{seen}", "")
    if chance.random() < 0.3:
        yield from (f"![{sentence(chance, 2)}](https://papers.example/{number}.png)", "")
    if classes_of(number) and chance.random() < 0.5:
        yield from (f"$${display(chance)}$$", "")
    links = range(3, 150, 9) if number == 0 else [_near(chance, number) for _ in range(3)]
    yield from (f"* {_link_to(number, other, chance)} {sentence(chance, 4)}" for other in links)
    yield from ('"""', "")


@cache
def classes_of(number: int) -> tuple[str, ...]:
    """The names of the classes of a page: most have a few, some none, and one in a hundred many."""
    chance = random.Random(f"classes of {number}")
    if not is_python(number) or chance.random() < 0.1:
        return ()
    count = min(20, max(1, round(chance.lognormvariate(0.5, 0.72))))
    names = [f"{first}{second}" for first in _ADJECTIVES for second in _NOUNS]
    return tuple(chance.sample(names, count))


def _class(chance: random.Random, name: str, bases: list[str]) -> Iterator[str]:
    yield from (f"class {name}({chance.choice(bases)}):", '    r"""')
    yield from (f"    ## {sentence(chance, 3)}", "", f"    {_paragraph(chance, 1)}")
    if chance.random() < 0.45:
        yield from ("", *(f"    {line}" for line in f"$${display(chance)}$$".split("\n")))
    yield from ('    """', "")
    yield from ("    def __init__(self, features: int, heads: int):", '        r"""')
    yield from (f"        :param {word}: {sentence(chance, 6)}" for word in _PARAMETERS[:1])
    yield from ('        """', "        super().__init__()")
    for _ in range(chance.randint(3, 6)):
        yield from _step(chance, f"{chance.choice(bases)}(features, heads)")
    yield from ("", "    def forward(self, x: torch.Tensor, y: torch.Tensor):")
    for _ in range(chance.randint(4, 10)):
        yield from _step(chance, f"math.sqrt({chance.choice(_NAMES)} ** 2)")
    yield from ("", "        #", "        return x + y")


def _step(chance: random.Random, call: str) -> Iterator[str]:
    """A comment, and the lines of code that it speaks about."""
    maths = f" ${formula(chance)}$" if chance.random() < 0.4 else ""
    code = f" `{chance.choice(_NAMES)}`" if chance.random() < 0.2 else ""
    yield from ("", f"        # {sentence(chance, chance.choice((2, 4, 7, 14)))}{maths}{code}")
    if chance.random() < 0.06:
        yield from ("        #", f"        # ### {sentence(chance, 2)}")
    if chance.random() < 0.05:
        yield from ("        #", f"        # $${display(chance).replace(chr(10), ' ')}$$")
    yield f"        self.{chance.choice(_NAMES)} = {call}"
    for _ in range(chance.randint(0, 2)):
        a, b, c = chance.choices(_NAMES, k=3)
        yield f"        {a} = self.{b}[:, {chance.randint(0, 9)}] * {c}  # [batch_size, {a}]"


def _paragraph(chance: random.Random, sentences: int) -> str:
    """Sentences with a formula or two, and code or a stressed word now and then."""
    parts = []
    for _ in range(sentences):
        words = sentence(chance, chance.randint(7, 18))
        extra = chance.choice((f" ${formula(chance)}$", f" `{chance.choice(_NAMES)}`", " *so*", ""))
        parts.append(f"{words}{extra}.")
    return " ".join(parts)


def _near(chance: random.Random, number: int) -> int:
    """A page that was written before, mostly not long ago."""
    return max(0, number - 1 - int(chance.expovariate(1 / 12))) if number else 0


def _link(chance: random.Random, number: int) -> str:
    return _link_to(number, _near(chance, number), chance)


def _link_to(number: int, other: int, chance: random.Random) -> str:
    here, there = path_of(number).parent, path_of(other).with_suffix(".html")
    there = there.with_stem("index") if there.stem == "__init__" else there
    up = "../" * len(here.relative_to(PACKAGE).parts)
    return f"[{sentence(chance, 2)}]({up}{there.relative_to(PACKAGE)})"


def _paper(chance: random.Random) -> str:
    return f"[{sentence(chance, 5)}](https://papers.example/abs/{chance.randint(1000, 9999)})"


def _dotted(number: int) -> str:
    path = path_of(number).with_suffix("")
    return ".".join(path.parent.parts if path.name == "__init__" else path.parts)
