"""
---
title: Inside glossator
summary: The generator's own source, annotated and rendered by itself.
---

# Inside glossator

glossator makes sites of annotated source, and it is annotated source itself. The pages in this part
of the site are its own files, from the repository, rendered by the build that they describe. What
you read on the left are docstrings and comments. What you see on the right is the code that has
made this page.

A build is a chain of pure functions. A file becomes sections, sections become blocks, blocks meet
their translations, and the result is rendered:

1. [The nouns of the program](model.py) are the values that travel along the chain. Begin here.
2. [From text to sections](source/__init__.py): how a Python file is cut into annotations and the
   code beside them
3. [From annotations to blocks](prose/__init__.py): how Markdown with TeX becomes the sentences that
   a translator sees
4. [From blocks to translations](catalog/__init__.py): how a translation is found, even after years
   of changes, and why a stranger cannot break a page with it
5. [The passes in order](pipeline.py): how all of this becomes one build

The [architecture](../guide/architecture.md) shows the whole program with the rooms that are
not part of this site, such as the checks and the renderer. The
[decisions](../decisions/index.md) tell why things are as they are.

A longer page of this kind has an outline on the left. Each section has an address, and the numbers
of the lines are those of the file.
"""

__version__ = "0.1.0"
