"""Messages for translators: what they tell, and what of them comes back."""

from __future__ import annotations

from dataclasses import replace

from glossator.catalog.exchange import Taken, messages_of, take_messages
from glossator.catalog.po import Message
from glossator.catalog.state import Obsolete, State, Suggestion, make_state
from glossator.model import Catalog, Document, Entry
from tests.unit.render.making import make_document

MARK = "<span translate=no>_^_0_^_</span>"
ONE, TWO, MEAN = "<p>One</p>\n", "<p>Two</p>\n", f"<p>The mean {MARK}</p>\n"
DOCUMENT = make_document("One\n\nTwo\n\nThe mean $\\mu$\n", "x.md")
STATE = make_state(
    suggestions=[Suggestion(TWO, "<p>贰</p>\n", "<p>Tow</p>\n")],
    obsolete=[Obsolete("<p>Gone</p>\n", "<p>去</p>\n")],
)


def catalog(**values: str) -> Catalog:
    keys = {"one": ONE, "two": TWO, "mean": MEAN, "dead": "<p>Dead</p>\n"}
    entries = (Entry(keys[name], value) for name, value in values.items())
    return Catalog("x.zh.json", "zh", tuple(entries))


def sent(catalog: Catalog, state: State = STATE, document: Document = DOCUMENT) -> list[Message]:
    return list(messages_of("x", document, catalog, state))


def take(messages: list[Message], catalog: Catalog, state: State = STATE) -> Taken:
    return take_messages(messages, "x", DOCUMENT, catalog, state)


def test_what_a_translator_is_told() -> None:
    assert sent(catalog(dead="<p>死</p>\n", two="", one="<p>一</p>\n")) == [
        Message("x", ONE, "<p>一</p>\n", (("x.md", 1),), ("section top",)),
        Message(
            "x", TWO, "<p>贰</p>\n", (("x.md", 3),), ("section top",), "<p>Tow</p>\n", is_fuzzy=True
        ),
        Message("x", MEAN, "", (("x.md", 5),), ("section top", "{0} is the formula $\\mu$")),
        Message("x", "<p>Gone</p>\n", "<p>去</p>\n", is_obsolete=True),
        Message("x", "<p>Dead</p>\n", "<p>死</p>\n", is_obsolete=True),
    ]


def test_what_may_not_be_published_is_fuzzy() -> None:
    (first, *_) = sent(catalog(one="<p>一<b></p>\n"))
    assert first.is_fuzzy and not first.previous


def test_what_nobody_touched_changes_nothing() -> None:
    for before in (catalog(), catalog(two="", one="<p>一<b></p>\n", dead="<p>死</p>\n")):
        after = take(sent(before), before)
        assert (after.entries, after.state) == (before.entries, STATE)
        assert (after.taken, after.suggested, after.refused, after.unknown) == (0, 0, (), ())


def test_translations_are_taken_and_suggestions_accepted() -> None:
    before = catalog(one="", two="")
    messages = [replace(m, is_fuzzy=False, previous="") for m in sent(before)]
    messages[2] = replace(messages[2], value=f"<p>均值{MARK}</p>")
    after = take(messages, before)
    assert [(e.key, e.value) for e in after.entries] == [
        (ONE, ""),
        (TWO, "<p>贰</p>\n"),
        (MEAN, f"<p>均值{MARK}</p>\n"),
    ]
    assert not after.state.suggestions and after.state.obsolete == STATE.obsolete
    assert after.taken == 2


def test_a_fuzzy_translation_is_a_suggestion() -> None:
    before = catalog(one="<p>一</p>\n", two="")
    after = take([Message("x", TWO, "<p>二</p>\n", is_fuzzy=True)], before)
    assert after.entries == before.entries
    assert after.state.suggestions == (Suggestion(TWO, "<p>二</p>\n", TWO),)
    kept = take([Message("x", ONE, "<p>一</p>\n", is_fuzzy=True)], before)
    assert (kept.entries, kept.suggested) == (before.entries, 0)


def test_nothing_is_taken_away_and_nothing_wrong_is_taken() -> None:
    before = catalog(one="<p>一</p>\n")
    wrong = Message("x", MEAN, "<p>均值</p>\n", line=7)
    strange = Message("x", "<p>Strange</p>\n", "<p>怪</p>\n", line=9)
    after = take([Message("x", ONE, ""), wrong, strange], before)
    assert after.entries == before.entries
    assert [(m, f.code) for m, f in after.refused] == [(wrong, "placeholder-missing")]
    assert after.unknown == (strange,)
