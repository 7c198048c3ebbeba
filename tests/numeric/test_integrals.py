"""Integrals and sums in numbers: against mpmath, against closed forms, with their series, and where there is none."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest

import derive
from derive.errors import DomainError
from derive.notation import parse
from derive.numeric import ball, compare

mp = mpmath.mp.clone()
mp.dps = 40
VALUES = [
    ("int_0^1 t^2 dt", {}, lambda: mp.mpf(1) / 3),
    ("int_0^x sin(t) dt", {"x": 2}, lambda: 1 - mp.cos(2)),
    ("int_0^(x^2) sin(x*t) dt", {"x": Fraction(3, 2)}, lambda: mp.quad(lambda t: mp.sin(t * 1.5), [0, 2.25])),
    ("int_0^x e^(-t^2) dt", {"x": 1}, lambda: mp.sqrt(mp.pi) / 2 * mp.erf(1)),
    ("int_0^2 sqrt(t) dt", {}, lambda: mp.mpf(4) * mp.sqrt(2) / 3),
    ("int_0^1 sqrt(1 - t) dt", {}, lambda: mp.mpf(2) / 3),
    ("int_0^2 abs(t - 1) dt", {}, lambda: mp.mpf(1)),
    ("int_1^0 t dt", {}, lambda: -mp.mpf(1) / 2),
    ("int_0^(1/3) t dt", {}, lambda: mp.mpf(1) / 18),
    ("int_0^pi cos(sin(t)) dt", {}, lambda: mp.pi * mp.besselj(0, 1)),
    ("int_1^3 1/t dt", {}, lambda: mp.log(3)),
    ("int_0^1 int_0^t e^s ds dt", {}, lambda: mp.e - 2),
    ("int_0^x x dx", {"x": 3}, lambda: mp.mpf(9) / 2),
    ("sum_(k=1)^n x^k", {"x": 2, "n": 10}, lambda: mp.mpf(2046)),
    ("sum_(k=1)^10 1/k", {}, lambda: mp.harmonic(10)),
    ("sum_(k=3)^2 x^k", {"x": 2}, lambda: mp.mpf(0)),
    ("sum_(k=-1)^1 x^k", {"x": -2}, lambda: mp.mpf(-3) / 2),
    ("d/dx sum_(k=1)^5 x^k/k", {"x": -2}, lambda: mp.mpf(11)),
    (
        "d/dx int_0^(x^2) sin(x*t) dt", {"x": 1},
        lambda: mp.diff(lambda x: mp.quad(lambda t: mp.sin(x * t), [0, x * x]), 1),
    ),
    (
        "d^2/dx^2 int_x^(2x) e^(-x*t) dt", {"x": 1},
        lambda: mp.diff(lambda x: mp.quad(lambda t: mp.exp(-x * t), [x, 2 * x]), 1, 2),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "point", "expected"), VALUES, ids=[v[0] for v in VALUES])
def test_values(text: str, point: dict[str, int], expected) -> None:  # type: ignore[no-untyped-def]
    digits = 25 if "d^2" not in text else 15
    value = derive.evaluate(text, point, digits=digits)
    assert abs(mp.mpf(str(value)) - expected()) < mp.mpf(10) ** (2 - digits)


@pytest.mark.parametrize("text", ["int_0^1 sin(3*t) dt", "int_0^1 sqrt(t) dt", "int_0^1 abs(3*t - 1) dt"])
@pytest.mark.parametrize("bits", [64, 128, 256])
def test_enclosures_hold_at_every_precision(text: str, bits: int) -> None:
    """Balls of every precision overlap the sharpest one, and get narrow."""
    sharp, rough = ball(parse(text), {}, 320), ball(parse(text), {}, bits)
    assert rough.overlaps(sharp)
    assert rough.rad() < 2.0 ** (24 - bits)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("int_0^1 ln(t) dt", "without bound"),
        ("int_(-1)^1 1/t dt", "without bound"),
        ("int_0^40 sin(1600*t) dt", "changes too fast"),
        ("int_0^infinity e^(-t) dt", "without end"),
        ("integral(" * 300 + "t" + ", t, 0, t)" * 299 + ", t, 0, 1)", "more than 3 integrals"),
        ("int_0^1 int_0^1 sin(s*t) ds dt", "variable of both"),
        ("sum_(k=1)^(1/2) k", "not whole numbers"),
        ("sum_(k=1)^9999 k", "more than 2000 terms"),
        ("int_(-1)^1 sqrt(t) dt", "no real value"),
    ],
)
def test_no_value_is_said_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(DomainError, match=reason):
        derive.evaluate(text, {})


PAIRS = [
    ("d/dx int_0^(x^2) sin(x t) dt", "2x sin(x^3) + int_0^(x^2) t cos(x t) dt", "equal"),
    ("d/dx int_0^(x^2) sin(x t) dt", "2x sin(x^3)", "different"),
    ("d/dx int_0^(x^2) sin(x t) dt", "int_0^(x^2) t cos(x t) dt", "different"),
    ("d/dx int_a^(g(x)) f(t) dt", "f(g(x))*g'(x)", "equal"),
    ("d/dx int_a^x f(t) dt", "f(x) - f(a)", "different"),
    ("d/dx int_0^1 f(x t) dt", "int_0^1 t*f'(x t) dt", "equal"),
    ("d/dx int_x^1 f(x, t) dt", "int_x^1 D[1](f)(x, t) dt - f(x, x)", "equal"),
    ("d/dx int_0^x int_0^t f(s) ds dt", "int_0^x f(t) dt", "equal"),
    ("d/dx sum_(k=1)^n x^k", "sum_(k=1)^n k x^(k-1)", "equal"),
    ("d/dx sum_(k=m)^n f(k x)", "sum_(k=m)^n k f'(k x)", "equal"),
    ("d/dx sum_(k=1)^n x^k", "n x^(n-1)", "different"),
]


@pytest.mark.parametrize(("left", "right", "verdict"), PAIRS)
def test_the_judge_knows_no_rule_and_decides(left: str, right: str, verdict: str) -> None:
    assert compare(parse(left), parse(right)).verdict == verdict
