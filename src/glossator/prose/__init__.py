r"""
---
title: From annotations to blocks
summary: How Markdown with TeX becomes the sentences that a translator sees.
---

# From annotations to blocks

The second pass reads the annotation of each section as Markdown and makes **blocks** of it:
headings, paragraphs, lists. A block is what a translator sees, and its HTML is the **key** under
which a catalog has its translation.

Take the comment `# The *mean* of $x_i$ is near zero.` Four steps make a key of it.

1. [The scanner](scan.py) takes the formula out and leaves a [mark](marks.py), a sign that cannot
   occur in any text. Otherwise Markdown would find emphasis in `$x_i + y_i$`.
2. [Markdown](convert.py) makes HTML of the rest, and [says on which line](places.py) each element
   began.
3. [A key](keys.py) is made of each element: the marks become numbered placeholders, and everything
   is written in [one canonical spelling](canonical.py).
4. [The loom](weave.py) puts the blocks of a whole file together, with a [title](titles.py).

The key is then

    <p>The <em>mean</em> of <span translate=no>_^_0_^_</span> is near zero.</p>

and placeholder 0 is the formula $x_i$. These steps depend on no language, so they are done once.

**What a key must never do is change.** When it does, a translation loses its original. So nothing
becomes part of a key that an extension of Markdown generates, such as the id of a heading; nothing
depends on what stands further up in the file; and two spellings that say the same become one.

Read in this order:

1. [The loom](weave.py): the pass as a whole, and [annotations and their dialects](annotations.py)
2. [The scanner](scan.py), its [passages](passages.py) and its [marks](marks.py): what Markdown must
   not see
3. [Markdown, step by step](convert.py), with its [lines](places.py), and
   [plain words](plain.py), which do not need it
4. [Keys](keys.py) and their [canonical spelling](canonical.py)
5. [HTML as tokens](tokens.py): what all of it stands on, and [differences](diff.py) of two keys
6. [Titles](titles.py), [front matter](front_matter.py), [footnotes](footnotes.py) and
   [limits](limits.py): short ones

The blocks go on to [the next room](../catalog/__init__.py), where they meet their translations.
"""
