"""Which templates of a site's author can be watched: those that print and decide, and no more.

What is watched is safe as long as it is looked at, printed, or given to a filter. A text that has
been put together of it holds marks instead of values, and must be printed as it is. So a template
must not put texts together, nor do anything with what a call has printed.
"""

from __future__ import annotations

from jinja2 import Environment, TemplateSyntaxError, nodes

_PUT_TOGETHER = (
    nodes.Concat,
    nodes.Mod,
    nodes.AssignBlock,
    nodes.FilterBlock,
    nodes.CallBlock,
)


def is_watchable(source: str, env: Environment) -> bool:
    """Whether a template prints all texts that it makes.

    >>> env = Environment()
    >>> is_watchable("{% if page.title %}{{ page.title | upper }}{{ super() }}{% endif %}", env)
    True
    >>> is_watchable("{{ (page.title ~ '!') | upper }}", env)
    False
    """
    try:
        tree = env.parse(source)
    except TemplateSyntaxError:
        return False
    printed = {
        id(node)
        for output in tree.find_all(nodes.Output)
        for node in output.nodes
        if isinstance(node, nodes.Call)
    }
    calls = (call for call in tree.find_all(nodes.Call) if id(call) not in printed)
    puts_together = next(tree.find_all(_PUT_TOGETHER), None) is not None
    return not puts_together and all(map(_says_words, calls))


def _says_words(call: nodes.Call) -> bool:
    """Whether a call is that for words of the theme, which are the same on all pages."""
    function = call.node
    return (
        isinstance(function, nodes.Getattr)
        and function.attr == "t"
        and isinstance(function.node, nodes.Name)
        and function.node.name == "lang"
    )
