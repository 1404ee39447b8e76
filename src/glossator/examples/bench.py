"""The workbench of a run: docstrings become jobs, and a job becomes a report.

It remembers what is asked for again and again: devices, modules, and the files that a file imports.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

from glossator.examples.devices import Backend, Device, cpu_without_torch, find_device
from glossator.examples.example import Docstring, Kind, Outcome, Status, overall
from glossator.examples.messages import failure_text, fault_text, unrun_text
from glossator.examples.modules import ImportFailure, import_file
from glossator.examples.names import assigned_names, mentions
from glossator.examples.perform import Performance, perform
from glossator.examples.run import Manner
from glossator.examples.snapshot import Snapshot
from glossator.examples.store import project_reader
from glossator.examples.tally import Report, entries_of
from glossator.examples.tensors import disagreements


@dataclass(frozen=True, slots=True)
class Job:
    """A docstring on a device, or the comparison of the device with the CPU.

    `device` is empty for examples that do not mention `device`: they are run once, on the CPU.
    """

    docstring: Docstring
    device: str = ""
    parity: bool = False

    @property
    def name(self) -> str:
        """What a person types to run it: `Layer[cuda]`."""
        suffix = f"[{self.device}{'-parity' if self.parity else ''}]" if self.device else ""
        return self.docstring.name + suffix


class Bench:
    """What a run was asked for, and what it has found out so far."""

    def __init__(
        self,
        root: Path,
        *,
        backends: Mapping[str, Backend],
        wanted: Sequence[str],
        required: Sequence[str],
        manner: Manner,
    ) -> None:
        self.manner = replace(manner, excuse=lambda error: self._excuse(error, manner))
        self.required = tuple(required)
        self.found: dict[str, Device] = {}
        self._root = root
        self._backends = backends
        self._wanted = tuple(dict.fromkeys((*wanted, *required)))
        self._modules: dict[str, ModuleType | ImportFailure] = {}
        self._snapshot = Snapshot(project_reader(root))

    def jobs(self, docstring: Docstring) -> Iterator[Job]:
        """A job for each device if the examples mention `device`, otherwise one."""
        if not mentions(docstring.examples, "device"):
            yield Job(docstring)
            return
        has_names = bool(assigned_names(docstring.examples))
        for name in self._names():
            device = self.device(name)
            yield Job(docstring, name)
            if name != "cpu" and has_names and not device.absence:
                yield Job(docstring, name, parity=True)

    def device(self, name: str) -> Device:
        """The device of a name; it is looked for once."""
        if name not in self.found:
            self.found[name] = find_device(name, self._backends)
        return self.found[name]

    def do(self, job: Job, place: str) -> Report:
        """Do a job; `place` is what the report calls it."""
        docstring = job.docstring
        device = self.device(job.device) if job.device else cpu_without_torch()
        report = Report(place, device.name, Status.FAILED, title=device.title, parity=job.parity)
        if docstring.faults:
            return replace(report, reason=fault_text(docstring))
        if device.absence:
            return replace(
                report,
                status=self._unless_required(device.name),
                reason=f"{device.name} is absent: {device.absence}",
                absence=device.absence,
            )
        files = self._snapshot.hashes(docstring.path)
        module = self._module(docstring)
        if isinstance(module, ImportFailure):
            return self._unimported(report, module, docstring)
        try:
            if job.parity:
                return self._compare(docstring, module, device, report)
            return replace(self._run(docstring, module, device, report), files=files)
        except RuntimeError as error:  # A device that crashed answers no more questions.
            return replace(report, reason=f"{device.name} does not work any more: {error}")

    def _run(
        self, docstring: Docstring, module: ModuleType | None, device: Device, report: Report
    ) -> Report:
        performance = perform(docstring, module, device, self.manner)
        outcomes, used = performance.outcomes, performance.used
        del performance  # It holds the tensors, whose memory may be asked back.
        status, reason = overall(outcomes), _reason(docstring, device.name, outcomes)
        if status is Status.FAILED:
            device.ask(device.backend.free)
        elif device.name in self.required and not used and status is not Status.SKIPPED:
            status = Status.FAILED
            reason = (
                f"{docstring.path}:{docstring.line}: nothing proves that {device.name} was used"
            )
        entries = entries_of(docstring, device, outcomes, used)
        return replace(report, status=status, reason=reason, used=used, entries=entries)

    def _compare(
        self, docstring: Docstring, module: ModuleType | None, device: Device, report: Report
    ) -> Report:
        """Run the docstring here and there, and compare what its names stand for afterwards."""
        cpu = perform(docstring, module, self.device("cpu"), self.manner)
        there = perform(docstring, module, device, self.manner)
        status, reason = _parity(docstring, device, cpu, there)
        return replace(report, status=status, reason=reason)

    def _names(self) -> Iterator[str]:
        for name in self._wanted:
            if name != "auto":
                yield name
                continue
            for kind in self._backends:
                if kind not in self._wanted and not self.device(kind).absence:
                    yield kind

    def _unless_required(self, device: str) -> Status:
        return Status.FAILED if device in self.required else Status.SKIPPED

    def _unimported(self, report: Report, failure: ImportFailure, docstring: Docstring) -> Report:
        """Without torch its code cannot be run; any other reason is a mistake in the code."""
        if failure.missing == "torch" and not self.required:
            return replace(report, status=Status.SKIPPED, reason="torch is not installed")
        reason = f"{docstring.path}: this module cannot be imported\n  {failure}"
        return replace(report, reason=reason)

    def _excuse(self, error: BaseException, manner: Manner) -> str:
        if isinstance(error, ModuleNotFoundError) and error.name == "torch" and not self.required:
            return "torch is not installed"
        return manner.excuse(error)

    def _module(self, docstring: Docstring) -> ModuleType | ImportFailure | None:
        """The module of a Python file, imported once; Markdown and notebooks have none."""
        path = docstring.path
        if docstring.kind is not Kind.PYTHON:
            return None
        if path not in self._modules:
            try:
                self._modules[path] = import_file(
                    self._root / path, seconds=self.manner.seconds, stderr=self.manner.stderr
                )
            except ImportFailure as failure:
                self._modules[path] = failure
        return self._modules[path]


def _reason(docstring: Docstring, device: str, outcomes: Sequence[Outcome]) -> str:
    status = overall(outcomes)
    if status is Status.FAILED:
        return failure_text(docstring, device, outcomes)
    return "" if status is Status.PASSED else unrun_text(outcomes)


def _parity(
    docstring: Docstring, device: Device, cpu: Performance, there: Performance
) -> tuple[Status, str]:
    """Whether a device has computed what the CPU has; what cannot be compared is no success."""
    place = f"{docstring.path}:{docstring.line}"
    if there.drew:
        return Status.SKIPPED, f"not compared: random numbers are drawn on {device.name} itself"
    tolerances = [e.flags.tolerance for e in docstring.examples if e.flags.tolerance is not None]
    tolerance = max(tolerances, default=None)
    wrong = disagreements(cpu.tensors, there.tensors, device.torch, tolerance)
    if wrong:
        told = f"{place}: after the examples of {docstring.name} {device.name} and cpu disagree"
        return Status.FAILED, "\n".join([told, *(f"  {line}" for line in wrong)])
    if Status.FAILED in (overall(cpu.outcomes), overall(there.outcomes)):
        return Status.SKIPPED, "not compared to the end: the examples themselves fail"
    if not cpu.tensors:
        return Status.SKIPPED, "not compared: no name of the examples stands for a tensor"
    return Status.PASSED, ""
