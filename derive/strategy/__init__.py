"""Strategies answer one question: what are the next steps, best first?"""

from derive.strategy.combinators import (
    First, Innermost, Outermost, Redex, Strategy, Use, first, innermost, next_steps, outermost, use,
)  # fmt: skip
from derive.strategy.methods import DIFFERENTIATION, RULES, TIDYING, Method
from derive.strategy.ways import METHODS

__all__ = [
    "DIFFERENTIATION", "METHODS", "RULES", "TIDYING", "First", "Innermost", "Method", "Outermost", "Redex", "Strategy",
    "Use", "first", "innermost", "next_steps", "outermost", "use",
]  # fmt: skip
