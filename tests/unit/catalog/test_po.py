"""PO files: what goes out comes back, gettext's own tools accept it, and bad files are refused."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossator.catalog.po import Message, format_po, from_braces, read_po, to_braces
from glossator.check.gate import gate
from glossator.locales import parse_locale
from glossator.model import Severity

ZH = parse_locale("zh")
MADE = datetime(2026, 1, 2, tzinfo=UTC)
PLACE = (("a.py", 3),)
MARK = "<span translate=no>_^_0_^_</span>"

OUR_OWN = Path(__file__).parents[3] / "translations"
CORPUS = Path(os.environ.get("GLOSSATOR_CORPUS", "/nowhere")) / "translate_cache"
"""All catalogs of nn.labml.ai, where somebody has them; our own ones are a sample everywhere."""


def text_of(*messages: Message) -> str:
    return format_po(messages, locale=ZH, project="book", made=MADE)


def back(text: str) -> list[Message]:
    file, problems = read_po(text.encode(), path="x.po")
    assert not problems
    return [replace(message, line=0) for message in file.messages]


def test_the_text_of_a_file() -> None:
    text = text_of(
        Message(
            "a", f"<p>{MARK} of {{x}}</p>\n", f"<p>{{x}}的{MARK}</p>\n", (("a.py", 3),), ("n",)
        ),
        Message("a", "<p>50 % of</p>\n", "<p>新</p>\n", previous="<p>Old</p>\n", is_fuzzy=True),
        Message("a", "Gone", "去", is_obsolete=True),
    )
    assert text.partition("\n\n")[2] == (
        "#. n\n"
        "#: a.py:3\n"
        "#, python-brace-format\n"
        'msgctxt "a"\n'
        'msgid "<p>{0} of {{x}}</p>\\n"\n'
        'msgstr "<p>{{x}}的{0}</p>\\n"\n'
        "\n"
        "#, fuzzy\n"
        '#| msgid "<p>Old</p>\\n"\n'
        'msgctxt "a"\n'
        'msgid "<p>50 % of</p>\\n"\n'
        'msgstr "<p>新</p>\\n"\n'
        "\n"
        '#~ msgctxt "a"\n'
        '#~ msgid "Gone"\n'
        '#~ msgstr "去"\n'
        "\n"
    )
    assert read_po(text.encode(), path="x.po")[0].language == "zh_Hans"


WORDS = st.lists(
    st.sampled_from(
        [*'ab {}"\\\n\t%<>#~|=', "_^_", MARK, "é", "中", "\u2028", "\x85", "{0}", "\r"]
    ),
    min_size=1,
    max_size=20,
).map("".join)


KEYS = WORDS.filter(lambda text: not {"\u2028", "\x85", "\r"} & set(text))
"""A previous source was a key, and a key has no such line breaks."""


@given(st.dictionaries(WORDS, st.tuples(WORDS, KEYS, st.booleans()), max_size=4))
def test_what_goes_out_comes_back(entries: dict[str, tuple[str, str, bool]]) -> None:
    messages = [
        Message("a b", key, value, previous=was if is_fuzzy else "", is_fuzzy=is_fuzzy)
        for key, (value, was, is_fuzzy) in entries.items()
    ]
    assert back(text_of(*messages)) == messages


@given(WORDS)
def test_braces_stand_for_placeholders_alone(text: str) -> None:
    assert from_braces(to_braces(text)) == text
    assert "<span translate=no>" not in to_braces(text)


def messages_in(folder: Path, code: str) -> Iterator[Message]:
    for path in sorted(folder.rglob(f"*.{code}.json")):
        name = path.relative_to(folder).as_posix().removesuffix(f".{code}.json")
        for key, value in json.loads(path.read_text(encoding="utf-8")).items():
            wrong = value and any(f.severity is Severity.ERROR for f in gate(key, value))
            yield Message(name, key, value, (("a file.py", 1),), is_fuzzy=bool(wrong))


@pytest.mark.parametrize(
    ("folder", "code"),
    [(OUR_OWN, "zh"), (OUR_OWN, "ja"), (CORPUS, "zh"), (CORPUS, "ja"), (CORPUS, "si")],
    ids=["ours-zh", "ours-ja", "labml-zh", "labml-ja", "labml-si"],
)
def test_real_catalogs_come_back_and_gettext_accepts_them(
    folder: Path, code: str, tmp_path: Path
) -> None:
    messages = list(messages_in(folder, code))
    if not messages:
        pytest.skip("these catalogs are not here; GLOSSATOR_CORPUS names where nn.labml.ai's are")
    text = format_po(messages, locale=parse_locale(code), project="book", made=MADE)
    file, problems = read_po(text.encode(), path="x.po")
    assert not problems
    assert sorted(map(told, file.messages)) == sorted(map(told, messages))
    if msgfmt := shutil.which("msgfmt"):
        (tmp_path / "x.po").write_text(text, encoding="utf-8")
        command = [msgfmt, "--check", "-o", os.devnull, str(tmp_path / "x.po")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def told(message: Message) -> tuple[object, ...]:
    return message.catalog, message.key, message.value, message.places, message.is_fuzzy


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'msgid "a"\n', "x.po:1 this is no PO file: missing msgstr for msgid 'a'"),
        (b'# x\n"stray"\n', 'x.po:2 this is no PO file: Got line starting with " but not in'),
        (b"{}", "x.po:1 this is no PO file: Unknown or misformatted keyword"),
        (b'msgid "a"\nmsgstr[9] "b"\nmsgid_plural', "x.po:"),
        (b'msgid "\xff"\nmsgstr ""\n', "x.po:0 the file is not UTF-8"),
        (b"\xff\xfem\x00", "x.po:0 the file is not UTF-8"),
    ],
)
def test_what_is_no_po_file(data: bytes, message: str) -> None:
    file, (problem,) = read_po(data, path="x.po")
    assert not file.messages
    assert f"{problem.path}:{problem.line} {problem.message}".startswith(message)


@given(st.binary(max_size=60) | st.text('msgidstrctx_plural[0] "\\#|~,:.\n', max_size=60))
def test_any_file_is_read_or_refused(data: bytes | str) -> None:
    read_po(data if isinstance(data, bytes) else data.encode(), path="x.po")


def test_messages_of_other_tools() -> None:
    text = (
        'msgid "one {0}"\nmsgid_plural "many {0}"\nmsgstr[0] "一 {0}"\n\n'
        '#~| msgid "was"\n#~ msgid "is"\n#~ msgstr "是"\n'
    )
    one, gone = back(text)
    assert (one.key, one.value) == (f"one {MARK}", f"一 {MARK}")
    assert (gone.key, gone.is_obsolete) == ("is", True)


def test_a_previous_source_keeps_lines_that_are_the_same() -> None:
    was = "<ul><li>a</li>\n<li>b</li>\n<li>b</li></ul>\n\n\n"
    messages = [Message("a b", "key", "value", previous=was, is_fuzzy=True)]
    assert back(text_of(*messages)) == messages
