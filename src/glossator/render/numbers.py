"""For translators: a placeholder of a passage that is not translated tells its number.

Only a site that is being worked on has them (`mkdocs serve`): a reader has no use for them.
"""

from __future__ import annotations

from collections.abc import Sequence

from glossator.model import Block, PlaceholderKind


def numbered(contents: Sequence[str], block: Block) -> list[str]:
    """What stands in the places of a block's placeholders, each with its number for a pointer."""
    return [
        _numbered(number, content, is_whole=placeholder.kind is PlaceholderKind.FENCE)
        for number, (content, placeholder) in enumerate(
            zip(contents, block.placeholders, strict=True)
        )
    ]


def _numbered(number: int, content: str, *, is_whole: bool) -> str:
    element = "div" if is_whole else "span"
    told = f"_^_{number}_^_"
    return (
        f'<{element} class=gl-number tabindex=0 aria-description="{told}" data-number="{told}">'
        f"{content}</{element}>"
    )
