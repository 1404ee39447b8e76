"""Which names examples read and which they give a value: code comes in, answers go out.

It is read with `ast` and `symtable`; nothing is run.
"""

from __future__ import annotations

import ast
import symtable
import warnings
from collections.abc import Iterator, Sequence

from glossator.examples.example import Example

_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)


def parse_quietly(code: str) -> ast.Module:
    r"""Parse Python without a warning about, say, `"\d"`: running it will warn."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(code)


def mentions(examples: Sequence[Example], name: str) -> bool:
    """Whether the examples read a global name that they have not given a value themselves."""
    for table in _statements(examples):
        if _reads(table, name):
            return True
        if name in _assigned(table):
            return False
    return False


def assigned_names(examples: Sequence[Example]) -> frozenset[str]:
    """The names that the examples give a value, by assignment, import or definition."""
    return frozenset().union(*(_assigned(table) for table in _statements(examples)))


def _assigned(table: symtable.SymbolTable) -> set[str]:
    symbols = table.get_symbols()
    return {s.get_name() for s in symbols if s.is_assigned() or s.is_imported()}


def _reads(table: symtable.SymbolTable, name: str) -> bool:
    """Whether the scope or one within it reads a name of the outermost scope."""
    if name in table.get_identifiers():
        symbol = table.lookup(name)
        if symbol.is_referenced() and (symbol.is_global() or table.get_type() == "module"):
            return True
    return any(_reads(child, name) for child in table.get_children())


def _statements(examples: Sequence[Example]) -> Iterator[symtable.SymbolTable]:
    """The scopes of each statement, in the order in which they are run."""
    for example in examples:
        try:
            body = parse_quietly(example.source).body
        except _UNREADABLE:
            continue  # It will say so itself when it is run.
        for statement in body:
            yield symtable.symtable(ast.unparse(statement), "<example>", "exec")
