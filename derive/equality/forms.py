"""The form of an expression: one number that is the same for all spellings that differ in order and trivia only.

Trivia are: order and brackets of terms and factors · a + 0, 1*a, a/1, a^1 · signs (a - b is a + (-b); -(-a) is a;
(-a)*b, a/(-b) and -(a*b)/c have one sign in front) · a number as factor or as fraction, 2/3*x and 2*x/3 · (a/b)/c and
a/(b*c) · spellings: sqrt(x), x^(1/2) and x^0.5, cbrt(x), root(x, n), exp(x) and e^x, 0.5 and 1/2 · both sides of
a = b; a < b and b > a · the arguments of min and max · d/dx(d/dx(u)) and d^2/dx^2(u).
Not trivia, since a student does something there: x*x and x^2, 2*3 and 6, 2/4 and 1/2, 2*(x + 1) and 2*x + 2, -(a - b)
and b - a, 1/x and x^(-1), sec(x) and 1/cos(x), a/(b/c) and a*c/b.

A product is the multiset of its factors, a sum that of its terms, and the form of a multiset is the sum of the hashes
of its members modulo a prime (Clarke et al., Incremental multiset hash functions, 2003): so brackets cost nothing, and
a tower of n sums in sums costs n, not n^2. Two forms of 255 bits do not meet by accident.
"""

from __future__ import annotations

from fractions import Fraction
from hashlib import blake2b
from typing import NamedTuple, TypeAlias

from derive.expressions import (
    Call, Derivative, Equation, Expression, Negation, Number, Power, Product, Quotient, Substitution, Sum, fold,
    integer_value,
)  # fmt: skip

PRIME = 2**255 - 19
LARGEST_POINT = 400  # the exponent of a decimal that is a fraction; 1e999999 is kept as it is spelled
MOST_PAIRS = 8  # variables of an operator that is joined with the one it stands on

Hash: TypeAlias = int


class Form(NamedTuple):
    """A term: its sign, the multisets of its factors above and below the bar.

    single   whether it is one factor, and no number of them; terms: of a lone sum, the multiset of its terms
    """

    negative: bool
    above: Hash
    below: Hash = 0
    single: bool = False
    terms: Hash | None = None


Memo: TypeAlias = "dict[Expression, Form]"
ONE = Form(False, 0)


def form(e: Expression, memo: Memo | None = None) -> Form:
    """The form of e; equal forms are similar expressions. `memo` is read and filled; linear in the distinct nodes."""
    known: Memo = {} if memo is None else memo
    return fold(e, lambda node, parts: _combined(node, parts, known), known)


def key(f: Form) -> Hash:
    """A form as one number."""
    if f.single and not f.negative:
        return f.above
    return _KEY_OF_ONE if f == ONE else _hash("form", f.negative, f.above, f.below)


def _combined(node: Expression, parts: list[Form], memo: Memo) -> Form:
    match node:
        case Number():
            return _number(node)
        case Negation():
            return parts[0] if parts[0] == ZERO else parts[0]._replace(negative=not parts[0].negative)
        case Sum():
            return _sum(parts)
        case Product():
            return _product(parts)
        case Quotient():
            return _quotient(*parts)
        case Power():
            return _power(*parts)
        case Call():
            return _call(node, parts)
        case Equation():
            return _equation(node, parts)
        case Derivative():
            return _derivative(node, parts, memo)
        case Substitution():
            pairs = sum(_hash("at", key(x), key(v)) for x, v in zip(parts[1::2], parts[2::2], strict=True)) % PRIME
            return _atom("substitution", key(parts[0]), pairs)
        case _:
            return _atom(node.kind, type(node.label).__name__, node.label, *[key(p) for p in parts])


def _hash(*parts: object) -> Hash:
    return int.from_bytes(blake2b(repr(parts).encode(), digest_size=32).digest(), "big") % PRIME


def _atom(*parts: object) -> Form:
    return Form(False, _hash(*parts), 0, True)


_KEY_OF_ONE = _hash("form", 1)
ZERO = _atom("number", 0)


def _number(node: Number) -> Form:
    if isinstance(node.label, str) and abs(int(node.label.lower().partition("e")[2] or 0)) > LARGEST_POINT:
        return _atom("decimal", node.label)
    q = Fraction(node.value)
    above, below = (0 if n == 1 else _hash("number", n) for n in (q.numerator, q.denominator))
    return Form(False, above, below, bool(above and not below))


def _sum(parts: list[Form]) -> Form:
    kept = [p for p in parts if p != ZERO]
    if len(kept) < 2:
        return kept[0] if kept else ZERO
    terms = sum(key(p) if p.terms is None or p.negative else p.terms for p in kept) % PRIME
    return Form(False, _hash("sum", terms), 0, True, terms)


def _product(parts: list[Form]) -> Form:
    kept = [p for p in parts if p.above or p.below]
    negative = bool(sum(p.negative for p in parts) % 2)
    if len(kept) == 1:
        return kept[0] if kept[0] == ZERO else kept[0]._replace(negative=negative)
    return Form(negative, sum(p.above for p in kept) % PRIME, sum(p.below for p in kept) % PRIME)


def _quotient(top: Form, bottom: Form) -> Form:
    negative = top.negative != bottom.negative
    if not (bottom.above or bottom.below):
        return top if top == ZERO else top._replace(negative=negative)
    divisor = key(bottom._replace(negative=False)) if bottom.below else bottom.above  # a/(b/c) is not a*c/b
    return Form(negative, top.above, (top.below + divisor) % PRIME)


def _power(base: Form, exponent: Form) -> Form:
    return base if exponent == ONE else _atom("power", key(base), key(exponent))


_E = _atom("constant", "str", "e")
_TWO, _THREE = (_atom("number", n) for n in (2, 3))


def _call(node: Call, parts: list[Form]) -> Form:
    match node.label:
        case "exp":
            return _power(_E, parts[0])
        case "sqrt":
            return _power(parts[0], _quotient(ONE, _TWO))
        case "cbrt":
            return _power(parts[0], _quotient(ONE, _THREE))
        case "root":
            return _power(parts[0], _quotient(ONE, parts[1]))
        case "min" | "max":
            return _atom(node.label, sum(key(p) for p in parts) % PRIME)
    return _atom("call", node.label, *[key(p) for p in parts])


def _equation(node: Equation, parts: list[Form]) -> Form:
    left, right = (key(p) for p in parts)
    if node.relation in ("=", "!="):
        return _atom(node.relation, (left + right) % PRIME)
    if node.relation[0] == ">":
        left, right = right, left
    return _atom(node.relation.replace(">", "<"), left, right)


def _derivative(node: Derivative, parts: list[Form], memo: Memo) -> Form:
    """Operators that stand on each other are one: what is differentiated, and (variable, order) from outside in."""
    operand, base = node.operand, parts[0]
    pairs = list(zip(node.arguments[1::2], node.arguments[2::2], strict=True))
    while type(operand) is Derivative and operand.label == node.label and len(pairs) <= MOST_PAIRS:
        pairs += operand.variables
        operand = operand.operand
        base = memo[operand]
    orders: list[tuple[Hash, int, tuple[Hash, ...]]] = []
    other: tuple[Hash, ...]
    for x, n in pairs:
        variable = key(memo[x])
        whole, other = integer_value(n) or 0, () if integer_value(n) is not None else (key(memo[n]),)
        if orders and orders[-1][0] == variable:
            last = orders.pop()
            whole, other = whole + last[1], tuple(sorted(last[2] + other))
        orders.append((variable, whole, other))
    return _atom("derivative", node.label, key(base), *orders)
