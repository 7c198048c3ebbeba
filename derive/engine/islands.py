"""Islands: the parts of an expression that are read as ratios of polynomials, and whether that may pay.

The whole is one, and so is every argument of a call and every exponent: between them nothing combines.
"""

from __future__ import annotations

from math import gcd, lcm
from typing import TypeAlias

from derive.expressions import (
    ONE, Call, Constant, Expression, Matrix, Negation, Number, Power, Quotient, Substitution, Sum, Symbol,
    integer_value, is_operator, rational_value,
)  # fmt: skip
from derive.rules import Facts
from derive.rules.factors import factors_of, powers_of, split_coefficient
from derive.rules.kernels import parts, skeleton

MAX_NODES = 4_000  # distinct ones of an island that is looked at; the largest of Rubi's derivatives has 1,500
MAX_ISLANDS = 2_000  # of one expression

_LEAVES = frozenset((Symbol, Number, Constant))
_Known: TypeAlias = dict[Expression, dict[Expression, bool]]
_Shape: TypeAlias = tuple[set[Expression], int, int, int]
"""Of a sum: bases that all terms share, fractions, terms with brackets, squares of functions."""
_SQUARED = frozenset("sin cos tan cot sec csc sinh cosh tanh coth sech csch".split())


def islands(root: Expression, *, sums: bool = False, known: _Known | None = None) -> list[Expression]:
    """Every island of `root`, innermost first, none where there are too many; what an operator works on is none.

    sums   only those that hold a sum
    known  of the entries of a matrix what was found in them, filled: a step changes few of them
    """
    if known is None or type(root) is not Matrix:
        found = _found(root)
    else:
        found = {root: False}
        for entry in reversed(root.arguments):
            if entry not in known:
                known[entry] = _found(entry)
            found.update(known[entry])
    if len(found) > MAX_ISLANDS:
        return []
    return sorted([island for island, has_sum in found.items() if has_sum or not sums], key=lambda e: e.depth)


def _found(root: Expression) -> dict[Expression, bool]:
    """Every island of `root` with whether it holds a sum; no more than what is too many."""
    found: dict[Expression, bool] = {}
    stack = [root]
    while stack and len(found) <= MAX_ISLANDS:
        node = stack.pop()
        if node in found:
            continue
        found[node] = False
        for inner in skeleton(node):
            arguments = inner.arguments
            if type(inner) is Sum:
                found[node] = True
            own = parts(inner)
            if len(own) < len(arguments) and not is_operator(inner) and type(inner) is not Substitution:
                stack += [a for a in arguments if a.arguments and a not in own]
    return found


def is_promising(island: Expression, facts: Facts, *, plain: bool = True) -> bool:
    """Whether something may combine: terms that share a factor or are fractions, a sum over what it shares."""
    sums: list[Expression] = []
    quotients: list[Expression] = []
    nodes = skeleton(island)
    if len(nodes) > MAX_NODES + 1:
        return False
    for node in nodes:
        if type(node) is Sum:
            sums.append(node)
        elif type(node) is Quotient:
            quotients.append(node)
    if not sums:
        return False
    return any(_may_combine(s, facts, plain) for s in sums) or any(_may_cancel(q) for q in quotients)


def is_left(s: Expression, facts: Facts) -> bool:
    """Whether a sum is fine as it is in a ready form: 2*x^2 + 4*x, x^2 + x*cos(x*y), but not e^x + x*e^x."""
    return _is_left(s, _shape(s, facts))


def _is_left(s: Expression, shape: _Shape) -> bool:
    shared, fractions, brackets, squares = shape
    if fractions or brackets or squares > 1 or (squares and len(s.arguments) > 2):
        return False
    return all([type(b) in _LEAVES for b in shared]) or is_polynomial(s)


def _may_combine(s: Expression, facts: Facts, plain: bool) -> bool:
    """Terms that share a factor, or fractions, or several with brackets or squares of sine and cosine."""
    shape = _shape(s, facts)
    if plain and _is_left(s, shape):
        return False
    shared, fractions, brackets, squares = shape
    meeting = brackets + squares > 1 or (squares == 1 and len(s.arguments) > 2)  # (a + b*tan(x))^2, multiplied out
    return fractions > 1 or meeting or bool(shared) or (not plain and is_polynomial(s))


def squares_meet_brackets(s: Expression, facts: Facts) -> bool:
    """Whether a sum has squares of sine and cosine, or their kin, and brackets: (2 - cos(x))^2 + sin(x)^2."""
    _, _, brackets, squares = _shape(s, facts)
    return brackets > 0 and squares > 0


def _shape(s: Expression, facts: Facts) -> _Shape:
    known = facts.shapes.get(s)
    if known is None:
        known = facts.shapes[s] = _new_shape(s, facts)
    return known


def _new_shape(s: Expression, facts: Facts) -> _Shape:
    fractions = brackets = squares = 0
    shared: set[Expression] | None = None
    for term in s.arguments:
        t = term.arguments[0] if type(term) is Negation else term
        top, bottom = t.arguments if type(t) is Quotient else (t, ONE)
        bases = powers_of(top, facts)
        if type(bottom) is not Number:
            fractions += 1 if _is_simple(bottom) else 2
        brackets += any(type(b) is Sum for b in bases)
        squares += any(type(b) is Call and b.label in _SQUARED and n >= 2 for b, n in bases.items())
        shared = set(bases) if shared is None else shared & set(bases)
    return shared or set(), fractions, brackets, squares


def _is_simple(bottom: Expression) -> bool:
    """Whether a denominator is made of letters: x + 1/x is as short as (x^2 + 1)/x."""
    return all(type(n) in (Symbol, Number, Constant) for f in factors_of(bottom) for n in _base(f))


def _base(f: Expression) -> tuple[Expression, ...]:
    return f.arguments[:1] if type(f) is Power else (f,)


def is_polynomial(s: Expression) -> bool:
    """Whether every term is a number times whole powers of letters."""
    for term in s.arguments:
        t = term.arguments[0] if type(term) is Negation else term
        if type(t) is Quotient:
            t, bottom = t.arguments
            if type(bottom) is not Number:
                return False
        for f in factors_of(t):
            if type(f) is Power and (integer_value(f.arguments[1]) or -1) < 0:
                return False
            if type(_base(f)[0]) not in (Symbol, Number, Constant):
                return False
    return True


def _may_cancel(q: Expression) -> bool:
    """Whether both sides of a fraction have a sum and something in common, or one a sum whose terms share it."""
    top, bottom = q.arguments
    if type(bottom) is Number:
        return False
    above, below = skeleton(top), skeleton(bottom)
    if any(map(_has_number, above + below)) or any(map(_has_fraction, below)):
        return True
    sums = [[n for n in nodes if type(n) is Sum] for nodes in (above, below)]
    if all(sums):
        return not _kernels(above).isdisjoint(_kernels(below))
    other = _kernels(below if sums[0] else above)
    return any(other.intersection(*[_kernels(skeleton(t)) for t in s.arguments]) for s in (*sums[0], *sums[1]))


def _has_fraction(e: Expression) -> bool:
    """Whether a sum has a term with a letter below its line: 1 + 1/x."""
    if type(e) is not Sum:
        return False
    terms = [t.arguments[0] if type(t) is Negation else t for t in e.arguments]
    return any([type(t) is Quotient and type(t.arguments[1]) is not Number for t in terms])


def _has_number(e: Expression) -> bool:
    """Whether a root is of a sum that a number can come out of: sqrt(x^2/4 + 1) is sqrt(x^2 + 4)/2."""
    if type(e) is not Call or e.label not in ("sqrt", "cbrt") or type(e.arguments[0]) is not Sum:
        return False
    numbers = [split_coefficient(t)[0] for t in e.arguments[0].arguments]
    return lcm(*[c.denominator for c in numbers]) > 1 or gcd(*[c.numerator for c in numbers]) > 1


def _kernels(nodes: list[Expression]) -> set[Expression]:
    """What a side of a fraction is made of, of these nodes: letters, calls, what exponentials are powers of."""
    found = set()
    for n in nodes:
        if type(n) is Power and rational_value(n.exponent) is None:
            found.add(n.base)
        elif not parts(n) and type(n) is not Number:
            found.add(n)
    return found
