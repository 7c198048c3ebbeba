"""The Python target: one number a variable, `math` underneath, an exception where there is no real value."""

from __future__ import annotations

from derive.compilation.program import Program
from derive.compilation.special import DIGAMMA, LAMBERTW, POLYGAMMA
from derive.compilation.writing import Dialect, write

_MATH = "sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh log1p sqrt cbrt erf erfc gamma"

_HELPERS = {
    name: f"""def {name}(u):
    try:
        return math.{name}(u)
    except OverflowError:
        return {value}
"""
    for name, value in (("exp", "math.inf"), ("cosh", "math.inf"), ("sinh", "math.copysign(math.inf, u)"))
} | {
    "sign": "def sign(u):\n    return (u > 0) - (u < 0) if u == u else u\n",
    "floor": "def floor(u):\n    return float(math.floor(u))\n",
    "ceil": "def ceil(u):\n    return float(math.ceil(u))\n",
    "sinc": "def sinc(u):\n    return math.sin(u)/u if u else 1.0\n",
    "atan2": """def atan2(u, v):
    if u == 0.0 and v == 0.0:
        raise ValueError("atan2 at the origin")
    return math.atan2(u, v)
""",
    "unit": "def unit(u):\n    return u/u\n",
    "root": """def root(u, p, r):
    size = math.pow(abs(u), p/r)
    return -size if u < 0 and p % 2 else size
""",
    "power": """def power(u, v):
    if u == 0.0 and v == 0.0:
        raise ValueError("0 to the power 0")
    return math.pow(u, v)
""",
    "divided": "def divided(u, v):\n    return u/v\n",
    "raised": "def raised(u, n):\n    return u**n\n",
    "remainder": "def remainder(u, v):\n    return u % v\n",
    "differ": "def differ(u, v):\n    return u < v or u > v\n",
    "defined": "def defined(u, v):\n    return u == u and v == v\n",
    "least": "def least(u, v):\n    return u if u < v or u != u else v\n",
    "greatest": "def greatest(u, v):\n    return u if u > v or u != u else v\n",
    "digamma": DIGAMMA,
    "lambertw": LAMBERTW,
    "polygamma": POLYGAMMA,
    "quiet": """def quiet(function):
    def value_or_nan(*values):
        try:
            return function(*values)
        except (ValueError, ZeroDivisionError, OverflowError):
            return math.nan

    return value_or_nan
""",
}  # fmt: skip
_PATTERNS = {f"call {name}": f"math.{name}({{0}})" for name in _MATH.split()} | {
    "call exp": "exp({0})", "call sinh": "sinh({0})", "call cosh": "cosh({0})", "call ln": "math.log({0})",
    "call abs": "abs({0})", "call sign": "sign({0})", "call floor": "floor({0})", "call ceil": "ceil({0})",
    "call sinc": "sinc({0})", "call digamma": "digamma({0})", "call lambertw": "lambertw({0})",
    "call mod": "remainder({0}, {1})", "call atan2": "atan2({0}, {1})", "polygamma": "polygamma({data}, {0})",
    "integer": "{0}**{data}", "unit": "unit({0})", "root": "root({0}, {data[0]}, {data[1]})",
    "positive": "math.pow({0}, {data!r})", "power": "power({0}, {1})",
    "minimum": "min({0}, {1})", "maximum": "max({0}, {1})",
    "compare =": "({0} == {1})", "compare !=": "differ({0}, {1})", "compare <": "({0} < {1})",
    "compare <=": "({0} <= {1})", "compare >": "({0} > {1})", "compare >=": "({0} >= {1})",
    "defined": "defined({0}, {1})", "choose": "({1} if {0} else {2})",
}  # fmt: skip

LOUD = Dialect(_PATTERNS, _HELPERS, "math.nan")
"""Where there is no value, `math` raises."""

_NAMES = {"call ln": "math.log", "call sqrt": "math.sqrt", "call mod": "remainder", "call atan2": "atan2",
          "call floor": "floor", "call ceil": "ceil", "call digamma": "digamma", "call sinc": "sinc",
          "call lambertw": "lambertw"} | {
    f"call {name}": f"math.{name}" for name in "sin cos tan asin acos acosh atanh log1p gamma".split()
}  # fmt: skip
_SAFE = {f"{key.split()[1]}_or_nan": function for key, function in _NAMES.items()}

QUIET = Dialect(
    _PATTERNS
    | {key: f"{key.split()[1]}_or_nan({{0}}{', {1}' if key in ('call mod', 'call atan2') else ''})" for key in _NAMES}
    | {
        "quotient": "divided_or_nan({0}, {1})", "integer": "raised_or_nan({0}, {data})",
        "unit": "divided_or_nan({0}, {0})", "root": "root_or_nan({0}, {data[0]}, {data[1]})",
        "positive": "power_or_nan({0}, {data!r})", "power": "power_or_nan({0}, {1})",
        "polygamma": "polygamma_or_nan({data}, {0})", "minimum": "least({0}, {1})", "maximum": "greatest({0}, {1})",
    },
    _HELPERS
    | {name: f"{name} = quiet({function})\n" for name, function in _SAFE.items()}
    | {
        f"{name}_or_nan": f"{name}_or_nan = quiet({name})\n"
        for name in ("divided", "raised", "root", "power", "polygamma")
    },
    "math.nan",
)  # fmt: skip
"""With pieces all of them are computed, and what has no value is nan: the piece that holds decides."""

RESERVED = frozenset((*QUIET.helpers, "math", "abs", "min", "max", "float", "enumerate", "f", "t"))


def source(program: Program, names: list[str], shape: str) -> str:
    """The module: helpers, then `f(names…)`, which returns what `shape` says: "number", "list" or "pair"."""
    pieces = any(i.operation == "choose" for i in program.instructions)
    code = write(program, QUIET if pieces else LOUD, names)
    lines = [f"    {line}" for line in code.parts[0]]
    found = code.outputs
    result = found[0] if shape == "number" else f"[{', '.join(found)}]"
    if shape == "pair":
        result = f"{found[0]}, [{', '.join(found[1:])}]"
    body = "\n".join([f"def f({', '.join(names)}):", *lines, f"    return {result}", ""])
    return "\n\n".join(["import math\n", *code.helpers, body])
