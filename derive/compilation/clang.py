"""The C target: a C99 function on arrays of doubles, nan or inf where there is no real value."""

from __future__ import annotations

from derive.compilation.program import Program
from derive.compilation.special import DIGAMMA_C, LAMBERTW_C, POLYGAMMA_C
from derive.compilation.writing import Dialect, write

PART = 400
"""Lines a function: the time of C compilers grows faster than the length of a function (10,000 lines: gcc 6 s)."""

_SAME = "sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh exp log1p sqrt cbrt erf erfc floor ceil"
_HELPERS = {
    "sign": "static double sign(double u) { return u != u ? u : (u > 0.0) - (u < 0.0); }\n",
    "sinc": "static double sinc(double u) { return u == 0.0 ? 1.0 : sin(u)/u; }\n",
    "angle": "static double angle(double u, double v) { return u == 0.0 && v == 0.0 ? NAN : atan2(u, v); }\n",
    "unit": "static double unit(double u) { return u/u; }\n",
    "root": """static double root(double u, double p, double r) {
    double size = pow(fabs(u), p/r);
    return u < 0.0 && fmod(p, 2.0) != 0.0 ? -size : size;
}
""",
    "power": "static double power(double u, double v) { return u == 0.0 && v == 0.0 ? NAN : pow(u, v); }\n",
    "mod": """static double mod(double u, double v) {
    double r = fmod(u, v);
    return r != 0.0 && (r < 0.0) != (v < 0.0) ? r + v : r;
}
""",
    "least": "static double least(double u, double v) { return u < v || u != u ? u : v; }\n",
    "greatest": "static double greatest(double u, double v) { return u > v || u != u ? u : v; }\n",
    "differ": "static int differ(double u, double v) { return u < v || u > v; }\n",
    "defined_both": "static int defined_both(double u, double v) { return u == u && v == v; }\n",
    "gamma_": "static double gamma_(double u) { return u <= 0.0 && u == floor(u) ? NAN : tgamma(u); }\n",
    "PI": "static const double PI = 3.141592653589793;\n",
    "EULER": "static const double EULER = 2.718281828459045;\n",
    "digamma": DIGAMMA_C,
    "lambertw": LAMBERTW_C,
    "polygamma": POLYGAMMA_C,
}
_PATTERNS = {f"call {name}": f"{name}({{0}})" for name in _SAME.split()} | {
    "call ln": "log({0})", "call abs": "fabs({0})", "call sign": "sign({0})", "call sinc": "sinc({0})",
    "call digamma": "digamma({0})", "call lambertw": "lambertw({0})", "call gamma": "gamma_({0})",
    "call mod": "mod({0}, {1})", "call atan2": "angle({0}, {1})", "polygamma": "polygamma({data}, {0})",
    "integer": "pow({0}, {data}.0)", "unit": "unit({0})", "root": "root({0}, {data[0]}.0, {data[1]}.0)",
    "positive": "pow({0}, {data!r})", "power": "power({0}, {1})",
    "minimum": "least({0}, {1})", "maximum": "greatest({0}, {1})",
    "compare =": "({0} == {1})", "compare !=": "differ({0}, {1})", "compare <": "({0} < {1})",
    "compare <=": "({0} <= {1})", "compare >": "({0} > {1})", "compare >=": "({0} >= {1})",
    "defined": "defined_both({0}, {1})", "choose": "({0} ? {1} : {2})",
}  # fmt: skip
C = Dialect(_PATTERNS, _HELPERS, "NAN", "const double {name} = {value};")


def source(program: Program, names: list[str], shape: str) -> str:
    """The file: `double f(const double *x)`, or void with the places of the results, gradient last."""
    code = write(program, C, [f"x[{k}]" for k in range(len(names))], PART)
    legend = [f"/* {', '.join([f'x[{k}] = {name}' for k, name in enumerate(names)])} */"] if len(names) <= 50 else []
    several = len(code.parts) > 1
    parts = [_part(k, lines) for k, lines in enumerate(code.parts)] if several else []
    head, results = _results(code.outputs, shape)
    lines = [] if several else code.parts[0]
    if several:
        size = max(code.stored, 1)
        lines = [f"double *t = malloc({size}*sizeof(double));", *_no_memory(code.outputs, shape)]
        lines += [f"part{k}(x, t);" for k in range(len(parts))]
        results = [*results, "free(t);"]
        if shape == "number":
            results = [f"{{ const double value = {code.outputs[0]}; free(t); return value; }}"]
    body = "\n".join([*legend, f"{head} {{", *[f"    {line}" for line in [*lines, *results]], "}", ""])
    includes = "#include <math.h>\n" + ("#include <stdlib.h>\n" if several else "")
    return "\n".join([includes, *code.helpers, *parts, body])


def _part(k: int, lines: list[str]) -> str:
    """A part of a long function: values that other parts need are in t."""
    body = [f"    {line if not line.startswith('t[') else line + ';'}" for line in lines]
    return "\n".join([f"static void part{k}(const double *x, double *t) {{", *body, "}", ""])


def _results(found: list[str], shape: str) -> tuple[str, list[str]]:
    """The head of the function, and the lines that hand its results over."""
    if shape == "number":
        return "double f(const double *x)", [f"return {found[0]};"]
    if shape == "list":
        return "void f(const double *x, double *values)", [f"values[{k}] = {v};" for k, v in enumerate(found)]
    return "void f(const double *x, double *value, double *gradient)", [
        f"*value = {found[0]};", *[f"gradient[{k}] = {v};" for k, v in enumerate(found[1:])],
    ]  # fmt: skip


def _no_memory(found: list[str], shape: str) -> list[str]:
    """What is handed over when there is no memory for the values in between."""
    if shape == "number":
        return ["if (t == NULL) return NAN;"]
    name, count = ("values", len(found)) if shape == "list" else ("gradient", len(found) - 1)
    first = "" if shape == "list" else "*value = NAN; "
    return [f"if (t == NULL) {{ int k; {first}for (k = 0; k < {count}; k++) {name}[k] = NAN; return; }}"]
