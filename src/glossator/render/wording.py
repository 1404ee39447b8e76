"""What a block says that is one of the page's own words, and what stands for its placeholders."""

from __future__ import annotations

import html

from glossator.catalog.translate import Translation
from glossator.locales import Locale
from glossator.model import Placeholder
from glossator.prose.tokens import placeholder as span_of
from glossator.render.code import attribute
from glossator.render.contents import ContentRenderer
from glossator.render.names import PageNames
from glossator.render.words import say


def worded(translation: Translation, locale: Locale) -> str:
    """What a translation says; a block that is one of the page's own words is said by the page."""
    block = translation.block
    if not block.word:
        return translation.text
    opening, _, rest = block.key.partition(">")
    words = html.escape(say(block.word, locale), quote=False)
    ending = rest[rest.rindex("</") :]
    words = words.replace("{0}", span_of(0) if block.placeholders else "").strip()
    return f"{opening}>{words}{ending}"


def filling(
    placeholder: Placeholder, section: str, contents: ContentRenderer, names: PageNames
) -> str:
    """What stands in the place of a placeholder, with a link if it names something of the site."""
    shown = contents.render(placeholder).html
    url = names.mentions.get((section, placeholder.name)) if placeholder.name else None
    return f"<a{attribute('href', url)}>{shown}</a>" if url else shown
