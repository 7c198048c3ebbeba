"""More methods: Taylor polynomials keep the powers of x - a together."""

from __future__ import annotations

from derive.rules import expand, sums
from derive.strategy.combinators import use
from derive.strategy.methods import DIFFERENTIATION, TIDYING, Method

_IN_POWERS = tuple(rule for rule in TIDYING if rule not in (expand.EXPAND, sums.ORDER, sums.BRACKETS))

TAYLOR = Method("taylor", use(*DIFFERENTIATION), use(*_IN_POWERS))
"""Powers of x - a stay as they are, and terms in rising order."""
WAYS = {method.name: method for method in (TAYLOR,)}
