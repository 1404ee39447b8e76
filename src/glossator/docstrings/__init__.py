"""Docstrings in the manners of Google, NumPy and Sphinx become parts of an annotation."""
