"""How many names in the code of a corpus lead to their definitions.

Names are what Python's own tokenizer calls so, without its keywords: what the generator overlooks
is counted too. `builtins` and what an inventory lists have a definition outside.
"""

from __future__ import annotations

import argparse
import io
import keyword
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from glossator.model import Source
from glossator.names.inventory import joined, read_inventory
from glossator.names.modules import module_names
from glossator.names.settle import read_scopes
from glossator.names.uses import Definition, Names, Use, find_names

_SHOWN = 40


def main() -> None:
    """Print the shares of a corpus."""
    parser = argparse.ArgumentParser(prog="scripts/audit-names", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="packages side by side")
    parser.add_argument("--inventory", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--list", action="store_true", help="what leads nowhere")
    options = parser.parse_args()
    inventory = joined(read_inventory(p.read_bytes(), p.stem) for p in options.inventory)
    texts = _read(options.folder)
    packages = {path.partition("/")[0] for path in texts}
    scopes = {path: read_scopes(Source(path, path, text)) for path, text in texts.items()}
    names = find_names(scopes, module_names(texts, folders=["."], packages=packages))
    counts: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for kind, name in _kinds(texts, names, inventory):
        counts[kind] += 1
        if kind in ("outside, in no inventory", "unknown"):
            missing[name] += 1
    _print(counts)
    if options.list:
        print("\n".join(f"{count:6} {name}" for name, count in missing.most_common(_SHOWN)))


def _read(folder: Path) -> dict[str, str]:
    paths = (p for package in folder.glob("*/__init__.py") for p in package.parent.rglob("*.py"))
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in sorted(paths)}


def _kinds(
    texts: dict[str, str], names: Names, inventory: dict[str, str]
) -> Iterator[tuple[str, str]]:
    for path, text in texts.items():
        places = _by_place(names.uses.get(path, ()))
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.NAME and not keyword.iskeyword(token.string):
                use = places.get(token.start)
                yield _kind(use, inventory), _name(use, token.string)


def _by_place(uses: tuple[Use, ...]) -> dict[tuple[int, int], Use]:
    """The uses by each character that they cover: a dotted module is several tokens."""
    return {
        (use.place.line, column): use
        for use in uses
        for column in range(use.place.start, use.place.end)
    }


def _kind(use: Use | None, inventory: dict[str, str]) -> str:
    if use is None:
        return "unknown"
    if isinstance(use.target, Definition):
        return "defined in the sources, elsewhere"
    if isinstance(use.target, str):
        found = use.target in inventory
        return "outside, in an inventory" if found else "outside, in no inventory"
    return "a variable of its function, or the definition itself"


def _name(use: Use | None, text: str) -> str:
    return use.target if use is not None and isinstance(use.target, str) else text


def _print(counts: Counter[str]) -> None:
    total = sum(counts.values())
    for kind, count in counts.most_common():
        print(f"{count:7} {count / total:6.1%}  {kind}")
    known = counts["defined in the sources, elsewhere"] + counts["outside, in an inventory"]
    print(f"{total:7}         names, of which {known / total:.1%} lead to another place")


if __name__ == "__main__":
    main()
