"""Nodes that bind a letter, ∫ and Σ: the letter has a meaning in the first child only, and may be called anything.

`put_in` is how a value comes to stand for a letter: no letter that is bound is touched, and none is captured.
"""

from __future__ import annotations

from typing import ClassVar

from derive.expressions.base import Expression, make
from derive.expressions.nodes import Symbol
from derive.expressions.structures import Limit
from derive.expressions.traversal import postorder, rebuild, replace_all


class Binder(Expression):
    """A node with a body, a letter that is bound in it, and the ends between which the letter runs."""

    __slots__ = ()
    needs: ClassVar[str] = "a body, a letter, a lower and an upper end"

    def problem(self) -> str | None:
        if len(self.arguments) != 4 or self.label is not None:
            return f"needs {self.needs}"
        return None if isinstance(self.arguments[1], Symbol) else "binds a symbol"

    @property
    def lower(self) -> Expression:
        return self.arguments[2]

    @property
    def upper(self) -> Expression:
        return self.arguments[3]


class Integral(Binder):
    """∫ integrand d(variable) from lower to upper; the variable is bound in the integrand, not in the limits.

    There is no integral without limits: an antiderivative is no function of anything.
    """

    __slots__ = ()
    kind: ClassVar[str] = "integral"
    needs: ClassVar[str] = "an integrand, a variable, a lower and an upper limit"

    @property
    def integrand(self) -> Expression:
        return self.arguments[0]

    @property
    def variable(self) -> Expression:
        return self.arguments[1]


class Summation(Binder):
    """Σ term for the index = lower, lower + 1, …, upper; the index is bound in the term. Empty where upper < lower."""

    __slots__ = ()
    kind: ClassVar[str] = "summation"
    needs: ClassVar[str] = "a term, an index, a lower and an upper bound"

    @property
    def term(self) -> Expression:
        return self.arguments[0]

    @property
    def index(self) -> Expression:
        return self.arguments[1]


BINDERS: frozenset[type[Expression]] = frozenset((Integral, Summation))
_BINDING = BINDERS | {Limit}


def symbols(root: Expression) -> set[str]:
    """The names of the symbols in `root`, without those that are bound: `∫_0^x sin(t) dt  →  x`."""
    nodes = postorder(root)
    if not any([type(n) in _BINDING for n in nodes]):
        return {str(n.label) for n in nodes if type(n) is Symbol}
    free: dict[Expression, frozenset[str]] = {}
    for node in nodes:
        if type(node) is Symbol:
            free[node] = frozenset((str(node.label),))
        elif type(node) in _BINDING:
            body, variable, *ends = node.arguments
            free[node] = (free[body] - {str(variable.label)}).union(*[free[e] for e in ends])
        else:
            free[node] = frozenset().union(*[free[a] for a in node.arguments])
    return set(free[root])


def put_in(root: Expression, table: dict[Expression, Expression]) -> Expression:
    """`root` with letters replaced by their values, all at once: `∫_0^x f(t) dt, x = t^2  →  ∫_0^(t^2) f(s) ds`.

    Bound letters stay, and are called otherwise where a value would be captured.
    """
    nodes = postorder(root)
    binders = [n for n in nodes if type(n) in _BINDING]
    if not binders:
        return replace_all(root, table)
    free = symbols(root)
    table = {key: value for key, value in table.items() if type(key) is not Symbol or str(key.label) in free}
    met = {str(key.label) for key in table if type(key) is Symbol}.union(*[symbols(v) for v in table.values()])
    if not any([str(n.arguments[1].label) in met for n in binders]):
        return replace_all(root, table)
    taken = met | {str(n.label) for n in nodes if type(n) is Symbol}
    renamed: dict[str, Expression] = {}
    for name in sorted({str(n.arguments[1].label) for n in binders} & met):
        renamed[name] = make(Symbol, (), fresh(name, taken))
        taken.add(str(renamed[name].label))
    made: dict[Expression, Expression] = {}
    for node in nodes:
        new = rebuild(node, tuple([made[a] for a in node.arguments]))
        letter = renamed.get(str(node.arguments[1].label)) if type(node) in _BINDING else None
        if letter is not None:
            body = replace_all(new.arguments[0], {new.arguments[1]: letter})  # inner ones of that name are renamed
            new = make(type(new), (body, letter, *new.arguments[2:]), new.label)
        made[node] = new
    return replace_all(made[root], table)


def fresh(letter: str, taken: set[str]) -> str:
    """A letter that is not taken, like the given one: s for t, j for k, t_1 when there is none."""
    for row in _ALIKE:
        if letter in row:
            for other in row:
                if other not in taken:
                    return other
    stem = letter.partition("_")[0]
    number = 1
    while f"{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}"


_ALIKE = ("tsuvw", "xuvw", "kjilm", "nmkjl", "ijklm", "yvuw")
