"""The wheel: what is in it, and that it does in an empty environment what the guide says."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.outside.conftest import Environment
from tests.outside.projects import read

pytestmark = pytest.mark.slow


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names}
    assert len(tops) == 2
    assert "glossator" in tops
    for needed in (
        "glossator/render/assets/page.css",
        "glossator/render/assets/fonts/glossator-math.woff2",
        "glossator/render/templates/main.html",
        "glossator/hosts/templates/plain/partials/toc.html",
    ):
        assert needed in names
    (licence,) = [name for name in names if name.endswith("licenses/LICENSE")]
    assert licence.startswith("glossator-")


def test_it_is_what_is_imported(alone: Environment, tmp_path: Path) -> None:
    program = (
        "import glossator, importlib.util as u; print(glossator.__file__, u.find_spec('labml_nn'))"
    )
    said = alone.ok(tmp_path, "python", "-c", program)
    assert said.strip().endswith(" None")
    assert str(alone.folder) in said
    alone.ok(tmp_path, "python", "-m", "pip", "check")


def test_from_nothing_to_a_site_by_the_guide(alone: Environment, tmp_path: Path) -> None:
    source = tmp_path / "src/shapes/__init__.py"
    source.parent.mkdir(parents=True)
    source.write_text('"""\n# Shapes\n\nAn area is $a^2$.\n"""\n\nx = 1\n', encoding="utf-8")
    told = alone.ok(tmp_path, "glossator", "init", "--locale", "zh")
    assert "mkdocs.yml: written" in told
    alone.ok(tmp_path, "glossator", "sync")
    assert (tmp_path / "translations/shapes/__init__.zh.json").is_file()
    alone.ok(tmp_path, "glossator", "check")
    alone.ok(tmp_path, "mkdocs", "build", "--quiet", "--strict")
    assert "<math>" in read(tmp_path, "shapes/index.html")
    assert (tmp_path / "site/zh/shapes/index.html").is_file()
