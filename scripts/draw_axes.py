"""Draws what each normalization layer measures over, as an SVG that follows light and dark pages.

    python scripts/draw_axes.py > labml_nn/normalization/axes.svg

Four panels, one for each layer: a row of squares is an example, a column is a channel, and the
colored squares share their mean and their variance with the marked one. The only words are names of
classes and the letters of the formulas, so the figure needs no translation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

EXAMPLES, CHANNELS, GROUPS = 4, 6, 2
MARKED = (1, 1)
"""The example and the channel of the activation that is normalized."""

SQUARE, GAP = 22, 5
STEP = SQUARE + GAP
PANEL_WIDTH, PANEL_HEIGHT = 240, 184
LEFT, TOP = 50, 58
"""Where the squares of a panel begin."""

# An image asks for the scheme of the page that shows it, or of the system where the browser does
# not know the former. The figure brings its own ground, so it can be read in either case.
STYLE = """\
    svg { --ground: #ffffff; --ink: #24292f; --faint: #6a737d; --cell: #e3e7ec; --edge: #c3cad3;
          --set: #3b7ddd; --mark: #ffffff }
    @media (prefers-color-scheme: dark) {
      svg { --ground: #23262f; --ink: #e6e8ee; --faint: #a3abb8; --cell: #3a3f4b; --edge: #525968;
            --set: #6ea8fe; --mark: #14171d }
    }
    text { font: 13px system-ui, "DejaVu Sans", sans-serif; fill: var(--faint) }
    .name { font: 600 14px ui-monospace, "DejaVu Sans Mono", monospace; fill: var(--ink) }
    .symbol { font-style: italic }
    .cell { fill: var(--cell); stroke: var(--edge) }
    .set { fill: var(--set); stroke: var(--set) }
    .mark { fill: var(--mark) }
    .arrow { stroke: var(--faint); fill: none }
"""

# Whether a square at an example and a channel belongs to the set of the marked one.
SETS: dict[str, Callable[[int, int], bool]] = {
    "BatchNorm": lambda n, c: c == MARKED[1],
    "LayerNorm": lambda n, c: n == MARKED[0],
    "InstanceNorm": lambda n, c: (n, c) == MARKED,
    "GroupNorm": lambda n, c: n == MARKED[0] and group(c) == group(MARKED[1]),
}


def group(channel: int) -> int:
    """The number of a channel's group."""
    return channel // (CHANNELS // GROUPS)


def draw() -> str:
    """The whole figure."""
    width, height = 2 * PANEL_WIDTH, 2 * PANEL_HEIGHT
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width * 5 // 4}" height="{height * 5 // 4}" role="img">',
        "  <style>",
        STYLE.rstrip("\n"),
        "  </style>",
        f'  <rect width="{width}" height="{height}" rx="6" style="fill: var(--ground)"/>',
    ]
    for number, name in enumerate(SETS):
        x, y = number % 2 * PANEL_WIDTH, number // 2 * PANEL_HEIGHT
        lines += [f'  <g transform="translate({x} {y})">', *panel(name), "  </g>"]
    return "\n".join([*lines, "</svg>", ""])


def panel(name: str) -> Iterator[str]:
    """The name of a layer, both axes, and the squares."""
    right, bottom = LEFT + CHANNELS * STEP - GAP, TOP + EXAMPLES * STEP - GAP
    yield f'    <text class="name" x="{LEFT}" y="26">{name}</text>'
    yield from axis("C", f"M{LEFT + 16} 45H{right}l-5 -4m5 4l-5 4", x=LEFT, y=49)
    yield from axis("N", f"M33 {TOP + 20}V{bottom}l-4 -5m4 5l4 -5", x=28, y=TOP + 13)
    for n in range(EXAMPLES):
        for c in range(CHANNELS):
            kind = "cell set" if SETS[name](n, c) else "cell"
            yield (
                f'    <rect class="{kind}" x="{LEFT + c * STEP}" y="{TOP + n * STEP}"'
                f' width="{SQUARE}" height="{SQUARE}" rx="3"/>'
            )
    n, c = MARKED
    x, y = LEFT + c * STEP + SQUARE // 2, TOP + n * STEP + SQUARE // 2
    yield f'    <circle class="mark" cx="{x}" cy="{y}" r="4"/>'


def axis(symbol: str, arrow: str, *, x: int, y: int) -> Iterator[str]:
    """The letter of an axis and the arrow behind it."""
    yield f'    <text class="symbol" x="{x}" y="{y}">{symbol}</text>'
    yield f'    <path class="arrow" d="{arrow}"/>'


if __name__ == "__main__":
    print(draw(), end="")
