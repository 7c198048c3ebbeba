"""One module a system: its name, and how it builds each problem."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from tests.benchmarks.competition.jobs import System

SYSTEMS = ("ours", "ours_forward", "ours_reverse", "symengine_", "sympy_", "casadi_", "autograd_", "jax_")
"""In the order of the tables."""


def system(name: str) -> System:
    """The module of that name; ImportError where its package is not installed."""
    return cast("System", import_module(f"{__name__}.{name}"))
