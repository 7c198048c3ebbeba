"""Operations for numbers, symbols, arithmetic and functions."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

from flint import arb, arb_series

from derive.expressions import (
    OPERATORS, Call, Constant, Expression, Negation, Number, Power, Product, Quotient, Sum, Symbol,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.numeric import abstract, operators, vectors
from derive.numeric.compiler import Compiler, Method, Missing
from derive.numeric.elementary import operation
from derive.numeric.exact import exact_value
from derive.numeric.grid import Grid, transposed
from derive.numeric.jets import variable
from derive.numeric.laurent import Laurent
from derive.numeric.powers import MAX_INTEGER, integer_power, nonzero, power as real_power, rational_power
from derive.numeric.precision import bits_now
from derive.numeric.program import ROOT, Key, Step, Values, ball_of
from derive.numeric.signals import Undefined, Unsupported


_FLINT = frozenset((arb, arb_series))
_ONE = arb(1)


def number(compiler: Compiler, key: Key) -> Missing | None:
    label = key[2].label
    if isinstance(label, int):
        value = arb(label)
        compiler.emit(key, lambda v: value, ())
    else:
        spelling = str(label)
        exact = exact_value(key[2], compiler.rationals)
        if exact is not None and not exact.denominator & (exact.denominator - 1):  # a dyadic rational
            constant = ball_of(exact)
            compiler.emit(key, lambda v: constant, ())
        else:
            nearest = cache(lambda bits: arb(spelling))  # reading it at each point takes as long as a cosine
            compiler.emit(key, lambda v: nearest(bits_now()), ())
    return None


def constant(compiler: Compiler, key: Key) -> Missing | None:
    match key[2].label:
        case "pi":
            compiler.emit(key, lambda v: arb.pi(), ())
        case "e":
            compiler.emit(key, lambda v: arb.const_e(), ())
        case _:
            compiler.emit(key, _infinity, ())
    return None


def symbol(compiler: Compiler, key: Key) -> Missing | None:
    scope, caps, node = key
    name = str(node.label)
    binding = scope.find(name)
    active = any([n == name for n, _ in caps])
    if binding is None:
        compiler.inputs.add(name)
        if active and len(caps) == 1:
            length = caps[0][1] + 1
            compiler.emit(key, lambda v: arb_series([v[0][name], _ONE], prec=length), ())
        elif active:
            compiler.emit(key, lambda v: variable(v[0][name], name, caps), ())
        else:
            compiler.emit(key, lambda v: v[0][name], ())
        return None
    (how, slot), limits = binding
    if how == "limit" and (active or limits != scope.limits):
        raise Unsupported("an operator or a second limit over the variable of a limit", node)
    if how == "value":
        compiler.slots[key] = slot
    elif active:
        compiler.emit(key, lambda v: variable(operators.centre_of(v[slot]), name, caps), (slot,))
    elif how == "centre":
        compiler.emit(key, lambda v: operators.centre_of(v[slot]), (slot,))
    else:
        compiler.slots[key] = slot
    return None


def sum_(compiler: Compiler, key: Key) -> Missing | None:
    missing, slots = compiler.children(key)
    if not missing:
        compiler.emit(key, _adder(slots), slots)
    return missing


def product(compiler: Compiler, key: Key) -> Missing | None:
    missing, slots = compiler.children(key)
    if not missing:
        compiler.emit(key, _multiplier(slots), slots)
    return missing


def negation(compiler: Compiler, key: Key) -> Missing | None:
    missing, slots = compiler.children(key)
    if not missing:
        (k,) = slots
        compiler.emit(key, lambda v: -v[k], slots)
    return missing


def quotient(compiler: Compiler, key: Key) -> Missing | None:
    missing, slots = compiler.children(key)
    if not missing:
        a, b = slots
        compiler.emit(key, lambda v: divide(v[a], v[b]), slots)
    return missing


def power(compiler: Compiler, key: Key) -> Missing | None:
    scope, caps, node = key
    base, exponent = node.arguments
    if type(base) is Constant and base.label == "e":
        return function(compiler, key, "exp", (exponent,))
    q = exact_value(exponent, compiler.rationals)
    if q is not None:
        missing, slots = compiler.need([(scope, caps, base)])
        if not missing:
            (k,) = slots
            compiler.emit(key, _power(k, q), slots)
        return missing
    missing, slots = compiler.children(key)
    if not missing:
        a, b = slots
        at_root = scope is ROOT
        compiler.emit(key, lambda v: real_power(v[a], v[b], lambda: exact_at(exponent, v) if at_root else None), slots)
    return missing


def call(compiler: Compiler, key: Key) -> Missing | None:
    node = key[2]
    name = node.label
    if name in OPERATORS:
        return vector_operator(compiler, key)
    if not isinstance(name, str) or name not in FUNCTIONS or name in compiler.functions:
        return compiler.alias(key, (key[0], key[1], abstract.as_substitution(node, compiler.functions)))
    if len(node.arguments) not in FUNCTIONS[name].arity:
        raise Unsupported(f"{name} with {len(node.arguments)} arguments", node)
    return function(compiler, key, name, node.arguments)


def vector_operator(compiler: Compiler, key: Key) -> Missing | None:
    """gradient(f, x, y) by its definition; transpose(M) as the matrix turned about its diagonal."""
    scope, caps, node = key
    if node.label != "transpose":
        return compiler.alias(key, (scope, caps, vectors.expanded(node)))
    missing, slots = compiler.children(key)
    if not missing:
        compiler.emit(key, lambda v: transposed(v[slots[0]]), slots)
    return missing


def function(compiler: Compiler, key: Key, name: str, arguments: tuple[Expression, ...]) -> Missing | None:
    scope, caps, node = key
    missing, slots = compiler.need([(scope, caps, a) for a in arguments])
    if missing:
        return missing
    apply = operation(name, bool(caps) or scope.limits > 0)
    if apply is not None:
        if len(slots) == 1:
            (k,) = slots
            compiler.emit(key, lambda v: apply(v[k]), slots)
        else:
            compiler.emit(key, lambda v: apply(*[v[i] for i in slots]), slots)
        return None
    body = definition(name)
    if body is None:
        raise Unsupported(f"{name} has no numeric method", node)
    inner = compiler.scope((key, "definition"), scope, dict(zip("uv", slots, strict=False)), "value")
    return compiler.alias(key, (inner, caps, body))


@cache
def definition(name: str) -> Expression | None:
    """The definition in the row of a function, in u and v."""
    from derive.notation.parser import parse

    text = FUNCTIONS[name].definition
    return parse(text) if text else None


def divide(a: Any, b: Any) -> Any:
    """a/b, Undefined where b is 0."""
    if type(b) is arb:
        nonzero(b, "division by 0")
    elif type(b) is Grid:
        raise Unsupported("division by a matrix")
    elif type(b) is not Laurent:
        nonzero(operators.centre_of(b), "division by 0")
    return a / b


def _adder(slots: tuple[int, ...]) -> Step:
    if len(slots) == 2:
        a, b = slots
        return lambda v: v[a] + v[b]
    first, *rest = slots

    def add(v: Values) -> Any:
        total = v[first]
        for k in rest:
            total = total + v[k]
        return total

    return add


def _multiplier(slots: tuple[int, ...]) -> Step:
    if len(slots) == 2:
        a, b = slots
        return lambda v: v[a] * v[b]
    first, *rest = slots

    def multiply(v: Values) -> Any:
        total = v[first]
        for k in rest:
            total = total * v[k]
        return total

    return multiply


def _power(k: int, q: Fraction) -> Step:
    """u^q; a natural exponent goes to FLINT without asking at every point what it is."""
    if q.denominator != 1 or not 0 < q.numerator < MAX_INTEGER:
        return lambda v: rational_power(v[k], q)
    n = q.numerator
    if n == 2:  # a product costs a quarter of FLINT's power
        return lambda v: v[k] * v[k] if type(v[k]) in _FLINT else integer_power(v[k], 2)

    def raised(v: Values) -> Any:
        u = v[k]
        return u**n if type(u) in _FLINT else integer_power(u, n)

    return raised


def _infinity(_: Values) -> Any:
    raise Undefined("infinity is not a number")


def exact_at(exponent: Expression, v: Values) -> Fraction | None:
    """The rational value of an exponent at a rational point."""
    return exact_value(exponent, {}, getattr(v[0], "exact", {}))


PLAIN: dict[type[Expression], Method] = {
    Number: number, Constant: constant, Symbol: symbol, Sum: sum_, Product: product, Quotient: quotient,
    Power: power, Negation: negation, Call: call,
}  # fmt: skip
