"""The elementary functions, one row each: parser, rules, printers and evaluator all read this table.

All mathematics in a row is text in the variables u (first argument) and v (second).
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Function:
    """One function.

    derivatives  ∂/∂u and ∂/∂v as math text; None where there is no formula (a rule of its own may exist)
    domain       where it has a real value; smooth: where the derivatives above hold, beyond the domain
    latex        the command or operator it prints as; "" where the printer has a notation of its own (√, |u|, u!, …)
    mathjson     its head in MathJSON
    aliases      other names it is read by: plain names, and LaTeX commands without the backslash
    numeric      the ball-arithmetic method of that name; definition: what it equals, for series and where no method is
    range        closed bounds of its values, as math text, None for unbounded
    odd, even    f(-u) = -f(u), f(-u) = f(u)
    arity        the numbers of arguments it takes
    """

    name: str
    derivatives: tuple[str | None, ...]
    domain: tuple[str, ...] = ()
    smooth: tuple[str, ...] = ()
    latex: str = ""
    mathjson: str = ""
    aliases: tuple[str, ...] = ()
    numeric: str = ""
    definition: str = ""
    range: tuple[str | None, str | None] = (None, None)
    odd: bool = False
    even: bool = False
    arity: tuple[int, ...] = (1,)


F = Function
_ROWS = (
    # trigonometric
    F("sin", ("cos(u)",), latex=r"\sin", mathjson="Sin", numeric="sin", range=("-1", "1"), odd=True),
    F("cos", ("-sin(u)",), latex=r"\cos", mathjson="Cos", numeric="cos", range=("-1", "1"), even=True),
    F("tan", ("sec(u)^2",), ("cos(u) != 0",), latex=r"\tan", mathjson="Tan", aliases=("tg",), numeric="tan", odd=True,
      definition="sin(u)/cos(u)"),
    F("cot", ("-csc(u)^2",), ("sin(u) != 0",), latex=r"\cot", mathjson="Cot", aliases=("ctg", "cotan"), numeric="cot",
      odd=True, definition="cos(u)/sin(u)"),
    F("sec", ("sec(u)*tan(u)",), ("cos(u) != 0",), latex=r"\sec", mathjson="Sec", numeric="sec", even=True,
      definition="1/cos(u)"),
    F("csc", ("-csc(u)*cot(u)",), ("sin(u) != 0",), latex=r"\csc", mathjson="Csc", aliases=("cosec",), numeric="csc",
      odd=True, definition="1/sin(u)"),
    # inverse trigonometric
    F("asin", ("1/sqrt(1 - u^2)",), ("u >= -1", "u <= 1"), ("u > -1", "u < 1"), latex=r"\arcsin", mathjson="Arcsin",
      aliases=("arcsin",), numeric="asin", range=("-pi/2", "pi/2"), odd=True),
    F("acos", ("-1/sqrt(1 - u^2)",), ("u >= -1", "u <= 1"), ("u > -1", "u < 1"), latex=r"\arccos", mathjson="Arccos",
      aliases=("arccos",), numeric="acos", range=("0", "pi")),
    F("atan", ("1/(1 + u^2)",), latex=r"\arctan", mathjson="Arctan", aliases=("arctan", "arctg", "atg"),
      numeric="atan", range=("-pi/2", "pi/2"), odd=True),
    F("acot", ("-1/(1 + u^2)",), latex=r"\operatorname{arccot}", mathjson="Arccot", aliases=("arccot", "arcctg"),
      definition="pi/2 - atan(u)", range=("0", "pi")),
    F("asec", ("1/(abs(u)*sqrt(u^2 - 1))",), ("abs(u) >= 1",), ("abs(u) > 1",), latex=r"\operatorname{arcsec}",
      mathjson="Arcsec", aliases=("arcsec",), definition="acos(1/u)", range=("0", "pi")),
    F("acsc", ("-1/(abs(u)*sqrt(u^2 - 1))",), ("abs(u) >= 1",), ("abs(u) > 1",), latex=r"\operatorname{arccsc}",
      mathjson="Arccsc", aliases=("arccsc", "acosec", "arccosec"), definition="asin(1/u)", range=("-pi/2", "pi/2"),
      odd=True),
    # hyperbolic
    F("sinh", ("cosh(u)",), latex=r"\sinh", mathjson="Sinh", aliases=("sh",), numeric="sinh", odd=True,
      definition="(e^u - e^(-u))/2"),
    F("cosh", ("sinh(u)",), latex=r"\cosh", mathjson="Cosh", aliases=("ch",), numeric="cosh", range=("1", None),
      even=True, definition="(e^u + e^(-u))/2"),
    F("tanh", ("sech(u)^2",), latex=r"\tanh", mathjson="Tanh", aliases=("th",), numeric="tanh", range=("-1", "1"),
      odd=True, definition="1 - 2/(e^(2*u) + 1)"),
    F("coth", ("-csch(u)^2",), ("u != 0",), latex=r"\coth", mathjson="Coth", numeric="coth", odd=True,
      definition="1 + 2/(e^(2*u) - 1)"),
    F("sech", ("-sech(u)*tanh(u)",), latex=r"\operatorname{sech}", mathjson="Sech", numeric="sech", range=("0", "1"),
      even=True, definition="2/(e^u + e^(-u))"),
    F("csch", ("-csch(u)*coth(u)",), ("u != 0",), latex=r"\operatorname{csch}", mathjson="Csch", aliases=("cosech",),
      numeric="csch", odd=True, definition="2/(e^u - e^(-u))"),
    # inverse hyperbolic
    F("asinh", ("1/sqrt(u^2 + 1)",), latex=r"\operatorname{arsinh}", mathjson="Arsinh",
      aliases=("arsinh", "arcsinh", "argsinh"), numeric="asinh", odd=True, definition="ln(u + sqrt(u^2 + 1))"),
    F("acosh", ("1/sqrt(u^2 - 1)",), ("u >= 1",), ("u > 1",), latex=r"\operatorname{arcosh}", mathjson="Arcosh",
      aliases=("arcosh", "arccosh", "argcosh"), numeric="acosh", range=("0", None),
      definition="ln(u + sqrt(u^2 - 1))"),
    F("atanh", ("1/(1 - u^2)",), ("u > -1", "u < 1"), latex=r"\operatorname{artanh}", mathjson="Artanh",
      aliases=("artanh", "arctanh", "argtanh"), numeric="atanh", odd=True, definition="ln((1 + u)/(1 - u))/2"),
    F("acoth", ("1/(1 - u^2)",), ("abs(u) > 1",), latex=r"\operatorname{arcoth}", mathjson="Arcoth",
      aliases=("arcoth", "arccoth", "argcoth"), odd=True, definition="ln((u + 1)/(u - 1))/2"),
    F("asech", ("-1/(u*sqrt(1 - u^2))",), ("u > 0", "u <= 1"), ("u < 1",), latex=r"\operatorname{arsech}",
      mathjson="Arsech", aliases=("arsech", "arcsech"), range=("0", None), definition="ln((1 + sqrt(1 - u^2))/u)"),
    F("acsch", ("-1/(abs(u)*sqrt(u^2 + 1))",), ("u != 0",), latex=r"\operatorname{arcsch}", mathjson="Arcsch",
      aliases=("arcsch", "arccsch"), odd=True, definition="ln(1/u + sqrt(1/u^2 + 1))"),
    # exponential, logarithms, roots
    F("exp", ("exp(u)",), latex=r"\exp", mathjson="Exp", numeric="exp", range=("0", None)),
    F("ln", ("1/u",), ("u > 0",), latex=r"\ln", mathjson="Ln", aliases=("log",), numeric="log"),
    F("log", ("1/(u*ln(v))", "-ln(u)/(v*ln(v)^2)"), ("u > 0", "v > 0", "v != 1"), mathjson="Log",
      definition="ln(u)/ln(v)", arity=(2,)),
    F("sqrt", ("1/(2*sqrt(u))",), ("u >= 0",), ("u > 0",), mathjson="Sqrt", numeric="sqrt", range=("0", None)),
    F("cbrt", ("1/(3*cbrt(u)^2)",), smooth=("u != 0",), mathjson="Cbrt", odd=True, definition="sign(u)*abs(u)^(1/3)"),
    F("root", (None, None), mathjson="Root", arity=(2,)),  # root(u, n): domain and derivative follow the index n
    # pieces
    F("abs", ("u/abs(u)",), smooth=("u != 0",), mathjson="Abs", range=("0", None), even=True),
    F("sign", ("0",), smooth=("u != 0",), latex=r"\operatorname{sgn}", mathjson="Sign", aliases=("sgn", "signum"),
      range=("-1", "1"), odd=True),
    F("floor", ("0",), smooth=("u != floor(u)",), mathjson="Floor"),
    F("ceil", ("0",), smooth=("u != ceil(u)",), mathjson="Ceil", aliases=("ceiling",)),
    F("mod", ("1", "-floor(u/v)"), ("v != 0",), ("u/v != floor(u/v)",), latex=r"\bmod", mathjson="Mod",
      definition="u - v*floor(u/v)", arity=(2,)),
    F("fract", ("1",), smooth=("u != floor(u)",), latex=r"\operatorname{fract}", mathjson="Fract",
      definition="u - floor(u)", range=("0", "1")),
    F("round", ("0",), smooth=("u + 1/2 != floor(u + 1/2)",), latex=r"\operatorname{round}", mathjson="Round",
      definition="floor(u + 1/2)"),
    F("heaviside", ("0",), smooth=("u != 0",), latex=r"\operatorname{H}", mathjson="Heaviside",
      aliases=("Heaviside",), definition="(1 + sign(u))/2", range=("0", "1")),
    F("min", (None, None), latex=r"\min", mathjson="Min", arity=(2, 3, 4, 5, 6)),
    F("max", (None, None), latex=r"\max", mathjson="Max", arity=(2, 3, 4, 5, 6)),
    F("relu", ("piecewise(0, u < 0, 1, u > 0)",), smooth=("u != 0",), latex=r"\operatorname{relu}", mathjson="ReLU",
      definition="(u + abs(u))/2", range=("0", None)),
    # special
    F("erf", ("2/sqrt(pi)*e^(-u^2)",), latex=r"\operatorname{erf}", mathjson="Erf", numeric="erf", range=("-1", "1"),
      odd=True),
    F("erfc", ("-2/sqrt(pi)*e^(-u^2)",), latex=r"\operatorname{erfc}", mathjson="Erfc", numeric="erfc",
      definition="1 - erf(u)", range=("0", "2")),
    F("lambertw", ("e^(-lambertw(u))/(1 + lambertw(u))",), ("u >= -e^(-1)",), ("u > -e^(-1)",),
      latex=r"\operatorname{W}", mathjson="LambertW", aliases=("LambertW", "lambertW"), numeric="lambertw",
      range=("-1", None)),
    F("gamma", ("gamma(u)*digamma(u)",), ("u > 0 or u != floor(u)",), latex=r"\Gamma", mathjson="Gamma",
      aliases=("Gamma",), numeric="gamma"),
    F("digamma", ("polygamma(1, u)",), ("u > 0 or u != floor(u)",), latex=r"\psi", mathjson="Digamma",
      numeric="digamma"),
    F("polygamma", (None, "polygamma(u + 1, v)"), ("v > 0 or v != floor(v)",), mathjson="PolyGamma", arity=(2,)),
    F("factorial", ("gamma(u + 1)*digamma(u + 1)",), ("u > -1 or u != floor(u)",), mathjson="Factorial",
      definition="gamma(u + 1)"),
    F("sinc", ("piecewise((u*cos(u) - sin(u))/u^2, u != 0, 0)",), latex=r"\operatorname{sinc}", mathjson="Sinc",
      numeric="sinc", definition="sin(u)/u", range=("-1", "1"), even=True),
    F("logistic", ("logistic(u)*(1 - logistic(u))",), latex=r"\operatorname{logistic}", mathjson="Logistic",
      aliases=("sigmoid",), definition="1/(1 + e^(-u))", range=("0", "1")),
    F("softplus", ("logistic(u)",), latex=r"\operatorname{softplus}", mathjson="Softplus",
      definition="ln(1 + e^u)", range=("0", None)),
    F("atan2", ("v/(u^2 + v^2)", "-u/(u^2 + v^2)"), ("u^2 + v^2 != 0",), ("v > 0 or u != 0",),
      latex=r"\operatorname{atan2}", mathjson="Arctan2", aliases=("arctan2",), arity=(2,), range=("-pi", "pi")),
)  # fmt: skip

FUNCTIONS: MappingProxyType[str, Function] = MappingProxyType({row.name: row for row in _ROWS})
"""Every known function by its name."""

ALIASES: MappingProxyType[str, str] = MappingProxyType(
    {name: row.name for row in _ROWS for name in (row.name, *row.aliases) if name != "log" or row.name == "ln"}
    | {"log": "ln"}
)
"""Every name a function is read by → its name; `log` alone is natural, `log` with a base is the row `log`."""

INVERSES: MappingProxyType[str, str] = MappingProxyType(
    {f: f"a{f}" for f in "sin cos tan cot sec csc sinh cosh tanh coth sech csch".split()}
    | {f"a{f}": f for f in "sin cos tan cot sec csc sinh cosh tanh coth sech csch".split()}
    | {"exp": "ln", "ln": "exp"}
)
"""What f^-1 means: `sin^-1` is asin."""

ABSTRACT = frozenset("f g h F G H phi psi".split())
"""Names that are read as abstract functions when a bracket follows them directly."""
