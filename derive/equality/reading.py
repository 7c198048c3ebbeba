"""What is compared as it comes in, and how much of it a message quotes."""

from __future__ import annotations

from derive.expressions import Expression, tree_size

SHOWN = 60  # nodes of an expression that a message still quotes


def expression(e: str | Expression) -> Expression:
    """An expression, or its text read."""
    if isinstance(e, Expression):
        return e
    from derive.notation import parse

    return parse(e)


def brief(e: Expression) -> str:
    """The text of a small expression; nothing for one that is too large to be quoted."""
    return str(e) if e.depth <= SHOWN and tree_size(e) <= SHOWN else ""
