"""Pygments' lexers by the name of a file or of a language, and a quick one for Python.

Nearly all code that a site shows is Python, and Pygments tries some fifty rules at each token.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pygments.lexer import Lexer, inherit
from pygments.lexers import get_lexer_by_name, get_lexer_for_filename
from pygments.lexers.python import PythonLexer
from pygments.lexers.special import TextLexer
from pygments.token import Comment, Operator, Punctuation, Text, Whitespace, _TokenType
from pygments.util import ClassNotFound

_Token = tuple[int, _TokenType, str]


@cache
def _plain() -> PythonLexer:
    return PythonLexer()


@lru_cache(maxsize=8192)
def _kind_of(before: str, word: str) -> _TokenType:
    """What Pygments takes a word for in the middle of a line, with this character before it."""
    _, (_, kind, _) = _plain().get_tokens_unprocessed(before + word)
    return kind


def _word(_: Lexer, match: re.Match[str]) -> tuple[_Token]:
    start, word = match.start(), match[0]
    return ((start, _kind_of("." if match.string[start - 1] == "." else "(", word), word),)


class QuickPythonLexer(PythonLexer):
    """Pygments' lexer for Python with its commonest tokens put first: it finds the same ones.

    A rule may only go first where no other can match. Most of those that might need the beginning
    of a line, which `(?<=.)` excludes. Some words are one token with what follows them, and words
    before a quote may belong to the string.
    """

    tokens = {  # noqa: RUF012
        "root": [
            (r"\n", Whitespace),
            (r"(?<=.)[^\S\n]+", Text),
            (
                r"(?<=.)(?!(?:async|class|def|from|import|yield)\b)"
                r"[A-Za-z_][A-Za-z0-9_]*+(?![\"'\u0080-\U0010ffff])",
                _word,
            ),
            (r"(?<=.)(?:[!=]=|<<|>>|:=|[-~+/*%=<>&^|]|\.(?!\d))", Operator),
            (r"(?<=.)[]{}:(),;[]", Punctuation),
            (r"^[^\S\n]++(?![rRuUbB]{,2}(?:\"\"\"|''')|(?:match|case)\b|\s)", Text),
            (r"(?<=[\s\S])#.*$", Comment.Single),
            inherit,
        ]
    }


@cache
def _python() -> QuickPythonLexer:
    """It keeps nothing between texts, so there is one for all."""
    return QuickPythonLexer()


def lexer_for_file(name: str) -> Lexer:
    """The lexer for a file of this name; text has none."""
    if name.endswith(".py"):
        return _python()
    try:
        return _quick(get_lexer_for_filename(name))
    except ClassNotFound:
        return TextLexer()


def lexer_for_language(name: str) -> Lexer:
    """The lexer for a language of this name; that of text for one that nobody knows."""
    try:
        return _quick(get_lexer_by_name(name))
    except ClassNotFound:
        return get_lexer_by_name("text")


def _quick(lexer: Lexer) -> Lexer:
    return _python() if type(lexer) is PythonLexer else lexer
