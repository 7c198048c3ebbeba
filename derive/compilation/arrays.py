"""The NumPy and JAX targets: an array a variable, element by element, nan or inf where there is no real value."""

from __future__ import annotations

from derive.compilation.program import Program
from derive.compilation.special import DIGAMMA, LAMBERTW, LAMBERTW_JAX, POLYGAMMA
from derive.compilation.writing import Dialect, write

_NAMES = {
    "sin": "sin", "cos": "cos", "tan": "tan", "asin": "arcsin", "acos": "arccos", "atan": "arctan", "sinh": "sinh",
    "cosh": "cosh", "tanh": "tanh", "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh", "exp": "exp",
    "ln": "log", "log1p": "log1p", "sqrt": "sqrt", "cbrt": "cbrt", "abs": "abs", "sign": "sign", "floor": "floor",
    "ceil": "ceil",
}  # fmt: skip
_HELPERS = {
    "sinc": """def sinc(u):
    w = np.where(u == 0, 1.0, u)
    return np.where(u == 0, 1.0, np.sin(w)/w)
""",
    "atan2": "def atan2(u, v):\n    return np.where((u == 0) & (v == 0), np.nan, np.arctan2(u, v))\n",
    "unit": "def unit(u):\n    return u/u\n",
    "root": """def root(u, p, r):
    size = np.power(np.abs(u), p/r)
    return np.where(u < 0, -size, size) if p % 2 else size
""",
    "power": "def power(u, v):\n    return np.where((u == 0) & (v == 0), np.nan, np.power(u, v))\n",
    "differ": "def differ(u, v):\n    return (u < v) | (u > v)\n",
    "defined": "def defined(u, v):\n    return (u == u) & (v == v)\n",
    "shaped": "def shaped(value, shape):\n    return np.array(np.broadcast_to(value, shape))[()]\n",
    "stacked": """def stacked(values, shape):
    return np.stack([np.broadcast_to(value, shape) for value in values])
""",
}
_PATTERNS = {f"call {name}": f"np.{theirs}({{0}})" for name, theirs in _NAMES.items()} | {
    "call sinc": "sinc({0})", "call mod": "np.mod({0}, {1})", "call atan2": "atan2({0}, {1})",
    "integer": "{0}**{data}", "unit": "unit({0})", "root": "root({0}, {data[0]}, {data[1]})",
    "positive": "np.power({0}, {data!r})", "power": "power({0}, {1})",
    "minimum": "np.minimum({0}, {1})", "maximum": "np.maximum({0}, {1})",
    "compare =": "({0} == {1})", "compare !=": "differ({0}, {1})", "compare <": "({0} < {1})",
    "compare <=": "({0} <= {1})", "compare >": "({0} > {1})", "compare >=": "({0} >= {1})",
    "defined": "defined({0}, {1})", "choose": "np.where({0}, {1}, {2})",
}  # fmt: skip

_ELEMENT = """def {name}_or_nan({parameters}):
    try:
        return {function}({parameters})
    except (ValueError, OverflowError):
        return math.nan


{name}_of = np.vectorize({name}_or_nan, otypes=[float])
"""
_ELEMENTWISE = {"erf": "math.erf", "erfc": "math.erfc", "gamma": "math.gamma", "digamma": "digamma",
                "lambertw": "lambertw"}  # fmt: skip
NUMPY = Dialect(
    _PATTERNS | {f"call {name}": f"{name}_of({{0}})" for name in _ELEMENTWISE} | {
        "polygamma": "polygamma_of({data}, {0})",
    },
    _HELPERS | {
        f"{name}_of": _ELEMENT.format(name=name, function=theirs, parameters="u")
        for name, theirs in _ELEMENTWISE.items()
    } | {
        "digamma": DIGAMMA, "lambertw": LAMBERTW, "polygamma": POLYGAMMA,
        "polygamma_of": _ELEMENT.format(name="polygamma", function="polygamma", parameters="n, u"),
    },
    "np.nan",
)  # fmt: skip
"""NumPy has no error function, no Γ and no W: those are computed element by element."""

JAX = Dialect(
    _PATTERNS | {
        "call erf": "special.erf({0})", "call erfc": "special.erfc({0})", "call lambertw": "lambertw({0})",
        "call gamma": "gamma({0})", "call digamma": "digamma({0})",
        "polygamma": "polygamma({data}, {0})",
    },
    _HELPERS | {
        "lambertw": LAMBERTW_JAX,
        "shaped": "def shaped(value, shape):\n    return np.broadcast_to(value, shape)\n",
        "pole": "def pole(u):\n    return (u <= 0) & (u == np.floor(u))\n",
        "gamma": "def gamma(u):\n    return np.where(pole(u), np.nan, special.gamma(u))\n",
        "digamma": "def digamma(u):\n    return np.where(pole(u), np.nan, special.digamma(u))\n",
        "polygamma": """def polygamma(n, u):
    return np.where(u <= 0, np.nan, special.polygamma(n, np.where(u <= 0, 1.0, u)))
""",
    },
    "np.nan",
)  # fmt: skip
"""JAX has them; its polygamma is for positive arguments alone."""

RESERVED = frozenset((*NUMPY.helpers, *JAX.helpers, "np", "math", "special", "float", "shape", "f", "t"))


def source(program: Program, names: list[str], shape: str, target: str) -> str:
    """The module of `target`, "numpy" or "jax"; `shape` as for Python."""
    dialect = NUMPY if target == "numpy" else JAX
    code = write(program, dialect, names)
    found = code.outputs
    result = f"shaped({found[0]}, shape)" if shape == "number" else f"stacked([{', '.join(found)}], shape)"
    if shape == "pair":
        result = f"shaped({found[0]}, shape), stacked([{', '.join(found[1:])}], shape)"
    helpers = [dialect.helpers[name] for name in ("shaped", "stacked") if f"{name}(" in result] + code.helpers
    kind = "float" if target == "numpy" else "np.result_type(float)"
    lines = [f"{name} = np.asarray({name}, {kind})" for name in names]
    lines.append(f"shape = np.broadcast_shapes({', '.join([f'{name}.shape' for name in names])})")
    lines += [*code.parts[0], f"return {result}"]
    if target == "numpy":
        lines = ['with np.errstate(all="ignore"):', *[f"    {line}" for line in lines]]
    body = "\n".join([f"def f({', '.join(names)}):", *[f"    {line}" for line in lines], ""])
    imports = "import math\n\nimport numpy as np\n"
    if target == "jax":
        imports = "import jax.numpy as np\nfrom jax.scipy import special\n"
    return "\n\n".join([imports, *helpers, body])
