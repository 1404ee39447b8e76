from __future__ import annotations

from glossator.docstrings.blocks import RestReader
from glossator.docstrings.parts import Piece, Setting
from glossator.docstrings.text import Text
from glossator.prose.marks import Marks


def test_a_text_that_docutils_would_chew_on_for_minutes_is_shown_as_it_stands() -> None:
    marks = Marks()
    setting = Setting(lambda kind, source, original, name: marks.add(kind, source, original, name))
    text = Text(("`a`_ " * 60_000,), 4)
    (part,) = RestReader(text, setting).read(text)
    assert isinstance(part, Piece)
    assert (part.line, marks.placeholders[0].source) == (4, f"```\n{text.lines[0]}\n```")
    ((line, finding),) = setting.findings
    assert (line, finding.code) == (4, "docstring-unreadable")
    assert finding.message == (
        "this docstring cannot be read: it has more than 200,000 characters;"
        " it is shown as it stands"
    )
    assert finding.help == (
        "write it in the markup that the option `docstrings` of its folder names"
    )
