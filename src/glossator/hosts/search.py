"""Material's search: its language, and its entries, which are made from blocks.

Its script looks for the beginnings of words, and Chinese and Japanese do not part them. So the text
of an entry is cut where a word probably ends, which lets a find be shown in its sentence; and a
field that is not shown holds the other pairs of characters that stand side by side, so that any two
of them are found. Japanese is cut where its script changes as well, in entries and in queries, and
the field holds what comes within a word of kana. Material's own way, to take Japanese apart by
probable words in the reader's browser, finds only what it takes apart there as it did here.

A query of a letter and a particle (`片に`) finds its page too, but among all others with that
particle: the script looks for either part.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from html import escape
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from glossator.hosts.environment import MATERIAL
from glossator.locales import Locale
from glossator.render.page import SearchText

PAIRS = "pairs"
"""The name of the field that holds pairs of Chinese characters."""

_CUT = "\u200b"
"""Between words that no space parts; Material's separator for Chinese knows it."""

_JOINER = "\u2060"
"""Behind a word of one character: Material's script would take such a word of the index for the
whole of a query that begins with it, and forget the rest. With this it is no such word.
"""

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")

_LATIN = re.compile("[A-Za-z0-9_]")

_KANA = re.compile("[\u3041-\u309f]+|[\u30a0-\u30ff]+")

_BEFORE_KANA = re.compile("(?<=[\u3400-\u9fff])[\u3400-\u9fff](?=[\u3041-\u30ff])")

_WITHIN_KANA = 8
"""Characters up to which a part of a word of kana is found that is not its beginning."""

_JAPANESE = (
    r"[\s\-\u3000、。，．・「」『』（）]+|"
    + _CUT
    + "".join(
        f"|(?<=[{one}])(?=[{other}])"
        for one, other in permutations(
            ("A-Za-z0-9_", r"\u3041-\u309f", r"\u30a0-\u30ff", r"\u3400-\u9fff" + _JOINER), 2
        )
    )
)
"""Where words end in Japanese: at spaces and signs, where we cut, and where the script changes."""

_PARTICLES = frozenset("的了是在和与及或把被")
"""Characters that mostly are words of their own."""

Entry = dict[str, Any]
"""One find of a search: `location`, `title`, `text` and what else is in the fields."""


def plugin(config: MkDocsConfig) -> Any:
    """The search of Material, if the site has one."""
    found = config.plugins.get("material/search")
    return found if found is not None and found.config.enabled else None


def set_language(config: MkDocsConfig, locale: Locale, *, is_source: bool) -> None:
    """Let the search take words apart as a language does.

    What the author has set holds for the language of the sources. A second language would not
    help: Material's script looks for the beginnings of words, and does not find their stems.
    """
    search = plugin(config)
    if search is None:
        return
    if not (is_source and search.config.lang):
        search.config.lang = [_stemmer(locale)]
    if not _parts_no_words(locale):
        return
    search.config.fields.setdefault(PAIRS, {"boost": 1.0})
    if search.config.separator:
        search.config.separator += "|" + _CUT
    elif _language(locale) == "ja":
        search.config.separator = _JAPANESE


def pass_by(config: MkDocsConfig) -> None:
    """Let Material's search pass by the pages whose entries it does not make.

    It would look through the whole of each to take its own attributes out, of which there are none.
    """
    handlers = config.plugins.events["page_context"]
    for index, handler in enumerate(handlers):
        if getattr(handler, "__self__", None) is config.plugins.get("material/search"):
            handlers[index] = partial(_unless_passed, handler)


def _unless_passed(handler: Callable[..., Any], context: Any, *, page: Page, **named: Any) -> Any:
    is_excluded = (page.meta.get("search") or {}).get("exclude")
    if is_excluded and "data-search-" not in (page.content or ""):
        return None
    return handler(context, page=page, **named)


def _stemmer(locale: Locale) -> str:
    """The name of a language among those that Material's script knows, or that of English."""
    short = _language(locale)
    # The script for Japanese would take apart once more what we have taken apart.
    name = {"nb": "no", "nn": "no", "ja": "en"}.get(short, short)
    file = MATERIAL / "assets" / "javascripts" / "lunr" / "min" / f"lunr.{name}.min.js"
    return name if file.is_file() else "en"


def _parts_no_words(locale: Locale) -> bool:
    return _language(locale) in ("zh", "yue", "ja")


def _language(locale: Locale) -> str:
    return locale.tag.partition("-")[0]


def add_entries(index: Any, entries: Iterable[Entry], locale: Locale) -> None:
    """Append entries to the index of the search."""
    made = list(entries)
    index.entries.extend(cut_words(made) if _parts_no_words(locale) else made)


def entries_of(texts: Iterable[SearchText], url: str, meta: Mapping[str, Any]) -> Iterator[Entry]:
    """The entries of the page at `url`; its front matter may leave it out, or give it a `boost`."""
    search = meta.get("search")
    wishes = search if isinstance(search, dict) else {}
    if wishes.get("exclude"):
        return
    extra = {"boost": wishes["boost"]} if "boost" in wishes else {}
    if tags := meta.get("tags"):
        extra["tags"] = [str(tag) for tag in tags] if isinstance(tags, list) else [str(tags)]
    for text in texts:
        yield {
            "location": url + ("#" + text.anchor if text.anchor else ""),
            "title": escape(text.title, quote=False),
            "text": escape(text.text, quote=False),
            **extra,
        }


def write_legibly(config: MkDocsConfig) -> None:
    """Write the index that Material has written once more: characters instead of their numbers.

    That halves the index of a language that is not written in Latin letters.
    """
    if plugin(config) is None:
        return
    path = Path(config.site_dir) / "search" / "search_index.json"
    index = json.loads(path.read_text(encoding="utf-8"))
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text, encoding="utf-8")


def cut_words(entries: Sequence[Entry]) -> list[Entry]:
    """Entries whose Chinese is cut into words of one or two characters, with the field of pairs.

    Two characters that often stand side by side on the site are most likely a word.
    """
    counts = Counter(
        pair
        for entry in entries
        for run in _runs(entry)
        for pair in _pairs(run)
        if _PARTICLES.isdisjoint(pair)
    )
    return [_cut(entry, counts) for entry in entries]


def _cut(entry: Entry, counts: Mapping[str, int]) -> Entry:
    words = {run: _words(run, counts) for run in _runs(entry)}
    if not words and not any(_KANA.search(entry[name]) for name in ("title", "text")):
        return entry
    cut = {
        name: _HAN.sub(lambda run: _apart(run, words[run[0]]), entry[name])
        for name in ("title", "text")
    }
    shown = {word for run in words.values() for word in run}
    pairs = dict.fromkeys(pair for run in words for pair in _pairs(run) if pair not in shown)
    pairs |= dict.fromkeys(_within_kana(entry))
    return {**entry, **cut, PAIRS: " ".join(pairs)}


def _apart(run: re.Match[str], words: Iterable[str]) -> str:
    """Words of a run, parted from each other and from Latin letters and digits beside them."""
    text, start, end = run.string, run.start(), run.end()
    first = _CUT if _LATIN.match(text[start - 1 : start]) else ""
    last = _CUT if _LATIN.match(text[end : end + 1]) else ""
    return first + _CUT.join(map(_joined, words)) + last


def _within_kana(entry: Entry) -> Iterator[str]:
    """What comes within the words of kana, from every character but the first.

    A query may also begin with the last character before kana.
    """
    for name in ("title", "text"):
        for run in _KANA.findall(entry[name]):
            yield from (run[at : at + _WITHIN_KANA] for at in range(1, len(run) - 1))
        yield from map(_joined, _BEFORE_KANA.findall(entry[name]))


def _joined(word: str) -> str:
    return word if len(word) > 1 else word + _JOINER


def _runs(entry: Entry) -> Iterator[str]:
    yield from _HAN.findall(entry["title"])
    yield from _HAN.findall(entry["text"])


def _pairs(run: str) -> Iterator[str]:
    return (one + other for one, other in pairwise(run))


def _words(run: str, counts: Mapping[str, int]) -> list[str]:
    """Cut a run of characters so that the pairs that stay together are the most frequent ones."""
    scores = [0, 0]
    for end in range(2, len(run) + 1):
        scores.append(max(scores[end - 1], scores[end - 2] + counts.get(run[end - 2 : end], 0)))
    words: list[str] = []
    end = len(run)
    while end > 0:
        start = end - 1 if scores[end] == scores[end - 1] else end - 2
        words.append(run[start:end])
        end = start
    return words[::-1]
