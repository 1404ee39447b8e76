"""Placeholders that wait for a translation tell their numbers, on a site that is worked on."""

from __future__ import annotations

import re

from glossator.render.page import render_page
from tests.unit.render.making import EN, LOCALES, ZH, make_page, say_in

TEXT = "The mean $\\mu$ of `x`\n\nDone $y$\n"
DONE = "<p>Done <span translate=no>_^_0_^_</span></p>\n"


def numbers(*, is_numbered: bool, locale: object = ZH) -> list[str]:
    page = make_page(TEXT, "x.md")
    said = say_in(page.document, ZH, {DONE: DONE.replace("Done", "完成")})
    rendered = render_page(
        page,
        said,
        locale=ZH if locale is ZH else EN,
        locales=LOCALES,
        source_locale=EN,
        resolve=str,
        is_numbered=is_numbered,
    )
    return re.findall(r'<span class=gl-number [^>]*data-number="([^"]*)">', rendered.html)


def test_what_is_missing_tells_its_numbers() -> None:
    assert numbers(is_numbered=True) == ["_^_0_^_", "_^_1_^_"]
    assert numbers(is_numbered=False) == []
    assert numbers(is_numbered=True, locale=EN) == []
