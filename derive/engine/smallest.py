"""The shortest form that is found: what polishing leaves, or one of the forms that have a name, polished.

Each is tried without steps; the shortest is then worked out with them. So (x - 1)*(x + 1) is x^2 - 1, but
(x + 1)^9 stays.
"""

from __future__ import annotations

from derive.engine.log import Limits, Log
from derive.engine.polishing import Polishing
from derive.engine.requested import brought
from derive.engine.tidying import Tidying
from derive.errors import LimitError
from derive.expressions import Expression
from derive.rules import Facts
from derive.strategy.forms import FORMS

MAX_SIZE = 1_000  # of an expression of which other forms are tried; a line of print has below 60
MAX_ROUNDS = 4  # of going on from the shortest; all of the shared examples take one
_TRIED = ("expanded", "factored", "single-fraction")
_TRIAL = Limits(steps=2_000, nodes=200_000, seconds=2)  # of one form


def smallest(root: Expression, log: Log, tidying: Tidying, facts: Facts) -> Expression:
    """`root`, which is tidy, in the shortest form that is found."""
    root = Polishing(log, tidying, facts, FORMS["simplified"]).polish(root)
    for _ in range(MAX_ROUNDS):
        size = facts.size(root)
        if size > MAX_SIZE:
            break
        tried = [(found, form) for form in _TRIED if (found := _size_in(form, root, tidying, facts)) is not None]
        least, form = min(tried, default=(size, ""))
        if least >= size:
            break
        root = _in_form(form, root, log, tidying, facts)
    return root


def _in_form(form: str, root: Expression, log: Log, tidying: Tidying, facts: Facts) -> Expression:
    found = brought(root, form, log, tidying, facts)
    return Polishing(log, tidying, facts, FORMS["simplified"]).polish(found)


def _size_in(form: str, root: Expression, tidying: Tidying, facts: Facts) -> int | None:
    """How long `root` would be in that form; None where it is too long to be written so."""
    log = Log(_TRIAL)
    try:
        return facts.size(_in_form(form, log.interner.intern(root), log, Tidying(log, tidying.rules, facts), facts))
    except LimitError:
        return None
