"""Expressions as Coq terms over the reals. The user's names become v_1, v_2, …: no text of theirs gets in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from derive.certify.exponents import closed_value
from derive.certify.reasons import NotExpressible
from derive.expressions import (
    Call, Constant, Derivative, Equation, Expression, Integral, Limit, Negation, Number, Piecewise, Power, Product,
    Quotient, Sum, Symbol, integer_value, postorder,
)  # fmt: skip

MOST_POWER = 1000  # x^10000 takes Coq 11 s
MOST_ORDER = 16  # each order is a statement of its own
LONGEST = 20_000  # characters of one term; the longest of a textbook: 900
FUNCTIONS = {
    "sin": "sin", "cos": "cos", "tan": "tan", "cot": "cot", "sec": "sec", "csc": "csc", "exp": "exp", "ln": "ln",
    "asin": "asin", "acos": "acos", "atan": "atan", "acot": "acot", "asec": "asec", "acsc": "acsc",
    "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "coth": "coth", "sech": "sech", "csch": "csch",
    "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh", "acoth": "arccoth", "asech": "arcsech",
    "acsch": "arccsch", "sqrt": "sqrt", "abs": "Rabs", "sign": "sign", "heaviside": "heaviside", "relu": "relu",
    "floor": "Rfloor", "ceil": "Rceil", "fract": "Rfract", "round": "Rround", "sinc": "sinc", "erf": "erf",
    "erfc": "erfc", "logistic": "logistic", "softplus": "softplus",
}  # fmt: skip
"""Functions of the table → their names in Coq's library or in `coq/Functions.v`."""


@dataclass(frozen=True, slots=True)
class Term:
    """A Coq term: what it is made by (`head`), of what, and how it is written, in brackets unless it is an atom.

    heads: number, variable, constant, hole · + - * / neg · pow and inverse-pow (`power` is the exponent) · Rpower ·
    call (`power` names the function) · Derive (of parts[0] with respect to parts[1]) · Lim (as parts[1] goes to 0) ·
    RInt (of parts[0] along the letter parts[1] from parts[2] to parts[3]) ·
    pieces (`power` is below or unlike: the third part where the first is below, or unlike, the second, and else the
    fourth) · relation (`power` is its sign; it stands in pieces only)
    """

    head: str
    parts: tuple[Term, ...]
    text: str
    power: int | str = 0


class Terms:
    """The terms of one certificate: each name of the input has one variable of Coq, and so has each bound one."""

    def __init__(self, names: Sequence[str], bound: Iterable[str] = ()) -> None:
        self.variables = {name: Term("variable", (), f"v_{k}") for k, name in enumerate(names, 1)}
        self.bound = {name: Term("variable", (), f"h_{k}") for k, name in enumerate(sorted(bound), 1)}
        self._letters = {**self.variables, **self.bound}
        self._memo: dict[Expression, Term] = {}

    def of(self, e: Expression, holes: Mapping[Expression, Term] | None = None) -> Term:
        """The term of an expression; where a subexpression is one of the `holes`, that term stands instead."""
        memo = dict(holes) if holes else self._memo
        for node in postorder(e, memo):
            memo[node] = _one(node, [memo[child] for child in node.arguments], self._letters)
        if memo[e].head == "relation":
            raise NotExpressible("term", expression=e)
        return memo[e]


def number(q: Fraction | int) -> Term:
    """A rational number: 3, (- (3)), (3 / 4)."""
    q = Fraction(q)
    if q < 0:
        return minus(number(-q))
    text = str(q.numerator) if q.denominator == 1 else f"({q.numerator} / {q.denominator})"
    return Term("number", (), text)


def minus(a: Term) -> Term:
    return Term("neg", (a,), f"(- {a.text})")


def binary(sign: str, a: Term, b: Term) -> Term:
    if len(a.text) + len(b.text) > LONGEST:
        raise NotExpressible("short-term", most=LONGEST)
    return Term(sign, (a, b), f"({a.text} {sign} {b.text})")


def applied(name: str, a: Term) -> Term:
    return Term("call", (a,), f"({name} {a.text})", name)


def slope(operand: Term, variable: Term) -> Term:
    return Term("Derive", (operand, variable), f"(Derive (fun {variable.text} => {operand.text}) {variable.text})")


def integral(body: Term, letter: Term, low: Term, high: Term) -> Term:
    return Term("RInt", (body, letter, low, high), f"(RInt (fun {letter.text} => {body.text}) {low.text} {high.text})")


def inside(term: Term) -> Iterator[Term]:
    """Every different part, parts first."""
    seen: set[str] = set()
    stack: list[tuple[Term, bool]] = [(term, False)]
    while stack:
        t, done = stack.pop()
        if done:
            yield t
        elif t.text not in seen:
            seen.add(t.text)
            stack.append((t, True))
            stack.extend([(p, False) for p in reversed(t.parts)])


def variables_of(term: Term) -> set[str]:
    """The variables that a term contains, without the letters of its integrals."""
    parts = list(inside(term))
    if all(t.head != "RInt" for t in parts):
        return {t.text for t in parts if t.head == "variable"}
    found: dict[str, set[str]] = {}
    for t in parts:
        if t.head == "RInt":
            body, letter, low, high = t.parts
            found[t.text] = (found[body.text] - {letter.text}) | found[low.text] | found[high.text]
        else:
            found[t.text] = set().union({t.text} if t.head == "variable" else (), *[found[p.text] for p in t.parts])
    return found[term.text]


def _one(e: Expression, a: list[Term], variables: Mapping[str, Term]) -> Term:
    match e:
        case Number():
            return number(e.value)
        case Constant():
            if e.label == "pi":
                return Term("constant", (), "PI")
            if e.label == "e":
                return Term("constant", (), "(exp 1)")
            raise NotExpressible("term", expression=e)
        case Symbol():
            if str(e.label) not in variables:
                raise NotExpressible("bound-letter", letter=e)
            return variables[str(e.label)]
        case Negation():
            return minus(a[0])
        case Sum():
            total = a[0]
            for term, child in zip(a[1:], e.arguments[1:], strict=True):
                subtracted = type(child) is Negation and term.head == "neg"
                total = binary("-", total, term.parts[0]) if subtracted else binary("+", total, term)
            return total
        case Product():
            product = a[0]
            for factor in a[1:]:
                product = binary("*", product, factor)
            return product
        case Quotient():
            return binary("/", a[0], a[1])
        case Power():
            return _power(e, a[0], a[1])
        case Call():
            return _call(e, a)
        case Derivative():
            return _derivative(e, a)
        case Limit():
            return _limit(e, a)
        case Integral():
            return integral(*a)
        case Equation():
            return Term("relation", (a[0], a[1]), f"({a[0].text} {e.label} {a[1].text})", str(e.label))
        case Piecewise():
            return _pieces(a)
    raise NotExpressible("term", expression=e)


def _pieces(a: list[Term]) -> Term:
    """x where x > 0, and else 0: (below 0 v_1 v_1 0); where nothing is said there is 0, and a condition keeps away."""
    whole = a[-1] if len(a) % 2 else number(0)
    for value, relation in reversed(list(zip(a[:-1:2], a[1::2], strict=True))):
        left, right = relation.parts
        match relation.power:
            case "<":
                whole = _piece("below", left, right, value, whole)
            case ">":
                whole = _piece("below", right, left, value, whole)
            case "<=":
                whole = _piece("below", right, left, whole, value)
            case ">=":
                whole = _piece("below", left, right, whole, value)
            case "!=":
                whole = _piece("unlike", left, right, value, whole)
            case _:
                whole = _piece("unlike", left, right, whole, value)
    return whole


def _piece(name: str, *parts: Term) -> Term:
    shown = " ".join([p.text for p in parts])
    if len(shown) > LONGEST:
        raise NotExpressible("short-term", most=LONGEST)
    return Term("pieces", parts, f"({name} {shown})", name)


def _power(e: Expression, base: Term, exponent: Term) -> Term:
    b, n = e.arguments
    q = closed_value(n)
    if q is not None and q.denominator == 1:
        k = int(q)
        if abs(k) > MOST_POWER:
            raise NotExpressible("small-power", power=n, most=MOST_POWER)
        if k < 0:
            return Term("inverse-pow", (base,), f"(/ {base.text} ^ {-k})", -k)
        return Term("pow", (base,), f"({base.text} ^ {k})", k)
    if type(b) is Constant and b.label == "e":
        return applied("exp", exponent)
    return Term("Rpower", (base, exponent), f"(Rpower {base.text} {exponent.text})")


def _call(e: Expression, a: list[Term]) -> Term:
    name = e.label
    if len(a) == 1 and isinstance(name, str) and name in FUNCTIONS:
        return applied(FUNCTIONS[name], a[0])
    if name == "log" and len(a) == 2:
        return binary("/", applied("ln", a[0]), applied("ln", a[1]))
    if name == "mod" and len(a) == 2:
        return binary("-", a[0], binary("*", a[1], applied("Rfloor", binary("/", a[0], a[1]))))
    if name in ("min", "max"):
        return _extreme(str(name), a)
    if name == "cbrt":
        third = number(Fraction(1, 3))
        return Term("Rpower", (a[0], third), f"(Rpower {a[0].text} {third.text})")
    if name == "root":
        index = closed_value(e.arguments[1])
        if index is not None and index.denominator == 1 and index > 0:
            part = number(Fraction(1, int(index)))
            return Term("Rpower", (a[0], part), f"(Rpower {a[0].text} {part.text})")
    raise NotExpressible("function", name=str(name))


def _extreme(name: str, a: list[Term]) -> Term:
    """The least or the greatest of several: max(x, y, z) as max(x, max(y, z))."""
    found = a[-1]
    for t in reversed(a[:-1]):
        low, high = (t, found) if name == "min" else (found, t)
        found = _piece("below", low, high, t, found)
    return found


def _limit(e: Expression, a: list[Term]) -> Term:
    if e.label or a[2].text != "0":
        raise NotExpressible("limit", limit=e)
    return Term("Lim", (a[0], a[1]), f"(real (Lim (fun {a[1].text} => {a[0].text}) 0))")


def _derivative(e: Expression, a: list[Term]) -> Term:
    operand = a[0]
    for variable, order in reversed(list(zip(e.arguments[1::2], e.arguments[2::2], strict=True))):
        n = integer_value(order)
        if n is None or not 0 <= n <= MOST_ORDER:
            raise NotExpressible("order", order=order)
        for _ in range(n):
            operand = slope(operand, a[1 + 2 * e.arguments[1::2].index(variable)])
    return operand
