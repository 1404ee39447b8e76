"""What becomes of a picture once it is taken: two are put together, and all are made small."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageOps

COLOURS = 96
"""Colours that a picture of a page needs: text on plain grounds, with its soft edges."""

_EDGES = {"light": "#d5d9e0", "dark": "#3a4050"}


def put_together(behind: Image.Image, before: Image.Image, scheme: str) -> Image.Image:
    """One window before another, further to the right and down, on a ground without colour."""
    right, down = behind.width * 3 // 10, behind.height * 4 // 10
    whole = Image.new("RGBA", (behind.width + right, behind.height + down), (0, 0, 0, 0))
    for image, place in ((behind, (0, 0)), (before, (right, down))):
        framed = ImageOps.expand(ImageOps.crop(image, 2), 2, _EDGES[scheme]).convert("RGBA")
        whole.alpha_composite(framed, place)
    return whole


def develop(image: Image.Image, path: Path) -> None:
    """Write a picture with few colours and without loss."""
    path.parent.mkdir(parents=True, exist_ok=True)
    few = image.quantize(COLOURS, dither=Image.Dither.NONE).convert(image.mode)
    few.save(path, lossless=True, quality=100, method=6)
