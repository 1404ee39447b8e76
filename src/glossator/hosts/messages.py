"""What MkDocs prints: problems as warnings, and each message once, not once for each language."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator

from glossator.model import Problem, Severity
from glossator.report import format_problem

log = logging.getLogger("mkdocs.plugins.glossator")


def tell(problems: Iterable[Problem]) -> None:
    """Print problems; errors too are warnings of MkDocs, which stop a build with `--strict`."""
    for problem in sorted(problems, key=lambda p: (p.path, p.line, p.column, p.code)):
        level = logging.INFO if problem.severity is Severity.INFO else logging.WARNING
        log.log(level, format_problem(problem), extra={"severity": problem.severity})


class Once(logging.Filter):
    """Keeps back what an earlier language has said."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[int, str], int] = {}
        self._build = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Let a message pass in the build in which it comes for the first time."""
        return (
            self._said.setdefault((record.levelno, record.getMessage()), self._build) == self._build
        )

    def next_build(self) -> None:
        """Another language begins."""
        self._build += 1

    def attach(self) -> None:
        """Listen at every handler that hears MkDocs."""
        for handler in handlers():
            handler.addFilter(self)

    def detach(self) -> None:
        """Let everything pass again."""
        for handler in handlers():
            handler.removeFilter(self)


class Tally(logging.Handler):
    """Counts what is wrong, by its severity: our problems, and what MkDocs and others warn of."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[Severity] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        """Count a message, if it tells of something wrong."""
        severity = getattr(record, "severity", None)
        if severity is None and record.levelno >= logging.WARNING:
            severity = Severity.ERROR if record.levelno >= logging.ERROR else Severity.WARNING
        if severity is not None:
            self.counts[severity] += 1

    def attach(self) -> None:
        """Listen to MkDocs."""
        logging.getLogger("mkdocs").addHandler(self)

    def detach(self) -> None:
        """Listen no more."""
        logging.getLogger("mkdocs").removeHandler(self)


def is_heard() -> bool:
    """Whether what is said for information is printed: not with `--quiet`."""
    printers = (one for one in handlers() if isinstance(one, logging.StreamHandler))
    return log.isEnabledFor(logging.INFO) and any(one.level <= logging.INFO for one in printers)


def handlers() -> Iterator[logging.Handler]:
    """Every handler that hears MkDocs."""
    logger: logging.Logger | None = logging.getLogger("mkdocs")
    while logger is not None:
        yield from logger.handlers
        logger = logger.parent if logger.propagate else None
