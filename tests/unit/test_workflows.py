"""The workflows of the repository: what must hold of them, whatever they do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"uses: [\w-]+/[\w./-]+@[0-9a-f]{40} {1,2}# v\d+\.\d+\.\d+$")


def read(path: Path) -> dict[str, Any]:
    """A workflow; YAML takes the bare `on` for a truth value."""
    workflow = yaml.safe_load(path.read_text("utf-8"))
    return {"on" if key is True else key: value for key, value in workflow.items()}


SITE = read(ROOT / ".github" / "workflows" / "site.yml")


def steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_a_workflow_runs_what_it_names_and_may_do_little(path: Path) -> None:
    text, workflow = path.read_text("utf-8"), read(path)

    if "pull_request" in workflow["on"]:
        assert workflow["permissions"] == {"contents": "read"}, "a stranger's code may not write"
    assert "pull_request_target" not in text and "secrets." not in text
    uses = [line.strip().removeprefix("- ") for line in text.splitlines() if "uses: " in line]
    assert uses and all(PINNED.fullmatch(line) for line in uses), "actions are pinned to commits"
    assert all(job["timeout-minutes"] <= 30 for job in workflow["jobs"].values())
    for step in steps(workflow):
        if "actions/checkout@" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False
        for script in re.findall(r"scripts/\w+", step.get("run", "")):
            assert (ROOT / script).is_file()
        assert "${{" not in step.get("run", ""), "values come by the environment"


def test_the_job_on_a_gpu_is_for_no_stranger_and_waits_for_nothing() -> None:
    job = SITE["jobs"]["gpu"]

    assert "github.event_name != 'pull_request'" in job["if"]
    assert "vars.GPU_RUNNER != ''" in job["if"] and "vars.GPU_RUNNER" in job["runs-on"]
    others = [name for name, job in SITE["jobs"].items() if job["runs-on"] != "ubuntu-latest"]
    assert others == ["gpu"]
    assert any("--example-require cuda" in step.get("run", "") for step in job["steps"])
    assert {"push", "schedule"} < SITE["on"].keys() and SITE["on"]["push"]["branches"] == ["main"]


def test_the_record_reaches_the_site() -> None:
    jobs = SITE["jobs"]

    assert "pull_request" in SITE["on"] and "if" not in jobs["cpu"]
    assert jobs["record"]["needs"] == ["cpu", "gpu"], "it is merged without a GPU, too"
    assert "needs.cpu.result == 'success'" in jobs["record"]["if"]
    given = {s["with"]["name"] for s in steps(SITE) if "upload-artifact@" in s.get("uses", "")}
    taken = [s["with"] for s in steps(SITE) if "download-artifact@" in s.get("uses", "")]
    assert given == {"record-cpu", "record-gpu", "examples"}
    assert [w.get("name") or w["pattern"] for w in taken] == ["record-*", "examples", "examples"]
    assert "--max-days 30" in jobs["age"]["steps"][-1]["run"]
    assert "github.event_name != 'pull_request'" in jobs["deploy"]["if"]
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
