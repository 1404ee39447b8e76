"""Words and formulas that a made-up page consists of, and other words for its translations.

As in the real corpus, few words make most of a text, and a third of the formulas occur only once.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

LETTERS = {"zh": (0x4E00, 0x6E00), "ja": (0x3041, 0x3094), "si": (0x0D9A, 0x0DC6)}
"""The locales, and the first and last letters that their words are made of."""

_LENGTHS = {"zh": (1, 2), "ja": (2, 3), "si": (3, 6)}
_UNSPACED = re.compile(r"(?<=[\u3041-\u9fff]) (?=[\u3041-\u9fff])")
_WORD = re.compile(r"\w+")
_TEXT = re.compile(r"(<[^<>]*>|_\^_[0-9]+_\^_|&#?\w+;)")

_COMMON = """
the of is a to and we in for with this attention layer gradient sampled weights noise each step
model tokens loss network batch input output embedding channels normalize kernel from sequence
policy value states by over parameters learned function image steps that
""".split()
_SYLLABLES = "ra ten so mul di gra va lor pen ti ke no sam est chi bo lu fer ma qui zo per".split()
_RARE = 3_800

_SYMBOLS = "x y z h q k v w b m n t d i j r s u".split()
_GREEK = [rf"\{name}" for name in "alpha beta gamma theta epsilon mu sigma pi lambda phi".split()]
_SHAPES = (
    "{a}_{{{b}}}",
    "{a}^{{({b})}}",
    r"\mathbb{{R}}^{{{a} \times {b}}}",
    r"\hat{{{a}}}_{b}",
    r"\frac{{{a}}}{{1 - {b}^{c}}}",
    r"\sqrt{{{a}_{{{b}}} + {c}}}",
    r"\sum_{{{a}=1}}^{{{b}}} {c}_{a}",
    r"\mathop{{softmax}}\Big(\frac{{{a} {b}^\top}}{{\sqrt{{{c}}}}}\Big)",
)
_SIGNS = ("+", "-", "=", r"\cdot", r"\leftarrow", r"\le")
_POOL = 260
_SHARE_OF_POOL = 0.75


@dataclass(frozen=True, slots=True)
class _Weighted:
    """Things that are drawn often or seldom, the first one most often."""

    things: Sequence[str]
    weights: Sequence[float]

    def draw(self, chance: random.Random, count: int) -> list[str]:
        return chance.choices(self.things, cum_weights=self.weights, k=count)


@cache
def _vocabulary() -> _Weighted:
    chance = random.Random("words")
    rare = {"".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(_RARE)}
    # A set has no order of its own.
    words = [*_COMMON, *sorted(rare, key=lambda word: (len(word), word))]
    return _Weighted(words, list(accumulate(1 / (rank + 8) for rank in range(len(words)))))


@cache
def _pool() -> _Weighted:
    chance = random.Random("formulas")
    formulas = [*_SYMBOLS, *_GREEK, *(_new_formula(chance, 1) for _ in range(_POOL))]
    return _Weighted(formulas, list(accumulate(1 / (rank + 3) for rank in range(len(formulas)))))


def sentence(chance: random.Random, words: int) -> str:
    """So many words, the first with a capital letter."""
    return " ".join(_vocabulary().draw(chance, words)).capitalize()


def formula(chance: random.Random) -> str:
    """TeX for the middle of a sentence: mostly a symbol that other pages have too."""
    if chance.random() < _SHARE_OF_POOL:
        return _pool().draw(chance, 1)[0]
    return _new_formula(chance, chance.choice((1, 1, 1, 2)))


def display(chance: random.Random) -> str:
    """TeX that stands by itself, now and then in several lines."""
    if chance.random() < 0.8:
        return _new_formula(chance, chance.randint(2, 4))
    lines = [_new_formula(chance, 3).replace("=", "&=", 1) for _ in range(chance.randint(2, 4))]
    inner = " \\\\\n".join(lines)
    return f"\\begin{{align}}\n{inner}\n\\end{{align}}"


def _new_formula(chance: random.Random, terms: int) -> str:
    parts = [_term(chance)]
    for _ in range(terms - 1):
        parts += [chance.choice(_SIGNS), _term(chance)]
    return " ".join(parts)


def _term(chance: random.Random) -> str:
    a, b, c = chance.choices([*_SYMBOLS, *_GREEK], k=3)
    number = str(chance.randint(1, 9))
    return chance.choice(_SHAPES).format(a=a, b=chance.choice((b, number)), c=c)


def translated(key: str, locale: str) -> str:
    """A key with other words; tags and placeholders stay."""
    parts = _TEXT.split(key)
    parts[::2] = [_WORD.sub(lambda match: _word(match[0], locale), part) for part in parts[::2]]
    return _UNSPACED.sub("", "".join(parts))


@lru_cache(maxsize=50_000)
def _word(word: str, locale: str) -> str:
    """The same word every time, of letters of the language."""
    chance = random.Random(word)
    first, last = LETTERS[locale]
    return "".join(
        chr(chance.randint(first, last)) for _ in range(chance.randint(*_LENGTHS[locale]))
    )
