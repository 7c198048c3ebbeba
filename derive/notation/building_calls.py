"""Building calls: functions with their powers, bases and primes, and the forms `at`, `piecewise` and `diff`."""

from __future__ import annotations

from derive.expressions import (
    ONE, OPERATORS, Call, Derivative, Equation, Expression, Integral, Negation, Number, Piecewise, Power, Substitution,
    Summation, Symbol, make, symbols,
)  # fmt: skip
from derive.functions import FUNCTIONS, INVERSES
from derive.notation.building import DEEPEST_UNNAMED, Mixed, Slip, closed
from derive.notation.frames import Head


def head_power(head: Head, exponent: Expression) -> Head:
    if head.exponent is not None:
        raise Slip("a second exponent", head.end)
    head.exponent = closed(exponent)
    return head


def head_base(head: Head, base: Expression) -> Head:
    if head.name not in ("ln", "log"):
        raise Slip(f"{head.name} takes no base", head.end)
    head.name = "log"
    head.base = closed(base)
    return head


def head_primes(head: Head, count: int) -> Head:
    head.places += (1,) * count
    return head


def call(head: Head, arguments: list[Expression]) -> Expression:
    """A function at its arguments, with its powers: sin^2(x) → sin(x)^2, sin^-1(x) → asin(x), log_2(x) → log(x, 2)."""
    name, exponent = head.name, head.exponent
    if head.known and name in _FORMS:
        return _FORMS[name](head, arguments)
    if type(arguments) is Mixed and name not in ("implicit", "solve"):
        raise Slip(f"{name} cannot take a relation", head.start)
    if exponent is not None and name in INVERSES and _is_minus_one(exponent):
        name, exponent, head.inverted = INVERSES[name], None, True
    if head.base is not None:
        arguments.append(head.base)
    if name == "ln" and len(arguments) == 2:
        name = head.name = "log"
    if not head.known:
        value = _abstract(head, arguments)
    elif name in OPERATORS:
        if head.places:
            raise Slip(f"a prime does not fit {name}", head.end)
        value = make(Call, tuple(arguments), name)
    else:
        row = FUNCTIONS[name]
        if len(arguments) not in row.arity:
            raise Slip(_arity_message(name, row.arity, len(arguments)), head.end)
        value = make(Call, tuple(arguments), name)
        if head.places:
            value = _derivative_of_known(name, arguments, len(head.places), head)
    return value if exponent is None else make(Power, (value, exponent))


def _abstract(head: Head, arguments: list[Expression]) -> Expression:
    if not head.places:
        return make(Call, tuple(arguments), head.name)
    orders = [0] * len(arguments)
    for place in head.places:
        if not 1 <= place <= len(arguments):
            raise Slip(f"{head.name} has no argument number {place}", head.start)
        orders[place - 1] += 1
    if len(arguments) > 1 and head.places == (1,) * len(head.places) and head.end - head.start == len(head.name):
        raise Slip(
            f"a prime is for functions of one variable, {head.name} has {len(arguments)}", head.end,
            f"write D[1]({head.name})(…) or ∂/∂x",
        )  # fmt: skip
    return make(Call, tuple(arguments), (head.name, tuple(orders)))


def _derivative_of_known(name: str, arguments: list[Expression], order: int, head: Head) -> Expression:
    """sin'(x), sinc''(0): the derivative by the argument, evaluated there."""
    if len(arguments) != 1:
        raise Slip("a prime is for functions of one variable", head.end)
    argument = arguments[0]
    by = argument if type(argument) is Symbol else make(Symbol, (), "u")
    value = make(Derivative, (make(Call, (by,), name), by, make(Number, (), order)), False)
    return value if by is argument else make(Substitution, (value, by, argument))


def _arity_message(name: str, arity: tuple[int, ...], given: int) -> str:
    wanted = " or ".join(str(n) for n in arity[:2])
    more = " or more" if len(arity) > 2 else ""
    return f"{name} takes {wanted}{more} argument{'s' if arity != (1,) else ''}, here {given}"


def _is_minus_one(e: Expression) -> bool:
    return type(e) is Negation and type(e.arguments[0]) is Number and e.arguments[0].label == 1


def _at(head: Head, arguments: list[Expression]) -> Expression:
    """at(u, x = 2, y = 3)"""
    parts = [arguments[0]]
    for assignment in arguments[1:]:
        if not (type(assignment) is Equation and assignment.label == "=" and type(assignment.arguments[0]) is Symbol):
            raise Slip("at(u, x = 2) needs assignments after the expression", head.end)
        parts += assignment.arguments
    if len(parts) < 3:
        raise Slip("at(u, x = 2) needs an assignment", head.end)
    return make(Substitution, tuple(parts))


def _piecewise(head: Head, arguments: list[Expression]) -> Expression:
    """piecewise(v1, c1, v2, c2, otherwise)"""
    if len(arguments) < 2 or not all(type(c) is Equation for c in arguments[1::2]):
        raise Slip("piecewise(value, condition, …) needs a relation after each value", head.end)
    return make(Piecewise, tuple(arguments))


def _diff(head: Head, arguments: list[Expression]) -> Expression:
    """diff(u, x, 2, y): d/dx in SymPy's order of arguments."""
    operand, *rest = arguments
    parts: list[Expression] = []
    for item in rest:
        if type(item) is Symbol:
            parts += (item, ONE)
        elif parts and parts[-1] is ONE:
            parts[-1] = item
        else:
            raise Slip("diff(u, x, 2) takes variables, each with an order or none", head.end)
    if not parts:
        names = sorted(symbols(operand)) if operand.depth <= DEEPEST_UNNAMED else []
        if len(names) != 1:
            raise Slip(f"diff needs a variable: {', '.join(names) or 'none is there'}", head.end, None, "name")
        parts = [make(Symbol, (), names[0]), ONE]
    return make(Derivative, (operand, *parts), len(parts) > 2)


def _integral(head: Head, arguments: list[Expression]) -> Expression:
    """integral(u, t, a, b)"""
    return _bound(head, Integral, arguments, "integral(u, t, a, b) needs an integrand, its letter and two limits")


def _integral_from(head: Head, arguments: list[Expression]) -> Expression:
    """int_a^b u dt, as a call of a, b, u, t; without dt the letter is the only one of u."""
    lower, upper, integrand, *named = arguments
    if not named:
        names = sorted(symbols(integrand)) if integrand.depth <= DEEPEST_UNNAMED else []
        if len(names) != 1:
            raise Slip(f"an integral needs its differential: {', '.join(names) or 'no letter'}", head.end, "add dt")
        named = [make(Symbol, (), names[0])]
    return make(Integral, (integrand, *named, lower, upper))


def _sum(head: Head, arguments: list[Expression]) -> Expression:
    """sum(u, k, a, b)"""
    return _bound(head, Summation, arguments, "sum(u, k, a, b) needs a term, its index and two bounds")


def _sum_from(head: Head, arguments: list[Expression]) -> Expression:
    """sum_(k=a)^b u, as a call of k, a, b, u."""
    index, lower, upper, term = arguments
    return make(Summation, (term, index, lower, upper))


def _bound(head: Head, kind: type[Expression], arguments: list[Expression], message: str) -> Expression:
    if len(arguments) != 4 or type(arguments[1]) is not Symbol:
        raise Slip(message, head.end)
    return make(kind, tuple(arguments))


_FORMS = {
    "at": _at, "piecewise": _piecewise, "diff": _diff, "integral": _integral, "int-from": _integral_from,
    "sum": _sum, "sum-from": _sum_from,
}  # fmt: skip
