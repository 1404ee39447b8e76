"""Inventories: what is read of other projects' and written of one's own."""

from __future__ import annotations

import zlib

import pytest

from glossator.names.inventory import Item, joined, read_inventory, write_inventory

HEAD = b"# Sphinx inventory version 2\n# Project: x\n# Version: 1\n# zlib, what follows\n"


def packed(*lines: str) -> bytes:
    return HEAD + zlib.compress("".join(f"{line}\n" for line in lines).encode())


def test_names_of_the_python_domain_are_read() -> None:
    data = packed(
        "torch.nn.Linear py:class 1 generated/torch.nn.Linear.html#$ -",
        "len py:function 1 library/functions.html#$ The function len",
        "len py:method 1 second.html -",
        "len std:label -1 reference.html#len Length",
        "damaged py:class",
    )
    assert read_inventory(data, "https://docs.example/stable") == {
        "torch.nn.Linear": "https://docs.example/stable/generated/torch.nn.Linear.html"
        "#torch.nn.Linear",
        "len": "https://docs.example/stable/library/functions.html#len",
    }


def test_what_is_written_is_read_again() -> None:
    items = [Item("p.Layer", "class", "layer.html#Layer"), Item("p", "module", "index.html")]
    data = write_inventory(items, project="A\nbook")
    assert data == write_inventory(items[::-1], project="A book")
    assert read_inventory(data, "https://book.example/") == {
        "p": "https://book.example/index.html",
        "p.Layer": "https://book.example/layer.html#Layer",
    }


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<html>Not found</html>", "it is no inventory of Sphinx in version 2"),
        (HEAD + b"not packed", "it is damaged: Error -3"),
        (HEAD + zlib.compress(b"\xff" * 9), "it is damaged: 'utf-8' codec"),
        (HEAD + zlib.compress(b"x" * 64_000_001), "it has more than 64,000,000 bytes, unpacked"),
    ],
)
def test_what_is_no_inventory_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ValueError) as error:
        read_inventory(data, "https://docs.example/")
    assert str(error.value).startswith(message)


def test_the_first_of_several_inventories_has_the_word() -> None:
    assert joined([{"a": "1"}, {"a": "2", "b": "3"}]) == {"a": "1", "b": "3"}
