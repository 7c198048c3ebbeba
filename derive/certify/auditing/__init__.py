"""The auditor of a certificate: what does the file really state, and on what does it rest? It trusts no writer.

It reads the theorem back by a reader of its own, compares it with the input and the result of the derivation, sees
that a witness stands there, that nothing is assumed beside the steps that are named, and that the libraries which the
file loads take nothing for granted but the axioms of the reals.
"""

from __future__ import annotations

from collections.abc import Collection

from derive.certify.auditing.hypotheses import hypotheses
from derive.certify.auditing.sentences import AXIOMS, grounds, sentences
from derive.certify.auditing.statement import statement
from derive.certify.reader import Unreadable
from derive.certify.reasons import Reason
from derive.expressions import Integral, postorder
from derive.trace import Derivation

__all__ = ["AXIOMS", "audit"]


def audit(
    text: str, name: str, d: Derivation, names: Collection[str], assumed: Collection[int], axioms: Collection[str]
) -> Reason | None:
    """Why a file that Coq accepted is no certificate of the derivation; None where it is one.

    axioms  what the libraries that it may load take for granted
    """
    letters = {n: f"v_{k}" for k, n in enumerate(names, 1)}
    bound = {str(node.arguments[1]) for node in postorder(d.problem) if type(node) is Integral}
    if bound.intersection(names):
        return Reason("bound-and-free")
    try:
        return (
            sentences(text, name, assumed)
            or statement(text, name, d, letters)
            or hypotheses(text, name, d, letters)
            or grounds(axioms)
        )
    except (Unreadable, RecursionError) as problem:
        return Reason("readable-statement", {"problem": str(problem)})
