"""The engine: expression and method in, derivation out; each part is loaded when it is first used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derive.engine.agenda import Limits, Rewrite, Worked, work_out
    from derive.engine.assemble import derivation, unsupported
    from derive.engine.curves import (
        differential, implicit, inverse_derivative, linearization, parametric, tangent, taylor,
    )  # fmt: skip
    from derive.engine.problems import differentiate, simplify, solve
    from derive.engine.reverse_problems import jvp, vjp
    from derive.engine.vectors import (
        chain, curl, directional, divergence, gradient, hessian, jacobian, laplacian,
    )  # fmt: skip

_HOMES = {
    "agenda": ("Limits", "Rewrite", "Worked", "work_out"),
    "assemble": ("derivation", "unsupported"),
    "curves": ("differential", "implicit", "inverse_derivative", "linearization", "parametric", "tangent", "taylor"),
    "problems": ("differentiate", "simplify", "solve"),
    "reverse_problems": ("jvp", "vjp"),
    "vectors": ("chain", "curl", "directional", "divergence", "gradient", "hessian", "jacobian", "laplacian"),
}
__all__ = [
    "Limits", "Rewrite", "Worked", "chain", "curl", "derivation", "differential", "differentiate", "directional",
    "divergence", "gradient", "hessian", "implicit", "inverse_derivative", "jacobian", "jvp", "laplacian",
    "linearization", "parametric", "simplify", "solve", "tangent", "taylor", "unsupported", "vjp", "work_out",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
