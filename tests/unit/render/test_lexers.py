from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.lexers.python import PythonLexer

from glossator.render.lexers import QuickPythonLexer, lexer_for_file, lexer_for_language

PLAIN, QUICK = PythonLexer(), QuickPythonLexer()

# What a rule of Pygments looks for, and what could be mistaken for it.
PIECES = st.sampled_from(
    """
    # #! ' " ''' \"\"\" \\ . , : ; = := == != < << <= ! @ - -> ** ~ { } ( ) [ ] % 1
    0x1f 1.5e3 .5 1_0j r f rb bR u t rf async for await yield from import as class def lambda lazy
    match case _ type with in is not and None True self cls print Exception __init__ __name__ x x_1
    é 中 名 Ellipsis xr xf'{x!r:>{n}}' f"{a['b']=} {{" '%s\\n' "{0}" rb'\\x' $ ? ` \u2028
    """.split()
) | st.sampled_from([" ", " ", "  ", "\n", "\n", "\n    ", "\t", "\f", "\\\n", "\xa0", "\0"])
CODE = st.lists(PIECES, max_size=30).map("".join) | st.lists(PIECES, max_size=30).map(" ".join)


@settings(max_examples=400)
@given(CODE)
def test_the_quick_lexer_finds_the_tokens_of_pygments(code: str) -> None:
    assert list(QUICK.get_tokens_unprocessed(code)) == list(PLAIN.get_tokens_unprocessed(code))


@pytest.mark.parametrize("folder", ["labml_nn", "src/glossator/names"])
def test_it_does_so_in_real_code(folder: str) -> None:
    for path in Path(folder).rglob("*.py"):
        code = path.read_text("utf-8")
        assert list(QUICK.get_tokens_unprocessed(code)) == list(PLAIN.get_tokens_unprocessed(code))


def test_python_is_read_by_the_quick_one_and_the_unknown_as_text() -> None:
    assert isinstance(lexer_for_file("a/b.py"), QuickPythonLexer)
    assert isinstance(lexer_for_language("python"), QuickPythonLexer)
    assert lexer_for_file("a.c").name == "C"
    assert lexer_for_file("a.nothing").name == lexer_for_language("nothing").name == "Text only"
