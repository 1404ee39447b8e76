r'''
---
title: From text to sections
summary: How a file is cut into annotations and the code beside them, and where to read about it.
---

# From text to sections

The first pass cuts a file into **sections**. A section is one annotation and the code that it
speaks about; on the page it is one row. This function has two of them:

```python
def mean(x):
    """The mean over the mini-batch."""
    # Each channel has a mean of its own.
    return x.mean(dim=0)
```

The docstring stands beside the signature. The comment begins a section of its own, and the line
below it belongs to the comment.

One law holds for every file: the sections cover each line exactly once. It is what a reader may
expect of a page that claims to show the source, and it is a property test with random files.

Two more decisions shape this room. A file is **never run or imported**: a build must be safe, and
quick, and work without a graphics card. And a docstring is **never evaluated**: its text is taken
as it stands between the quotes, because evaluating it would turn the `\n` of `\nabla` into a line
break.

Read in this order:

1. [The splitters](split.py): which file is cut by what
2. [Python source](python.py): where sections begin, and what they are called
3. [Docstrings and comments](notes.py): where annotation stands in a file, which
   [strings and comments](literals.py) tell
4. [Is this comment prose?](comments.py): what is left out
5. [Anchors](anchors.py): addresses that survive edits
6. [Lines](lines.py), [newer Python](versions.py), [Markdown files](markdown.py): the simple parts

The sections go on to [the next room](../prose/__init__.py), where annotations become blocks.
'''
