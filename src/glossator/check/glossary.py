"""Reads a glossary: the text of a CSV file comes in, the terms of a locale and problems go out.

    term,translation,accepted,forbidden,meaning
    whitening,白化,,美白,使各特征互不相关且方差为一的变换
    mini-batch,小批量,小批次|小批,,
    PyTorch,=,,,

`=` keeps the English; several forms are parted by `|`. The meaning is for readers, and a glossary
can do without that column. A row that is not understood is a problem of its own, and all others
are used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from glossator.check.terms import Glossary, Term, make_glossary, make_term
from glossator.model import Problem, Severity

COLUMNS = ("term", "translation", "accepted", "forbidden")

_ALL_COLUMNS = (*COLUMNS, "meaning")

LARGEST = 200_000
"""Characters that a glossary may have."""

_FIELD = re.compile(r'[ \t]*+(?:"((?:[^"]|"")*+)"[ \t]*+|([^",]*+))(?=,|\Z)')
_WORD = re.compile(r"[^\W_]++")
_LONGEST_TERM = 100


def read_glossary(text: str, *, path: str) -> tuple[Glossary, tuple[Problem, ...]]:
    """Every row that is understood, and what is wrong with the others; columns count from 1."""
    if len(text) > LARGEST:
        message = f"the glossary has {len(text):,} characters; at most {LARGEST:,} are read"
        problem = Problem("glossary-shape", Severity.ERROR, path, 0, 0, message, "keep fewer terms")
        return Glossary(path), (problem,)
    reader = _Reader(path)
    # Spreadsheets begin the file with a mark, and want one.
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        reader.read(number, line)
    return make_glossary(path, reader.terms.values()), tuple(reader.problems)


@dataclass
class _Reader:
    """What was read so far."""

    path: str
    terms: dict[str, Term] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    columns: int = len(COLUMNS)
    lines: dict[str, int] = field(default_factory=dict)

    def read(self, number: int, line: str) -> None:
        """Take in the next line: the first is the header, and an empty one is nothing."""
        fields = _fields(line)
        if number == 1 and fields is not None:
            self.columns = max(len(fields), len(COLUMNS))
        fault = _fault(fields, line, self.columns) if number > 1 else _fault_of_header(fields)
        if fault is not None:
            self._report(number, line, *fault)
        elif number > 1 and line.strip(", \t"):
            self._add(number, line, [text for text, _ in fields or ()])

    def _add(self, number: int, line: str, texts: Sequence[str]) -> None:
        term = _term(*texts, *("",) * (len(_ALL_COLUMNS) - len(texts)))
        earlier = self.lines.setdefault(term.english.lower(), number)
        if earlier != number:
            message = f"`{term.english}` stands on line {earlier} already; this row is not used"
            self._report(number, line, 1, message, "keep one of the two rows")
            return
        self.terms[term.english] = term

    def _report(self, number: int, line: str, column: int, message: str, help: str) -> None:
        problem = Problem(
            "glossary-shape", Severity.ERROR, self.path, number, column, message, help, line
        )
        self.problems.append(problem)


def _fields(line: str) -> list[tuple[str, int]] | None:
    """The fields of a line with their columns; `None` if its quotes do not fit."""
    fields: list[tuple[str, int]] = []
    start = 0
    while match := _FIELD.match(line, start):
        text = match[2] if match[1] is None else match[1].replace('""', '"')
        fields.append((text.strip(), start + 1))
        if match.end() == len(line):
            return fields
        start = match.end() + 1
    return None


_Fault = tuple[int, str, str]


def _fault_of_header(fields: list[tuple[str, int]] | None) -> _Fault | None:
    if fields is not None and tuple(text for text, _ in fields) in (COLUMNS, _ALL_COLUMNS):
        return None
    help = f"write `{','.join(COLUMNS)}` as the first line"
    return 1, "the first line does not name the columns", help


def _fault(fields: list[tuple[str, int]] | None, line: str, columns: int) -> _Fault | None:
    """What is wrong with a row, in which column of the line, and how to mend it."""
    if fields is None:
        column = line.find('"') + 1
        return (
            column,
            "a quote is not closed, or something stands behind it",
            ('put quotes around the whole field, and write `""` for a quote within it'),
        )
    if len(fields) > columns:
        help = "put a field that has a comma between quotes"
        return fields[columns][1], f"the row has {len(fields)} fields instead of {columns}", help
    if not line.strip(", \t"):
        return None
    return _fault_of_terms(fields)


def _fault_of_terms(fields: Sequence[tuple[str, int]]) -> _Fault | None:
    (term, place), (translation, where) = (*fields, ("", fields[0][1]))[:2]
    if not _WORD.search(term) or len(term) > _LONGEST_TERM:
        return place, "the row has no term of up to 100 characters", "write the English term first"
    if not translation:
        help = "write how the term is translated, or `=` if it stays as it is"
        return where, f"`{term}` has no translation", help
    taken = {form.casefold() for text, _ in fields[1:3] for form in _forms(text)}
    both = [form for text, _ in fields[3:4] for form in _forms(text) if form.casefold() in taken]
    if both:
        return fields[3][1], f"`{both[0]}` is both right and forbidden", "keep it in one column"
    return None


def _term(term: str, translation: str, accepted: str, forbidden: str, meaning: str) -> Term:
    right = (term if form == "=" else form for form in (translation, *_forms(accepted)))
    return make_term(term, right, _forms(forbidden), meaning)


def _forms(text: str) -> Iterator[str]:
    return (form.strip() for form in text.split("|") if form.strip())
