"""The runner that a configuration asks for: where results are kept, and who makes them."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from mkdocs.exceptions import PluginError

from glossator.hosts.cluster import Cluster
from glossator.hosts.messages import log
from glossator.hosts.options import GlossatorOptions
from glossator.passes.executors import Forked, InOrder
from glossator.passes.passes import Executor
from glossator.passes.pooled import Pooled
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
    here = InOrder() if options.processes == 1 else Forked(options.processes)
    if not options.scheduler:
        return here
    if find_spec("distributed") is None:
        raise PluginError("the option `scheduler` needs Dask: pip install 'glossator[dask]'")
    return Pooled(Cluster(options.scheduler), here, warn=log.warning)
