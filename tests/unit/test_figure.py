"""The figure of the normalization layers is what its script draws, and names each layer once."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

from scripts.draw_axes import CHANNELS, EXAMPLES, SETS, draw

FIGURE = Path(__file__).parents[2] / "labml_nn" / "normalization" / "axes.svg"
SVG = "{http://www.w3.org/2000/svg}"


def test_the_figure_is_up_to_date():
    assert FIGURE.read_text(encoding="utf-8") == draw()


def test_each_panel_colors_the_set_of_its_layer():
    panels = ElementTree.fromstring(draw()).findall(f"{SVG}g")
    names = [panel.findtext(f"{SVG}text") for panel in panels]
    assert names == list(SETS) == ["BatchNorm", "LayerNorm", "InstanceNorm", "GroupNorm"]
    counts = [
        sum("set" in square.get("class", "").split() for square in panel.findall(f"{SVG}rect"))
        for panel in panels
    ]
    assert counts == [EXAMPLES, CHANNELS, 1, CHANNELS // 2]
