"""The sites that are photographed, each built once and only if a picture needs it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide" / "use.md"
PUBLISH = ROOT / "docs" / "guide" / "publish.md"
CATALOG = Path("translations") / "normalization" / "batch_norm" / "__init__.zh.json"

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def own(scratch: Path) -> Path:
    """The site of this repository."""
    return build(ROOT, scratch / "site")


def gap(scratch: Path) -> Path:
    """The same, while somebody is still translating: every third sentence is missing."""
    project = scratch / "project"
    for folder in ("docs", "labml_nn", "src", "translations"):
        shutil.copytree(ROOT / folder, project / folder)
    shutil.copy(ROOT / "mkdocs.yml", project)
    catalog = json.loads((project / CATALOG).read_text(encoding="utf-8"))
    for key in list(catalog)[4::3]:
        catalog[key] = ""
    (project / CATALOG).write_text(json.dumps(catalog, ensure_ascii=False), encoding="utf-8")
    return build(project, scratch / "site")


def small(scratch: Path) -> Path:
    """What the guide says, done to the letter: its files, its commands, its translation."""
    project = scratch / "project"
    said = _FENCE.findall(GUIDE.read_text(encoding="utf-8"))
    package, module = [text for kind, text in said if kind == "python"]
    write(project / "papers" / "__init__.py", package)
    write(project / "papers" / "softmax.py", module)
    run(project, "glossator", "init", "--locale", "zh")
    run(project, "glossator", "sync")
    catalog = project / "translations" / "papers" / "softmax.zh.json"
    entry = next(text for kind, text in said if kind == "json")
    entries = json.loads(catalog.read_text(encoding="utf-8"))
    entries |= json.loads("{" + entry.strip().rstrip(",") + "}")
    write(catalog, json.dumps(entries, ensure_ascii=False))
    return build(project, scratch / "site")


def stranger(scratch: Path) -> Path:
    """A repository that knows nothing of us, by the guide to publishing."""
    project = scratch / "shapes"
    said = _FENCE.findall(PUBLISH.read_text(encoding="utf-8"))
    write(project / "shapes" / "circle.py", next(text for kind, text in said if kind == "python"))
    write(project / "shapes" / "__init__.py", '"""Shapes, and what can be measured of them."""\n')
    run(project, "glossator", "init")
    return build(project, scratch / "site")


SITES: dict[str, Callable[[Path], Path]] = {
    "own": own, "gap": gap, "small": small, "stranger": stranger,
}  # fmt: skip


def build(project: Path, into: Path) -> Path:
    """Build a project with MkDocs."""
    run(project, "mkdocs", "build", "--quiet", "--site-dir", str(into))
    return into


def run(project: Path, command: str, *arguments: str) -> None:
    """Run a command in the folder of a project; its words are shown only if it fails."""
    done = subprocess.run(
        [Path(sys.executable).with_name(command), *arguments],
        cwd=project,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)


def write(path: Path, text: str) -> None:
    """Write a file, and its folder if there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
