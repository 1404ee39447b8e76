"""The workflows that look after translations: what they may do, and that ours are the same."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from glossator.starting.workflows import (
    catalogs_workflow,
    language_workflow,
    translations_workflow,
)

FOLDER = Path(__file__).parents[3] / ".github/workflows"
INSTALL = "pip install --quiet --editable ."
OURS = {
    "translations": translations_workflow(INSTALL),
    "catalogs": catalogs_workflow(INSTALL, "main"),
    "language": language_workflow(INSTALL),
}


def steps(text: str) -> Iterator[dict[str, Any]]:
    for job in yaml.safe_load(text)["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("name", OURS)
def test_our_own_are_what_others_get(name: str) -> None:
    path = FOLDER / f"{name}.yml"
    if os.environ.get("UPDATE_CASES"):
        path.write_text(OURS[name], encoding="utf-8")
    assert path.read_text(encoding="utf-8") == OURS[name]


def test_a_pull_request_can_do_no_harm() -> None:
    workflow = yaml.safe_load(OURS["translations"])
    # YAML reads `on` as a truth value.
    assert workflow[True] == {"pull_request": None}
    assert workflow["permissions"] == {"contents": "read"}
    assert "secrets" not in OURS["translations"] and "github.token" not in OURS["translations"]


@pytest.mark.parametrize("text", OURS.values(), ids=OURS)
def test_nothing_from_outside_becomes_code(text: str) -> None:
    for step in steps(text):
        assert "${{" not in step.get("run", ""), "a shell gets it as a variable"
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])
        if step.get("uses", "").startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] is False
