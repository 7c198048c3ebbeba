"""Where an expression is continuous, or smooth, as its variable comes to 0: the conditions, or that none are known.

The conditions are about the values at 0, multiplied out so that `x*(x + h)` asks for x ≠ 0.
"""

from __future__ import annotations

from collections.abc import Iterable

from derive.expressions import (
    ONE, ZERO, Call, Constant, Equation, Expression, Negation, Number, Power, Product, Quotient, Sum, Symbol, equation,
    fold, integer_value, make, postorder, product_of, quotient, rational_value, replace_all, sum_of,
)  # fmt: skip
from derive.expressions.nodes import OPERATORS
from derive.functions import FUNCTIONS
from derive.rules.conditions import STEPS, at_arguments, status
from derive.rules.facts import Facts
from derive.rules.factors import factors_of
from derive.rules.polynomial import Memo, is_zero, polynomial, terms_of

_JUMPS = STEPS | frozenset("min max relu polygamma atan2 gamma digamma factorial lambertw".split())
_ZERO_AT_ZERO = frozenset("sin tan asin atan sinh tanh asinh atanh sqrt cbrt abs".split())
_ONE_AT_ZERO = frozenset("cos sec cosh sech exp".split())
_PLAIN = (Number, Symbol, Constant, Sum, Product, Negation)
_STRICT = {">=": ">", "<=": "<"}
Relations = tuple[Expression, ...]


def continuous(e: Expression, h: Expression, facts: Facts, point: Expression = ZERO) -> Relations | None:
    """Conditions under which the limit of e for h → point is its value there; None when that is not known."""
    return _needed(e, h, point, facts, smooth=False)


def smooth(e: Expression, h: Expression, facts: Facts) -> Relations | None:
    """Conditions under which e can be differentiated in h at h = 0; None when that is not known."""
    return _needed(e, h, ZERO, facts, smooth=True)


def at_zero(e: Expression, h: Expression, point: Expression = ZERO) -> Expression:
    """The value at h = 0 for a condition, factor by factor: `x*(x + h)*(h + 1)  →  x*x`."""
    memo: Memo = {}
    return fold(replace_all(e, {h: point}), lambda node, parts: _tidy(node, parts, memo))


def vanishes(e: Expression, h: Expression) -> bool:
    """Whether e is 0 at h = 0, by multiplying out."""
    return is_zero(at_zero(e, h))


def _tidy(node: Expression, parts: list[Expression], memo: Memo) -> Expression:
    if type(node) is Product:
        return ZERO if ZERO in parts else product_of(p for p in parts if not _is(p, 1))
    if not node.arguments:
        return node
    made = make(type(node), tuple(parts), node.label)
    if type(node) is Quotient:
        return ZERO if parts[0] == ZERO and parts[1] != ZERO else made
    if type(node) is Call and len(parts) == 1 and parts[0] == ZERO and node.label in _ZERO_AT_ZERO | _ONE_AT_ZERO:
        return ZERO if node.label in _ZERO_AT_ZERO else ONE
    if type(node) is Call and node.label == "ln" and parts[0] == ONE:
        return ZERO
    if type(node) is Power and parts[1] == ZERO and parts[0] != ZERO:
        return ONE
    if parts[0] == ZERO and ((type(node) is Power and (rational_value(parts[1]) or 0) > 0) or node.label == "root"):
        return ZERO
    if type(node) is Sum or type(node) is Power or type(node) is Negation:
        total = polynomial(made, memo)
        return made if total is None else sum_of(terms_of(total))
    return made


def _is(e: Expression, n: int) -> bool:
    return type(e) is Number and e.value == n


def _needed(e: Expression, h: Expression, point: Expression, facts: Facts, *, smooth: bool) -> Relations | None:
    """The conditions of every part that contains h, at h = 0."""
    found: dict[Expression, None] = {}
    for node in postorder(e):
        if not facts.depends(node, h) or type(node) in _PLAIN:
            continue
        conditions = _of(node, smooth=smooth)
        if conditions is None:
            return None
        for c in conditions:
            relation = equation(
                at_zero(c.arguments[0], h, point), _STRICT.get(str(c.label), str(c.label)), c.arguments[1]
            )
            known = status(facts, relation)
            if known is False or (relation.label == "!=" and is_zero(relation.arguments[0])):
                return None
            if known is None:
                found[relation] = None
    return tuple(found)


def tends(e: Expression, h: Expression, facts: Facts, within: int = 6) -> Relations | None:
    """Conditions under which e has a finite limit for h → 0; None when that is not known.

    Known are continuous expressions, difference quotients of smooth ones, and sums, products and quotients of these.
    """
    direct = continuous(e, h, facts)
    if direct is not None or not within:
        return direct
    if type(e) is Quotient:
        return _quotient_tends(e, h, facts, within)
    if type(e) is Sum or type(e) is Product or type(e) is Negation:
        return _all_of([tends(a, h, facts, within - 1) for a in e.arguments])
    return None


def _quotient_tends(e: Quotient, h: Expression, facts: Facts, within: int) -> Relations | None:
    top, bottom = e.arguments
    factors = factors_of(bottom)
    if factors.count(h) == 1:
        rest = product_of(f for f in factors if f != h)
        if vanishes(top, h):
            return _all_of([smooth(top, h, facts), continuous(quotient(ONE, rest), h, facts)])
        return None
    return _all_of([tends(top, h, facts, within - 1), continuous(quotient(ONE, bottom), h, facts)])


def _all_of(parts: list[Relations | None]) -> Relations | None:
    known = [p for p in parts if p is not None]
    return tuple(dict.fromkeys([r for p in known for r in p])) if len(known) == len(parts) else None


def _of(node: Expression, *, smooth: bool) -> Iterable[Expression] | None:
    """What a node needs that contains the variable; None for what is not known to be continuous."""
    if type(node) is Quotient:
        return (equation(node.denominator, "!=", ZERO),)
    if type(node) is Power:
        return _of_power(node.base, node.exponent, smooth=smooth)
    if type(node) is not Call:
        return None
    if not isinstance(node.label, str) or (node.label not in FUNCTIONS and node.label not in OPERATORS):
        return ()  # an abstract function: smooth, as its derivatives are written
    row = FUNCTIONS.get(node.label)
    if node.label == "root":
        n = integer_value(node.arguments[1])
        if n is None or n < 2:
            return None
        return _root(node.arguments[0], n, smooth=smooth)
    if row is None or node.label in _JUMPS:
        return None
    texts = (*row.domain, *row.smooth) if smooth else row.domain
    relations = [at_arguments(text, node.arguments) for text in texts]
    if any(len(r) > 1 for r in relations):
        return None
    return [r[0] for r in relations if isinstance(r[0], Equation)]


def _of_power(base: Expression, exponent: Expression, *, smooth: bool) -> Iterable[Expression]:
    n = rational_value(exponent)
    if n is None:
        return (equation(base, ">", ZERO),) if type(base) is not Constant else ()
    if n.denominator != 1:
        needed = list(_root(base, n.denominator, smooth=smooth))
        return needed if n > 0 or needed else (equation(base, "!=", ZERO),)
    return (equation(base, "!=", ZERO),) if n <= 0 else ()


def _root(u: Expression, n: int, *, smooth: bool) -> Iterable[Expression]:
    if n % 2 == 0:
        return (equation(u, ">", ZERO),)
    return (equation(u, "!=", ZERO),) if smooth else ()
