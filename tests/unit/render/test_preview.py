"""The file that shows changed translations: what it says, and that nothing in it can do harm."""

from __future__ import annotations

import re

from glossator.catalog.translate import Translation
from glossator.model import Finding, Severity
from glossator.render.contents import ContentRenderer
from glossator.render.preview import ChangedBlock, ChangedPage, render_preview
from tests.unit.render.making import EN, HE, OPTIONS, make_document

TEXT = """\
# A <script>alert(1)</script> title

See [one](javascript:alert(1) "x") of $\\\\mu$ and `a<b` ![an <b>image](x.png)

<div onclick="alert(1)" style="position:fixed">Raw <iframe src="https://evil"></iframe></div>
"""


def preview(*blocks: ChangedBlock) -> str:
    document = make_document(TEXT, "x.md")
    pages = [ChangedPage(document, HE, "translations/x.he.json", blocks)] if blocks else []
    return render_preview(
        pages, source_locale=EN, contents=ContentRenderer(OPTIONS), since="<main>"
    )


def test_nothing_in_it_leads_anywhere_or_runs() -> None:
    blocks = make_document(TEXT, "x.md").units()
    text = preview(
        *(
            ChangedBlock(
                block,
                None,
                Translation(block, block.html, "he"),
                refused="<img src=x onerror=alert(1)>" if number == 1 else "",
                findings=(Finding("<i>", Severity.ERROR, "<b onclick=x>", "</style>"),),
            )
            for number, block in enumerate(blocks)
        )
    )
    body = text.partition("</style>")[2]
    without_formulas = re.sub(r"<math.*?</math>", "", body, flags=re.DOTALL)
    tags = set(re.findall(r"<[^>]*>", without_formulas))
    kinds = {tag for tag in tags if not re.fullmatch(r"</?[a-z0-9]+>", tag)}
    names = {re.split(r"[ >]", tag.strip("</"))[0] for tag in tags}
    assert names == set("article br code div h1 h2 p section span".split())
    assert kinds == {
        "<div class=after>",
        "<div class=before>",
        "<div class=original>",
        "<div class=raw lang=he dir=rtl>",
        "<div class=texts>",
        "<div lang=en dir=ltr>",
        "<div lang=he dir=rtl>",
        "<article class=block>",
        '<p class="finding error">',
        "<p class=label>",
        "<p class=none>",
        "<p class=place>",
        "<span class=a>",
        "<span class=none>",
    }
    assert "&lt;img src=x onerror=alert(1)&gt;" in body
    assert "<code>a&lt;b</code>" in body and "<math" in body
    assert "default-src 'none'" in text and "1&gt;" not in text.partition("<style>")[0]


def test_what_changed_stands_beside_what_was() -> None:
    (block,) = make_document("The mean\n", "x.md").units()
    said = Translation(block, "<p>הממוצע</p>\n", "he")
    text = preview(ChangedBlock(block, None, said, line=7))
    assert "<title>1 passage changed since &lt;main&gt;</title>" in text
    assert "<div class=before><p class=label>Before</p><p class=none>not translated</p>" in text
    assert "<p class=place>translations/x.he.json:7 · x.md:1</p>" in text
    assert "<div lang=he dir=rtl><p>הממוצע</p>" in text


def test_nothing_has_changed() -> None:
    assert "Nothing that a page says has changed" in preview()
