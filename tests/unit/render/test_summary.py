"""The summary of a pull request."""

from __future__ import annotations

from glossator.catalog.progress import LocaleProgress, PageProgress, Standing
from glossator.locales import Locale, parse_locale
from glossator.render.summary import Paste, render_summary


def progress(locale: Locale, *counts: int) -> LocaleProgress:
    page = PageProgress("x.md", "x.json", 0, dict(zip(Standing, counts, strict=True)))
    return LocaleProgress(locale, (page,))


def test_the_numbers_and_what_became_of_them() -> None:
    zh = progress(parse_locale("zh"), 1200, 2, 0, 0, 34)
    odd = progress(parse_locale("he", name="[x](y)|<b>`@a"), 0, 0, 0, 0, 0)
    before = {"zh": dict(zip(Standing, (1202, 0, 0, 0, 34), strict=True))}
    assert render_summary([zh, odd], before) == (
        "## Translations\n"
        "\n"
        "| Language | Translated | Outdated | Suggested | With an error | Not translated |\n"
        "|---|--:|--:|--:|--:|--:|\n"
        "| 中文 | 97%, 1,200 of 1,236 (**-2**) | 2 (**+2**) | 0 | 0 | 34 |\n"
        "| &#91;x&#93;&#40;y&#41;&#124;&lt;b&gt;&#96;&#64;a | 100%, 0 of 0 | 0 | 0 | 0 | 0 |\n"
    )


def test_suggestions_stand_in_fences_that_they_cannot_close() -> None:
    paste = Paste("a.zh.json:3", "[-a-]{+b+}", "<p>b</p>\n", "````\n| x")
    text = render_summary([], {}, [paste] * 41)
    assert text.partition("### Suggestions to paste\n\n")[2].startswith(
        "a.zh.json:3: read it again where the original has changed.\n"
        "\n"
        "`````text\n"
        "[-a-]{+b+}\n"
        "`````\n"
        "\n"
        "`````json\n"
        '  "<p>b</p>\\n":\n'
        '  "````\\n| x",\n'
        "`````\n"
    )
    assert text.endswith("And 1 more: `glossator todo` shows all of them.\n")
