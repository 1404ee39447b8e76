"""The runner that a configuration asks for: where results are kept, and who makes them."""

from __future__ import annotations

from concurrent import futures
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from glossator.hosts.messages import log
from glossator.hosts.options import GlossatorOptions
from glossator.passes.executors import Forked, InOrder, Pooled
from glossator.passes.passes import Executor
from glossator.passes.runner import Runner, Tell
from glossator.project.store import FolderStore


def open_runner(options: GlossatorOptions, root: Path, tell: Tell) -> Runner:
    """The runner of a project whose folder is `root`, which tells how far it is."""
    store = None
    if options.cache_mode != "off":
        folder = root / options.cache / "results"
        read_only = options.cache_mode == "read"
        store = FolderStore(folder, read_only=read_only, warn=log.warning)
    return Runner(store, _executor(options), tell=tell)


def _executor(options: GlossatorOptions) -> Executor:
    if options.scheduler:
        client = _connect(options.scheduler)
        workers = len(client.scheduler_info()["workers"])
        return Pooled(lambda: _pool(client), workers=max(workers, 1), warn=log.warning)
    return InOrder() if options.processes == 1 else Forked(options.processes)


def _connect(address: str) -> Any:
    """A client of a Dask cluster; MkDocs' own exception if there is none."""
    try:
        from distributed import Client
    except ImportError as error:
        raise PluginError(
            "the option `scheduler` needs Dask: pip install 'glossator[dask]'"
        ) from error
    try:
        return Client(address, timeout=10)
    except (OSError, ValueError) as error:
        raise PluginError(f"no Dask scheduler answers at {address}: {error}") from error


def _pool(client: Any) -> futures.Executor:
    # A pass is pure, so what a lost worker was doing may be done by another one.
    pool: futures.Executor = client.get_executor(retries=2)
    return pool
