"""Conditions neither too weak nor too strong, judged by difference quotients to 90 digits, which know no rule.

Where the conditions hold, the derivative exists and is the result. Where one fails, there is no derivative, or a
finding says that it exists there too, or the condition says that it may be more than needed.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from flint import arb

import derive
from derive.expressions import Expression, Power, rational_value
from derive.numeric import Undefined, Unsure, ball, holds
from derive.trace import Condition, Derivation

FUNCTIONS = """
abs(x); abs(x - 1); abs(2*x + 1); abs(x)^2; abs(x)^3; abs(x)^5; abs(x)^(1/2); abs(x)^(3/2); abs(x)^(1/3); abs(x^3)
x*abs(x); x^2*abs(x); (x - 1)*abs(x - 1); abs(x)*abs(x - 1); abs(x^2 - 1); abs(x^2 - 1)*(x - 1); abs(x^2 + 1)
abs(x)*sin(x); sin(abs(x)); cos(abs(x)); e^abs(x); e^(-x^2*abs(x)); abs(sin(x)); sin(x)*abs(sin(x)); abs(abs(x) - 1)
sign(x); x*sign(x); x^2*sign(x); sign(x^2 + 1); sign(x - 1)*(x - 1)^3; x/abs(x); abs(x)/x; x^3/abs(x)
sqrt(x); sqrt(x^2); sqrt(x^4); sqrt(x^6); sqrt((x - 1)^2); x*sqrt(x); sqrt(x)^2; sqrt(x)^3; sqrt(x)^4; sqrt(abs(x))
sqrt(abs(x))*x; sqrt(1 - x^2); (1 - x^2)^(3/2); sqrt(x^2 + x^4); sqrt(x^2 - 1); sqrt(1 - cos(x)); sqrt(x)*sin(x)
(x^2)^(1/2); (x^6)^(1/6); (x^4)^(1/4); (x^2)^(3/2); (x^3)^(1/3); (x^2)^(1/3); (x^2)^(1/4); (x^2)^(3/4)
cbrt(x); cbrt(x^2); cbrt(x^3); cbrt(x)^2; cbrt(x)^4; x*cbrt(x); cbrt(x - 1)*(x - 1); cbrt(x^3 - x); cbrt(x^5)
x^(1/3); x^(2/3); x^(4/3); x^(5/3); x^(3/2); x^(5/2); x^(-1/3); x^(-2/3); x^(1/2); x^0; x^(1/3)*x^(2/3); x^0.5
x^(3/5)
root(x, 3); root(x, 4); root(x^3, 3); root(x^4, 4); root(x, 3)*x; (x - 1)^(2/3)*x; x^(2/3)*(x - 1)^(1/3)
ln(x); ln(abs(x)); ln(x^2); ln(-x); ln(x^3); x*ln(x); ln(1 + abs(x)); ln(x)^2; log_2(x); x^2*ln(abs(x))
ln(abs(x - 1))
x^x; x^(sin(x)); abs(x)^x; (x^2)^x; x^(1/x); x^pi; 2^abs(x); (1/x)^(1/x); x^sqrt(2)
asin(x); acos(x); asin(x)*sqrt(1 - x^2); asin(x)^2; acos(x)^2; asin(2*x/(1 + x^2)); asin(sin(x)); acos(cos(x))
atan(1/x)
asec(x); acsc(x); acot(x); acot(1/x); asec(2*x); acsc(x^2); acosh(x); acosh(x)^2; atanh(x); acoth(x); asech(x)
acsch(x)
acosh(1 + x^2); asin(1 - x^2); acos(1 - x^2); asin(x^2); atan(abs(x)); tan(x)*cos(x); tan(x); sec(x); cot(x)
sin(x)/x
floor(x); ceil(x); x*floor(x); floor(x)^2; (x - 1)*floor(x); x - floor(x); mod(x, 2); mod(x, 2)*x; floor(x/2)
floor(x^2)
max(x, 0); max(x, -x); max(x, x^2); min(x, x^2); max(x^2, x^3); max(0, x)^2; min(x, x); max(1, 2, x); min(x, 1, x^2)
max(x^3, 0); relu(x); relu(x)^2; x*relu(x); relu(x - 1)*(x - 1); max(abs(x), 1); min(x^2, x^4)
piecewise(x^2, x < 0, x); piecewise(x^2, x < 0, x^3); piecewise(x^2, x < 1, 2*x - 1); piecewise(x^2, x < 1, 2*x)
piecewise(x^2, x <= 1, 2*x - 1); piecewise(1, x < 0, x + 1); piecewise(x, x < 1, x^2, x < 2, 4*x - 4)
piecewise(sin(x)/x, x != 0, 1); piecewise(1, x = 0, sin(x)/x); piecewise(x, x != 0, 1); piecewise(x, x = 1, x^2)
piecewise(x^2*sin(1/x), x != 0, 0); piecewise(x^2, x < 0, piecewise(x^3, x < 1, 3*x - 2))
piecewise(abs(x), x < 1, x^2)
piecewise(sqrt(x), x > 0, x); piecewise(sqrt(x), x > 0, -sqrt(-x)); piecewise(ln(x), x > 1, x - 1)
x + piecewise(x^2, x < 1, x)
piecewise(e^(-1/x), x > 0, 0); piecewise(e^(-1/x^2), x != 0, 0); piecewise(1 - cos(x), x < 0, x^2/2)
piecewise(x, x^2 < 1, x^3)
piecewise(-x, x < 0, x); piecewise(x^2, x < 0, -x^2); piecewise((x^2 - 1)/(x - 1), x != 1, 2); piecewise(x, x > 0)
sinc(x); sinc(x - 1)
gamma(x); factorial(x); digamma(x); erf(abs(x)); erf(x)/x; logistic(abs(x)); softplus(x); atan2(x, 1); atan2(1, x)
atan2(x, -1)
fract(x); x*fract(x); round(x); heaviside(x)*x; heaviside(x)*x^2; lambertw(x); erfc(abs(x)); sin(pi*x)^2*floor(x)
sign(floor(x) + 1/2); sign(piecewise(x, x < 0, 1)); piecewise(ln(x), x > -1, 0); piecewise(sqrt(x), x > -1, 0)
1/x; x/x; x^2/x; (x^2 - 1)/(x - 1); 1/(x^2 + 1); 1/abs(x); x/(1 + abs(x)); x^2/abs(x); e^(1/x); 1/floor(x + 1/2)
"""

POINTS = [Fraction(n, 2) for n in range(-6, 7)] + [Fraction(3, 8), Fraction(-11, 8), Fraction(10), Fraction(-9)]
STEPS = (Fraction(1, 2**100), Fraction(1, 2**140))
CLOSE = Decimal("1e-5")
BITS = 800
SOURCES = [part.strip() for line in FUNCTIONS.strip().splitlines() for part in line.split(";")]


def value(f: Expression, x: Fraction) -> Decimal | None:
    """The value to 90 digits and more, at numbers that are exact in binary; None where there is none."""
    try:
        found = ball(f, {"x": x}, BITS)
    except (Undefined, Unsure):
        return None
    if not (found.is_finite() and found.rad() < 2.0**-300):
        return None
    if abs(found) < arb(2) ** -2000:
        return Decimal(0)  # e^(-1/h^2) has more zeros behind the point than a decimal number can count
    with localcontext(prec=240):
        return Decimal(found.mid().str(220, radius=False))


def close(a: Decimal, b: Decimal) -> bool:
    return abs(a - b) <= CLOSE * max(Decimal(1), abs(a), abs(b))


def slope(f: Expression, x: Fraction, side: int) -> Decimal | str:
    """The slope from one side: a number, "none" where it has no limit, "outside" where there are no values."""
    here = value(f, x)
    assert here is not None
    found = []
    for h in STEPS:
        beside = value(f, x + side * h)
        if beside is None:
            return "outside"
        with localcontext(prec=240):
            found.append((beside - here) * side * int(h.denominator))
    return found[1] if close(*found) else "none"


def truth(f: Expression, x: Fraction) -> tuple[str, Decimal | None]:
    """("exists", the slope), ("none", None), or ("undefined", None) where the function has no value."""
    if value(f, x) is None:
        return "undefined", None
    left, right = (slope(f, x, side) for side in (-1, 1))
    sides = [s for s in (left, right) if s != "outside"]
    if not sides:
        return "undefined", None
    numbers = [s for s in sides if isinstance(s, Decimal)]
    if len(numbers) < len(sides) or not close(numbers[0], numbers[-1]):
        return "none", None
    return "exists", numbers[0]


def held(c: Condition, x: Fraction) -> bool:
    return any(holds(a, {"x": x}) is True for a in c.alternatives)  # type: ignore[arg-type]


def is_real_power(c: Condition) -> bool:
    return c.source == "domain" and type(c.part) is Power and rational_value(c.part.exponent) is None


def told(d: Derivation, x: Fraction) -> bool:
    """Whether a finding says that the derivative exists at this point."""
    return any(f.kind in ("smooth", "edge") and holds(f.place, {"x": x}) is True for f in d.findings)  # type: ignore[arg-type]


def test_there_are_many() -> None:
    assert len(SOURCES) >= 150
    assert len(set(SOURCES)) == len(SOURCES)


@pytest.mark.parametrize("source", SOURCES)
def test_conditions(source: str) -> None:
    f = derive.parse(source)
    d = derive.differentiate(f, "x")
    assert d.outcome == "done"
    assert not any(c.never for c in d.conditions)
    for x in POINTS:
        known, exact = truth(f, x)
        failing = [c for c in d.conditions if not held(c, x)]
        if any(is_real_power(c) for c in failing):
            continue  # by convention u^v has a positive base where v is no number, though (-1)^(1/3) has a value
        if not failing:
            assert known == "exists", f"x = {x}: nothing is asked for, and there is no derivative ({known})"
            assert exact is not None
            ours = value(d.result, x)
            assert ours is not None, f"x = {x}: the result has no value, the slope is {exact:.8f}"
            assert close(ours, exact), f"x = {x}: {ours:.8f}, not {exact:.8f}"
        elif known == "exists":
            said = told(d, x) or any(c.enough for c in failing)
            assert said, f"x = {x}: the slope is {exact:.8f}, and {failing[0]} is asked for"


@pytest.mark.parametrize("source", ["x*abs(x)", "sqrt(x^4)", "x^(4/3)", "piecewise(x^2, x < 1, 2*x - 1)", "abs(x)^3"])
def test_nothing_is_asked_for(source: str) -> None:
    assert not derive.differentiate(source, "x").conditions


def test_slopes_are_told() -> None:
    (found,) = derive.differentiate("piecewise(x^2, x < 1, x)", "x").findings
    assert (found.kind, str(found.place), str(found.left), str(found.right)) == ("corner", "x = 1", "2", "1")
    (found,) = derive.differentiate("piecewise(x^2, x < 1, 2*x)", "x").findings
    assert found.kind == "jump"
    (found,) = derive.differentiate("sqrt(abs(x))", "x").findings
    assert found.kind == "cusp"


def test_higher_orders() -> None:
    d = derive.differentiate("abs(x)^3", "x", "x", "x")
    (found,) = d.findings
    assert (found.kind, found.order, str(found.left), str(found.right)) == ("corner", 3, "-6", "6")
    assert [str(c) for c in d.conditions] == ["x != 0"]
    d = derive.differentiate("sinc(x)", "x", "x")
    assert str(derive.solve("d^2/dx^2 sinc(x) at x = 0").result) == "-1/3"
    assert not d.conditions


@pytest.mark.parametrize("source", ["abs(x - x)", "sqrt(x - x)", "acos(1 + x - x)", "(2*x + 1 - 2*x)^(1/3)"])
def test_what_always_has_one_value_has_the_slope_0(source: str) -> None:
    d = derive.differentiate(source, "x")
    assert (d.outcome.kind, str(d.result), d.conditions) == ("done", "0", ())


def test_nothing_is_told_of_points_outside_the_domain() -> None:
    d = derive.differentiate("ln(sin(x))", "x")  # where sin(x) = 0 there is no value
    assert [str(c) for c in d.conditions] == ["sin(x) > 0"]
    assert not d.findings


@pytest.mark.parametrize("source", ["asin(sin(x)^2 + cos(x)^2)", "sqrt(sin(x)^2 + cos(x)^2 - 1)"])
def test_nothing_divided_by_nothing_is_no_answer(source: str) -> None:
    assert derive.differentiate(source, "x").outcome.reason == "rules-never-hold"
