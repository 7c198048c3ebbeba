"""Values a student knows by heart: sin(pi/6), atan(1), cos(x - pi/2), sin(asin(x))."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.expressions import (
    ONE, PI, ZERO, Call, Expression, Negation, Sum, call, natural, negation, quotient, rational, sum_of,
)  # fmt: skip
from derive.functions import INVERSES
from derive.rules.conditions import own_domain
from derive.rules.factors import split_coefficient, with_coefficient
from derive.rules.model import Match, Mistake, Rule
from derive.rules.terms import flipped
from derive.rules.trigonometry import CIRCULAR, HYPERBOLIC

_HALF = rational(Fraction(1, 2))
_ROOT2, _ROOT3 = call("sqrt", natural(2)), call("sqrt", natural(3))
_SINE = {
    Fraction(0): ZERO, Fraction(1, 6): _HALF, Fraction(1, 4): quotient(_ROOT2, natural(2)),
    Fraction(1, 3): quotient(_ROOT3, natural(2)), Fraction(1, 2): ONE,
}  # fmt: skip
_TANGENT = {
    Fraction(0): ZERO, Fraction(1, 6): quotient(_ROOT3, natural(3)), Fraction(1, 4): ONE, Fraction(1, 3): _ROOT3,
}  # fmt: skip
_COSECANT = {
    Fraction(1, 6): natural(2), Fraction(1, 4): _ROOT2, Fraction(1, 3): with_coefficient(Fraction(2, 3), _ROOT3),
    Fraction(1, 2): ONE,
}  # fmt: skip
"""At multiples of pi in the first quadrant."""
_SPELLED = {quotient(ONE, _ROOT2): _SINE[Fraction(1, 4)], quotient(ONE, _ROOT3): _TANGENT[Fraction(1, 6)]}
"""Values as people write them: 1/sqrt(2) for sqrt(2)/2."""

_ARCS = tuple(INVERSES[name] for name in (*CIRCULAR, *HYPERBOLIC))
_QUARTERS = {
    "sin": (("sin", 1), ("cos", 1), ("sin", -1), ("cos", -1)),
    "cos": (("cos", 1), ("sin", -1), ("cos", -1), ("sin", 1)),
    "tan": (("tan", 1), ("cot", -1), ("tan", 1), ("cot", -1)),
    "cot": (("cot", 1), ("tan", -1), ("cot", 1), ("tan", -1)),
    "sec": (("sec", 1), ("csc", -1), ("sec", -1), ("csc", 1)),
    "csc": (("csc", 1), ("sec", 1), ("csc", -1), ("sec", -1)),
}
"""What f(u + k*pi/2) is, for k = 0, 1, 2, 3."""


def _turns(t: Expression) -> Fraction | None:
    """The coefficient of pi: 1/2 for pi/2; None where the term is no multiple of pi."""
    c, body = split_coefficient(t)
    return Fraction(c) if body == PI else None


def known_value(m: Match) -> Expression | None:
    """sin(pi/6)  →  1/2,   tan(3*pi/4)  →  -1"""
    node = m.node
    if node.label not in CIRCULAR:
        return None
    turns = _turns(node.arguments[0])
    if turns is None:
        return None
    value = _circular(str(node.label), turns % 2)
    return None if value is None else value


def _circular(name: str, turns: Fraction) -> Expression | None:
    if name in ("cos", "sec"):  # cos(u) = sin(u + pi/2)
        return _circular("sin" if name == "cos" else "csc", (turns + Fraction(1, 2)) % 2)
    sign = 1
    if name in ("tan", "cot"):
        turns %= 1
        if name == "cot":
            turns = (Fraction(1, 2) - turns) % 1
        if turns > Fraction(1, 2):
            sign, turns = -1, 1 - turns
        value = _TANGENT.get(turns)
    else:
        if turns >= 1:
            sign, turns = -1, turns - 1
        turns = min(turns, 1 - turns)
        value = (_SINE if name == "sin" else _COSECANT).get(turns)
    if value is None:
        return None
    return value if sign > 0 or value == ZERO else negation(value)


def known_angle(m: Match) -> Expression | None:
    """asin(1/2)  →  pi/6,   atan(-1)  →  -pi/4"""
    node = m.node
    if node.label not in ("asin", "acos", "atan"):
        return None
    v = node.arguments[0]
    minus = type(v) is Negation
    v = v.arguments[0] if type(v) is Negation else v
    v = _SPELLED.get(v, v)
    table = _TANGENT if node.label == "atan" else _SINE
    turns = next((t for t, value in table.items() if value == v), None)
    if turns is None:
        return None
    turns = -turns if minus else turns
    if node.label == "acos":
        turns = Fraction(1, 2) - turns
    return ZERO if turns == 0 else with_coefficient(turns if turns.denominator != 1 else int(turns), PI)


def sine_for_cosine(m: Match) -> Expression | None:
    """sin(pi/6)  →  sqrt(3)/2, the value of the cosine, which is wrong"""
    other = {"sin": "cos", "cos": "sin", "tan": "cot", "cot": "tan"}.get(str(m.node.label))
    turns = _turns(m.node.arguments[0])
    if other is None or turns is None or known_value(m) is None:
        return None
    wrong = _circular(other, turns % 2)
    return None if wrong == known_value(m) else wrong


def in_degrees(m: Match) -> Expression | None:
    """asin(1/2)  →  30, in degrees, which is wrong"""
    right = known_angle(m)
    turns = None if right is None else _turns(right)
    return None if turns is None else rational(180 * turns)


def without_shift(m: Match) -> Expression | None:
    """cos(x - pi/2)  →  sin(x),   sin(pi - x)  →  sin(x)"""
    node = m.node
    if node.label not in _QUARTERS or type(node.arguments[0]) is not Sum:
        return None
    terms = node.arguments[0].arguments
    shifts = [(i, 2 * c) for i, c in enumerate(map(_turns, terms)) if c is not None and (2 * c).denominator == 1]
    if len(shifts) != 1:
        return None
    ((i, quarters),) = shifts
    rest = sum_of(terms[:i] + terms[i + 1 :])
    first = rest.arguments[0] if type(rest) is Sum else rest
    sign = 1
    if type(first) is Negation:  # f(pi - u) = f(-(u - pi))
        rest, quarters = flipped(rest), -quarters
        sign = 1 if node.label in ("cos", "sec") else -1
    name, also = _QUARTERS[str(node.label)][int(quarters) % 4]
    result = call(name, rest)
    return result if sign * also > 0 else negation(result)


def shift_dropped(m: Match) -> Expression | None:
    """sin(x + pi)  →  sin(x), which is wrong"""
    right = without_shift(m)
    if type(right) is not Negation or type(right.arguments[0]) is not Call:
        return None
    return right.arguments[0]


def undone(m: Match) -> Expression | None:
    """sin(asin(x))  →  x"""
    node = m.node
    inner = node.arguments[0]
    if node.label not in CIRCULAR and node.label not in HYPERBOLIC:
        return None
    if type(inner) is not Call or INVERSES[str(node.label)] != inner.label:
        return None
    return inner.arguments[0]


def inverse_is_defined(m: Match) -> Iterator[Expression]:
    """The inverse function has a value."""
    for (relation,) in own_domain(m.node.arguments[0]):
        yield relation


def reciprocal_instead(m: Match) -> Expression | None:
    """sin(asin(x))  →  1, as if the inverse function were the reciprocal, which is wrong"""
    return ONE if undone(m) is not None else None


VALUE = Rule(
    "trigonometry.value", "?u", known_value, kind="call",
    among=("number", "constant", "product", "quotient", "negation"),
    mistakes=(Mistake("sine-and-cosine-swapped", sine_for_cosine),),
    examples=(
        ("sin(pi/6)", "1/2"), ("cos(pi/6)", "sqrt(3)/2"), ("tan(3*pi/4)", "-1"), ("cos(2*pi)", "1"),
        ("sec(pi/6)", "2*sqrt(3)/3"),
        ("sin(7*pi/6)", "-1/2"), ("cot(pi/2)", "0"), ("tan(pi/2)", None), ("sin(pi/7)", None), ("sin(30)", None),
    ),
    weight="minor",
)  # fmt: skip
ANGLE = Rule(
    "trigonometry.known-angle", "?u", known_angle, kind="call", among=("number", "quotient", "negation", "sqrt"),
    mistakes=(Mistake("angle-in-degrees", in_degrees),),
    examples=(
        ("asin(1/2)", "pi/6"), ("atan(-1)", "-pi/4"), ("acos(0)", "pi/2"), ("acos(-1)", "pi"),
        ("asin(1/sqrt(2))", "pi/4"),
        ("asin(1/3)", None), ("asin(2)", None),
    ),
    weight="minor",
)  # fmt: skip
SHIFT = Rule(
    "trigonometry.shift", "?u", without_shift, kind="call", among=("sum",),
    mistakes=(Mistake("half-turn-dropped", shift_dropped),),
    examples=(
        ("cos(x - pi/2)", "sin(x)"), ("sin(x + pi)", "-sin(x)"), ("sin(pi - x)", "sin(x)"),
        ("tan(x + pi/2)", "-cot(x)"),
        ("cos(x + 2*pi)", "cos(x)"), ("sin(x + pi/3)", None), ("sin(x + 1)", None), ("exp(x + pi)", None),
    ),
)  # fmt: skip
UNDONE = Rule(
    "trigonometry.inverse", "?u", undone, kind="call", among=_ARCS, assumes=inverse_is_defined,
    mistakes=(Mistake("inverse-is-not-reciprocal", reciprocal_instead),),
    examples=(("sin(asin(x))", "x"), ("tan(atan(x + 1))", "x + 1"), ("cosh(acosh(x))", "x"), ("asin(sin(x))", None)),
)  # fmt: skip

CALLS = (VALUE, ANGLE, SHIFT, UNDONE)
