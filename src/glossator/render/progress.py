"""The page that shows how far the translations are: numbers come in, the page's body goes out.

A card for each language, and a table with a row for each page. Bars are for the eye; what they say
stands beside them in words, with names and percentages as the reader's language has them.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal, format_percent

from glossator.catalog.progress import LocaleProgress, Standing, share, total
from glossator.locales import Locale, babel_locale
from glossator.render.words import is_spoken, say, say_many


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page as the table names it: its title in the reader's language, and where it is.

    `title` is plain text; `lang` is the language that it is said in.
    """

    title: str
    url: str
    lang: Locale


@dataclass(frozen=True, slots=True)
class LocaleLinks:
    """Where the links of a language lead: to its home page, and to its catalogs by source."""

    home: str
    catalogs: Mapping[str, str]


def render_progress(
    progress: Sequence[LocaleProgress],
    *,
    pages: Mapping[str, PageLink],
    links: Mapping[str, LocaleLinks],
    reader: Locale,
) -> str:
    """The body of the page in the language of its reader; `pages` are by source, in their order."""
    lang = "" if is_spoken(reader) else " lang=en dir=ltr"
    title = html.escape(say("Translations", reader))
    cards = "".join(_card(one, links[one.locale.code].home, reader, lang) for one in progress)
    return (
        f"<h1 id=translations{lang}>{title}</h1>"
        f"<ul class=gl-languages>{cards}</ul>"
        f"{_legend(progress, reader, lang)}"
        f"{_table(progress, pages, links, reader, lang)}"
    )


def _card(one: LocaleProgress, home: str, reader: Locale, lang: str) -> str:
    locale, counts = one.locale, one.counts
    name = f'<a href="{html.escape(home)}" lang={locale.tag} dir={locale.direction}>'
    name += f"{html.escape(locale.name)}</a>"
    told = babel_locale(locale.tag).get_display_name(babel_locale(reader.tag)) or locale.code
    is_own = locale == reader or told == locale.name
    other = "" if is_own else f"<span class=gl-other>{html.escape(told)}</span>"
    facts = "".join(f"<li>{html.escape(fact)}</li>" for fact in _facts(counts, reader))
    return (
        f"<li><h2 id={locale.code}>{name}{other}</h2>"
        f"<p class=gl-share>{_percent(counts, reader)}</p>"
        f"{_bar(counts)}<ul class=gl-facts{lang}>{facts}</ul></li>"
    )


def _facts(counts: Mapping[Standing, int], reader: Locale) -> Iterable[str]:
    """What a bar says, in words."""
    yield _done(counts, reader)
    outdated, suggested = counts[Standing.OUTDATED], counts[Standing.SUGGESTED]
    refused = counts[Standing.REFUSED]
    told = {
        say_many("{count} outdated", "{count} outdated", outdated, reader): outdated,
        say_many("{count} with a suggestion", "{count} with suggestions", suggested, reader): (
            suggested
        ),
        say_many("{count} with an error", "{count} with errors", refused, reader): refused,
    }
    for words, number in told.items():
        if number:
            yield words.format(count=_number(number, reader))


def _done(counts: Mapping[Standing, int], reader: Locale) -> str:
    return say("{done} of {total} passages translated", reader).format(
        done=_number(counts[Standing.TRANSLATED], reader), total=_number(total(counts), reader)
    )


def _bar(counts: Mapping[Standing, int]) -> str:
    """A bar whose parts have the widths of the counts; ears hear the words beside it."""
    parts = "".join(
        f"<span class=gl-{standing} style=flex-grow:{counts[standing]}></span>"
        for standing in Standing
        if counts[standing]
    )
    return f"<span class=gl-meter aria-hidden=true>{parts}</span>"


def _legend(progress: Iterable[LocaleProgress], reader: Locale, lang: str) -> str:
    """What the colours of the bars mean, of those that there are."""
    seen = {standing for one in progress for standing, n in one.counts.items() if n}
    names = {
        Standing.TRANSLATED: say("translated", reader),
        Standing.OUTDATED: say("outdated: the original has changed", reader),
        Standing.SUGGESTED: say("suggested: a similar passage is translated", reader),
        Standing.REFUSED: say("not shown: the translation has an error", reader),
        Standing.MISSING: say("not translated yet", reader),
    }
    items = "".join(
        f"<li><span class=gl-{standing}></span>{html.escape(name)}</li>"
        for standing, name in names.items()
        if standing in seen
    )
    return f"<ul class=gl-legend{lang}>{items}</ul>"


def _table(
    progress: Sequence[LocaleProgress],
    pages: Mapping[str, PageLink],
    links: Mapping[str, LocaleLinks],
    reader: Locale,
    lang: str,
) -> str:
    by_source = {one.locale.code: {page.source: page for page in one.pages} for one in progress}
    names = "".join(
        f"<th scope=col lang={one.locale.tag}>{html.escape(one.locale.name)}</th>"
        for one in progress
    )
    rows: list[str] = []
    for source, link in pages.items():
        cells = "".join(
            _cell(
                by_source[one.locale.code][source].counts,
                links[one.locale.code].catalogs.get(source, ""),
                one.locale,
                reader,
            )
            for one in progress
        )
        rows.append(f"<tr>{_row_head(link, reader)}{cells}</tr>")
    page = html.escape(say("Page", reader))
    return (
        f'<div class=gl-progress tabindex=0 role=region aria-label="{page}"{lang}>'
        f"<table class=gl-table><thead><tr><th scope=col>{page}</th>{names}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _row_head(link: PageLink, reader: Locale) -> str:
    lang = "" if link.lang == reader else f" lang={link.lang.tag} dir={link.lang.direction}"
    title = html.escape(link.title, quote=False)
    return f'<th scope=row{lang}><a href="{html.escape(link.url)}">{title}</a></th>'


def _cell(counts: Mapping[Standing, int], href: str, locale: Locale, reader: Locale) -> str:
    if not total(counts):
        return "<td>–</td>"
    told = html.escape(f"{locale.name}: {', '.join(_facts(counts, reader))}")
    percent = _percent(counts, reader)
    if href:
        percent = f'<a href="{html.escape(href)}" title="{told}" rel=nofollow>{percent}</a>'
    else:
        percent = f'<span title="{told}">{percent}</span>'
    return f"<td>{percent}{_bar(counts)}</td>"


def _percent(counts: Mapping[Standing, int], reader: Locale) -> str:
    return html.escape(format_percent(share(counts), locale=babel_locale(reader.tag)))


def _number(number: int, reader: Locale) -> str:
    return format_decimal(number, locale=babel_locale(reader.tag))
