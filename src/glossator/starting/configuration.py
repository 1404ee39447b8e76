"""The configuration that a repository needs: a new `mkdocs.yml`, or what an old one lacks.

An old one is read only as far as to know where its lines stand. Nothing in it is evaluated, and it
is never written: what it lacks is shown as a difference, in which comments, anchors and tags stand
where their author put them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import yaml

from glossator.project.settings import SourceFolder
from glossator.project.survey import Survey

_PLAIN = re.compile(r"[A-Za-z][\w ./-]*")
"""What YAML reads as the text that it is, without quotes; a few words are not among it."""

_WORDS = frozenset("true false yes no on off null y n".split())

_PALETTE = """\
theme:
  name: material
  palette:
    - media: "(prefers-color-scheme: light)"
      scheme: default
      primary: glossator
      toggle:
        icon: material/weather-night
        name: Dark
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      primary: glossator
      toggle:
        icon: material/weather-sunny
        name: Light
"""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A configuration that is not YAML: the line and what is wrong there."""

    line: int
    message: str


def site_url(remote: str) -> str:
    """Where GitHub Pages will show the site of a repository; nothing for other hosts.

    >>> site_url("https://github.com/A/b"), site_url("https://github.com/a/a.github.io")
    ('https://a.github.io/b/', 'https://a.github.io/')
    """
    url = urlsplit(remote)
    owner, _, name = url.path.strip("/").partition("/")
    if url.hostname != "github.com" or not name:
        return ""
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


def new_configuration(found: Survey, *, docs: str, locales: Sequence[str]) -> str:
    """A whole `mkdocs.yml`."""
    lines = [f"site_name: {yaml_text(found.name)}"]
    if found.description:
        lines.append(f"site_description: {yaml_text(found.description)}")
    if address := site_url(found.remote):
        lines.append(f"site_url: {address}")
    if found.remote:
        lines.append(f"repo_url: {found.remote}")
    if docs != "docs":
        lines.append(f"docs_dir: {docs}")
    plugin = _plugin(found, locales)
    return "\n".join(
        (*lines, "", _PALETTE, "markdown_extensions:", "  - admonition", "  - attr_list",
         "  - footnotes", "  - tables", "", "plugins:", "  - search", *_indented(plugin, 2), "")
    )  # fmt: skip


def _plugin(found: Survey, locales: Sequence[str]) -> list[str]:
    lines = ["- glossator:", "    sources:"]
    for folder in found.sources:
        lines.extend(_source(folder))
    if len(locales) > 1:
        lines.append(f"    locales: [{', '.join(map(yaml_text, locales))}]")
    if found.branch and found.branch != "main":
        lines.append(f"    branch: {yaml_text(found.branch)}")
    return lines


def _source(folder: SourceFolder) -> list[str]:
    if not folder.prefix:
        return [f"      - {yaml_text(folder.path)}"]
    return [
        f"      - path: {yaml_text(folder.path)}",
        f"        prefix: {yaml_text(folder.prefix)}",
    ]


def _indented(lines: Iterable[str], width: int) -> list[str]:
    return [" " * width + line for line in lines]


def yaml_text(text: str) -> str:
    """Text as YAML reads it: plain where that is safe, quoted as JSON otherwise."""
    plain = _PLAIN.fullmatch(text) and text == text.strip() and text.lower() not in _WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)


def with_plugin(text: str, found: Survey, locales: Sequence[str]) -> str | Unreadable:
    """An existing configuration with the plugin in it; the text itself if it names it already."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else 0
        return Unreadable(line, str(error.problem or error.context or error))
    except yaml.YAMLError as error:
        return Unreadable(0, str(error))
    plugin = _plugin(found, locales)
    if not isinstance(root, yaml.MappingNode):
        return text + "\n".join(("plugins:", "  - search", *_indented(plugin, 2), ""))
    plugins = next((value for key, value in root.value if key.value == "plugins"), None)
    if plugins is None:
        end = "" if text.endswith("\n") or not text else "\n"
        added = ["plugins:", "  - search", *_indented(plugin, 2), ""]
        return text + end + "\n" + "\n".join(added)
    if "glossator" in _names(plugins):
        return text
    return _inserted(text, plugins, plugin)


def _names(plugins: yaml.Node) -> list[str]:
    """The names of plugins, in a list or in a mapping."""
    if isinstance(plugins, yaml.MappingNode):
        return [str(key.value) for key, _ in plugins.value]
    names = []
    for item in plugins.value if isinstance(plugins, yaml.SequenceNode) else ():
        node = item.value[0][0] if isinstance(item, yaml.MappingNode) and item.value else item
        names.append(str(node.value))
    return names


def _inserted(text: str, plugins: yaml.Node, plugin: Sequence[str]) -> str:
    """The text with the plugin behind the last one that it names."""
    if not isinstance(plugins, yaml.CollectionNode) or plugins.flow_style:
        return _into_flow(text, plugins)
    lines = text.splitlines(keepends=True)
    last = plugins.value[-1]
    node = last[1] if isinstance(plugins, yaml.MappingNode) else last
    # The end of a block is where the next one begins: blank lines and comments are not its own.
    after = node.end_mark.line + (1 if node.end_mark.column else 0)
    while after > 0 and (not lines[after - 1].strip() or lines[after - 1].lstrip()[0] == "#"):
        after -= 1
    width = plugins.start_mark.column
    added = list(plugin)
    if isinstance(plugins, yaml.MappingNode):
        added = [line[2:] for line in plugin]
    before = "".join(lines[:after])
    end = "" if before.endswith("\n") else "\n"
    return (
        before
        + end
        + "".join(f"{line}\n" for line in _indented(added, width))
        + "".join(lines[after:])
    )


def _into_flow(text: str, plugins: yaml.Node) -> str:
    """The same where plugins stand on one line or there are none: the plugin has no options."""
    at = plugins.end_mark.index
    if isinstance(plugins, yaml.ScalarNode):
        gap = "" if text[: plugins.start_mark.index].endswith((" ", "\n")) else " "
        return text[: plugins.start_mark.index] + gap + "[search, glossator]" + text[at:]
    name = "glossator" if isinstance(plugins, yaml.SequenceNode) else "glossator: {}"
    inner = f", {name}" if plugins.value else name
    return text[: at - 1].rstrip().rstrip(",") + inner + text[at - 1 :]
