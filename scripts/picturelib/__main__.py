"""Takes the pictures that are named, or all of them, and writes them to `docs/pictures`."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from scripts.picturelib.camera import serve, take
from scripts.picturelib.darkroom import develop, put_together
from scripts.picturelib.pictures import PICTURES, Pair, Picture
from scripts.picturelib.sites import ROOT, SITES

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]


def main() -> None:
    """Take the pictures whose names are the arguments; without any, take all."""
    names = set(sys.argv[1:])
    unknown = names - {picture.name for picture in PICTURES}
    if unknown:
        raise SystemExit(f"pictures: there is no picture {', '.join(sorted(unknown))}")
    wanted = [picture for picture in PICTURES if not names or picture.name in names]
    chromium = os.environ.get("GLOSSATOR_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        for site in SITES:
            of_site = [picture for picture in wanted if site_of(picture) == site]
            if of_site:
                photograph(browser, SITES[site](Path(scratch) / site), of_site)
        browser.close()


def site_of(picture: Picture | Pair) -> str:
    """The name of the site that a picture shows."""
    return picture.behind.site if isinstance(picture, Pair) else picture.site


def photograph(browser: Browser, site: Path, pictures: Iterable[Picture | Pair]) -> None:
    """Take all pictures of one site."""
    with serve(site) as base:
        for picture in pictures:
            path = ROOT / "docs" / "pictures" / f"{picture.name}.webp"
            develop(image_of(browser, base, picture), path)
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB")


def image_of(browser: Browser, base: str, picture: Picture | Pair) -> Image.Image:
    """One image of a picture, or of a pair."""
    if isinstance(picture, Picture):
        return take(browser, base, picture)
    behind, before = (take(browser, base, one) for one in (picture.behind, picture.before))
    return put_together(behind, before, picture.behind.scheme)


if __name__ == "__main__":
    main()
