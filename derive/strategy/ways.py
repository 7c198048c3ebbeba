"""More methods: tangents end as linear functions, Taylor polynomials keep the powers of x - a together."""

from __future__ import annotations

from derive.rules import curves, expand, sums
from derive.strategy.combinators import use
from derive.strategy.methods import DIFFERENTIATION, TIDYING, Method

_IN_POWERS = tuple(rule for rule in TIDYING if rule not in (expand.EXPAND, sums.ORDER, sums.BRACKETS))

TANGENT = Method("tangent", use(*DIFFERENTIATION), use(*TIDYING, curves.LINEAR))
TAYLOR = Method("taylor", use(*DIFFERENTIATION), use(*_IN_POWERS))
WAYS = {method.name: method for method in (TANGENT, TAYLOR)}
