from __future__ import annotations

from glossator.locales import parse_locale
from glossator.render.credits import render_credits
from tests.unit.render.making import ZH


def test_people_are_named_in_the_language_of_the_page() -> None:
    assert render_credits([], ZH) == ""
    assert render_credits(["Ann", "<b>"], ZH) == "<p class=gl-credits>译者：Ann和&lt;b&gt;</p>"
    welsh = parse_locale("cy")
    many = render_credits([f"P{n}" for n in range(10)], welsh)
    assert many.startswith("<p class=gl-credits lang=en dir=ltr>Translated by P0, P1,")
    assert many.endswith("P7, and 2 others</p>")
