"""Field lists in the manner of Sphinx, `:param x:` and its like, become lists of what is named.

A field list of docutils comes in, parts go out. A type may have a field of its own: `:type x:`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from docutils import nodes

from glossator.docstrings.fields import LIST
from glossator.docstrings.parts import Part, Piece, Setting, Within, label

Read = Callable[[Sequence[nodes.Node], Within, int], Iterable[Part]]
"""Makes the parts of some nodes, in some frames, of which the first is on a line or below it."""


_NAMED: Mapping[str, str] = {
    **dict.fromkeys(("param", "parameter", "arg", "argument"), "Parameters"),
    **dict.fromkeys(("key", "keyword", "kwarg", "kwparam"), "Keyword arguments"),
    **dict.fromkeys(("var", "ivar", "cvar"), "Attributes"),
    **dict.fromkeys(("raises", "raise", "except", "exception"), "Raises"),
}
_TOLD: Mapping[str, str] = {
    **dict.fromkeys(("return", "returns"), "Returns"),
    **dict.fromkeys(("yield", "yields"), "Yields"),
}
_TYPES: Mapping[str, tuple[str, ...]] = {
    "type": ("Parameters", "Keyword arguments"),
    "paramtype": ("Parameters",),
    "kwtype": ("Keyword arguments",),
    "vartype": ("Attributes",),
}
_RESULT_TYPES: Mapping[str, str] = {"rtype": "Returns", "ytype": "Yields"}
_UNSEEN = frozenset(("meta",))


@dataclass(slots=True)
class _Entry:
    """One thing that fields speak about: several of them may, one of its type."""

    line: int
    name: str = ""
    type: str = ""
    body: list[nodes.Node] = field(default_factory=list)


Groups = dict[str, dict[str, _Entry]]


def read_fields(
    fields: nodes.Element,
    setting: Setting,
    read: Read,
    locate: Callable[[nodes.Node], int],
    within: Within,
) -> Iterator[Part]:
    """The lists that some fields make, one for each kind."""
    groups: Groups = {}
    for node in fields.children:
        assert isinstance(node, nodes.Element), "field lists hold fields"
        name, body = node.children
        _sort(groups, name.astext(), list(body.children), locate(name))
    for word, entries in groups.items():
        entries = {key: e for key, e in entries.items() if e.name or e.type or e.body}
        if not entries:
            continue
        if word:
            line = min(entry.line for entry in entries.values())
            yield label(word, line, within)
        yield from _list(entries.values(), setting, read, within)


def _sort(groups: Groups, head: str, body: list[nodes.Node], line: int) -> None:
    """Put a field where it belongs."""
    kind, *words = head.split()
    kind = kind.lower()
    if kind in _NAMED and words:
        type_, name = " ".join(words[:-1]), words[-1]
        if _NAMED[kind] == "Raises":
            type_, name = "", " ".join(words)
        entry = _entry(groups, _NAMED[kind], name, line)
        entry.type = entry.type or type_
        entry.body += body
    elif kind in _TOLD and not words:
        _entry(groups, _TOLD[kind], "", line).body += body
    elif kind in _RESULT_TYPES:
        _entry(groups, _RESULT_TYPES[kind], "", line).type = _plain(body)
    elif kind in _TYPES and words:
        groups_of_type = _TYPES[kind]
        word = next(
            (g for g in groups_of_type if words[-1] in groups.get(g, {})), groups_of_type[0]
        )
        _entry(groups, word, words[-1], line).type = _plain(body)
    elif kind not in _UNSEEN:
        _entry(groups, "", head, line).body += body


def _entry(groups: Groups, word: str, name: str, line: int) -> _Entry:
    bare = name.replace("\\", "").strip("`")
    return groups.setdefault(word, {}).setdefault(name, _Entry(line, bare))


def _plain(body: Iterable[nodes.Node]) -> str:
    """A type as it is read, without markup."""
    return " ".join(" ".join(node.astext() for node in body).split())


def _list(
    entries: Iterable[_Entry], setting: Setting, read: Read, within: Within
) -> Iterator[Part]:
    inside: Within = ()
    for entry in entries:
        if not entry.name and not entry.type:
            inside = ()
            yield from read(entry.body, within, entry.line)
            continue
        inside = inside or (*within, setting.frame("dl", LIST))
        shown = [setting.code(entry.name)] if entry.name else []
        if entry.type:
            shown.append(f'<span class="gl-type">{setting.code(entry.type)}</span>')
        yield Piece(f"<dt>{' '.join(shown)}</dt>", entry.line, inside)
        if entry.body:
            yield from read(entry.body, (*inside, setting.frame("dd")), entry.line)
