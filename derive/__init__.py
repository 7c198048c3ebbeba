"""derive: explained derivations. A line of mathematics in; its derivative with every step, condition and reason out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from derive.errors import (
    DeriveError, DomainError, LimitError, NameProblem, ReadError, TraceError, UnsupportedError, UsageError,
)  # fmt: skip
from derive.version import VERSION

if TYPE_CHECKING:
    from derive.compilation import Compiled, compile  # noqa: A004 - its public name
    from derive.engine import (
        Limits, chain, curl, differential, differentiate, directional, divergence, gradient, hessian, implicit,
        inverse_derivative, jacobian, jvp, laplacian, linearization, parametric, simplify, solve, tangent, taylor, vjp,
    )  # fmt: skip
    from derive.engine.backprop import Backprop, backprop
    from derive.equality import Equivalence, Similarity, equivalent, similar
    from derive.explain.graph import dependence
    from derive.expressions import Expression
    from derive.notation import named, parse
    from derive.numeric import Verification, evaluate
    from derive.tutor import (
        ChainCheck, Exercise, Hint, Verdict, allfirsts, apply, check_chain, diagnose, onefirst, ready, stepsremaining,
        worksheet,
    )  # fmt: skip
    from derive.tutor.check import check
    from derive.tutor.hints import hints
    from derive.tutor.practice.exercises import practice
    from derive.trace import Derivation, Step

__version__ = VERSION
__all__ = [
    "Backprop", "ChainCheck", "Compiled", "Derivation", "DeriveError", "DomainError", "Equivalence", "Exercise",
    "Expression", "Hint", "LimitError", "Limits", "NameProblem", "ReadError", "Similarity", "Step", "TraceError",
    "UnsupportedError", "UsageError", "Verdict", "Verification", "allfirsts", "apply", "backprop", "chain", "check",
    "check_chain", "compile", "curl", "dependence", "diagnose", "differential", "differentiate", "directional",
    "divergence", "equivalent", "evaluate", "gradient", "hessian", "hints", "implicit", "inverse_derivative",
    "jacobian", "jvp", "laplacian", "linearization", "named", "onefirst", "parametric", "parse", "practice", "ready",
    "similar", "simplify", "solve", "stepsremaining", "tangent", "taylor", "vjp", "worksheet",
]  # fmt: skip

_HOMES = {
    "Backprop": "engine.backprop", "backprop": "engine.backprop",
    "Compiled": "compilation", "compile": "compilation",
    "Equivalence": "equality", "Similarity": "equality", "equivalent": "equality", "similar": "equality",
    "differential": "engine", "implicit": "engine", "inverse_derivative": "engine", "linearization": "engine",
    "parametric": "engine", "tangent": "engine", "taylor": "engine",
    "ChainCheck": "tutor", "Exercise": "tutor", "Hint": "tutor", "Verdict": "tutor",
    "allfirsts": "tutor", "apply": "tutor", "check": "tutor", "check_chain": "tutor", "diagnose": "tutor",
    "hints": "tutor", "onefirst": "tutor", "practice": "tutor", "ready": "tutor", "stepsremaining": "tutor",
    "worksheet": "tutor", "chain": "engine", "curl": "engine", "directional": "engine", "divergence": "engine",
    "gradient": "engine", "dependence": "explain.graph", "hessian": "engine", "jacobian": "engine",
    "jvp": "engine", "laplacian": "engine", "vjp": "engine",
    "Limits": "engine", "differentiate": "engine", "simplify": "engine", "solve": "engine", "Expression": "expressions",
    "named": "notation", "parse": "notation", "Verification": "numeric", "evaluate": "numeric", "Derivation": "trace",
    "Step": "trace",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'derive' has no attribute {name!r}")
    value = getattr(import_module(f"derive.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
