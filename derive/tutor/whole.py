"""What is wrong with an answer as a whole, where no known mistake explains it: its sign, a factor, a constant."""

from __future__ import annotations

from fractions import Fraction

from derive.errors import DeriveError
from derive.expressions import (
    Derivative, Equation, Expression, Matrix, make, negation, product_of, rational, sum_of,
)  # fmt: skip
from derive.numeric import compare
from derive.trace import Derivation
from derive.tutor.values import Fingerprint, value_at

LARGEST = 1000  # denominators and numerators of a factor or constant that is recognized


def of_the_whole(derivation: Derivation, given: Expression) -> tuple[str, Expression | None]:
    """(what is wrong, by how much): "integrated", "not-differentiated", "sign", "factor", "constant", or nothing."""
    right = derivation.result
    if isinstance(right, (Equation, Matrix)) or isinstance(given, (Equation, Matrix)):
        return "", None
    problem = derivation.problem
    if isinstance(problem, Derivative):
        again = make(Derivative, (given, *problem.arguments[1:]), problem.label)
        if _equal(again, problem.arguments[0]):
            return "integrated", None
    if _equal(right, negation(given)):
        return "sign", None
    mark = Fingerprint(given, right)
    if len(mark.points) < 2:
        return "", None
    for what, form in (("factor", _factor), ("constant", _constant)):
        found = form(mark, right)
        if found is not None:
            amount = rational(found)
            wrong = product_of([amount, right]) if what == "factor" else sum_of([right, amount])
            if _equal(wrong, given):
                return what, amount
    return "", None


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
