"""The Nu checker reads pages of every kind."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest

from tests.browser.conftest import Site
from tests.browser.npm import npm_file
from tests.browser.test_accessibility import PAGES

THEIRS = (
    # Material: Firefox would keep the state of a checkbox over a reload without it.
    "Attribute “autocomplete” is only allowed when the input type is",
    # Material names the control of its outline on pages that have no outline.
    "The value of the “for” attribute of the “label” element must be the ID",
)
"""Errors in what the theme writes."""


def test_what_we_write_is_valid(site: Site) -> None:
    if shutil.which("java") is None:
        pytest.skip("there is no Java, in which the Nu checker is written")
    checker = npm_file("vnu-jar/build/dist/vnu.jar")
    command = ["java", "-jar", checker, "--errors-only", "--format", "json"]
    pages = [site.folder / path for path in PAGES]
    done = subprocess.run([*command, *pages], capture_output=True, text=True, timeout=240)
    messages = json.loads(done.stderr)["messages"]
    assert not [m for m in messages if m["type"] == "non-document-error"]
    ours = {
        f"{m['url'].partition(site.folder.name)[2]}: {re.sub(chr(10), ' ', m['message'])}"
        for m in messages
        if not m["message"].startswith(THEIRS)
    }
    assert ours == set()
