r"""
---
title: PO files
summary: Catalogs in the format of gettext, for Poedit, Weblate and their like.
---

# PO files

PO is the format of gettext, and most tools for translators know it. Messages come in, and the text
of a file goes out. The other way round works as well. Babel writes and reads the format.

A placeholder is written `{0}`, and the message is flagged as `python-brace-format`. So every tool
of gettext protects it, and reports it if it is lost. What is *fuzzy* is a suggestion, for gettext
as for us, and the original for which it was made stands above it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from babel.messages.catalog import Catalog as BabelCatalog
from babel.messages.catalog import Message as BabelMessage
from babel.messages.pofile import PoFileError, generate_po, unescape
from babel.messages.pofile import read_po as babel_read

from glossator.locales import Locale, babel_locale
from glossator.model import Problem, Severity
from glossator.prose.tokens import TokenKind, placeholder, tokenize

# Bytes that a PO file may have: it holds all catalogs of a locale.
LARGEST_FILE = 50_000_000

_BRACES = re.compile(r"\{\{|\}\}|\{(0|[1-9][0-9]{0,5})\}")
_STRING = re.compile(r'msgid|"(?:[^"\\]|\\.)*+"')
_FORMATS = ("python-format", "python-brace-format")

# Lines are not wrapped: Babel would break those of a previous source within their quotes.
_WIDTH = 1_000_000


@dataclass(frozen=True, slots=True)
class Message:
    """
    ## Message: an entry on its way

    `catalog` names the catalog as its source does (`lora/__init__`); it is empty in a file that
    another tool has made. `places` are where the English stands, `notes` what helps to translate
    it. `previous` is the key that a suggestion was made for. `line` is the message's in the file.
    """

    catalog: str
    key: str
    value: str = ""
    places: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    previous: str = ""
    is_fuzzy: bool = False
    is_obsolete: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class PoFile:
    """What a PO file says: its language, as gettext writes it (`zh_Hans`), and its messages."""

    language: str = ""
    messages: tuple[Message, ...] = ()


def format_po(messages: Iterable[Message], *, locale: Locale, project: str, made: datetime) -> str:
    """
    ## Writing

    The messages keep their order. `made` is the time that the file names.
    """
    catalog = BabelCatalog(
        locale=babel_locale(locale.tag),
        project=project,
        version="-",
        charset="utf-8",
        header_comment=f"# {project}",
        msgid_bugs_address="-",
        last_translator="-",
        language_team=locale.name,
        creation_date=made,
        revision_date=made,
        fuzzy=False,
    )
    for message in messages:
        written = _written(message)
        if message.is_obsolete:
            catalog.obsolete[catalog._key_for(written.id, written.context)] = written
        else:
            catalog[written.id] = written
    lines = generate_po(catalog, width=_WIDTH, include_previous=True)
    return "".join(_in_one_string(line) if line.startswith("#| ") else line for line in lines)


def _in_one_string(previous: str) -> str:
    """A previous original is one string: of comments that are the same, Babel keeps only one."""
    keyword, *strings = re.findall(_STRING, previous.removeprefix("#| "))
    return f'#| {keyword} "{"".join(string[1:-1] for string in strings)}"\n'


def _written(message: Message) -> BabelMessage:
    id = to_braces(message.key)
    written = BabelMessage(
        id,
        to_braces(message.value),
        locations=message.places,
        auto_comments=message.notes,
        previous_id=(to_braces(message.previous),) if message.previous else (),
        context=message.catalog or None,
    )
    # Babel guesses formats from what looks like one: "100 % of" is prose here.
    written.flags.difference_update(_FORMATS)
    if "{" in id:
        written.flags.add("python-brace-format")
    if message.is_fuzzy:
        written.flags.add("fuzzy")
    return written


def read_po(data: bytes, *, path: str) -> tuple[PoFile, tuple[Problem, ...]]:
    """
    ## Reading

    A file that cannot be read says nothing, and the problem says why.
    """
    if len(data) > LARGEST_FILE:
        message = f"the file has {len(data):,} bytes; at most {LARGEST_FILE:,} are read"
        return PoFile(), (_problem("file-size", path, 0, message, "export fewer pages at once"),)
    # Babel does not know the previous source of what is obsolete, as msgmerge writes it.
    lines = (line if not line.startswith(b"#~|") else b"\n" for line in io.BytesIO(data))
    try:
        catalog = babel_read(lines, charset="utf-8", abort_invalid=True)
    except PoFileError as error:
        message = f"this is no PO file: {error.args[0].rpartition(' on ')[0]}"
        return PoFile(), (_problem("po-invalid", path, error.lineno + 1, message, _TAKE_AGAIN),)
    except UnicodeDecodeError:
        message = "the file is not UTF-8"
        return PoFile(), (_problem("file-encoding", path, 0, message, "save the file as UTF-8"),)
    except (ValueError, TypeError, IndexError, KeyError, AttributeError, LookupError) as error:
        message = f"this is no PO file: {error}"
        return PoFile(), (_problem("po-invalid", path, 0, message, _TAKE_AGAIN),)
    language = str(catalog.locale or catalog.locale_identifier or "")
    return PoFile(language, tuple(_read(catalog))), ()


_TAKE_AGAIN = "save it with an editor for PO files, or export it again"


def _problem(code: str, path: str, line: int, message: str, help: str) -> Problem:
    return Problem(code, Severity.ERROR, path, line, 0, message, help)


def _read(catalog: BabelCatalog) -> Iterator[Message]:
    for message in catalog:
        if message.id:
            yield _message(message, is_obsolete=False)
    for message in catalog.obsolete.values():
        if message.id:
            yield _message(message, is_obsolete=True)


def _message(read: BabelMessage, *, is_obsolete: bool) -> Message:
    # Singular and plural are one sentence to us: a tool that made two is not ours.
    id = read.id if isinstance(read.id, str) else read.id[0]
    value = read.string if isinstance(read.string, str) else (read.string or ("",))[0]
    return Message(
        catalog=read.context or "",
        key=from_braces(id),
        value=from_braces(value),
        places=tuple((path, line or 0) for path, line in read.locations),
        notes=tuple(read.auto_comments),
        previous=from_braces(_previous(read.user_comments)),
        is_fuzzy="fuzzy" in read.flags,
        is_obsolete=is_obsolete,
        line=read.lineno or 0,
    )


def _previous(comments: Iterable[str]) -> str:
    """The previous original, which Babel reads as comments that begin with a bar."""
    lines = [line[1:].strip() for line in comments if line.startswith("|")]
    start = next((n for n, line in enumerate(lines) if line.startswith("msgid ")), len(lines))
    strings = (s for line in lines[start:] for s in re.findall(_STRING, line) if s[0] == '"')
    return "".join(map(unescape, strings))


def to_braces(text: str) -> str:
    """
    ## Placeholders in braces

    Braces that belong to the text are doubled.

    >>> to_braces("<p>{a} is <span translate=no>_^_0_^_</span></p>")
    '<p>{{a}} is {0}</p>'
    """
    return "".join(
        f"{{{token.name}}}"
        if token.kind is TokenKind.PLACEHOLDER
        else token.raw.replace("{", "{{").replace("}", "}}")
        for token in tokenize(text)
    )


def from_braces(text: str) -> str:
    """
    And back again. A single brace that a translator wrote is a brace.

    >>> from_braces("{{a}} is {0}, and {b}")
    '{a} is <span translate=no>_^_0_^_</span>, and {b}'
    """
    return _BRACES.sub(lambda match: placeholder(int(match[1])) if match[1] else match[0][0], text)
