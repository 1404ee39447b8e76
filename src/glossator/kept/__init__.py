"""The passes that are worth keeping.

They read a source, say it in all languages, prepare its page and review its catalogs; one syncs all
catalogs of a language. Each takes a value and returns a value, so it may run in any process and its
result may be taken from a cache. Its key names everything that it looks at.
"""
