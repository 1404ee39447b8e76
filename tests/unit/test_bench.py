from __future__ import annotations

import ast
import os
import sys

import pytest

from scripts.benchlib.corpus import module, translated
from scripts.benchlib.measure import Measured, measure
from scripts.benchlib.sites import as_markdown
from scripts.benchlib.table import table


def test_a_made_up_page_is_python_and_the_same_every_time():
    text = "\n".join(module(7))
    ast.parse(text)
    assert text == "\n".join(module(7)) != "\n".join(module(8))


def test_a_made_up_translation_changes_words_only():
    key = '<p>See <a href="x.html">this</a>, <span translate=no>_^_0_^_</span> &lt; 1</p>\n'
    value = translated(key, "zh")
    assert "See" not in value and "this" not in value
    for kept in ('<a href="x.html">', "<span translate=no>_^_0_^_</span>", "&lt;", "</p>\n"):
        assert kept in value


def test_material_gets_annotations_as_markdown_and_code_in_fences(tmp_path):
    path = tmp_path / "a.py"
    path.write_text('"""\n# Title\n"""\nimport os\n\n# Say it.\nx = 1\n')
    assert as_markdown(path).split("\n\n") == [
        "# Title",
        "````python\nimport os\n````",
        "Say it.",
        "````python\nx = 1\n````",
    ]


def test_the_table_compares_medians_with_the_first_site():
    slow = [Measured(2, 4, 100e6)]
    fast = [Measured(1, 1, 50e6), Measured(9, 9, 200e6), Measured(1, 2, 50e6)]
    assert table({"slow": slow, "fast": fast}) == [
        "|      |   wall | ratio |    CPU | ratio | memory | ratio |",
        "| ---- | -----: | ----: | -----: | ----: | -----: | ----: |",
        "| slow | 2.00 s |  1.00 | 4.00 s |  1.00 | 100 MB |  1.00 |",
        "| fast | 1.00 s |  0.50 | 2.00 s |  0.50 |  50 MB |  0.50 |",
    ]


def test_a_measured_command_takes_memory_and_time(tmp_path):
    code = "import time; held = b'x' * 100_000_000; time.sleep(0.2)"
    measured = measure([sys.executable, "-c", code], tmp_path, os.environ)
    assert measured.memory > 100_000_000
    assert measured.wall >= 0.2 and measured.cpu > 0


@pytest.mark.skipif(sys.platform != "linux", reason="only /proc tells of several processes")
def test_memory_of_child_processes_is_added_up(tmp_path):
    child = "import time; held = b'x' * 60_000_000; time.sleep(1)"
    code = f"import subprocess, sys; c = [sys.executable, '-c', {child!r}]\n" + (
        "for p in [subprocess.Popen(c), subprocess.Popen(c)]: p.wait()"
    )
    assert measure([sys.executable, "-c", code], tmp_path, os.environ).memory > 120_000_000


def test_a_command_that_fails_says_why(tmp_path):
    with pytest.raises(SystemExit, match="no luck"):
        measure([sys.executable, "-c", "raise OSError('no luck')"], tmp_path, os.environ)
