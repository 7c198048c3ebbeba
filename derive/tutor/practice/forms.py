"""What exercises look like: for each topic five levels of forms, as a teacher would put them on a page.

{a} {b} {c}  numbers from 2 to 9, no two alike; {d} a number from 1 to 9; ± a plus or a minus
{n} {m}      exponents, from 2, growing with the level, no two alike; {k}: a numerator that is prime to {m}
{f}          sin or cos; {h}: sinh or cosh; {p}: a base, 2, 3, 5, 7 or 10; {s}: a square, 4, 9 or 16
"""

from __future__ import annotations

from typing import TypeAlias

Levels: TypeAlias = tuple[tuple[str, ...], ...]

OF_ONE_VARIABLE: dict[str, Levels] = {
    "power-rule": (
        ("x^{n}", "{a}*x^{n}"),
        ("{a}*x^{n}", "-{a}*x^{n}", "x^{n}/{a}", "x^(-{n})"),
        ("1/x^{n}", "{a}/x^{n}", "{a}*x^(-{n})", "x^({k}/{m})"),
        ("{a}*x^{n} ± {b}/x^{m}", "{a}*x^({k}/{m}) ± {b}*x", "{a}/x^{n} ± {b}*x"),
        ("x^{n}*sqrt(x)", "({a}*x^{n} ± {b})/x^{m}", "{a}*x^({k}/{m}) ± {b}/x^{n} ± {c}*x"),
    ),
    "sum-rule": (
        ("x^{n} ± {d}", "x^{n} ± {a}*x", "{a}*x ± {d}"),
        ("{a}*x^{n} ± {b}*x ± {d}", "x^{n} ± {a}*x^{m}"),
        ("{a}*x^{n} ± {b}*{f}(x)", "{a}*x^{n} ± {b}*x^{m} ± {d}", "{a}*e^x ± x^{n}"),
        ("{a}*x^{n} ± {b}*e^x ± {f}(x)", "{a}*sqrt(x) ± {b}*ln(x) ± {c}*x"),
        ("{a}*{f}(x) ± x^{n}/{b} ± {c}*ln(x) ± {d}", "x^{n} ± {a}/x ± {b}*sqrt(x) ± {c}*e^x"),
    ),
    "product-rule": (
        ("x*{f}(x)", "x*e^x", "{a}*x*{f}(x)", "x^{n}*e^x"),
        ("x^{n}*{f}(x)", "x^{n}*ln(x)", "{a}*x^{n}*e^x", "({a}*x ± {d})*e^x"),
        ("({a}*x ± {d})*{f}(x)", "(x^{n} ± {d})*e^x", "e^x*{f}(x)", "(x^{n} ± {a}*x)*ln(x)"),
        ("x^{n}*{f}({a}*x)", "x^{n}*e^({a}*x)", "({a}*x ± {d})*{f}({b}*x)"),
        ("(x^{n} ± {d})*{f}({a}*x)", "{f}({a}*x)*e^(x^{n})", "x^{n}*e^({a}*x)*{f}(x)", "x*ln(x)*{f}({a}*x)"),
    ),
    "quotient-rule": (
        ("x/(x ± {d})", "e^x/x", "{f}(x)/x", "{a}/(x ± {d})"),
        ("x^{n}/(x ± {d})", "{f}(x)/x^{n}", "({a}*x ± {d})/(x ± {b})", "ln(x)/x"),
        ("x^2/({a}*x ± {d})", "e^x/(x^{n} + {d})", "{f}(x)/(x ± {d})", "({a}*x ± {d})/(x^2 + {b})"),
        ("e^({a}*x)/(x ± {d})", "{f}({a}*x)/x^{n}", "ln(x)/(x^{n} + {d})", "{f}({a}*x)/(x ± {d})"),
        ("x*{f}(x)/(x ± {d})", "(e^x ± {a})/(e^x + {b})", "x^{n}/sqrt(x^2 + {d})", "x*e^({a}*x)/(x ± {d})"),
    ),
    "chain-rule": (
        ("({a}*x ± {d})^{n}", "{f}({a}*x)", "e^({a}*x)"),
        ("(x^2 ± {d})^{n}", "{f}(x^{n})", "e^(x^{n})", "ln({a}*x ± {d})", "sqrt({a}*x ± {d})"),
        ("{f}(x)^{n}", "sqrt(x^{n} + {d})", "e^({a}*x^{n} ± {d})", "{f}({a}*x^{n} ± {d})", "ln(x^2 + {d})"),
        ("{f}({a}*x)^{n}", "x^{n}*{f}({a}*x ± {d})", "e^({f}({a}*x))", "({a}*x^{n} ± {b}*x)^{m}"),
        ("{f}(sqrt(x^2 + {d}))", "sqrt({a} + {f}({b}*x)^2)", "x*e^({f}({a}*x))", "{f}(e^({a}*x))^{n}"),
    ),
    "trigonometric": (
        ("{a}*sin(x)", "{a}*cos(x)", "{a}*tan(x)", "sin(x) ± cos(x)"),
        ("{a}*sin(x) ± {b}*cos(x)", "{a}*tan(x) ± {b}*x", "{f}({a}*x)", "{a}*sec(x)"),
        ("x*{f}({a}*x)", "x*tan(x)", "{f}(x)/x", "x^{n}*{f}(x)", "{f}({a}*x ± {d})"),
        ("sin({a}*x)*cos({b}*x)", "{f}({a}*x)^2", "x^{n}*tan(x)", "x*sec({a}*x)"),
        ("sin(x)/({a} + cos(x))", "{f}({a}*x)^{n}*tan(x)", "x*tan({a}*x^2)", "x^{n}*{f}({a}*x)^2"),
    ),
    "exponential": (
        ("{a}*e^x", "{p}^x", "e^x ± {d}"),
        ("{a}*{p}^x", "e^x ± x^{n}", "{p}^x ± {a}*x", "{a}*e^x ± {b}*x"),
        ("x*{p}^x", "x^{n}*e^x", "e^({a}*x)", "{p}^x ± {a}*e^x", "e^x/x"),
        ("{p}^({a}*x)", "e^(x^2 ± {a}*x)", "x^{n}*e^(-{a}*x)", "x*e^({a}*x)"),
        ("e^({a}*x)*{f}({b}*x)", "{a}/(1 + e^(-{b}*x))", "x*{p}^(x^2)", "(e^x ± {a})/(e^x + {b})"),
    ),
    "logarithm": (
        ("{a}*ln(x)", "ln(x) ± {a}*x", "ln({a}*x)"),
        ("x*ln(x)", "ln({a}*x ± {d})", "{a}*ln(x) ± x^{n}", "log_{p}(x)"),
        ("ln(x^2 + {d})", "ln(x)/x^{n}", "x^{n}*ln(x)", "ln(x)^{n}", "x*log_{p}(x)"),
        ("x*ln({a}*x ± {d})", "x^{n}*ln(x)^2", "ln({a}*x ± {d})/x", "ln({f}(x))"),
        ("x*ln(x^2 + {d})", "ln(x)/({a} + ln(x))", "ln({a} + {f}({b}*x))", "x^{n}*ln(ln(x))"),
    ),
    "inverse-trigonometric": (
        ("{a}*atan(x)", "{a}*asin(x)", "atan(x) ± {a}*x"),
        ("atan({a}*x)", "asin(x/{a})", "x*atan(x)", "{a}*asin(x) ± {b}*x"),
        ("x*asin(x)", "atan(x^2)", "x^{n}*atan(x)", "atan({a}*x ± {d})", "asin({a}*x)"),
        ("x*asin({a}*x)", "atan(sqrt(x))", "atan(x)/x^{n}", "x*atan(x/{a})", "asin(x)^2"),
        ("x*atan({a}*x^2)", "atan(e^({a}*x))", "asin(x)*sqrt(1 - x^2)", "atan({a}*x)/(x^2 + {d})"),
    ),
    "root": (
        ("{a}*sqrt(x)", "sqrt(x) ± {a}*x", "{a}*cbrt(x)"),
        ("sqrt({a}*x ± {d})", "{a}*sqrt(x) ± x^{n}", "sqrt(x^2 + {d})", "{a}*cbrt(x) ± {b}*x"),
        ("x*sqrt({a}*x ± {d})", "sqrt(x)*{f}(x)", "cbrt({a}*x ± {d})", "sqrt({a}*x^{n} + {d})"),
        ("x/sqrt(x^2 + {d})", "sqrt({a} + {f}(x))", "{f}(sqrt({a}*x ± {d}))", "x^{n}*sqrt({a}*x ± {d})"),
        ("x^{n}*sqrt({s} - x^2)", "sqrt(x)/(x^2 + {d})", "sqrt(x + sqrt({a}*x))", "x*sqrt({a} + {f}({b}*x))"),
    ),
    "hyperbolic": (
        ("{a}*sinh(x)", "{a}*cosh(x)", "{a}*{h}(x) ± x"),
        ("x*{h}(x)", "{a}*sinh(x) ± {b}*cosh(x)", "{h}({a}*x)", "{a}*tanh(x)"),
        ("x^{n}*{h}(x)", "{h}(x)^{n}", "{h}(x^{n} ± {d})", "x*tanh(x)"),
        ("x^{n}*{h}({a}*x)", "e^x*{h}({a}*x)", "{h}({a}*x)^2", "tanh({a}*x)/x"),
        ("sinh({a}*x)*cosh({b}*x)", "x*ln(cosh({a}*x))", "x^{n}*{h}({a}*x^2)", "{h}({a}*x)/({b} + cosh(x))"),
    ),
    "general-power": (
        ("x^x", "x^({a}*x)", "({a}*x)^x"),
        ("{a}*x^x", "x^(x + {d})", "x^({a}*x) ± {b}*x", "x^(x^{n})"),
        ("x^({f}(x))", "x*x^({f}(x))", "({a}*x ± {d})^x", "(x^2 + {d})^x"),
        ("(x^2 + {d})^({a}*x)", "x^({f}({a}*x))", "(ln(x))^x", "({a} + {f}(x))^x"),
        ("(x^2 + {d})^({f}(x))", "({a} + {f}(x))^(x^2)", "({a}*x + {d})^({f}(x))", "x^(x*{f}({a}*x))"),
    ),
}  # fmt: skip
"""Functions of x, to be differentiated by x."""

OF_HIGHER_ORDER: Levels = (
    ("x^{n}", "{a}*x^{n} ± {b}*x"),
    ("{f}({a}*x)", "e^({a}*x)", "{a}*x^{n} ± {b}*x^{m}", "({a}*x ± {d})^{n}"),
    ("x*{f}(x)", "x*e^x", "x^{n}*ln(x)", "ln({a}*x ± {d})", "x*ln(x)"),
    ("x^{n}*{f}(x)", "x*e^({a}*x)", "x*{f}({a}*x)", "e^(x^2)"),
    ("x^{n}*e^({a}*x)", "x^{n}*{f}({a}*x)", "e^({a}*x)*{f}(x)", "x^{n}*ln(x)^2"),
)
"""Functions of x, to be differentiated twice, at the last two levels three times."""

FIELDS: Levels = (
    ("x^{n}*y", "x^{n} ± y^{m}", "{a}*x*y", "{a}*x*y ± {b}*y", "x*y^{n}"),
    ("x^{n}*y^{m}", "x^{n}*y ± {a}*x*y", "{a}*x^{n} ± {b}*x*y ± y^{m}", "x*y^{n} ± {a}*x^{m}"),
    ("{f}({a}*x ± {b}*y)", "e^({a}*x)*y^{n}", "x*e^y ± {a}*y", "y^{n}*ln(x)", "x^{n}*{f}(y)"),
    ("{f}(x*y)", "x^{n}*e^({a}*y)*y", "ln(x^2 + {a}*y)", "x*y^{n} ± e^(x*y)", "x/(x + {a}*y)"),
    ("x*{f}(x*y)", "sqrt(x^2 + {a}*y^2)", "x*y/(x + {a}*y)", "x*e^(x*y)", "y*ln(x^2 + {a}*y)"),
)
"""Functions of x and y."""

MAPS: Levels = (
    ("[x*y, {a}*x ± {b}*y]", "[x^{n}, {a}*x*y]", "[x + {a}*y, x*y]", "[x^{n} ± y, {a}*x]"),
    ("[x^{n}*y, {a}*x ± y^{m}]", "[x^{n} ± y^{m}, {a}*x*y]", "[{a}*x*y, x^{n} ± {b}*y]"),
    ("[x*cos(y), {a}*x*sin(y)]", "[e^({a}*x)*y, x ± y^{n}]", "[x*e^y, {a}*x*y]", "[x^{n}*{f}(y), {a}*x ± y]"),
    ("[e^x*cos({a}*y), e^x*sin({a}*y)]", "[{f}(x*y), x^{n} ± {a}*y]", "[x*y^{n}, e^({a}*x ± y)]"),
    ("[{f}(x*y), e^(x*y)]", "[x*e^({a}*y), ln(x^2 + {b}*y)]", "[x*{f}({a}*y), x/(x + y)]", "[x^{n}*y, x*e^(x*y)]"),
)
"""Maps from the plane to the plane."""

CURVES: Levels = (
    ("{a}*x^2 + {b}*y^2 = {d}", "x^2 + y^2 = {s}", "{a}*x ± y^2 = {d}", "x^2 ± y^{n} = {d}"),
    ("x^{n} ± y^{m} = {d}", "x^2 ± {a}*x*y + y^2 = {d}", "x*y ± {a}*x = {d}", "{a}*x*y ± y^2 = {d}"),
    ("x^{n} ± {a}*x*y ± y^{m} = {d}", "x^2*y ± {a}*y = {d}", "x*y^{n} ± {a}*x = {d}", "x ± {f}(y) = {d}*y"),
    ("x*e^y ± {a}*y = {d}", "{f}(y) ± {a}*x*y = {d}", "x^{n}*y^{m} ± {a}*x = {d}", "x^2*y^{n} ± {a}*x*y = {d}"),
    ("e^(x*y) ± {a}*y = {d}", "{f}(x*y) = {a}*x ± y", "x*ln(y) ± {a}*y = {d}", "x*e^(y) ± {a}*y^{n} = {d}*x"),
)
"""Equations in x and y, for dy/dx."""

TANGENTS: Levels = (
    ("x^2 at x = {d}", "x^2 ± {a} at x = {d}", "{a}*x^2 at x = {d}"),
    ("x^2 ± {a}*x at x = {d}", "{a}*x^2 ± {b}*x ± {c} at x = {d}", "x^3 at x = {d}"),
    ("{a}/x at x = {d}", "x^3 ± {a}*x at x = {d}", "sqrt(x) at x = {s}", "e^x ± {a}*x at x = 0"),
    ("e^({a}*x) at x = 0", "{a}*ln(x) at x = 1", "sin({a}*x) ± {b} at x = 0", "x^2 ± {a}*sqrt(x) at x = {s}"),
    ("x*e^({a}*x) at x = 0", "x^{n}*ln(x) at x = 1", "x/(x + {a}) at x = {d}", "{a}*x*cos(x) at x = 0"),
)
"""Functions with a point, for the tangent there."""
