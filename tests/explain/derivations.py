"""Derivations of many kinds, for every test of the pages."""

from __future__ import annotations

from functools import cache

from derive.engine import derivation
from derive.notation import parse
from derive.strategy import RULES
from derive.trace import Derivation

PROBLEMS = (
    "d/dx(x^2*sin(3*x))",
    "d/dx(5)",
    "d/dx(x)",
    "d/dx(-x)",
    "d/dx(3*x^5 - 2*x^2 + 7*x - 4)",
    "d/dx(x*e^x*sin(x))",
    "d/dx(sqrt(x + sqrt(x + sqrt(x))))",
    "d/dx(atan(x)/(1 - 2*x)^(1/6))",
    "d/dx(x^x*tan(x))",
    "d/dx(f(g(x)) + f(x, x^2))",
    "d/dx(abs(x)*max(x, x^2))",
    "d/dx(piecewise(x^2, x < 0, x))",
    "d^3/dx^3(x^5 + ln(x))",
    "∂^2/∂x∂y(x^2*y^3*exp(x*y))",
    "d/dx(atanh(sqrt(x^2 + 2)))",
    "d/dx(x^2*polygamma(x, 2))",
    "d/d`speed`(`speed`^2*`e`)",
    "d/dx(0.5*x^2 + factorial(x))",
    "at(d/dx(x^2), x = 3)",
    "d/dx(log(x, x + 2)/x)",
)


@cache
def worked(problem: str) -> Derivation:
    """The derivation of a problem in canonical text."""
    return derivation("differentiate", parse(problem), RULES)
