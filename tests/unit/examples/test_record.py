"""Records: written, read strictly, merged, and held against the code of today."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossator.examples.__main__ import main
from glossator.examples.check import check_record
from glossator.examples.collect import collect
from glossator.examples.example import Docstring, Status
from glossator.examples.reading import read_record
from glossator.examples.record import Entry, Record, Run, merge
from glossator.examples.snapshot import Snapshot, digest_file
from glossator.examples.standing import Claim, Standing, results, standings
from glossator.examples.store import load_record, merge_records, save_record
from glossator.examples.writing import format_record
from glossator.report import format_problems

LAYER = '"""\n>>> x.to(device)\n1\n>>> import net.base\n"""\nfrom net.base import y\n'
PROJECT = {"net/__init__.py": "", "net/layer.py": LAYER, "net/base.py": "y = 1\n"}
(DOCSTRING,) = collect(LAYER, "net/layer.py")
NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)


def entry_of(number: int = 1, device: str = "cpu", **changes: object) -> Entry:
    example = DOCSTRING.examples[number - 1]
    entry = Entry(
        "net/layer.py", "__doc__", number, example.line, example.digest, device, Status.PASSED,
        want="1\n", got="1\n", seconds=0.25, used=True,
    )  # fmt: skip
    return replace(entry, **changes)  # type: ignore[arg-type]


def run_on(device: str = "cpu", *entries: Entry, day: int = 23, **changes: object) -> Run:
    run = Run(
        commit="f00", time=f"2026-11-{day:02}T18:00:00Z", python="3.13.1", torch="2.13.0",
        numpy="2.4.6", platform="Linux x86_64", devices={device: device.upper()},
        files=Snapshot(PROJECT.get).hashes("net/layer.py"),
        entries=entries or (entry_of(1, device), entry_of(2, device)),
    )  # fmt: skip
    return replace(run, **changes)  # type: ignore[arg-type]


def standings_now(
    record: Record, project: dict[str, str] = PROJECT, docstring: Docstring = DOCSTRING
) -> tuple[Standing, ...]:
    files = Snapshot(project.get).hashes("net/layer.py")
    return standings(docstring, docstring.examples, results=results(record), files=files)


def told(record: Record, project: dict[str, str] = PROJECT) -> list[tuple[str, str, str]]:
    return [(s.device, str(s.claim), s.reason) for s in standings_now(record, project)]


# Reading and writing


def test_a_record_comes_back_as_it_was_written() -> None:
    record = Record((run_on("cpu", absent={"mps": "no Mac"}), run_on("cuda", day=24)))

    assert read_record(format_record(record).encode(), path="r.json") == (record, ())


def test_a_long_output_and_half_characters_are_cut_down() -> None:
    record = Record((run_on("cpu", entry_of(got="a" * 20_000), entry_of(2, got="\ud800")),))

    (read, _) = read_record(format_record(record).encode(), path="r.json")

    assert read is not None
    assert [len(entry.got) for entry in read.runs[0].entries] == [10_000, 1]


def damage(change: str) -> bytes:
    """A good record with one thing wrong: a path in it, `=`, and JSON; or a path to delete."""
    document = json.loads(format_record(Record((run_on(),))))
    path, equals, value = change.partition("=")
    *parents, last = [int(p) if p.isdigit() else p for p in path.split("/")]
    place = document
    for parent in parents:
        place = place[parent]
    if equals:
        place[last] = json.loads(value)
    else:
        del place[last]
    return json.dumps(document).encode()


SHAPES = [
    ("format=2", "its format is 2, and this program reads 1"),
    ("more=1", "it has to be an object with `format` and `runs`"),
    ("runs={}", "`runs` has to be a list"),
    ("runs/0=1", "`runs[0]` has to be an object"),
    ("runs/0/commit", "`runs[0].commit` is missing"),
    ("runs/0/more=1", "`runs[0].more` is not known"),
    ("runs/0/time=\"today\"", "`runs[0].time` has to be like 2026-11-23T18:00:00Z"),
    ("runs/0/files={\"a\": \"b\"}", "`runs[0].files['a']` is no hash"),
    ("runs/0/devices=[]", "`runs[0].devices` has to be an object"),
    ("runs/0/devices={\"cpu\": 1}", "`runs[0].devices['cpu']` has to be text"),
    ("runs/0/entries/1/digest=\"x\"", "`runs[0].entries[1].digest` is no hash"),
    ("runs/0/entries/1/line=0", "`runs[0].entries[1].line` has to be a number from 1 on"),
    ("runs/0/entries/1/line=true", "`runs[0].entries[1].line` has to be a number from 1 on"),
    ("runs/0/entries/1/seconds=-1", "`runs[0].entries[1].seconds` has to be a number from 0 on"),
    ("runs/0/entries/1/seconds=1e999", "`runs[0].entries[1].seconds` has to be a number from 0 on"),
    ("runs/0/entries/1/used=1", "`runs[0].entries[1].used` has to be true or false"),
    ("runs/0/entries/1/status=\"fine\"",
     "`runs[0].entries[1].status` has to be one of passed, partial, skipped, failed"),
    ("runs/0/entries/1/got=null", "`runs[0].entries[1].got` has to be text"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "message"), SHAPES)
def test_a_damaged_record_is_no_record(change: str, message: str) -> None:
    record, problems = read_record(damage(change).replace(b"Infinity", b"1e999"), path="r.json")

    assert record is None
    assert format_problems(problems, style="text") == (
        f"r.json: error[record-shape]: this is no record of ours: {message}\n"
        "   help: run the examples again with `--example-record`, or delete the file\n"
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"format": 1,\n "runs": [', "r.json:2:11: error[record-broken]: this record is not "
         "JSON: Expecting value"),
        (b"\xff", "r.json: error[record-broken]: this record cannot be read: 'utf-8' codec"),
        (b'{"a": 1, "a": 2}', "r.json: error[record-broken]: this record cannot be read: a key "
         "stands twice in an object"),
        (b"[NaN]", "r.json: error[record-broken]: this record cannot be read: NaN is not a number "
         "that JSON has"),
        (b"[" * 100_000, "r.json: error[record-broken]: this record cannot be read: "),
        (b" " * 64_000_001, "r.json: error[record-broken]: this record cannot be read: it is "
         "larger than 64 MB"),
    ],
    ids=["cut", "encoding", "twice", "nan", "deep", "large"],
)  # fmt: skip
def test_a_broken_record_is_no_record(data: bytes, message: str) -> None:
    record, problems = read_record(data, path="r.json")

    assert record is None
    assert format_problems(problems, style="text").startswith(message)


# Merging


def test_the_newest_run_of_an_example_on_a_device_stays() -> None:
    old = run_on("cpu", day=20)
    cuda = run_on("cuda", day=21)
    new = run_on("cpu", entry_of(1, got="new"), day=22)

    merged = merge([Record((new,)), Record((old, cuda))])

    assert merged == Record((replace(old, entries=(entry_of(2),)), cuda, new))


def test_a_device_that_was_absent_replaces_nothing() -> None:
    cuda = run_on("cuda", day=20)
    cpu = run_on("cpu", absent={"cuda": "torch is built without CUDA"}, day=21)

    merged = merge([Record((cuda,)), Record((cpu,))])

    assert [(device, claim) for device, claim, _ in told(merged)] == [
        ("cpu", Claim.VERIFIED), ("cuda", Claim.VERIFIED),
    ]  # fmt: skip


@st.composite
def runs(draw: st.DrawFn) -> Run:
    numbers = draw(st.lists(st.sampled_from([1, 2]), min_size=1, unique=True))
    device = draw(st.sampled_from(["cpu", "cuda"]))
    entries = tuple(entry_of(number, device, got=draw(st.sampled_from("ab"))) for number in numbers)
    return replace(run_on(device, day=draw(st.integers(1, 3))), entries=entries)


records = st.lists(runs(), max_size=3).map(lambda found: merge([Record(tuple(found))]))


@given(records, records, records)
def test_the_order_of_merging_does_not_matter(a: Record, b: Record, c: Record) -> None:
    assert merge([a]) == a
    assert merge([a, a]) == a
    assert merge([a, b]) == merge([b, a])
    assert merge([merge([a, b]), c]) == merge([a, merge([b, c])])


# What a page may say


def test_what_was_verified_is_verified_with_everything_that_a_page_tells() -> None:
    record = Record((run_on("cpu"), run_on("cuda", absent={"mps": "no Mac"})))

    cpu, cuda, mps = standings_now(record)

    assert cpu == Standing(
        "cpu", Claim.VERIFIED, "CPU", "2026-11-23T18:00:00Z", "3.13.1", "2.13.0", "2.4.6", "f00"
    )
    assert (cuda.claim, cuda.title) == (Claim.VERIFIED, "CUDA")
    assert (mps.claim, mps.reason) == (Claim.NOT_RUN, "no Mac")


CHANGED = "verified before the code changed"


@pytest.mark.parametrize(
    ("path", "text", "claim", "reason"),
    [
        ("net/base.py", "y = 2\n", CHANGED, "net/base.py has changed"),
        ("net/base.py", "y = 1\r\n", "verified", ""),
        ("net/layer.py", LAYER + "#\n", CHANGED, "net/layer.py has changed"),
        ("net/layer.py", LAYER + "import net.new\n", CHANGED, "net/layer.py has changed"),
        ("net/__init__.py", "import net.new", CHANGED, "net/__init__.py has changed"),
        ("net/unused.py", "", "verified", ""),
    ],
)
def test_what_was_verified_with_other_code(path: str, text: str, claim: str, reason: str) -> None:
    project = PROJECT | {"net/new.py": ""} | {path: text}

    assert told(Record((run_on(),)), project) == [("cpu", claim, reason)]


def test_an_example_that_was_changed_or_moved() -> None:
    record = Record((run_on(),))
    changed = LAYER.replace("\n1\n", "\n2\n")
    moved = LAYER.replace('"""\n>>>', '"""\n>>> 0\n>>>', 1)

    (other,) = collect(changed, "net/layer.py")
    (later,) = collect(moved, "net/layer.py")
    project = PROJECT | {"net/layer.py": changed}

    (first,) = standings_now(record, project, other)
    assert (first.claim, first.reason) == (Claim.NEW_TEXT, "the example is another one now")
    (second,) = standings_now(record, PROJECT | {"net/layer.py": moved}, later)
    assert second.claim is Claim.NOT_RUN


def test_what_is_not_verified() -> None:
    assert told(Record()) == []
    failed = entry_of(1, status=Status.FAILED, reason="number 1 is 2")
    assert told(Record((run_on("cpu", failed, entry_of(2)),))) == [
        ("cpu", "failed", "number 1 is 2")
    ]
    assert told(Record((run_on("cpu", entry_of(1)),))) == [("cpu", "not run", "")]
    skipped = entry_of(1, status=Status.SKIPPED, reason="it is marked +SKIP")
    assert told(Record((run_on("cpu", skipped, entry_of(2)),))) == [
        ("cpu", "not run", "it is marked +SKIP")
    ]
    idle = run_on("cuda", entry_of(1, "cuda", used=False), entry_of(2, "cuda"))
    assert told(Record((idle,))) == [
        ("cuda", "not run", "nothing proves that the device did the work")
    ]
    changing = run_on(files={**run_on().files, "net/base.py": ""})
    assert told(Record((changing,))) == [("cpu", CHANGED, "net/base.py has changed")]


def test_examples_that_do_not_mention_the_device_speak_of_the_cpu_only() -> None:
    text = LAYER.replace("x.to(device)", "x")
    (plain,) = collect(text, "net/layer.py")
    record = Record((run_on("cpu"), run_on("cuda")))

    assert [s.device for s in standings_now(record, docstring=plain)] == ["cpu"]


def test_the_prose_of_markdown_can_change() -> None:
    before, after, other = "Old.\n\n>>> 1\n1\n", "New.\n\n>>> 1\n1\n", ">>> 1\n2\n"

    assert digest_file("a.md", before) == digest_file("a.md", after) != digest_file("a.md", other)


# On disk and from a terminal


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in PROJECT.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    save_record(tmp_path / "out" / "r.json", Record((run_on("cpu", day=1),)))
    return tmp_path


def test_merging_files(project: Path) -> None:
    save_record(project / "b.json", Record((run_on("cuda"),)))
    names = [str(project / "out" / "r.json"), str(project / "b.json")]

    assert main(["merge", *names, "-o", str(project / "all.json")]) == 0

    merged, problems = load_record(project / "all.json")
    assert merged is not None and not problems
    assert [list(run.devices) for run in merged.runs] == [["cpu"], ["cuda"]]
    assert not list(project.rglob("*.part"))


def test_of_examples_that_are_gone_nothing_is_kept(project: Path) -> None:
    gone = replace(run_on("cpu", day=2), entries=(entry_of(file="net/gone.py"),))
    mixed = run_on("cpu", entry_of(), replace(entry_of(2), number=7), day=3)
    save_record(project / "b.json", Record((gone, mixed)))

    command = ["merge", str(project / "b.json"), "-o", str(project / "b.json")]
    assert main([*command, "--root", str(project)]) == 0

    record, _ = load_record(project / "b.json")
    assert record is not None
    assert [[entry.number for entry in run.entries] for run in record.runs] == [[1]]


def test_with_a_broken_record_nothing_is_written(project: Path) -> None:
    (project / "b.json").write_text("{", encoding="utf-8")
    paths = [project / "b.json", project / "missing.json", project / "out" / "r.json"]

    problems = merge_records(paths, project / "all.json")

    assert [problem.code for problem in problems] == ["record-broken", "record-unreadable"]
    assert problems[1].message == "this record cannot be read: No such file or directory"
    assert not (project / "all.json").exists()


def test_a_record_that_holds(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(project / "out" / "r.json"), "--root", str(project)]) == 0
    assert capsys.readouterr().err == ""


def test_the_devices_of_a_record(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(project / "out" / "r.json")
    run = run_on("cpu", absent={"cuda": "no GPU"})
    save_record(Path(path), Record((run, run_on("mps", entry_of(1, "mps"), day=24))))

    assert main(["show", path]) == 0 and main(["show", path + "x"]) == 1

    assert capsys.readouterr().out.splitlines() == [
        "- cpu: CPU, Python 3.13.1, torch 2.13.0: 2 of 2 examples passed, 2026-11-23",
        "- cuda: absent: no GPU",
        "- mps: MPS, Python 3.13.1, torch 2.13.0: 1 of 1 examples passed, 2026-11-24",
    ]


def test_a_record_that_does_not_hold(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "net" / "base.py").write_text("y = 2\n", encoding="utf-8")
    record = str(project / "out" / "r.json")

    assert main(["check", record, "--root", str(project), "--device", "cpu", "--device", "cuda"])
    assert main(["check", str(project / "missing.json")])

    first, second, third = capsys.readouterr().err.split("   help: ")[:3]
    assert second.endswith(
        "net/layer.py:2: error[record-stale]: __doc__ on cpu: verified before the code changed "
        "(net/base.py has changed)\n"
    )
    assert first.endswith(
        "r.json: error[record-device]: no example of this record was run on cuda\n"
    )
    assert "error[record-unreadable]: this record cannot be read: No such file" in third


def test_a_record_without_a_device() -> None:
    found = check_record(
        Record((run_on("cpu", day=22),)),
        path="r.json", devices=("cuda",), days=None, now=NOW, snapshot=Snapshot(PROJECT.get),
    )  # fmt: skip

    assert format_problems(found, style="text") == (
        "r.json: error[record-device]: no example of this record was run on cuda\n"
        "   help: run the examples with `--example-record` on a machine that has cuda\n"
    )


def test_an_old_record() -> None:
    found = check_record(
        Record((run_on("cpu", day=1), run_on("cuda", day=22))),
        path="r.json", devices=(), days=20, now=NOW, snapshot=Snapshot(PROJECT.get),
    )  # fmt: skip

    assert format_problems(found, style="text") == (
        "r.json: error[record-old]: the newest run on cpu is 22 days old, and 20 are allowed\n"
        "   help: run the examples again with `--example-record`\n"
    )


def test_an_example_that_says_itself_why_it_is_not_run_is_no_problem() -> None:
    skipped = entry_of(1, status=Status.SKIPPED, reason="it is marked +SKIP")
    record = Record((run_on("cpu", skipped, entry_of(2)),))

    found = check_record(
        record, path="r.json", devices=(), days=None, now=NOW, snapshot=Snapshot(PROJECT.get)
    )

    assert found == ()
