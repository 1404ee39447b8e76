r"""Symbols: which parts of a page's formulas are the same, so that a reader can light all of them.

A formula that stands alone somewhere on a page is a symbol of it (`\gamma`, `\hat{x}^{(k)}`) if it
comes again, alone or within another formula: the longest one first, and one within another. The
formulas of a page come in as MathML; they go out with the numbers of their symbols as attributes
`data-s` of the elements that draw them. The same TeX gives the same elements, so elements are
compared, and nothing is drawn in another way than before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

_TOKEN = re.compile(r"<(?P<end>/?)(?P<name>[a-z]+)(?P<attributes>[^<>]*?)(?P<void>/?)>|[^<>]+")
_VARIANT = re.compile(r'mathvariant="?[\w-]+')
_STYLED = re.compile(r"\bstyle=")

_LONGEST = 12
"""Elements side by side up to which they are looked for within other formulas."""

Forms = tuple[str, ...]
"""How elements that stand side by side are compared."""


@dataclass(slots=True)
class _Element:
    """An element of a formula; `at` is where its opening tag can take an attribute."""

    name: str
    at: int
    is_row: bool
    variant: str = ""
    text: str = ""
    children: list[_Element] = field(default_factory=list)
    form: str = ""

    def parts(self) -> Iterator[_Element]:
        """What stands side by side in it, rows within rows opened up."""
        for child in self.children:
            if child.is_row:
                yield from child.parts()
            elif child.name != "mspace":
                yield child


@dataclass(frozen=True, slots=True)
class _Formula:
    """A formula, read: its root, what its elements are, and where they stand side by side."""

    root: _Element
    elements: tuple[_Element, ...]
    rows: tuple[tuple[_Element, ...], ...]

    @property
    def forms(self) -> Forms:
        """The whole formula, as it is compared."""
        return tuple(part.form for part in self.rows[0])


@lru_cache(maxsize=16_384)
def _read(mathml: str) -> _Formula | None:
    """Read a formula; nothing if there is none, as where the TeX could not be drawn."""
    start = mathml.find("<math")
    if start < 0:
        return None
    annotation = mathml.find("<annotation", start)
    end = annotation if annotation >= 0 else mathml.find("</math>", start)
    holder = _Element("", 0, is_row=True)
    stack, closed = [holder], []
    for match in _TOKEN.finditer(mathml, start, end):
        name = match["name"]
        if name is None:
            stack[-1].text += match[0]
        elif match["end"]:
            closed.append(stack.pop())
        else:
            element = _element(match)
            stack[-1].children.append(element)
            stack.append(element)
            if match["void"]:
                closed.append(stack.pop())
    # `math` is still open, and `semantics`, which holds the TeX behind what is drawn.
    root = holder.children[0]
    elements = tuple(element for element in closed if not element.is_row)
    for element in elements:
        element.form = _form(element)
    inner = (e for e in elements if e.children)
    groups = [group for e in inner for group in _groups(e)]
    return _Formula(root, elements, (tuple(root.parts()), *groups))


def _element(match: re.Match[str]) -> _Element:
    name, attributes = match["name"], match["attributes"]
    variant = _VARIANT.search(attributes) if attributes else None
    is_plain = name in ("math", "semantics") or (name == "mrow" and not _STYLED.search(attributes))
    return _Element(name, match.end("name"), is_plain, variant[0] if variant else "")


def _form(element: _Element) -> str:
    """What an element looks like; its spaces depend on what is around it, and do not count."""
    inner = "".join(_inner(child) for child in element.children) or element.text
    return f"<{element.name} {element.variant}>{inner}</>"


def _inner(child: _Element) -> str:
    """A child; a row, such as an exponent of several letters, keeps them together."""
    if not child.is_row:
        return child.form
    parts = [part.form for part in child.parts()]
    return parts[0] if len(parts) == 1 else f"<{''.join(parts)}>"


def _groups(element: _Element) -> Iterator[tuple[_Element, ...]]:
    """Where elements stand side by side within an element: in it, or in each of its scripts."""
    if element.name in ("msqrt", "mtd", "mpadded", "mphantom", "menclose", "mstyle", "mrow"):
        yield tuple(element.parts())
    else:
        yield from (tuple(child.parts()) for child in element.children if child.is_row)


@dataclass(frozen=True, slots=True)
class Symbols:
    """The symbols of a page by how they are compared, with their numbers, counted from 1."""

    numbers: Mapping[Forms, int]

    def number_of(self, mathml: str) -> int:
        """The number of the symbol that a whole formula is; 0 if it is none."""
        formula = _read(mathml)
        return self.numbers.get(formula.forms, 0) if formula is not None else 0

    def mark(self, mathml: str) -> str:
        """A formula with the numbers of the symbols that it is and has."""
        formula = _read(mathml) if self.numbers else None
        if formula is None:
            return mathml
        marks: dict[int, list[int]] = {}
        for element, number in _found(formula, self.numbers):
            marks.setdefault(element.at, []).append(number)
        pieces = [0, *sorted(marks), len(mathml)]
        return "".join(
            _attribute(marks.get(start, ())) + mathml[start:end] for start, end in pairwise(pieces)
        )


def find_symbols(formulas: Iterable[str], named: Iterable[str] = ()) -> Symbols:
    """The symbols of a page from all of its formulas, each as often as it stands there.

    `named` are formulas that code has a name for: they need not come again.
    """
    counts = Counter(formulas)
    read = {mathml: _read(mathml) for mathml in counts}
    alone = {
        formula.forms: mathml
        for mathml, formula in reversed(read.items())
        if formula is not None and _is_symbol(formula)
    }
    places = Counter[Forms]()
    for mathml, formula in read.items():
        if formula is not None:
            for forms in _within(formula, alone):
                places[forms] += counts[mathml]
    asked = {formula.forms for mathml in named if (formula := _read(mathml)) is not None}
    wanted = [f for f in reversed(alone) if places[f] > 1 or f in asked]
    return Symbols({forms: number for number, forms in enumerate(wanted, 1)})


def _is_symbol(formula: _Formula) -> bool:
    """A number or a sign alone is no symbol: it has no letter, and stands for itself."""
    return any(element.name == "mi" for element in formula.elements)


def _within(formula: _Formula, symbols: Mapping[Forms, object]) -> Iterator[Forms]:
    """The symbols that a formula has or is, each as often as it has it."""
    if formula.forms in symbols:
        yield formula.forms
    for _, forms in _places(formula, symbols):
        yield forms


def _places(
    formula: _Formula, symbols: Mapping[Forms, object]
) -> Iterator[tuple[tuple[_Element, ...], Forms]]:
    """The places within a formula where a symbol stands: the elements that draw it."""
    for element in formula.elements:
        if (element.form,) in symbols and formula.rows[0] != (element,):
            yield (element,), (element.form,)
        elif element.name == "msubsup":
            yield from _scripted(element, symbols)
    for row in formula.rows:
        yield from _runs(row, symbols, is_whole=row is formula.rows[0])


def _scripted(
    element: _Element, symbols: Mapping[Forms, object]
) -> Iterator[tuple[tuple[_Element, ...], Forms]]:
    """`x_i` in `x_i^2`: TeX has it in one piece, MathML in two."""
    base, below, above = element.children
    for name, script in (("msub", below), ("msup", above)):
        form = (f"<{name} >{_inner(base)}{_inner(script)}</>",)
        if form in symbols:
            yield (*_drawn(base), *_drawn(script)), form


def _drawn(element: _Element) -> tuple[_Element, ...]:
    return tuple(element.parts()) if element.is_row else (element,)


def _runs(
    row: Sequence[_Element], symbols: Mapping[Forms, object], *, is_whole: bool
) -> Iterator[tuple[tuple[_Element, ...], Forms]]:
    """Symbols of several elements side by side; the longest first, and none across another."""
    taken: list[tuple[int, int]] = []
    longest = min(len(row) - is_whole, _LONGEST)
    lengths = {len(forms) for forms in symbols} if longest > 1 else ()
    drawn = tuple(element.form for element in row)
    for length in range(longest, 1, -1):
        for start in range(len(row) - length + 1) if length in lengths else ():
            end = start + length
            forms = drawn[start:end]
            if forms in symbols and not any(_cross(start, end, *other) for other in taken):
                taken.append((start, end))
                yield tuple(row[start:end]), forms


def _cross(start: int, end: int, other_start: int, other_end: int) -> bool:
    """Whether two spans overlap, and neither is within the other."""
    if end <= other_start or other_end <= start:
        return False
    return not (other_start <= start and end <= other_end)


def _found(formula: _Formula, numbers: Mapping[Forms, int]) -> Iterator[tuple[_Element, int]]:
    """Each element with a symbol that it draws, or is a part of; smaller symbols come first."""
    if formula.forms in numbers:
        yield formula.root, numbers[formula.forms]
    places = list(_places(formula, numbers))
    for elements, forms in sorted(places, key=lambda place: len(place[0])):
        for element in elements:
            yield element, numbers[forms]


def _attribute(numbers: Sequence[int]) -> str:
    unique = list(dict.fromkeys(numbers))
    if len(unique) < 2:
        return "".join(f" data-s={number}" for number in unique)
    return f' data-s="{" ".join(map(str, unique))}"'
