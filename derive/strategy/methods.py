"""The methods: named strategies. The order of rules is the order here, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derive.rules import (
    absolute,
    arcs,
    arithmetic,
    chains,
    conjugates,
    cube_roots,
    expand,
    exponentials,
    extremes,
    fields,
    fractions,
    integrals,
    logarithm_bases,
    logarithms,
    matrices,
    multiples,
    multivariable,
    nests,
    number_roots,
    one_sided,
    perfect_squares,
    powers,
    products,
    radicals,
    real_roots,
    shared_exponents,
    summations,
    sums,
    trigonometric_angles,
    trigonometric_doubles,
    trigonometric_sums,
    trigonometric_values,
    trigonometry,
)
from derive.expressions import Expression
from derive.rules import differentiation as d
from derive.rules.closed_forms import CLOSED_FORMS
from derive.rules.collected import COLLECTED
from derive.rules.leibniz import LEIBNIZ
from derive.rules.nth_linear import LINEAR
from derive.rules.curves import CURVES
from derive.rules.implicit import IMPLICIT
from derive.rules.table import TABLE, TWO_ARGUMENTS
from derive.rules.taylor import HESSIAN_FORM, TAYLOR
from derive.strategy.combinators import Strategy, Use, first, innermost, outermost, use

DIFFERENTIATION = (
    *multivariable.DEFINITIONS, *fields.FIELDS, matrices.TRANSPOSE, matrices.DERIVATIVE,
    d.MIXED, d.HIGHER_ORDER, COLLECTED,
    d.VARIABLE, d.CONSTANT, d.CONSTANT_PART,
    d.NEGATION, d.CONSTANT_TERMS, d.SUM,
    d.LINEAR, d.CONSTANT_MULTIPLE, d.PRODUCT, d.PRODUCT_SEVERAL, d.PRODUCT_WIDE,
    d.CONSTANT_DENOMINATOR, d.RECIPROCAL, d.QUOTIENT,
    d.POWER, d.CHAIN_POWER, d.NATURAL_EXPONENTIAL, d.CHAIN_NATURAL_EXPONENTIAL,
    d.POWER_PARAMETER, d.CHAIN_POWER_PARAMETER, d.EXPONENTIAL, d.CHAIN_EXPONENTIAL, d.GENERAL_POWER,
    *TABLE, *TWO_ARGUMENTS, d.ROOT, d.ROOT_AS_POWER, extremes.DERIVATIVE, d.MINIMUM, d.MAXIMUM, d.EXTREME_NESTED,
    d.ABSTRACT, d.CHAIN_ABSTRACT, d.CHAIN_SEVERAL, d.PIECEWISE,
    d.RUNNING_LETTER, d.FUNDAMENTAL_THEOREM, d.CHAIN_INTEGRAL, d.LOWER_LIMIT, d.BOTH_LIMITS,
    d.UNDER_INTEGRAL, d.LEIBNIZ, d.WRITTEN_OUT, d.CONSTANT_FIRST_TERM, d.TERM_BY_TERM,
    *CURVES, HESSIAN_FORM, TAYLOR, *IMPLICIT, *LINEAR, *CLOSED_FORMS, LEIBNIZ,
)  # fmt: skip
"""Outermost first, as a student works."""

TIDYING = (
    *matrices.TIDYING,
    *sums.NEGATIONS, fractions.DIFFERENCE,
    sums.BRACKETS, sums.ZEROS, arithmetic.ADD, radicals.SPELLING, sums.LIKE_TERMS,
    *trigonometric_sums.SQUARES, *trigonometric_angles.SUMS, *trigonometric_doubles.SUMS,
    logarithms.JOINED, expand.EXPAND, sums.ORDER,
    nests.PRODUCT, products.BRACKETS, products.ZERO_FACTOR, products.SIGNS, products.ONES, arithmetic.MULTIPLY,
    products.FRACTIONS, *exponentials.PRODUCTS, shared_exponents.ONE_EXPONENT, products.LIKE_BASES,
    *radicals.PRODUCTS, *number_roots.PRODUCTS,
    absolute.TIMES_SIGN, absolute.BARS_BELOW, products.NUMBER_IN, trigonometry.PRODUCT,
    products.ORDER, nests.QUOTIENT,
    products.ZERO_NUMERATOR, products.OVER_ONE, products.QUOTIENT_SIGN, arithmetic.DIVIDE, products.NESTED,
    arithmetic.REDUCE, expand.COMMON_NUMBER, products.CANCEL, expand.COMMON_FACTOR,
    *exponentials.QUOTIENTS, shared_exponents.ONE_EXPONENT_QUOTIENT, *radicals.QUOTIENTS,
    *number_roots.QUOTIENTS, logarithm_bases.RATIO, trigonometry.QUOTIENT, *conjugates.QUOTIENTS,
    expand.SQUARE_OVER_BARS, fractions.NEGATIVE_POWERS, multiples.MULTIPLE, fractions.CLEAR,
    powers.FIRST, powers.ZEROTH, powers.OF_ONE, arithmetic.RAISE, arithmetic.EXACT_ROOT, powers.OF_POWER,
    *exponentials.POWERS, real_roots.POWER, powers.OF_NEGATION, powers.OF_PRODUCT, powers.OF_QUOTIENT, powers.OF_ROOT,
    radicals.CUBED, powers.OF_ABSOLUTE, powers.EXPONENTIAL_OF_LOGARITHM, powers.POWER_FROM_LOGARITHM,
    logarithm_bases.POWER_OF_BASE, *logarithms.POWERS,
    *powers.CALLS, exponentials.ROOT, *perfect_squares.CALLS, *number_roots.CALLS, *cube_roots.CALLS, *logarithms.CALLS,
    logarithm_bases.TO_A_BASE, real_roots.ROOT, *absolute.TIDYING, *extremes.TIDYING, one_sided.DECIDED,
    *trigonometric_values.CALLS, *arcs.CALLS, powers.SUBSTITUTE, *integrals.TIDYING, *summations.TIDYING,
)  # fmt: skip
"""Innermost first: parts are tidy before what they are part of."""

READY = "ready"
"""The form of a result when none is asked for, see forms.py."""


@dataclass(frozen=True, slots=True)
class Method:
    """A named way of working a problem out: operators by one set of rules, then tidying by another.

    before  a method whose work is done first: the chain rule is written out before its derivatives are worked out
    keeps   says which operators stand in a result as they are
    points  whether a derivative at a point, at(d/dx(u), x = a), is worked out as one operator
    form    the form that the result is brought into when it is tidy, see forms.py; "" for none
    """

    name: str
    operators: Use
    tidying: Use
    before: Method | None = None
    keeps: Callable[[Expression], bool] | None = None
    points: bool = False
    form: str = READY

    @property
    def strategy(self) -> Strategy:
        """What are the next steps? The same rules in the same order, for any expression a student stands at."""
        return first(outermost(self.operators), innermost(self.tidying))


RULES = Method("rules", use(*DIFFERENTIATION), use(*TIDYING))
CHAIN = Method(
    "chain",
    use(*DIFFERENTIATION),
    use(*TIDYING, chains.GIVEN),
    before=Method(
        "chain-form",
        use(chains.CHAIN, multivariable.GRADIENT, multivariable.JACOBIAN, matrices.TRANSPOSE),
        use(matrices.PRODUCT),
    ),
    keeps=chains.is_named,
)
"""The chain rule as a product of matrices, written out; then the derivatives; the given functions at the end."""
NAMED = Method("rules", use(*DIFFERENTIATION), use(*TIDYING), keeps=chains.is_named)
"""Gradients and their kin of f(x, y) itself: ∂f/∂x is the answer."""
METHODS = {RULES.name: RULES}
