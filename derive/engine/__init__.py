"""The engine: expression and method in, derivation out."""

from derive.engine.agenda import Limits, Rewrite, Worked, work_out
from derive.engine.assemble import derivation, unsupported
from derive.engine.vectors import (
    chain, curl, directional, divergence, gradient, hessian, jacobian, laplacian,
)  # fmt: skip
from derive.engine.curves import (
    differential, implicit, inverse_derivative, linearization, parametric, tangent, taylor,
)  # fmt: skip
from derive.engine.problems import differentiate, simplify, solve

__all__ = [
    "Limits", "Rewrite", "Worked", "chain", "curl", "derivation", "differential", "differentiate", "directional",
    "divergence", "gradient", "hessian", "implicit", "inverse_derivative", "jacobian", "laplacian", "linearization",
    "parametric", "simplify", "solve", "tangent", "taylor", "unsupported", "work_out",
]  # fmt: skip
