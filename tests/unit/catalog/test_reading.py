from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from glossator.catalog.reading import LARGEST_FILE, MOST_PROBLEMS, read_catalog
from glossator.model import Entry
from glossator.report import format_problems
from tests.casefile import FOLDER, cases, run_case

CODES = {
    "char-control",
    "file-encoding",
    "json-duplicate-key",
    "json-invalid",
    "json-shape",
}


def read(data: bytes) -> tuple[list[tuple[str, str]], list[str]]:
    """The pairs and the codes of a catalog."""
    catalog, problems = read_catalog(data, path="a.zh.json", locale="zh")
    return [(e.key, e.value) for e in catalog.entries], [problem.code for problem in problems]


def reading_of(parts: dict[str, str]) -> str:
    """The problems of a case's catalog, and the entries that it serves, each with its place."""
    data = parts["catalog"].encode("utf-8", "surrogateescape")
    catalog, problems = read_catalog(data, path="translations/a.zh.json", locale="zh")
    lines = [
        f"{e.key_line}, {e.value_line}:{e.value_column}: "
        f"{json.dumps(e.key, ensure_ascii=False)} → {json.dumps(e.value, ensure_ascii=False)}"
        for e in catalog.entries
    ]
    told = format_problems(problems, style="text")
    return told + ("\n" if told else "") + "\n".join(["serves:", *lines]) + "\n"


@cases("catalog")
def test_a_catalog_is_read(case: Path) -> None:
    run_case(case, reading_of)


def test_every_code_has_a_case() -> None:
    expected = "".join(path.read_text() for path in (FOLDER / "catalog").glob("*.txt"))
    assert {code for code in CODES if f"error[{code}]" in expected} == CODES


def test_a_catalog_knows_its_places() -> None:
    data = '{\n  "k":\n  "值",\n\n  "l": ""\n}\n'.encode()
    catalog, problems = read_catalog(data, path="a.zh.json", locale="zh")
    assert (catalog.path, catalog.locale, problems) == ("a.zh.json", "zh", ())
    assert catalog.entries == (Entry("k", "值", 2, 3, 3), Entry("l", "", 5, 5, 8))


def test_a_large_file_is_not_read() -> None:
    catalog, problems = read_catalog(b" " * (LARGEST_FILE + 1), path="a.zh.json", locale="zh")
    assert catalog.entries == ()
    assert format_problems(problems, style="text") == (
        "a.zh.json: error[file-size]:"
        " the catalog has 2,000,001 bytes; at most 2,000,000 are read\n"
        "   help: split its source into several files\n"
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_another_encoding_is_named(encoding: str) -> None:
    catalog, problems = read_catalog('{"a": "b"}'.encode(encoding), path="a.json", locale="zh")
    name = encoding[:6].upper()
    assert catalog.entries == ()
    assert [problem.message for problem in problems] == [f"the file is {name}, not UTF-8"]
    assert (problems[0].code, problems[0].line, problems[0].column) == ("file-encoding", 1, 1)


def test_only_the_first_problems_are_told_one_by_one() -> None:
    data = "{\n" + "".join(f'"{number}": 1,\n' for number in range(250)) + '"z": "字"\n}'
    pairs, codes = read(data.encode())
    assert pairs == [("z", "字")]
    assert codes == ["json-shape"] * (MOST_PROBLEMS + 1)
    _, problems = read_catalog(data.encode(), path="a.json", locale="zh")
    assert problems[-1].message == "150 more problems follow, from here to the end of the file"


WHOLE = '{\n  "<p>One</p>\\n":\n  "<p>一\\"</p>\\n",\n\n  "<p>Two</p>\\n":\n  "<p>二</p>\\n"\n}\n'


@pytest.mark.parametrize("form", [WHOLE, json.dumps(json.loads(WHOLE), indent=1)])
def test_a_file_that_was_cut_serves_what_is_whole(form: str) -> None:
    data = form.encode()
    whole = list(json.loads(form).items())
    for length in range(len(data.rstrip())):
        pairs, codes = read(data[:length])
        assert codes, "a cut file has a problem"
        assert pairs == whole[: len(pairs)]


@pytest.mark.parametrize("form", [WHOLE, json.dumps(json.loads(WHOLE), indent=1)])
def test_what_is_read_from_a_torn_file_was_written(form: str) -> None:
    # Any one character is lost, or one of these comes in: no text may be mixed from two.
    whole = dict(json.loads(form))
    for position in range(len(form)):
        for new in ("", '"', ",", ":", "\n", "}", "[", "“", "\\"):
            torn = form[:position] + new + form[position + (not new) :]
            pairs, codes = read(torn.encode())
            if codes:
                assert set(pairs) <= whole.items(), torn
            else:
                assert dict(pairs) == json.loads(torn)


HOSTILE = {
    "a list in a list": b"[" * 100_000,
    "objects in objects": b'{"a":' * 100_000,
    "lists in a value": b'{"a":' + b"[" * 1_900_000,
    "a list on each line": b"{\n" + b'"a": [\n' * 250_000 + b"}",
    "a value of 60 MB": b'{"a":"' + b"x" * 60_000_000 + b'"}',
    "a value of 1.9 MB": b'{"a":"' + b"x" * 1_900_000 + b'"}',
    "escapes": b'{"a":"' + b"\\u00e9" * 300_000 + b'"}',
    "escaped quotes": b'{"a":' + b'\\"' * 900_000,
    "quotes": b"{" + b'"' * 1_900_000,
    "conflicts": b"{\n" + b"<<<<<<< \n" * 200_000,
    "commas": b"{" + b"," * 1_900_000,
    "keys alone": b"{\n" + b'"a"\n\n' * 380_000,
    "a key twice": b"{\n" + b'"a": "b",\n' * 190_000 + b'"a": "c"}',
    "no commas": b"{\n" + b'"a": "b"\n' * 190_000 + b"}",
    "one torn line": b"{" + b'"a":"b",' * 230_000 + b"'",
    "braces": b"{" + b'}"a":"b"' * 230_000,
    "half characters": b"{\n" + b'"a":"\\ud800",\n' * 130_000 + b'"z":""}',
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_file_only(name: str) -> None:
    start = time.process_time()
    _, problems = read_catalog(HOSTILE[name], path="a.json", locale="zh")
    assert len(problems) <= MOST_PROBLEMS + 1
    assert time.process_time() - start < 60
