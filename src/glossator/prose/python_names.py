"""
# Names that Markdown would take for emphasis

Whoever writes about Python without backticks writes `__init__`, `*args` and `**kwargs`. Markdown
makes a bold “init” of the first, and slanted text of what stands between two others. These names
are code, wherever they stand in a sentence. The list is fixed, so that keys are the same under
every version of Python.
"""

from __future__ import annotations

_DUNDERS = (
    "abs add aenter aexit aiter all and anext annotations array array_function array_ufunc"
    " await author bool builtins bytes cached call cause class class_getitem closure code"
    " complex contains context copy debug deepcopy defaults del delattr delete delitem dict dir"
    " divmod doc enter eq exit file float floordiv format fspath func ge get getattr"
    " getattribute getitem getnewargs getstate globals gt hash iadd iand idiv import imatmul"
    " imod imul index init init_subclass instancecheck int invert ior isub iter itruediv ixor"
    " kwdefaults le len length_hint license loader lshift lt main matmul metaclass missing mod"
    " module mro mul name ne neg new next or package path pos post_init pow prepare qualname"
    " radd rand rdiv reduce reduce_ex repr reversed rfloordiv rlshift rmatmul rmod rmul ror"
    " round rpow rrshift rshift rsub rtruediv rxor self set set_name setattr setitem setstate"
    " sizeof slots spec str sub subclasscheck subclasses subclasshook torch_function traceback"
    " truediv type version weakref wrapped xor"
).split()

# An author who escapes them, or writes `**args**`, means something else.
NAMES = (
    rf"(?<!\w)__(?:future|{'|'.join(sorted(_DUNDERS, key=len, reverse=True))})__(?!\w)"
    r"|(?<=\w\.)__[a-z][a-z0-9_]*__(?!\w)"
    r"|(?<![\w*\\])\*{1,2}(?:kw)?args\b(?!\*)"
)
