"""The guide to the configuration is true: every option, its default, and a valid example."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from mkdocs.config.base import BaseConfigOption

from glossator.hosts.options import GlossatorOptions

GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "configuration.md"
TEXT = GUIDE.read_text(encoding="utf-8")
OPTIONS: dict[str, BaseConfigOption] = dict(GlossatorOptions._schema)
PARTS = re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]


def part_of(option: str) -> str:
    """What the guide says below the heading that names an option."""
    found = [part for part in PARTS if f"`{option}`" in part.partition("\n")[0]]
    assert len(found) == 1, f"the guide needs one heading for the option `{option}`"
    return found[0]


def test_every_option_has_a_heading_and_no_heading_is_about_another() -> None:
    headings = [part.partition("\n")[0] for part in PARTS]
    named = {name for heading in headings for name in re.findall(r"`(\w+)`", heading)}
    assert named == set(OPTIONS)


@pytest.mark.parametrize("option", [name for name in OPTIONS if OPTIONS[name].default])
def test_a_default_is_told_as_it_is(option: str) -> None:
    default = OPTIONS[option].default
    text = str(default).lower() if isinstance(default, str | bool) else default[0]
    assert f"The default is `{text}`" in part_of(option)


def test_the_example_has_every_option_and_is_valid() -> None:
    example = yaml.safe_load(TEXT.partition("```yaml\n")[2].partition("```")[0])
    given = example["plugins"][1]["glossator"]
    assert set(given) == set(OPTIONS)
    options = GlossatorOptions()
    options.load_dict(given)
    errors, warnings = options.validate()
    assert (errors, warnings) == ([], [])
