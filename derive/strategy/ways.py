"""More methods: the same derivative in other ways, tangents as linear functions, Taylor polynomials in powers."""

from __future__ import annotations

from derive.rules import curves, expand, logarithmic, rewriting, slopes_at, sums
from derive.rules import differentiation as d
from derive.strategy import methods
from derive.strategy.combinators import use
from derive.strategy.methods import DIFFERENTIATION, RULES, TIDYING, Method

_IN_POWERS = tuple(rule for rule in TIDYING if rule not in (expand.EXPAND, sums.ORDER, sums.BRACKETS))

TANGENT = Method("tangent", use(*DIFFERENTIATION), use(*TIDYING, curves.LINEAR), form="")
TAYLOR = Method("taylor", use(*DIFFERENTIATION), use(*_IN_POWERS), form="")
LOGARITHMIC = Method(
    "logarithmic",
    use(logarithmic.OF_ABSOLUTE, *DIFFERENTIATION),
    use(*TIDYING),
    before=Method(
        "laws-of-logarithms",
        use(logarithmic.OF_QUOTIENT, logarithmic.OF_PRODUCT, logarithmic.OF_POWER),
        use(),
        before=Method("logarithm", use(logarithmic.TAKE), use()),
    ),
)
NEGATIVE_POWER = Method(
    "negative-power",
    use(d.CONSTANT, d.CONSTANT_DENOMINATOR, rewriting.NEGATIVE_POWER, *DIFFERENTIATION),
    use(*TIDYING),
)
EXPONENTIAL = Method("exponential", use(d.CONSTANT, rewriting.EXPONENTIAL, *DIFFERENTIATION), use(*TIDYING))
EXPAND_FIRST = Method(
    "expand-first", RULES.operators, RULES.tidying, before=Method("open-brackets", use(rewriting.OPENED), use())
)
AT_POINT = Method("rules", use(slopes_at.AT_POINT, *DIFFERENTIATION), use(*TIDYING), points=True)
"""A derivative at a point where the formula beside it has no value."""
METHODS = methods.METHODS | {m.name: m for m in (LOGARITHMIC, NEGATIVE_POWER, EXPONENTIAL, EXPAND_FIRST)}
"""Every method that can be asked for, by its name."""
MARKS = {
    RULES.name: frozenset(("derivative.quotient", "derivative.reciprocal", "derivative.general-power")),
    LOGARITHMIC.name: frozenset(("logarithmic.product", "logarithmic.quotient", "logarithmic.power")),
    NEGATIVE_POWER.name: frozenset((rewriting.NEGATIVE_POWER.id,)),
    EXPONENTIAL.name: frozenset((rewriting.EXPONENTIAL.id,)),
    EXPAND_FIRST.name: frozenset((rewriting.OPENED.id,)),
}
"""The rules by which a method differs from the others: where none of them is used, it is no other way."""
