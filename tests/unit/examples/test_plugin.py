"""The plugin in real runs of pytest, without torch: pure Python, with real values.

`sys.modules["torch"] = None` forbids the import, so these tests see the same with and without it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

SOURCES = Path(__file__).parents[3] / "src"
WITHOUT_TORCH = 'import sys\nsys.modules["torch"] = None\n'
LAYER = '''
r"""
>>> double([1.0, 2.5])
[2.0, 5.0]
"""

def double(x):
    """
    >>> double(3)
    6
    >>> y = double(0.1)
    >>> y
    0.2
    """
    return times(x) if isinstance(x, list) else 2 * x

def times(x):
    """
    >>> [str(device)] + times([])
    ['cpu']
    """
    return [2 * value for value in x]
'''


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeini("[pytest]\nfilterwarnings = error\naddopts = --strict-config\n")
    pytester.makeconftest(WITHOUT_TORCH)
    return pytester


def run(project: pytest.Pytester, *options: str) -> pytest.RunResult:
    arguments = ["-p", "glossator.hosts.pytest", "-p", "no:cacheprovider", *options]
    return project.runpytest_inprocess(*arguments)


def package(project: pytest.Pytester, text: str = LAYER, name: str = "layer") -> Path:
    folder = project.mkpydir("exnets")
    path = folder / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    return path


def statuses(result: pytest.RunResult) -> dict[str, str]:
    """Each item and what came of it, as `-v` tells."""
    words = ("PASSED", "FAILED", "SKIPPED", "PARTIAL")
    lines = [line.split() for line in result.outlines]
    return {line[0]: line[1] for line in lines if len(line) > 1 and line[1] in words}


def test_an_item_for_each_docstring_and_device(project: pytest.Pytester) -> None:
    package(project)

    result = run(project, "-v")

    assert statuses(result) == {
        "exnets/layer.py::__doc__": "PASSED",
        "exnets/layer.py::double": "PASSED",
        "exnets/layer.py::times[cpu]": "PASSED",
        "exnets/layer.py::times[cuda]": "SKIPPED",
        "exnets/layer.py::times[mps]": "SKIPPED",
    }
    result.stdout.fnmatch_lines(
        [
            "examples on cuda: absent: torch is not installed",
            "cpu * 3 passed",
            "cuda * absent: torch is not installed * 1 skipped",
            "mps * absent: torch is not installed * 1 skipped",
        ]
    )
    assert result.ret == 0


def test_nothing_happens_where_nobody_asks(project: pytest.Pytester) -> None:
    package(project)
    result = project.runpytest_inprocess("-v")
    result.stdout.fnmatch_lines(["*no tests ran*"])
    assert "--example-devices" not in project.runpytest_inprocess("--help").stdout.str()


def test_a_project_asks_in_its_conftest(project: pytest.Pytester) -> None:
    package(project)
    project.makeconftest(WITHOUT_TORCH + 'pytest_plugins = ["glossator.hosts.pytest"]\n')
    project.makeini("[pytest]\nexample_devices = auto\nexample_files = exnets/*\n")
    project.makefile(".md", readme=">>> 1\n2\n")

    result = project.runpytest_inprocess("-v", "-p", "no:cacheprovider")

    assert list(statuses(result)) == [
        "exnets/layer.py::__doc__", "exnets/layer.py::double", "exnets/layer.py::times[cpu]",
    ]  # fmt: skip


def test_a_file_that_is_named_is_not_imported_by_pytest(project: pytest.Pytester) -> None:
    package(project, '"""\n>>> 1\n1\n"""\nraise ValueError("no")\n')
    project.makepyfile(odd='"""\n>>> 2\n2\n"""\ndef test_it(): pass\n')

    result = run(project, "-v", "exnets/layer.py", "odd.py")

    assert statuses(result) == {
        "exnets/layer.py::__doc__": "FAILED", "odd.py::__doc__": "PASSED",
        "odd.py::test_it": "PASSED",
    }  # fmt: skip


def test_one_item_is_run_by_its_name(project: pytest.Pytester) -> None:
    package(project)

    for name, count in (("times[cpu]", 1), ("times", 3), ("double", 1)):
        result = run(project, "-v", f"exnets/layer.py::{name}")
        assert len(statuses(result)) == count


def test_the_tests_of_a_project_are_left_alone(project: pytest.Pytester) -> None:
    project.makepyfile(test_it='def test_it():\n    """\n    >>> 1\n    2\n    """\n')
    project.makepyfile(setup='"""\n>>> 1\n2\n"""\n')

    run(project).assert_outcomes(passed=1)


def test_both_kinds_run_only_if_both_are_asked_for(project: pytest.Pytester) -> None:
    package(project, '"""\n>>> 1\n1\n"""\n')

    run(project).assert_outcomes(passed=1)
    run(project, "--doctest-modules").assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("other", "options"),
    [
        ("pytest_doctestplus", ["--doctest-plus"]),
        ("scipy_doctest", ["--doctest-modules", "--doctest-collect=api"]),
    ],
)
def test_other_readers_of_doctests_change_nothing(
    project: pytest.Pytester, other: str, options: list[str]
) -> None:
    pytest.importorskip(other, reason=f"{other} is not installed")
    package(project, '"""\n>>> 1.5\n1.5001\n"""\ndef f():\n    """>>> d = device"""\n')
    ours = {
        "exnets/layer.py::__doc__": "PASSED", "exnets/layer.py::f[cpu]": "PASSED",
        "exnets/layer.py::f[cuda]": "SKIPPED", "exnets/layer.py::f[mps]": "SKIPPED",
    }  # fmt: skip

    assert statuses(run(project, "-v")) == ours
    both = statuses(run(project, "-v", *options))
    assert both.items() > ours.items()


def test_a_failure_tells_everything(project: pytest.Pytester) -> None:
    package(project, LAYER.replace("0.2", "0.3"))

    result = run(project, "exnets/layer.py::double")

    result.stdout.fnmatch_lines(
        [
            "*examples of double*",
            "exnets/layer.py:12: this example of double fails on cpu",
            "   12 | >>> y",
            "want:",
            "    0.3",
            "got:",
            "    0.2",
            "number 1 is 0.2, not 0.3: it is off by 0.1, and 0.05 is allowed",
        ],
        consecutive=False,
    )
    assert "hosts/pytest.py" not in result.stdout.str().replace("-p glossator", "")
    assert result.ret == 1


def test_partial_is_not_passed(project: pytest.Pytester) -> None:
    package(project, '"""\n>>> 1\n1\n>>> 2  # doctest: +SKIP\n"""\n')

    result = run(project, "-v", "--junit-xml=out.xml")

    assert statuses(result) == {"exnets/layer.py::__doc__": "PARTIAL"}
    result.stdout.fnmatch_lines(
        [
            "cpu * 1 partial",
            "partial: exnets/layer.py::__doc__: 1 of 2 examples not run or not compared: "
            "line 4: it is marked +SKIP",
            "*= 1 partial in *",
        ]
    )
    assert 'skipped="1"' in (project.path / "out.xml").read_text()
    assert result.ret == 0


def test_a_test_may_be_skipped_from_within(project: pytest.Pytester) -> None:
    package(project, '"""\n>>> import pytest\n>>> _ = pytest.importorskip("exnothing")\n"""\n')

    result = run(project, "-v")

    assert statuses(result) == {"exnets/layer.py::__doc__": "PARTIAL"}
    result.stdout.fnmatch_lines(["partial: *could not import 'exnothing'*"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('"""\n>>> 1\n"""\nx = 1 / 0\n',
         ["exnets/layer.py: this module cannot be imported",
          "  *exnets/layer.py:4: ZeroDivisionError: division by zero"]),
        ('"""\n>>> 1\n"""\nx = (\n', ["exnets/layer.py:4: this file is not Python*"]),
        ('"""\n>>> 1  # doctest: +SKYP\n1\n"""\n', ["exnets/layer.py:2: `# doctest: +SKYP` is *"]),
        ('"""\n>>> import time\n>>> time.sleep(60)\n"""\n',
         ["it was stopped: it had not ended after 0.3 seconds"]),
        ('"""\n>>> x = bytearray(1 << 62)\n"""\n',
         ["the device has no memory left for it: MemoryError"]),
    ],
)  # fmt: skip
def test_bad_input_fails(project: pytest.Pytester, text: str, message: list[str]) -> None:
    package(project, text)

    result = run(project, "--example-timeout", "0.3")

    result.stdout.fnmatch_lines(message)
    result.assert_outcomes(failed=1)


def test_a_module_that_needs_torch_is_skipped_without_it(project: pytest.Pytester) -> None:
    package(project, '"""\n>>> 1\n1\n"""\nimport torch\n')
    project.makefile(".md", guide=">>> import torch\n>>> torch.zeros(1, device=device)\n")

    result = run(project, "-rs")

    result.assert_outcomes(skipped=4)
    result.stdout.fnmatch_lines(["SKIPPED *layer.py:2: torch is not installed",
                                 "SKIPPED *guide.md:1: *torch is not installed*"])  # fmt: skip


def test_a_module_that_needs_torch_fails_where_a_device_is_required(
    project: pytest.Pytester,
) -> None:
    package(project, '"""\n>>> 1\n1\n"""\nimport torch\n')

    result = run(project, "--example-require", "cpu")

    result.stdout.fnmatch_lines(
        [
            "*layer.py:5: ModuleNotFoundError: *torch*",
            "ERROR: --example-require cpu: no example has used this device",
        ]
    )
    result.assert_outcomes(failed=1)


def test_a_required_device_that_is_absent_is_a_failure(project: pytest.Pytester) -> None:
    package(project)

    result = run(project, "-v", "--example-devices", "cpu", "--example-require", "cuda")

    assert statuses(result)["exnets/layer.py::times[cuda]"] == "FAILED"
    result.stdout.fnmatch_lines(["cuda is absent: torch is not installed"])
    assert result.ret == 1


def test_a_required_device_that_nothing_uses_is_a_failure(project: pytest.Pytester) -> None:
    package(project, '"""\n>>> 1\n1\n"""\n')

    result = run(project, "--example-require", "cuda")

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["ERROR: --example-require cuda: no example has used this device"])
    assert result.ret == 1


@pytest.mark.parametrize("option", ["--example-devices", "--example-require"])
def test_a_device_that_cannot_exist_is_an_error_of_usage(
    project: pytest.Pytester, option: str
) -> None:
    result = run(project, option, "cpu,gpu")

    result.stderr.fnmatch_lines(["ERROR: there is no device `gpu`; known are cpu, cuda, mps, xpu*"])
    assert result.ret == pytest.ExitCode.USAGE_ERROR


def test_a_timeout_that_is_no_number(project: pytest.Pytester) -> None:
    project.makeini("[pytest]\nexample_timeout = soon\n")

    result = run(project)

    result.stderr.fnmatch_lines(["ERROR: example_timeout: `soon` is no number of seconds"])


def test_the_names_of_a_module_are_fresh_for_each_docstring(project: pytest.Pytester) -> None:
    package(
        project,
        "x = 1\ndef a():\n"
        '    """\n    >>> x, __name__\n    (1, \'exnets.layer\')\n    >>> x = 2\n    """\n'
        'def b():\n    """\n    >>> x\n    1\n    >>> globals()["device"]\n    \'cpu\'\n    """\n',
    )

    run(project).assert_outcomes(passed=2)


def test_markdown_and_notebooks(project: pytest.Pytester) -> None:
    project.makefile(".md", guide="Text\n\n```python\n>>> x = 1\n>>> x\n2\n```\n")
    cell = {"cell_type": "code", "execution_count": 1, "source": ["1 + 1"], "metadata": {}}
    output = {"output_type": "execute_result", "data": {"text/plain": ["2"]}}
    project.path.joinpath("book.ipynb").write_text(
        json.dumps({"cells": [cell | {"outputs": [output]}]}), encoding="utf-8"
    )

    result = run(project, "-v")

    assert statuses(result) == {"book.ipynb::cells": "PASSED", "guide.md::examples": "FAILED"}
    result.stdout.fnmatch_lines(["guide.md:5: this example of examples fails on cpu"])


def test_a_file_that_is_not_text(project: pytest.Pytester) -> None:
    project.path.joinpath("guide.md").write_bytes(b">>> 1\n\xff\n")

    result = run(project)

    result.stdout.fnmatch_lines(["guide.md:1: this file is not text that can be read: 'utf-8' *"])
    result.assert_outcomes(failed=1)


def record_of(project: pytest.Pytester, name: str = "examples.json") -> dict[str, object]:
    (run_of_record,) = json.loads((project.path / name).read_text("utf-8"))["runs"]
    assert isinstance(run_of_record, dict)
    return run_of_record


def test_the_record(project: pytest.Pytester) -> None:
    package(project, LAYER.replace("0.2", "0.3"))

    result = run(project, "--example-record", "out/examples.json")

    result.stdout.fnmatch_lines(["record: out/examples.json"])
    record = record_of(project, "out/examples.json")
    assert list(record["devices"]) == ["cpu"]
    assert record["absent"] == dict.fromkeys(("cuda", "mps"), "torch is not installed")
    assert sorted(record["files"]) == ["exnets/__init__.py", "exnets/layer.py"]
    names = ("name", "number", "line", "status", "got")
    assert [tuple(entry[name] for name in names) for entry in record["entries"]] == [
        ("__doc__", 1, 3, "passed", "[2.0, 5.0]\n"),
        ("double", 1, 9, "passed", "6\n"),
        ("double", 2, 11, "passed", ""),
        ("double", 3, 12, "failed", "0.2\n"),
        ("times", 1, 19, "passed", "['cpu']\n"),
    ]
    assert record["commit"] == ""


def test_without_an_example_there_is_no_record(project: pytest.Pytester) -> None:
    result = run(project, "--example-record", "examples.json")

    result.stdout.fnmatch_lines(
        ["ERROR: --example-record examples.json: not written, since no example was run"]
    )
    assert result.ret == 1 and not (project.path / "examples.json").exists()


def test_a_record_that_cannot_be_written_is_a_failure(project: pytest.Pytester) -> None:
    package(project)
    project.path.joinpath("taken").write_text("")

    result = run(project, "--example-record", "taken/examples.json")

    result.stdout.fnmatch_lines(["ERROR: --example-record taken/examples.json: not written: *"])
    assert result.ret == 1


def test_workers_send_what_they_found(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("xdist", reason="pytest-xdist is not installed")
    package(project)
    monkeypatch.setenv("PYTHONPATH", str(SOURCES))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    project.runpytest_subprocess(
        "-p",
        "xdist",
        "-p",
        "glossator.hosts.pytest",
        "-n",
        "2",
        "--example-record",
        "examples.json",
    ).assert_outcomes(passed=3, skipped=2)

    assert len(record_of(project)["entries"]) == 5


@pytest.mark.slow
def test_a_process_that_cannot_be_interrupted_is_ended(tmp_path: Path) -> None:
    code = "import time\nfrom glossator.examples.limit import time_limit\n"
    code += "import signal\ndel signal.setitimer\nimport threading\n"
    code += "def work():\n    with time_limit(0.01, stderr=2):\n        time.sleep(60)\n"
    code += "thread = threading.Thread(target=work)\nthread.start()\nthread.join()\n"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=50,
        env=os.environ | {"PYTHONPATH": str(SOURCES)},
    )  # fmt: skip

    assert done.returncode == 1
    assert "Timeout" in done.stderr and "in work" in done.stderr
