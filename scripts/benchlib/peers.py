"""Other generators, each in an environment of its own, which pip makes once."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SAY_VERSIONS = """
import importlib.metadata, json, sys
print(json.dumps({name: importlib.metadata.version(name) for name in sys.argv[1:]}))
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """What pip is asked for, and the packages whose versions are told."""

    name: str
    requirements: tuple[str, ...]
    told: tuple[str, ...]


_MATERIAL = ("mkdocs>=1.6,<2", "mkdocs-material>=9.8,<10")

PEERS = (
    Peer("material", _MATERIAL, ("mkdocs", "mkdocs-material", "Markdown", "Pygments")),
    Peer("i18n", (*_MATERIAL, "mkdocs-static-i18n>=1.3,<2"), ("mkdocs-static-i18n",)),
    Peer("zensical", ("zensical",), ("zensical",)),
    Peer("pycco", ("pycco>=0.6,<1",), ("pycco",)),
)


def install(peer: Peer, work: Path) -> Path:
    """The folder of programs of a peer's environment, which is made if it is not there."""
    folder = work / f"env-{peer.name}"
    stamp, wanted = folder / "requirements.json", json.dumps([sys.version, *peer.requirements])
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        print(f"bench: installing {' '.join(peer.requirements)}", file=sys.stderr)
        _run([sys.executable, "-m", "venv", str(folder)], peer)
        pip = [str(programs / "python"), "-m", "pip", "install", "--disable-pip-version-check"]
        _run([*pip, "--quiet", "--no-input", *peer.requirements], peer)
        stamp.write_text(wanted, encoding="utf-8")
    return programs


def versions_of(peer: Peer, programs: Path) -> Mapping[str, str]:
    """The versions of a peer's packages."""
    command = [str(programs / "python"), "-c", _SAY_VERSIONS, *peer.told]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    versions: Mapping[str, str] = json.loads(told)
    return versions


def _run(command: Sequence[str], peer: Peer) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr)[-2000:]
        raise SystemExit(f"bench: {peer.name} could not be installed\n{said}")
