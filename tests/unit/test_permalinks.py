"""Permalinks: where an anchor goes when its page is edited."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glossator.permalinks import Anchor, PageAnchors, anchors_of, update


def page(*pieces: tuple[str, str, str]) -> tuple[Anchor, ...]:
    return tuple(anchors_of(pieces))


def moved(before: tuple[Anchor, ...], after: tuple[Anchor, ...]) -> dict[str, str]:
    return dict(update(PageAnchors(before), after).moved)


BEFORE = page(
    ("top", "A title", ""),
    ("Norm", "The layer", "class Norm:"),
    ("Norm.forward", "Normalize", "def forward(self):"),
    ("Norm.forward--the-mean", "The mean of $x$", "mean = x.mean()"),
    ("Norm.forward--the-variance", "The variance", "var = x.var()"),
)


def test_what_stays_does_not_move() -> None:
    assert moved(BEFORE, BEFORE) == {}
    assert moved(BEFORE, BEFORE[::-1]) == {}


def test_a_class_that_is_renamed_is_known_by_its_words() -> None:
    after = page(
        ("top", "A title", ""),
        ("BatchNorm", "The  layer", "class BatchNorm:"),
        ("BatchNorm.forward", "Normalize", "def forward(self):"),
        ("BatchNorm.forward--the-mean", "The mean of $x$", "mean = x.mean()"),
        ("BatchNorm.forward--the-variance", "The variance", "var = x.var()"),
    )
    assert moved(BEFORE, after) == {
        "Norm": "BatchNorm",
        "Norm.forward": "BatchNorm.forward",
        "Norm.forward--the-mean": "BatchNorm.forward--the-mean",
        "Norm.forward--the-variance": "BatchNorm.forward--the-variance",
    }


def test_a_comment_that_is_rewritten_is_known_by_its_code() -> None:
    after = (*BEFORE[:3], *page(("Norm.forward--average", "Average", "mean = x.mean()")), BEFORE[4])
    assert moved(BEFORE, after) == {"Norm.forward--the-mean": "Norm.forward--average"}


def test_what_is_rewritten_whole_is_known_by_its_neighbours() -> None:
    after = (*BEFORE[:3], *page(("Norm.forward--other", "Other", "m = average(x)")), BEFORE[4])
    assert moved(BEFORE, after) == {"Norm.forward--the-mean": "Norm.forward--other"}


def test_what_is_called_almost_the_same_is_one() -> None:
    after = (
        *BEFORE[:3],
        *page(
            ("Norm.forward--the-means", "The means", "a"),
            ("Norm.forward--the-variances", "All variances", "b"),
        ),
    )
    assert moved(BEFORE, after) == {
        "Norm.forward--the-mean": "Norm.forward--the-means",
        "Norm.forward--the-variance": "Norm.forward--the-variances",
    }


def test_what_is_gone_leads_to_where_it_was() -> None:
    assert moved(BEFORE, BEFORE[:3]) == {
        "Norm.forward--the-mean": "Norm.forward",
        "Norm.forward--the-variance": "Norm.forward",
    }
    assert moved(BEFORE, BEFORE[:1]) == dict.fromkeys([a.id for a in BEFORE[1:]], "top")


def test_an_anchor_that_comes_back_is_itself_again() -> None:
    without = update(PageAnchors(BEFORE), BEFORE[:4])
    assert without.moved == {"Norm.forward--the-variance": "Norm.forward"}
    assert update(without, BEFORE) == PageAnchors(BEFORE)


def test_former_ids_are_followed_through_several_edits() -> None:
    first = update(PageAnchors(page(("a", "words", ""))), page(("b", "words", "")))
    second = update(first, page(("c", "words", "")))
    assert second.aliases({"c"}) == {"c": ("a", "b")}
    # What only the page of the table knows is not on this one.
    assert second.aliases({"d"}) == {}
    assert PageAnchors((), {"a": "b", "b": "a"}).aliases({"c"}) == {}


IDS = st.lists(st.sampled_from(["a", "a.b", "a.b--c", "a.d", "e", "e--f", "g"]), unique=True)


@st.composite
def pages(draw: st.DrawFn) -> tuple[Anchor, ...]:
    words = st.sampled_from(["", "one", "two", "three"])
    return page(*((id_, draw(words), draw(words)) for id_ in draw(IDS)))


@given(st.lists(pages(), min_size=1, max_size=5))
def test_no_link_is_ever_lost(edits: list[tuple[Anchor, ...]]) -> None:
    known = PageAnchors()
    seen: set[str] = set()
    for now in edits:
        known = update(known, now)
        seen |= {anchor.id for anchor in now}
        assert update(known, now) == known
        ids = {anchor.id for anchor in now}
        aliases = {old for olds in known.aliases(ids).values() for old in olds}
        assert not ids or ids | aliases == seen
