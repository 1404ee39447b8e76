"""A made-up corpus in the shape of nn.labml.ai: the same every time, as large as one likes.

On a page: 34 sections, 15 formulas (of which some come again and again) and 70 lines of code, in
the middle. The keys of the catalogs are the generator's own; the translations are words that do
not exist, in letters that do.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

LETTERS = {"zh": (0x4E00, 0x6E00), "ja": (0x3041, 0x3094), "si": (0x0D9A, 0x0DC6)}
"""The locales, and the first and last letters that their words are made of."""

_WORDS = """attention layer gradient the of a sampled weights and noise in each step model tokens is
loss for network batch with input output we this to embedding channels normalize kernel from
sequence policy value states by over parameters learned function image steps that""".split()
_NAMES = "x y weight bias hidden key query value mask scale noise logits grad state step".split()
_FORMULAS = (
    r"x_{%d}",
    r"\frac{1}{%d} \sum_{i=1}^{n} x_i",
    r"\mathbb{R}^{d_{%d} \times k}",
    r"\hat{m}_{%d} \leftarrow \frac{m_t}{1 - \beta_1^t}",
    r"\mathop{softmax}\Big(\frac{Q K^\top}{\sqrt{d_{%d}}}\Big) V",
)
_WORD = re.compile(r"\w+")
_TEXT = re.compile(r"(<[^<>]*>|_\^_[0-9]+_\^_|&#?\w+;)")


def make_corpus(work: Path, pages: int, environment: Mapping[str, str]) -> Path:
    """Make a corpus of so many pages, with full catalogs in three locales."""
    folder = work / f"corpus-{pages}"
    shutil.rmtree(folder, ignore_errors=True)
    for number in range(pages):
        part = f"part_{number // 10:03}"
        name = f"{part}/{'__init__' if number % 10 == 0 else f'paper_{number % 10}'}.py"
        path = folder / "papers" / ("__init__.py" if number == 0 else name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(module(number)) + "\n", encoding="utf-8")
    _translate(folder, environment)
    return folder


def module(number: int) -> Iterator[str]:
    """The lines of one page: a docstring, and three classes with methods."""
    chance = random.Random(number)
    yield from ('r"""', f"# {_sentence(chance, 3)}", "", _prose(chance, 4), "")
    yield from (f"$${_formula(chance)}$$", '"""', "", "import math", "")
    for letter in "ABC":
        yield from ("", f"class Layer{letter}:", '    r"""', f"    ## {_sentence(chance, 3)}", "")
        yield from (f"    {_prose(chance, 2)}", '    """', "")
        for method in ("__init__", "forward"):
            yield from (f"    def {method}(self, x, y):", '        r"""')
            yield from (f"        :param {name}: {_sentence(chance, 6)}" for name in "xy")
            yield '        """'
            for _ in range(4):
                yield from _step(chance)
            yield ""


def _step(chance: random.Random) -> Iterator[str]:
    """A comment and the lines of code that it speaks about."""
    formula = f", ${_formula(chance)}$" if chance.random() < 0.4 else ""
    yield f"        # {_sentence(chance, chance.randint(3, 12))}{formula}"
    for _ in range(chance.randint(1, 4)):
        a, b, c = chance.choices(_NAMES, k=3)
        yield f"        self.{a} = math.sqrt({b} ** 2 + {c}[{chance.randint(0, 9)}]) * x"


def _formula(chance: random.Random) -> str:
    return chance.choice(_FORMULAS) % chance.randint(1, 370)


def _prose(chance: random.Random, sentences: int) -> str:
    text = ". ".join(_sentence(chance, 12) for _ in range(sentences))
    return f"{text} ${_formula(chance)}$."


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words)).capitalize()


def _translate(folder: Path, environment: Mapping[str, str]) -> None:
    """Let the generator write the keys, and fill in the values."""
    options = {"sources": ["papers"], "locales": ["en", *LETTERS]}
    settings = {"site_name": "bench", "plugins": [{"glossator": options}]}
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text(json.dumps(settings), encoding="utf-8")
    sync = [sys.executable, "-c", "from glossator.cli import main; main()", "sync"]
    subprocess.run(sync, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    for path in (folder / "translations").rglob("*.json"):
        locale = path.stem.rpartition(".")[2]
        entries = {key: translated(key, locale) for key in json.loads(path.read_text("utf-8"))}
        path.write_text(json.dumps(entries, ensure_ascii=False, indent=0), encoding="utf-8")


def translated(key: str, locale: str) -> str:
    """The key with other words; tags and placeholders stay."""
    parts = _TEXT.split(key)
    parts[::2] = [_WORD.sub(lambda match: _word(match[0], locale), part) for part in parts[::2]]
    return "".join(parts)


def _word(word: str, locale: str) -> str:
    first, last = LETTERS[locale]
    chance = random.Random(word)
    return "".join(chr(chance.randint(first, last)) for _ in range(2))
