"""The files beside catalogs: read, written, and taken away when there is nothing to know."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossator.catalog.state import Obsolete, State, make_state
from glossator.project.settings import Settings
from glossator.project.states import load_state, save_state
from glossator.report import format_problem

CATALOG = "translations/a/x.zh.json"
STATE = make_state(obsolete=[Obsolete("<p>Old</p>\n", "<p>旧</p>\n")])


def test_a_state_stands_beside_its_catalog(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    assert load_state(settings, CATALOG) == (State(), ())
    save_state(settings, CATALOG, STATE)
    assert load_state(settings, CATALOG) == (STATE, ())
    assert [path.name for path in (tmp_path / "translations/a").iterdir()] == ["x.zh.state.json"]
    save_state(settings, CATALOG, State())
    save_state(settings, CATALOG, State())
    assert list((tmp_path / "translations/a").iterdir()) == []


def test_a_state_outside_of_the_project_is_neither_read_nor_touched(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text("{}")
    settings = Settings(tmp_path / "project")
    (tmp_path / "project/translations/a").mkdir(parents=True)
    (tmp_path / "project/translations/a/x.zh.state.json").symlink_to(tmp_path / "secret.json")
    state, (problem,) = load_state(settings, CATALOG)
    assert state == State()
    assert format_problem(problem) == (
        "translations/a/x.zh.state.json: error[state-unreadable]:"
        " what is known about the translations cannot be read:"
        " it lies outside of the project, through a symbolic link\n"
        "   help: mend it; until then nothing is suggested, and no check is excepted"
    )
    for state in (STATE, State()):
        with pytest.raises(PermissionError):
            save_state(settings, CATALOG, state)
    assert (tmp_path / "secret.json").read_text() == "{}"


def test_a_state_that_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    save_state(settings, CATALOG, STATE)
    large = make_state(obsolete=[Obsolete(str(n), "x" * 1_000_000) for n in range(5)])
    with pytest.raises(OSError, match="would have more than 4,000,000 bytes"):
        save_state(settings, CATALOG, large)
    assert load_state(settings, CATALOG) == (STATE, ())
