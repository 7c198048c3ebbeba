"""What is wrong with an answer as a whole, where no known mistake explains it: its sign, a factor, a constant."""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from derive.errors import DeriveError
from derive.expressions import (
    Derivative, Equation, Expression, Matrix, Number, Substitution, make, negation, postorder, product_of, rational,
    sum_of, symbol, symbols,
)  # fmt: skip
from derive.numeric import compare
from derive.trace import Derivation
from derive.tutor.values import Fingerprint, value_at

CLOSE = arb("0.002")  # three digits of a rounded number, as calculators show them
LARGEST = 1000  # denominators and numerators of a factor or constant that is recognized


def telling(derivation: Derivation, given: Expression) -> tuple[str, Expression | None]:
    """(what is wrong, with which part): "not-evaluated", "rounded", "entries", "letter", "integrated", or ""."""
    right, problem = derivation.result, derivation.problem
    if isinstance(problem, Substitution) and _equal(right, make(Substitution, (given, *problem.arguments[1:]))):
        return "not-evaluated", None
    if isinstance(right, Equation) or isinstance(given, Equation):
        return "", None
    if _is_rounded(right, given):
        return "rounded", None
    if isinstance(right, Matrix) and isinstance(given, Matrix):
        return _entries(right, given)
    strange = sorted(symbols(given) - symbols(problem) - symbols(right))
    if strange:
        return "letter", symbol(strange[0])
    if isinstance(problem, Derivative):
        again = make(Derivative, (given, *problem.arguments[1:]), problem.label)
        if _equal(again, problem.arguments[0]):
            return "integrated", None
    return ("sign", None) if _equal(right, negation(given)) else ("", None)


def is_value_of_function(derivation: Derivation, given: Expression) -> bool:
    """Whether the value of the function was given where that of its derivative is asked for: f(3) for f'(3)."""
    problem = derivation.problem
    if not isinstance(problem, Substitution) or not isinstance(problem.operand, Derivative):
        return False
    return _equal(given, make(Substitution, (problem.operand.operand, *problem.arguments[1:])))


def amount(derivation: Derivation, given: Expression) -> tuple[str, Expression | None]:
    """(what is wrong, by how much): "factor", "constant", or nothing."""
    right = derivation.result
    if isinstance(right, (Equation, Matrix)) or isinstance(given, (Equation, Matrix)):
        return "", None
    mark = Fingerprint(given, right)
    if len(mark.points) < 2:
        return "", None
    for what, form in (("factor", _factor), ("constant", _constant)):
        found = form(mark, right)
        if found is not None:
            by = rational(found)
            wrong = product_of([by, right]) if what == "factor" else sum_of([right, by])
            if _equal(wrong, given):
                return what, by
    return "", None


def _entries(right: Matrix, given: Matrix) -> tuple[str, Expression | None]:
    """[[a, b], [c, d]]  →  [[✓, b], [✓, ✓]]: the entries that are wrong, where some are right."""
    same = [_equal(a, b) for a, b in zip(right.arguments, given.arguments, strict=True)]
    if all(same) or not any(same):
        return "", None
    wrong = [symbol("✓") if s else b for s, b in zip(same, given.arguments, strict=True)]
    return "entries", make(Matrix, tuple(wrong), right.label)


def _is_rounded(right: Expression, given: Expression) -> bool:
    """Whether the answer has a number with a point in it, and is close everywhere: 0.333*x^2 for x^2/3."""
    if not any(type(n) is Number and isinstance(n.label, str) and "." in n.label for n in postorder(given)):
        return False
    mark = Fingerprint(given, right)
    values = [value_at(right, point) for point in mark.points]
    return bool(values) and all(
        type(v) is arb and bool(abs(v - w) < CLOSE * abs(v)) for v, w in zip(values, mark.values, strict=True)
    )


def _equal(a: Expression, b: Expression) -> bool:
    try:
        return compare(a, b, seconds=0.5).equal
    except DeriveError:
        return False


def _factor(mark: Fingerprint, right: Expression) -> Fraction | None:
    """The rational number that the answer is times the right result, judged by one point."""
    value = value_at(right, mark.points[0])
    if value is None or value.contains(0):
        return None
    return _rational(mark.values[0] / value)


def _constant(mark: Fingerprint, right: Expression) -> Fraction | None:
    value = value_at(right, mark.points[0])
    return None if value is None else _rational(mark.values[0] - value)


def _rational(ball: object) -> Fraction | None:
    """The simple fraction in a ball, if there is one."""
    found = Fraction(float(ball.mid())).limit_denominator(LARGEST)  # type: ignore[attr-defined]
    if abs(found.numerator) > LARGEST * LARGEST or not found:
        return None
    return found if ball.contains(_ball(found)) else None  # type: ignore[attr-defined]


def _ball(q: Fraction) -> object:
    from flint import fmpq

    return fmpq(q.numerator, q.denominator)
