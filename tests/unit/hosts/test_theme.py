from __future__ import annotations

from glossator.hosts import theme


def test_every_style_and_script_of_ours_reaches_a_page() -> None:
    assert {f"{name}.css" for name in theme._STYLES} == {f.name for f in theme.ASSETS.glob("*.css")}
    scripts = {path.name for path in theme.ASSETS.rglob("*.js")}
    assert {f"{name}.js" for name in theme._SCRIPTS} == scripts
