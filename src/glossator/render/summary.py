"""What a change does to the numbers of the translations, as Markdown for a pull request.

What stands in it may come from a stranger: in tables every sign that means something is escaped,
and what is to be pasted stands in a fence that it cannot close.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from glossator.catalog.progress import LocaleProgress, Standing, share, total

_MOST = 40
"""Suggestions that are shown; `glossator todo` shows all of them."""

_SIGNS = str.maketrans({sign: f"&#{ord(sign)};" for sign in "|`[]()*_~\\!#@"})


@dataclass(frozen=True, slots=True)
class Paste:
    """A suggestion, ready to be pasted over the entry at `place` of a catalog."""

    place: str
    changed: str
    key: str
    value: str


def render_summary(
    found: Sequence[LocaleProgress],
    before: Mapping[str, Mapping[str, int]],
    pastes: Sequence[Paste] = (),
) -> str:
    """The summary; `before` are the counts of each language as they were, if that is known."""
    lines = [
        "## Translations",
        "",
        "| Language | Translated | Outdated | Suggested | With an error | Not translated |",
        "|---|--:|--:|--:|--:|--:|",
        *(_row(progress, before.get(progress.locale.code)) for progress in found),
    ]
    if pastes:
        lines += ["", "### Suggestions to paste", "", *_pastes(pastes)]
    return "\n".join(lines) + "\n"


def _row(progress: LocaleProgress, before: Mapping[str, int] | None) -> str:
    counts = progress.counts
    cells = [_cell(progress.locale.name)]
    for standing in Standing:
        told = f"{counts[standing]:,}"
        if standing is Standing.TRANSLATED:
            told = f"{share(counts):.0%}, {told} of {total(counts):,}"
        change = counts[standing] - before[standing] if before is not None else 0
        cells.append(f"{told} (**{change:+,}**)" if change else told)
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return html.escape(" ".join(text.split())).translate(_SIGNS)


def _pastes(pastes: Sequence[Paste]) -> Iterator[str]:
    for paste in pastes[:_MOST]:
        body = f"  {_quoted(paste.key)}:\n  {_quoted(paste.value)},"
        runs = re.findall("`+", f"{paste.changed}{body}")
        fence = "`" * max(3, 1 + max(map(len, runs), default=0))
        yield f"{_cell(paste.place)}: read it again where the original has changed."
        yield f"\n{fence}text\n{paste.changed}\n{fence}\n\n{fence}json\n{body}\n{fence}\n"
    if len(pastes) > _MOST:
        yield f"And {len(pastes) - _MOST:,} more: `glossator todo` shows all of them."


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
