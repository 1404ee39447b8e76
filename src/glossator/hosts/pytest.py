"""A plugin for pytest that runs examples on every device; it decides nothing about them.

Nobody gets it who does not ask for it: `-p glossator.hosts.pytest`, or in the `conftest.py` at the
root `pytest_plugins = ["glossator.hosts.pytest"]`. Files become items, options become arguments,
and outcomes become pytest's reports. An item is a docstring on a device: `layer.py::Layer[cuda]`;
`layer.py::Layer[cuda-parity]` compares what the device has computed with what the CPU has.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from glossator.examples.bench import Bench, Job
from glossator.examples.collect import SUFFIXES, collect_bytes
from glossator.examples.devices import BACKENDS, Backend, check_name
from glossator.examples.example import Status
from glossator.examples.here import this_run
from glossator.examples.record import Record
from glossator.examples.run import Manner
from glossator.examples.store import save_record
from glossator.examples.tally import Report, from_plain, run_of, table, to_plain, unproved

_BENCH = pytest.StashKey[Bench]()
_NEVER = frozenset(["conftest.py", "setup.py", "__main__.py"])  # To import them is to run them.
_TESTS = (["test"], ["Test"])
_TEST = re.compile(rb"\b(?:def|class)\s+\w*test", re.IGNORECASE)
_DEVICES = "cpu,cuda,mps"
_WATCH = "faulthandler_timeout"
_KEY = "examples"
"""The attribute of pytest's report that holds ours."""


class Hooks:
    """What a project may add."""

    @pytest.hookspec
    def pytest_example_backends(self, config: pytest.Config) -> Sequence[Backend]:
        """Kinds of devices besides those that torch brings; see `glossator.examples.devices`."""
        return ()


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Announce the hook for more devices."""
    pluginmanager.add_hookspecs(Hooks)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of the command line, and those that a project may set once in its configuration."""
    group = parser.getgroup("examples", "examples in docstrings, Markdown and notebooks")
    group.addoption(
        "--example-devices", metavar="NAMES",
        help=f"devices to run examples on, as in `cpu,cuda:1`; `auto`: all there are ({_DEVICES})",
    )  # fmt: skip
    group.addoption(
        "--example-require", metavar="NAMES", default="",
        help="devices that must be there, and must prove to have done the work",
    )  # fmt: skip
    group.addoption("--example-record", metavar="FILE", help="write down what came of each example")
    group.addoption(
        "--example-timeout", metavar="SECONDS", type=float,
        help="stop an example that takes longer; 0 is for ever (60)",
    )  # fmt: skip
    parser.addini("example_devices", "default of --example-devices", default=_DEVICES)
    parser.addini("example_timeout", "default of --example-timeout", default="60")
    parser.addini("example_files", "files that may have examples", "linelist", ["*"])


def pytest_configure(config: pytest.Config) -> None:
    """Read the options; a device that cannot exist is an error of usage."""
    given: Iterable[Sequence[Backend]] = config.hook.pytest_example_backends(config=config)
    backends = dict(BACKENDS) | {backend.kind: backend for some in given for backend in some}
    required = _names(config.getoption("--example-require"))
    wanted = _names(config.getoption("--example-devices") or config.getini("example_devices"))
    for name in (*required, *(name for name in wanted if name != "auto")):
        wrong = check_name(name, backends)
        if wrong:
            raise pytest.UsageError(wrong)
    bench = Bench(
        config.rootpath,
        backends=backends,
        wanted=wanted,
        required=required,
        manner=_manner(config),
    )
    config.stash[_BENCH] = bench
    config.pluginmanager.register(Recorder(config, bench), "glossator-examples")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Close what `pytest_configure` has opened."""
    bench = config.stash.get(_BENCH, None)
    if bench is not None and bench.manner.stderr is not None:
        os.close(bench.manner.stderr)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A file that may have examples, which pytest's own test files are not."""
    config, name = parent.config, file_path.name
    if file_path.suffix not in SUFFIXES or name in _NEVER:
        return None
    path = _relative(config, file_path)
    if not any(
        fnmatch(path, glob) or fnmatch(name, glob) for glob in config.getini("example_files")
    ):
        return None
    if file_path.suffix == ".py" and _is_test(config, name):
        return None
    # Below the session, not the package: pytest would import the package before its first item.
    return ExampleFile.from_parent(parent.session, path=file_path)


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> Any:
    """Keep pytest from importing a file that is named to it, but has examples and no tests.

    It would import it while it collects, and a failure there ends the run before any item is run.
    """
    config, data = parent.config, module_path.read_bytes()
    usual = (config.getini("python_functions"), config.getini("python_classes")) == _TESTS
    if not usual or b">>>" not in data or _TEST.search(data) or _is_test(config, module_path.name):
        return None
    return NoTests.from_parent(parent, path=module_path)


class NoTests(pytest.Module):
    """A module in which pytest need not look for tests."""

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        """Nothing, and without an import."""
        return ()


class ExampleFile(pytest.File):
    """A file, and the jobs that its docstrings ask for."""

    def collect(self) -> Iterator[pytest.Item]:
        """An item for each docstring on each device, and one for each comparison with the CPU."""
        path = _relative(self.config, self.path)
        for docstring in collect_bytes(self.path.read_bytes(), path):
            for job in self.config.stash[_BENCH].jobs(docstring):
                yield ExampleItem.from_parent(self, name=job.name, job=job)


class ExampleItem(pytest.Item):
    """A docstring on a device, or its comparison with the CPU."""

    def __init__(self, *, job: Job, **options: Any) -> None:
        super().__init__(**options)
        self.job = job
        self.report: Report | None = None

    def runtest(self) -> None:
        """Do the job; what it came to is kept for the report."""
        self.report = self.config.stash[_BENCH].do(self.job, self.nodeid)
        if self.report.status is Status.FAILED:
            raise ExamplesFailed(self.report.reason)
        if self.report.status is not Status.PASSED:
            pytest.skip(self.report.reason)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The message alone: a traceback through the plugin would only hide it."""
        if isinstance(excinfo.value, ExamplesFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the docstring's examples begin, and what a heading calls them."""
        return self.path, self.job.docstring.line - 1, f"examples of {self.name}"


class ExamplesFailed(Exception):
    """An example that did not pass, with everything that there is to say about it."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Send our report along with pytest's, and give a skip the place of the example."""
    report = yield
    if isinstance(item, ExampleItem) and call.when == "call" and item.report is not None:
        setattr(report, _KEY, to_plain(item.report))
        if report.skipped:
            path, line, _ = item.reportinfo()
            report.longrepr = (str(path), line + 1, item.report.reason)
    return report


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """A docstring of which a part was skipped has not passed: it is partial."""
    plain = getattr(report, _KEY, None)
    if plain is not None and plain["status"] == Status.PARTIAL:
        return "partial", "p", "PARTIAL"
    return None


class Recorder:
    """Keeps what came of all items; with xdist they come from other processes."""

    def __init__(self, config: pytest.Config, bench: Bench) -> None:
        self._config = config
        self._bench = bench
        self._reports: list[Report] = []
        self._told: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep our part of a report."""
        plain = getattr(report, _KEY, None)
        if plain is not None:
            self._reports.append(from_plain(plain))

    def pytest_report_collectionfinish(self) -> list[str]:
        """The devices that were looked for: what they are, or why they are absent."""
        return [
            f"examples on {name}: {device.title or f'absent: {device.absence}'}"
            for name, device in self._bench.found.items()
        ]

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the record, and fail a run that has not proved what it was to prove."""
        if hasattr(self._config, "workerinput") or self._config.getoption("collectonly"):
            return
        told = unproved(self._reports, self._bench.required) + self._save()
        self._told = told
        if told and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The table of devices, the partial docstrings, and what is wrong with the run."""
        record = self._config.getoption("--example-record")
        if not self._reports and not self._told:
            return
        terminalreporter.section("examples")
        for line in table(self._reports):
            terminalreporter.line(line)
        for line in self._told:
            terminalreporter.line(f"ERROR: {line}", red=True)
        if record and not self._told:
            terminalreporter.line(f"record: {record}")

    def _save(self) -> list[str]:
        """Write the record if one is wanted, and say why it cannot be."""
        name = self._config.getoption("--example-record")
        if not name:
            return []
        run = run_of(self._reports, this_run(self._config.rootpath))
        if not run.entries:
            return [f"--example-record {name}: not written, since no example was run"]
        try:
            save_record(self._config.invocation_params.dir / name, Record((run,)))
        except OSError as error:
            return [f"--example-record {name}: not written: {error.strerror or error}"]
        return []


def _manner(config: pytest.Config) -> Manner:
    """How examples are run; a debugger must not be stopped, whatever it takes."""
    option = config.getoption("--example-timeout")
    given = config.getini("example_timeout") if option is None else option
    try:
        seconds = float(given)
    except ValueError:
        raise pytest.UsageError(f"example_timeout: `{given}` is no number of seconds") from None
    if config.getoption("usepdb", False) or config.getoption("trace", False):
        seconds = 0.0
    # A process has one such watch, and pytest's own may be in use.
    watched = config.pluginmanager.hasplugin("faulthandler") and config.getini(_WATCH)
    taken = watched and float(watched) > 0
    return Manner(seconds, None if taken or not seconds else _stderr(), excuse=_excuse)


def _stderr() -> int | None:
    """A copy of the real stderr, which pytest will soon catch, for the last words of a process."""
    with contextlib.suppress(OSError):
        return os.dup(2)
    return None


def _excuse(error: BaseException) -> str:
    """`pytest.skip` and `pytest.importorskip` mean in an example what they mean in a test."""
    return str(error) or "skipped" if isinstance(error, pytest.skip.Exception) else ""


def _is_test(config: pytest.Config, name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in config.getini("python_files"))


def _names(option: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in option.split(",") if name.strip())


def _relative(config: pytest.Config, path: Path) -> str:
    return Path(os.path.relpath(path, config.rootpath)).as_posix()
