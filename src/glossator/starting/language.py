"""A further language in a configuration: the text of `mkdocs.yml` comes in, and goes out with it.

The text is read only as far as to know where its lines stand, and changed in one place: comments,
anchors and tags stay where their author put them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from glossator.starting.configuration import Unreadable, yaml_text

_CODE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")

_BY_HAND = "the plugin's `locales` cannot be found in it: add the language by hand"


def is_code(text: str) -> bool:
    """Whether a text is spelled as a locale is; Babel knows whether there is such a one."""
    return _CODE.fullmatch(text) is not None


def with_locale(text: str, code: str, *, source: str = "en") -> str | Unreadable:
    """A configuration that names one more locale of the plugin; `source` is that of the sources.

    The same text if it names the locale already.
    """
    try:
        changed = _changed(text, code, source)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return Unreadable(mark.line + 1 if mark is not None else 0, str(error.problem or error))
    except yaml.YAMLError as error:
        return Unreadable(0, str(error))
    if changed is None:
        return Unreadable(0, _BY_HAND)
    # What was written is read again: a configuration must never be broken.
    try:
        codes = _codes(_locales(_options(_root(changed))))
    except yaml.YAMLError:
        codes = []
    return changed if code in codes else Unreadable(0, _BY_HAND)


def _root(text: str) -> yaml.Node | None:
    root: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    return root


def _changed(text: str, code: str, source: str) -> str | None:
    plugin = _plugin(_root(text))
    if plugin is None:
        return None
    pair = f"locales: [{yaml_text(source)}, {yaml_text(code)}]"
    name, options = plugin
    if options is None or (isinstance(options, yaml.ScalarNode) and not options.value):
        return _with_options(text, name, options, pair)
    if not isinstance(options, yaml.MappingNode):
        return None
    locales = _locales(options)
    if locales is None:
        return _with_pair(text, options, pair)
    if code in _codes(locales):
        return text
    if isinstance(locales, yaml.ScalarNode):
        first = yaml_text(locales.value)
        return _replaced(text, locales, f"[{first}, {yaml_text(code)}]")
    return _appended(text, locales, yaml_text(code))


def _plugin(root: yaml.Node | None) -> tuple[yaml.Node, yaml.Node | None] | None:
    """The name of our plugin and its options, if it has any, in a list or a mapping of plugins."""
    plugins = _value(root, "plugins")
    if isinstance(plugins, yaml.MappingNode):
        return next(((key, value) for key, value in plugins.value if _is_ours(key)), None)
    for item in plugins.value if isinstance(plugins, yaml.SequenceNode) else ():
        if isinstance(item, yaml.ScalarNode) and _is_ours(item):
            return item, None
        if isinstance(item, yaml.MappingNode) and item.value and _is_ours(item.value[0][0]):
            key, value = item.value[0]
            return key, value
    return None


def _is_ours(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value == "glossator"


def _options(root: yaml.Node | None) -> yaml.Node | None:
    plugin = _plugin(root)
    return plugin[1] if plugin is not None else None


def _value(node: yaml.Node | None, name: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    found: Sequence[yaml.Node] = [value for key, value in node.value if key.value == name]
    return found[0] if found else None


def _locales(options: yaml.Node | None) -> yaml.Node | None:
    return _value(options, "locales")


def _codes(locales: yaml.Node | None) -> list[str]:
    """The locales that are named, alone or as `code` with a name."""
    if isinstance(locales, yaml.ScalarNode):
        return [locales.value]
    codes = []
    for item in locales.value if isinstance(locales, yaml.SequenceNode) else ():
        node = _value(item, "code") if isinstance(item, yaml.MappingNode) else item
        codes.append(str(node.value) if node is not None else "")
    return codes


def _replaced(text: str, node: yaml.Node, new: str) -> str:
    return text[: node.start_mark.index] + new + text[node.end_mark.index :]


def _with_options(text: str, name: yaml.Node, options: yaml.Node | None, pair: str) -> str:
    """A plugin without options gets its first: in braces, which suit a list and a mapping."""
    end = name.end_mark.index
    if options is not None:
        after = options.end_mark.index
        return f"{text[:end]}: {{{pair}}}{text[max(after, end + 1) :]}"
    return f"{text[:end]}: {{{pair}}}{text[end:]}"


def _with_pair(text: str, options: yaml.MappingNode, pair: str) -> str:
    """Options without `locales` get them, as their first."""
    at = options.start_mark.index
    if options.flow_style:
        return f"{text[: at + 1]}{pair}{', ' if options.value else ''}{text[at + 1 :].lstrip()}"
    return f"{text[:at]}{pair}\n{' ' * options.start_mark.column}{text[at:]}"


def _appended(text: str, locales: yaml.Node, code: str) -> str | None:
    """A list of locales with one more at its end."""
    if not isinstance(locales, yaml.SequenceNode):
        return None
    if locales.flow_style:
        at = locales.end_mark.index - 1
        before = text[:at].rstrip()
        gap = "" if before.endswith(("[", ",")) else ","
        return f"{before}{gap}{'' if before.endswith('[') else ' '}{code}{text[at:]}"
    last = locales.value[-1]
    # A block ends where the next thing begins; its own last line is the one that holds its value.
    line = _last_line(last)
    lines = text.splitlines(keepends=True)
    end = "" if lines[line].endswith("\n") else "\n"
    added = f"{end}{' ' * locales.start_mark.column}- {code}\n"
    return "".join((*lines[: line + 1], added, *lines[line + 1 :]))


def _last_line(node: yaml.Node) -> int:
    """The line, from 0, on which the last scalar of a node ends."""
    if isinstance(node, yaml.ScalarNode):
        line: int = node.end_mark.line
        return line
    if not isinstance(node, yaml.CollectionNode) or not node.value or node.flow_style:
        end: int = node.end_mark.line
        return end
    last = node.value[-1]
    return _last_line(last[1] if isinstance(node, yaml.MappingNode) else last)
