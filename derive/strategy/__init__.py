"""Strategies answer one question: what are the next steps, best first?"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from derive.strategy.combinators import (
    First, Innermost, Outermost, Redex, Strategy, Use, first, innermost, next_steps, outermost, use,
)  # fmt: skip
from derive.strategy.methods import DIFFERENTIATION, RULES, TIDYING, Method

if TYPE_CHECKING:
    from derive.strategy.ways import METHODS

__all__ = [
    "DIFFERENTIATION", "METHODS", "RULES", "TIDYING", "First", "Innermost", "Method", "Outermost", "Redex", "Strategy",
    "Use", "first", "innermost", "next_steps", "outermost", "use",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name == "METHODS":  # the other ways are loaded only when they are asked for
        return import_module("derive.strategy.ways").METHODS
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
