"""What all tests share: rewriting expected output, and saying what cannot be run here."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
from pathlib import Path

import pytest
from hypothesis import settings

HERE = Path(__file__).parent

HAS_TORCH = importlib.util.find_spec("torch") is not None

# A module that imports torch fails before a marker could skip it.
collect_ignore_glob = [] if HAS_TORCH else ["nn/*"]

# A busy machine is not a slow example. The rest stays as Hypothesis chooses it, with or without CI.
settings.register_profile("glossator", settings.default, deadline=None)
settings.load_profile("glossator")


def find_chromium() -> str | None:
    """The path of a Chromium: the one that GLOSSATOR_CHROMIUM names, else the first in PATH."""
    named = os.environ.get("GLOSSATOR_CHROMIUM")
    names = [named] if named else ["chromium", "chromium-browser", "google-chrome"]
    return next((path for name in names if (path := shutil.which(name))), None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update",
        action="store_true",
        help="rewrite the expected output of cases and golden sites (as UPDATE_CASES=1 does)",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("update"):
        os.environ["UPDATE_CASES"] = "1"
    # Whoever starts the tests in the background makes them deaf to interrupts, which some send.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_report_header() -> list[str]:
    return [
        f"chromium: {find_chromium() or 'not found, so browser tests are skipped'}",
        f"torch: {'found' if HAS_TORCH else 'not installed, so tests/nn is left out'}",
    ]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    without_browser = pytest.mark.skip(
        reason="no Chromium: install one, or name it in GLOSSATOR_CHROMIUM"
    )
    has_chromium = find_chromium() is not None
    for item in items:
        # Being in the folder is enough, so that no test there can forget its marker.
        for folder in ("browser", "nn"):
            if item.path.is_relative_to(HERE / folder):
                item.add_marker(folder)
        if item.get_closest_marker("browser") and not has_chromium:
            item.add_marker(without_browser)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The Chromium that browser tests start; Playwright brings none of its own."""
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium")
    return path
