"""The evidence of a sweep with numbers: its adjoints beside the series of the function at the same point.

The series know no slope of any part, so a slope that is wrong shows itself in the gradient.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from random import Random
from time import thread_time

from derive.engine.backprop_values import Exact
from derive.errors import DeriveError
from derive.expressions import Expression, derivative, product_of, put_in, rational, sum_of, symbol
from derive.numeric import Verification, Verify, Witness, evaluate

METHOD = "series of the input, ball arithmetic"
DIGITS = {"quick": 30, "thorough": 60}  # of adjoints that are exact; of decimals, those that are told
ALONG = "series of the input along a line, ball arithmetic"
SINGLE = 3  # adjoints that are compared one by one at once; more of them first together, by one series
SEED = 20261
SPARE = 5  # digits
LEAST = 0.03  # seconds for the judge at least; the tutorial's functions take 0.002


def verification(
    f: Expression,
    point: Mapping[str, Fraction | Expression],
    adjoints: Mapping[str, Exact],
    digits: int,
    verify: Verify = "quick",
    seconds: float = 0.0,
) -> Verification:
    """Whether each adjoint is ∂f/∂x at the point: quickly within `seconds`, thoroughly however long it takes."""
    if verify == "off":
        return Verification(verdict="unchecked", verify="off", reason="not asked for")
    here = {name: str(value) for name, value in point.items()}
    if verify == "quick" and len(adjoints) > SINGLE and _along(f, here, adjoints, digits):
        return Verification(verdict="agrees", verify=verify, method=ALONG, digits=digits, points=(here,))
    end = thread_time() + max(LEAST, seconds)
    agreed = DIGITS[verify]
    for seen, (name, adjoint) in enumerate(adjoints.items()):
        if verify == "quick" and thread_time() > end:
            left = f"of {len(adjoints)} adjoints {seen} were compared in the time of the sweep"
            return Verification(verdict="unchecked", verify=verify, method=METHOD, reason=left)
        many = DIGITS[verify] if isinstance(adjoint, Fraction) else digits
        agreed = min(agreed, many)
        try:
            slope = evaluate(derivative(f, symbol(name)), here, many)
        except DeriveError as error:
            return Verification(verdict="unchecked", verify=verify, method=METHOD, reason=f"∂/∂{name}: {error}")
        assert isinstance(slope, Decimal)
        if slope != _rounded(adjoint, many):
            witness = Witness(point=here, expected=str(slope), found=str(adjoint))
            return Verification(verdict="disagrees", verify=verify, method=METHOD, witness=witness, reason=f"∂/∂{name}")
    return Verification(verdict="agrees", verify=verify, method=METHOD, digits=agreed, points=(here,))


def _along(f: Expression, here: Mapping[str, str], adjoints: Mapping[str, Exact], digits: int) -> bool:
    """Whether the slope along a line through the point in a random direction w is Σ w·adjoint, to the digits told.

    One series for all variables. What does not agree, or cannot be said, is looked at one by one.
    """
    draw = Random(f"{SEED}/{len(adjoints)}")  # noqa: S311  # repeatable, not secret
    along = {name: Fraction(draw.randrange(65, 256, 2), 128) for name in adjoints}
    t = symbol(next(name for name in ("t", "τ", *[f"t_{k}" for k in range(len(here) + 1)]) if name not in here))
    line = {symbol(x): sum_of((symbol(x), product_of((rational(w), t)))) for x, w in along.items()}
    try:
        slope = evaluate(derivative(put_in(f, line), t), {**here, str(t.label): 0}, digits + SPARE)
    except DeriveError:
        return False
    told = sum([w * Fraction(adjoints[x]) for x, w in along.items()])
    slack = sum([w * _rounding(adjoints[x], digits) for x, w in along.items()])
    return bool(abs(Fraction(slope) - told) <= slack + abs(told) / 10 ** (digits + SPARE - 1))


def _rounding(adjoint: Exact, digits: int) -> Fraction:
    """By how much a number of that many digits may be off: half a unit of the last one."""
    if isinstance(adjoint, Fraction) or not adjoint:
        return Fraction(0)
    return Fraction(10) ** (adjoint.adjusted() + 1 - digits) / 2


def _rounded(adjoint: Exact, digits: int) -> Decimal:
    """An exact adjoint to that many digits, rounded as `evaluate` does."""
    if isinstance(adjoint, Decimal):
        return adjoint
    return Decimal(str(evaluate(str(adjoint), {}, digits)))
