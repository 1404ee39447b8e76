"""Multilingual sites of annotated source: prose beside the code that it speaks about."""

__version__ = "0.1.0"
