"""What stands below the code of a notebook's cells: outputs, and where they were verified."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from glossator.examples.ledger import Ledger, Verdict
from glossator.examples.standing import Claim
from glossator.render.page import PreparedPage, Side


def with_sides(page: PreparedPage, outputs: Sequence[str], ledger: Ledger | None) -> PreparedPage:
    """The page of a notebook, with the outputs of its cells of code in their order."""
    verdicts = _verdicts(page, ledger) if ledger is not None else ()
    places = [place for place, row in enumerate(page.rows) if row.is_cell]
    sides = (Side(output or "", verdict) for output, verdict in zip_longest(outputs, verdicts))
    return replace(page, sides=dict(zip(places, sides, strict=False)))


def _verdicts(page: PreparedPage, ledger: Ledger) -> Iterator[Verdict | None]:
    """The examples of a notebook are its cells of code, in the same order.

    Of a cell that only prepares the next ones nothing is said unless it failed.
    """
    for docstring in ledger.docstrings(page.document.source.path):
        for example in docstring.examples:
            verdict = ledger.verdict(docstring, [example])
            failed = any(standing.claim is Claim.FAILED for standing in verdict.standings)
            yield verdict if example.want or failed else None
