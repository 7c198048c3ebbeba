"""The method "definition": limits, and derivatives as limits; loaded when it is asked for."""

from __future__ import annotations

from derive.rules import definition, fields, known_limits, limit_laws, matrices, multivariable, one_sided, unbounded
from derive.rules import difference_algebra as algebra
from derive.rules import difference_exponentials as exponentials
from derive.rules import difference_powers as differences
from derive.rules import difference_roots as roots
from derive.rules import difference_structure as structure
from derive.rules import difference_trigonometry as trigonometry
from derive.rules import differentiation as d
from derive.strategy.combinators import use
from derive.strategy.methods import TIDYING, Method

FIRST_PRINCIPLES = (
    *multivariable.DEFINITIONS, *fields.FIELDS, matrices.TRANSPOSE, matrices.DERIVATIVE,
    d.MIXED, d.HIGHER_ORDER, definition.AT_POINT, definition.PARTIAL, definition.QUOTIENT,
    limit_laws.CONSTANT, limit_laws.SUBSTITUTE,
    known_limits.SINE, known_limits.COSINE, known_limits.COSINE_OVER_SQUARE, known_limits.EXPONENTIAL,
    known_limits.ANY_EXPONENTIAL, known_limits.LOGARITHM,
    structure.CONSTANT_FACTOR,
    algebra.CANCEL, algebra.EXPAND, algebra.COLLECT, algebra.FACTOR,
    structure.REGROUP, structure.REGROUP_FRACTION, trigonometry.SORT, exponentials.TAKE_OUT, exponentials.ONE_PLUS,
    roots.CONJUGATE_PRODUCT,
    limit_laws.CONSTANT_FACTOR,
    structure.SUM, differences.NEGATIVE_POWER, differences.POWERS,
    roots.CONJUGATE, differences.POWER_OF_ROOT,
    trigonometry.SINE, trigonometry.COSINE, trigonometry.TANGENT, trigonometry.RECIPROCAL,
    exponentials.EXPONENTIAL, exponentials.CHANGE_OF_BASE, exponentials.LOGARITHM,
    differences.ABSTRACT, algebra.COMMON_DENOMINATOR, structure.INSERT,
    limit_laws.SUM, limit_laws.PRODUCT, limit_laws.SEPARATE, limit_laws.QUOTIENT,
    one_sided.BARS, unbounded.ONE_POWER, unbounded.INFINITE,
    limit_laws.DENOMINATOR, one_sided.BOTH_SIDES, limit_laws.SHIFT,
)  # fmt: skip
"""The limit of the difference quotient: what can be put in is put in; else by algebra, known limits, and parts."""
DEFINITION = Method(
    "definition",
    use(*FIRST_PRINCIPLES),
    use(one_sided.DECIDED, *TIDYING, unbounded.ZERO_POWER, unbounded.ZERO_ROOT),
    points=True,
)
