"""The command line: arguments become calls of the pipeline, its answers text and an exit code.

Each command has its module. What one prints of a file goes through `visible`: a source may come
from a stranger, and nothing in it may move the cursor of the terminal.
"""

from glossator.cli.program import main, run

__all__ = ["main", "run"]
