"""The builds of the further languages, which run beside that of the source language.

Each is a build of MkDocs in its own right, from the configuration to the last page. What it prints
is printed by the first build, when that one is done: as if they had come one after another.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec
from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig

from glossator.hosts.account import Account
from glossator.hosts.site import Site
from glossator.locales import Locale
from glossator.passes.passes import encode
from glossator.passes.queue import Queue


@dataclass(frozen=True, slots=True)
class Message:
    """What a build has logged."""

    logger: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Built:
    """What has come of a build: how many pages it has written, and what it has logged."""

    pages: int
    messages: tuple[Message, ...]


class FurtherBuilds:
    """The builds of all languages but the first, in as many `processes` as there are to be.

    `configure` makes the configuration of one; `shows_drafts` says whether they are for `serve`.
    """

    def __init__(
        self,
        site: Site,
        configure: Callable[[Locale], MkDocsConfig],
        locales: Sequence[Locale],
        account: Account,
        *,
        processes: int,
        shows_drafts: bool,
    ) -> None:
        self._site, self._configure, self._shows_drafts = site, configure, shows_drafts
        self._locales, self._account = locales, account
        self._heard: list[Message] = []
        self._queue: Queue[Built] = Queue(
            lambda number: self._build_aside(self._locales[number]),
            len(self._locales),
            helpers=max(processes - 1, 0),
            encode=encode,
            decode=_DECODER.decode,
        )

    def finish(self) -> None:
        """Build what nobody has begun, and say what all of them have said."""
        done: dict[int, Built] = {}
        try:
            for number, built in self._queue.work():
                done[number] = built
                self._account.count_pages(self._locales[number].code, built.pages)
        except BaseException:
            # What a build says before it fails is why it fails.
            done[len(self._locales)] = Built(0, tuple(self._heard))
            raise
        finally:
            for number in sorted(done):
                self._account.once.next_build()
                for message in done[number].messages:
                    _repeat(message)

    def close(self) -> None:
        """Stop: the first build has failed."""
        self._queue.close()

    def _build_aside(self, locale: Locale) -> Built:
        with _listening() as self._heard:
            self._build(locale)
        return Built(self._account.pages(locale.code), tuple(self._heard))

    def _build(self, locale: Locale) -> None:
        made = self._configure(locale)
        build(made, serve_url=made.site_url if self._shows_drafts else None)
        # Their pages are made; what was put together for them is not needed any more.
        self._site.editions[locale.code].translated.forget()


_DECODER = msgspec.msgpack.Decoder(Built)


@contextmanager
def _listening() -> Iterator[list[Message]]:
    """Keep what is logged, instead of printing it."""
    said: list[Message] = []
    logger = logging.getLogger("mkdocs")
    handlers, propagates = logger.handlers, logger.propagate
    logger.handlers, logger.propagate = [_Listener(said)], False
    try:
        yield said
    finally:
        logger.handlers, logger.propagate = handlers, propagates


def _repeat(message: Message) -> None:
    """Log a message once more. What MkDocs filters at a logger was filtered when it came up."""
    logger = logging.getLogger(message.logger)
    record = logger.makeRecord(message.logger, message.level, "", 0, message.text, (), None)
    logger.callHandlers(record)


class _Listener(logging.Handler):
    """Writes down what is logged."""

    def __init__(self, said: list[Message]) -> None:
        super().__init__()
        self._said = said

    def emit(self, record: logging.LogRecord) -> None:
        """Write a message down, unless it tells how long one of the languages took."""
        if record.levelno <= logging.INFO and record.msg.startswith("Documentation built in"):
            return
        self._said.append(Message(record.name, record.levelno, record.getMessage()))
