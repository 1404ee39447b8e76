"""Catalogs leave the project as a PO file, and what was translated in one comes back.

A project comes in; out goes the text of one file for a locale, or what became of each catalog.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from glossator.book import is_under, redirect_of
from glossator.catalog.exchange import Taken, messages_of, take_messages
from glossator.catalog.po import Message, format_po, read_po
from glossator.catalog.writing import detect_legacy, format_catalog
from glossator.locales import Locale, parse_locale
from glossator.model import Document, Problem, Severity
from glossator.pipeline import read_manuscript
from glossator.project.catalogs import load_catalog
from glossator.project.files import read_text, write_text
from glossator.project.settings import Project, Settings
from glossator.project.states import load_state, save_state


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of the messages for one catalog."""

    path: str
    taken: int
    suggested: int


def export_po(
    project: Project, locale: Locale, *, name: str, made: datetime, paths: Sequence[str] = ()
) -> tuple[str, tuple[Problem, ...]]:
    """The PO file of some sources (all, by default) in a locale; `name` is that of the project.

    A catalog that cannot be read is left out, and is a problem.
    """
    problems: list[Problem] = []
    messages: list[Message] = []
    for catalog_name, document in _documents(project, paths):
        catalog, torn = load_catalog(project.settings, catalog_name, locale.code)
        state, unknown = load_state(project.settings, catalog.path)
        problems.extend((*torn, *unknown))
        messages.extend(messages_of(catalog_name, document, catalog, state))
    return format_po(messages, locale=locale, project=name, made=made), tuple(problems)


def _documents(project: Project, paths: Sequence[str] = ()) -> Iterator[tuple[str, Document]]:
    """The documents that are translated, by the names of their catalogs."""
    manuscript = read_manuscript(project)
    for path, document in manuscript.documents.items():
        if not redirect_of(document) and is_under(path, paths):
            yield manuscript.addresses[path].catalog, document


def import_po(
    project: Project, data: bytes, *, path: str, code: str = ""
) -> tuple[tuple[ImportReport, ...], tuple[Problem, ...]]:
    """Take what was translated in the PO file at `path` into the catalogs of its locale.

    `code` names the locale where the file's own header does not. Raises `OSError` if a catalog
    cannot be written; each is the old one or the new one.
    """
    file, problems = read_po(data, path=path)
    if problems:
        return (), problems
    locale = _locale(project.settings, code or file.language)
    if locale is None:
        return (), (_no_locale(path, file.language),)
    messages = _by_catalog(file.messages)
    reports: list[ImportReport] = []
    found: list[Problem] = []
    known: set[str] = set()
    for name, document in _documents(project):
        own, shared = messages.get(name, ()), messages.get("", ())
        if not own and not shared:
            continue
        catalog, torn = load_catalog(project.settings, name, locale.code)
        state, unreadable = load_state(project.settings, catalog.path)
        if torn or unreadable:
            found.extend((*torn, *unreadable))
            continue
        known.add(name)
        taken = take_messages((*own, *shared), name, document, catalog, state)
        found.extend(_problems(taken, path))
        if taken.taken or taken.suggested:
            _write(project.settings, catalog.path, taken)
            reports.append(ImportReport(catalog.path, taken.taken, taken.suggested))
    for name in messages.keys() - known - {""}:
        found.append(_no_catalog(path, name, messages[name][0]))
    return tuple(reports), tuple(found)


def _locale(settings: Settings, code: str) -> Locale | None:
    """The locale of the site that a code or a header of gettext (`pt_BR`) means."""
    for locale in settings.locales[1:]:
        if locale.code == code:
            return locale
    try:
        tag = parse_locale(code).tag if code else ""
    except ValueError:
        return None
    found = [locale for locale in settings.locales[1:] if locale.tag == tag]
    # Editors write `zh_CN` where we say `zh-Hans`.
    found = found or [locale for locale in settings.locales[1:] if tag.startswith(f"{locale.tag}-")]
    return found[0] if len(found) == 1 else None


def _by_catalog(messages: Sequence[Message]) -> Mapping[str, list[Message]]:
    found: defaultdict[str, list[Message]] = defaultdict(list)
    for message in messages:
        found[message.catalog].append(message)
    return found


def _write(settings: Settings, path: str, taken: Taken) -> None:
    is_there = (settings.root / path).exists()
    legacy = is_there and detect_legacy(read_text(settings, path))
    pairs = ((entry.key, entry.value) for entry in taken.entries)
    write_text(settings, path, format_catalog(pairs, legacy=legacy))
    save_state(settings, path, taken.state)


def _problems(taken: Taken, path: str) -> Iterator[Problem]:
    for message, finding in taken.refused:
        yield Problem(
            code=finding.code,
            severity=Severity.ERROR,
            path=path,
            line=message.line,
            column=0,
            message=finding.message,
            help=finding.help,
            source=_place(message),
        )
    for message in taken.unknown:
        # A message without a catalog is offered to each of them.
        if message.catalog:
            yield Problem(
                code="po-unknown",
                severity=Severity.WARNING,
                path=path,
                line=message.line,
                column=0,
                message="the original of this message has changed, so it is not taken",
                help="export the file again: what is similar comes as a suggestion",
                source=_place(message),
            )


def _place(message: Message) -> str:
    return f"{message.places[0][0]}:{message.places[0][1]}" if message.places else ""


def _no_locale(path: str, language: str) -> Problem:
    named = f"its language `{language}` is none of the site's"
    message = named if language else "it does not name its language"
    help = "name the locale with `--locale`, or add it to `locales` of the configuration"
    return Problem("po-locale", Severity.ERROR, path, 0, 0, message, help)


def _no_catalog(path: str, name: str, message: Message) -> Problem:
    return Problem(
        code="po-unknown",
        severity=Severity.WARNING,
        path=path,
        line=message.line,
        column=0,
        message=f"no page of the site has the catalog `{name}`, so its messages are not taken",
        help="export the file again",
    )
