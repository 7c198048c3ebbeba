"""Expressions as Coq terms over the reals. The user's names become v_1, v_2, …: no text of theirs gets in."""

from __future__ import annotations

from fractions import Fraction

from derive.errors import DeriveError
from derive.expressions import (
    Call, Constant, Derivative, Expression, Negation, Number, Power, Product, Quotient, Sum, Symbol, integer_value,
    postorder, rational_value,
)  # fmt: skip

MOST_POWER = 1000  # x^10000 takes Coq 11 s
FUNCTIONS = {
    "sin": "sin", "cos": "cos", "tan": "tan", "cot": "cot", "sec": "sec", "csc": "csc", "exp": "exp", "ln": "ln",
    "sqrt": "sqrt", "asin": "asin", "acos": "acos", "atan": "atan", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh",
    "sech": "sech", "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh", "abs": "Rabs", "sign": "sign",
}  # fmt: skip


class NotExpressible(DeriveError):
    """There is no Coq term for this: the message says for what."""


class Terms:
    """The terms of one certificate: each name of the input has one variable of Coq."""

    def __init__(self, names: list[str]) -> None:
        self.variables = {name: f"v_{k}" for k, name in enumerate(names, 1)}
        self._memo: dict[Expression, str] = {}

    def of(self, e: Expression) -> str:
        """The term of an expression, in brackets where it is not an atom."""
        memo = self._memo
        for node in postorder(e, memo):
            memo[node] = self._one(node)
        return memo[e]

    def _one(self, e: Expression) -> str:
        a = [self._memo[child] for child in e.arguments]
        match e:
            case Number():
                return _number(e)
            case Constant():
                if e.label == "pi":
                    return "PI"
                if e.label == "e":
                    return "(exp 1)"
                raise NotExpressible(f"the constant {e}")
            case Symbol():
                return self.variables[str(e.label)]
            case Negation():
                return f"(- {a[0]})"
            case Sum():
                text = a[0]
                for term, child in zip(a[1:], e.arguments[1:], strict=True):
                    minus = type(child) is Negation
                    text = f"({text} - {self._memo[child.arguments[0]]})" if minus else f"({text} + {term})"
                return text
            case Product():
                text = a[0]
                for factor in a[1:]:
                    text = f"({text} * {factor})"
                return text
            case Quotient():
                return f"({a[0]} / {a[1]})"
            case Power():
                return self._power(e, a[0], a[1])
            case Call():
                return self._call(e, a)
            case Derivative():
                if len(e.arguments) == 3 and integer_value(e.arguments[2]) == 1 and type(e.arguments[1]) is Symbol:
                    return f"(Derive (fun {a[1]} => {a[0]}) {a[1]})"
                raise NotExpressible(f"the operator of {e}")
        raise NotExpressible(f"{e.kind} {e}")

    def _power(self, e: Expression, base: str, exponent: str) -> str:
        b, n = e.arguments
        k = integer_value(n)
        if k is not None:
            if abs(k) > MOST_POWER:
                raise NotExpressible(f"the power {n}: more than {MOST_POWER}")
            return f"({base} ^ {k})" if k >= 0 else f"(/ {base} ^ {-k})"
        if type(b) is Constant and b.label == "e":
            return f"(exp {exponent})"
        return f"(Rpower {base} {exponent})"

    def _call(self, e: Expression, a: list[str]) -> str:
        name = str(e.label)
        if len(a) == 1 and name in FUNCTIONS:
            return f"({FUNCTIONS[name]} {a[0]})"
        if name == "log" and len(a) == 2:
            return f"(logb {a[1]} {a[0]})"
        if name == "cbrt":
            return f"(Rpower {a[0]} (1 / 3))"
        if name == "root" and rational_value(e.arguments[1]) is not None:
            return f"(Rpower {a[0]} (1 / {a[1]}))"
        raise NotExpressible(f"the function {name}")


def _number(e: Expression) -> str:
    value = rational_value(e)
    if value is None:
        raise NotExpressible(f"the number {e}")
    q = Fraction(value)
    return str(q.numerator) if q.denominator == 1 else f"({q.numerator} / {q.denominator})"
