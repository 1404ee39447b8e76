"""Which pictures there are: of which site, which page, and which part of it."""

from __future__ import annotations

from dataclasses import dataclass

CODE = "normalization/batch_norm/index.html"
ROWS = f"{CODE}#BatchNorm.forward--the-second-dimension-of-the-input"


@dataclass(frozen=True, slots=True)
class Picture:
    """A window of a size on a page, or the part of it that `first` to `last` (selectors) take up.

    `site` names a build of `sites.py`. `click` is clicked before the picture is taken.
    """

    name: str
    page: str
    site: str = "own"
    width: int = 1180
    height: int = 620
    scheme: str = "light"
    first: str = ""
    last: str = ""
    click: str = ""
    scale: float = 1


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pictures in one, the second before the first: the same page in two languages."""

    name: str
    behind: Picture
    before: Picture


def _window(page: str, scheme: str) -> Picture:
    return Picture("", page, width=1080, height=640, scheme=scheme)


def _home(scheme: str) -> Pair:
    return Pair(f"home-{scheme}", _window(ROWS, scheme), _window(f"zh/{ROWS}", scheme))


PICTURES: tuple[Picture | Pair, ...] = (
    _home("light"),
    _home("dark"),
    Picture("readme", f"zh/{ROWS}", width=1280, height=700),
    Picture(
        "home-row",
        f"zh/{CODE}",
        width=960,
        first=".gl-row:has-text('x_hat = deviation')",
        scale=2,
    ),
    Picture("write-rows", ROWS),
    Picture("translate-gap", f"zh/{CODE}", site="gap"),
    Picture("translations-page", "translations.html", site="gap", height=560),
    Picture("use-page", "papers/softmax/index.html", site="small"),
    Picture("use-translated", "zh/papers/softmax/index.html", site="small"),
    Picture("publish-page", "shapes/circle/index.html", site="stranger", height=560),
    Picture("publish-home", "index.html", site="stranger", height=420),
    Picture("switch", CODE, click=".md-select > button", height=360),
    Picture("architecture-essay", "glossator/source/python.html#split_python"),
    Picture("formulas", CODE, height=680),
    Picture("examples-line", f"{CODE}#BatchNorm.moments", height=490),
    Picture("notebook", "normalization/batch_norm/mnist.ipynb.html#training", height=680),
)
