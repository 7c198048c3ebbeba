"""The engine: expression and method in, derivation out."""

from derive.engine.agenda import Limits, Rewrite, Worked, work_out
from derive.engine.assemble import derivation, unsupported
from derive.engine.problems import differentiate, simplify, solve

__all__ = ["Limits", "Rewrite", "Worked", "derivation", "differentiate", "simplify", "solve", "unsupported", "work_out"]
