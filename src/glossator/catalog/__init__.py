"""
---
title: From blocks to translations
summary: How a translation is found, kept over the years, and kept from doing harm.
---

# From blocks to translations

A **catalog** is a JSON file with the translations of one source into one language. Translators
write it, often in the web page of a forge, and this room reads it, finds what it says about each
block, brings it up to date, and writes it again.

Three facts of life shape everything in here.

**Catalogs come from strangers.** They may be torn, huge or hostile. So a catalog is [read strictly,
entry by entry](reading.py), and [what is torn](torn.py) never takes the rest with it. The words of
a translation are [dressed in the tags of the source](forms.py), so nothing that is not a word can
come from a catalog.

**The original changes.** A translation is worth more than the text that it translates, since it is
rarer. So a block is found [under other spellings of its key](lookup.py) as well, and even [in the
joint keys](joint.py) that nn.labml.ai wrote years ago. What cannot be found is
[carried to its new key](carry.py), as far as nothing but words has changed.

**People work at the same time.** So a catalog is [written for merging](writing.py), and what is
known about translations stands [in a file beside it](state.py), which nobody has to edit.

Read in this order:

1. [The lookup](lookup.py), the [forms of a key](forms.py) and the [old joint keys](joint.py): how
   the translation of a block is found
2. [A document in another language](translate.py) and [filling placeholders](fill.py): what a page
   is made from
3. [Reading strictly](reading.py), [torn files](torn.py) and [repairs](repair.py): what becomes of
   bad input
4. [Writing](writing.py) and the [order of entries](order.py)
5. [Sync](sync.py): [carrying translations](carry.py), [what other catalogs offer](elsewhere.py),
   [what must stay](meaning.py), [suggestions](suggest.py) and [likeness](similar.py)
6. [The state](state.py), how it is [read](state_reading.py), [written](state_writing.py) and
   [moved](notes.py)
7. [Messages for translators](exchange.py) and [PO files](po.py)
8. [Progress](progress.py)
"""
