"""A Dask cluster as a pool of workers; Dask is imported when there is work, and not before."""

from __future__ import annotations

import logging
import os
import sys
import time
from concurrent import futures
from typing import Any

from glossator.passes.queue import can_fork

_PATIENCE = 5
"""Seconds that a scheduler has to answer."""

_FAREWELL = 1
"""Seconds that the system may need to end threads which have ended for Python."""

_RETRIES = 2
"""How often something is done again by another worker. A pass is pure, so it may be."""

_THREADS = "OPENBLAS_NUM_THREADS"
"""With 1 in this variable NumPy, which Dask imports if it is there, starts no threads of its own.

They would stay when the cluster is let go of, and a process with threads cannot be forked.
"""


class Cluster:
    """The workers of the Dask scheduler at an address."""

    def __init__(self, address: str) -> None:
        self.name = f"the Dask cluster at {address}"
        self._address = address
        self._client: Any = None

    def open(self) -> futures.Executor:
        """Connect with the scheduler; raises `OSError` if none answers."""
        is_ours = _THREADS not in os.environ
        os.environ.setdefault(_THREADS, "1")
        try:
            import dask

            # Large messages would get a thread, too.
            dask.config.set({"distributed.comm.offload": False})
            from distributed import Client

            # It logs what it does about lost workers. If that is not enough, we say so.
            logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
            self._client = Client(self._address, timeout=_PATIENCE, set_as_default=False)
        except ValueError as error:
            raise OSError(str(error)) from error
        finally:
            if is_ours:
                del os.environ[_THREADS]
        # Dask would name each task by all that it is given, to do none of them twice.
        pool: futures.Executor = self._client.get_executor(retries=_RETRIES, pure=False)
        return pool

    def workers(self) -> int:
        """How many workers the scheduler has now; none if it does not answer any more."""
        try:
            return len(self._client.nthreads())
        except (OSError, TimeoutError, ValueError):
            return 0

    def close(self) -> None:
        """Disconnect, and see the threads off that did it."""
        self._client.close()
        self._client = None
        end = time.monotonic() + _FAREWELL
        while sys.platform == "linux" and not can_fork() and time.monotonic() < end:
            time.sleep(0.005)
