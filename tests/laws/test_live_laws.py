"""A law of the live site: after any edits it is what a build makes from nothing, byte for byte."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.hosts.live.books import CONFIG, FILES, Live, built, differences, live_book

pytestmark = pytest.mark.slow

PAGES_OF = {
    "lib/norm.py": "norm/index.html",
    "lib/more/deep.py": "more/deep/index.html",
    "docs/guide/index.md": "guide/index.html",
    "translations/norm.zh.json": "norm/index.html",
}
NORM = '"""\n# {title}\n\n{words}\n"""\n\n\nclass {name}:\n    """\n    ## Layer\n    """\n'
TITLES = st.sampled_from(["Norm", "Norms & more", "Scale"])
WORDS = st.sampled_from(
    ["A summary.", "Of $x$ and `y`.", "See [more](more/__init__.py#Thing).", ""]
)
CODE = st.sampled_from(["x = 1\n", "# Note on $y$\ny = Norm\n", "def broken(:\n", ""])
SOURCES = st.builds(NORM.format, title=TITLES, words=WORDS, name=st.sampled_from(["Norm", "Other"]))
FRONT = st.sampled_from(["", "---\ntitle: Front\norder: 1\n---\n", "---\nhide: [toc]\n---\n"])
CATALOGS = st.sampled_from(
    ['{"Norm": "范数"}', '{"Norm": "规范", "<p>A summary.</p>\\n": "<p>摘要</p>\\n"}', "{", "{}"]
)
CONFIGS = st.sampled_from(
    [
        CONFIG,
        CONFIG.replace("A book", "Another book"),
        CONFIG + "nav:\n  - Home: index.md\n  - lib/norm.py\n",
        CONFIG.replace("[en, zh]", "[en, zh, he]"),
        CONFIG + "use_directory_urls: false\n",
    ]
)
PAGES = st.builds(lambda front, title: f"{front}# {title}\n\nWords.\n", FRONT, TITLES)

EDITS = st.one_of(
    st.tuples(st.just("lib/norm.py"), SOURCES),
    st.tuples(st.sampled_from(["lib/more/deep.py", "lib/new.py"]), CODE | st.none()),
    st.tuples(st.sampled_from(["docs/guide/index.md", "docs/draft.md"]), PAGES),
    st.tuples(st.sampled_from(["docs/new.md", "docs/guide/second.md"]), PAGES | st.none()),
    st.tuples(st.just("docs/a.png"), st.just("another picture")),
    st.tuples(st.sampled_from(["translations/norm.zh.json"]), CATALOGS),
    st.tuples(st.just("translations/more/deep.zh.json"), CATALOGS | st.none()),
    st.tuples(st.just("translations/glossary.zh.csv"), st.just("source,target\nnorm,范数\n")),
    st.tuples(st.just("mkdocs.yml"), CONFIGS),
)


def _own_pages(live: Live, files: dict[str, str | None]) -> list[str]:
    """The pages of files that were edited which are not as a build makes them."""
    expected = built(live.root)
    own = [PAGES_OF[path] for path in files if path in PAGES_OF and files[path] is not None]
    both = [path for page in own for path in (page, f"zh/{page}") if path in expected]
    return [path for path in both if live.site.stage.read(path) != expected[path]]


@settings(max_examples=10)
@given(st.lists(st.lists(EDITS, min_size=1, max_size=2), min_size=1, max_size=4))
def test_a_live_site_is_what_a_build_makes(series: list[list[tuple[str, str | None]]]) -> None:
    with tempfile.TemporaryDirectory() as folder, live_book(Path(folder), FILES) as live:
        live.read("zh/index.html")
        for step in series:
            files = {
                path: text
                for path, text in dict(step).items()
                if text is not None or (live.root / path).exists()
            }
            edit = live.edit(files)
            assert not edit.trouble
            # What is looked at now must not be remembered too long.
            for path in list(live.site.stage.uris()):
                live.site.stage.read(path)
            live.site.stage.read("zh/norm/index.html")
            assert _own_pages(live, files) == []
            live.site.follow_up()
        assert differences(live) == []
        assert live.told == []
