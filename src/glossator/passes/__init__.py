"""How passes are run: what is kept of them, and how many processes work at once.

Jobs come in, and out come their results, whether they were kept, made here, or made by another
process. Nothing in this room knows what a pass is about.
"""
