"""The passes that are worth keeping: reading a source, saying it in all languages, preparing it.

Each takes one source as a value and returns a value, so it may run in any process and its result
may be taken from a cache. Its key names everything that it looks at.
"""
