"""What the input needs to have a value and a derivative: the hypotheses of its certificate."""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import (
    Call, Constant, Expression, Power, Quotient, integer_value, postorder, rational_value, symbols,
)  # fmt: skip
from derive.certify.terms import Terms

_POSITIVE = {"ln", "sqrt", "cbrt", "root", "log"}
_NOT_ZERO = {"abs", "sign"}
_WITHIN = {"asin", "acos", "atanh"}


def hypotheses(roots: list[Expression], terms: Terms) -> list[str]:
    """The conditions of every node as Coq propositions, each once, in the order of the tree."""
    found: dict[str, None] = {}
    for root in roots:
        for node in postorder(root):
            for text in _of(node, terms):
                found.setdefault(text)
    return list(found)


def _of(e: Expression, terms: Terms) -> Iterator[str]:
    if type(e) is Quotient:
        if not _is_constant(e.arguments[1]):
            yield f"{terms.of(e.arguments[1])} <> 0"
    elif type(e) is Power:
        base, exponent = e.arguments
        k = integer_value(exponent)
        if k is not None:
            if k < 0 and not _is_constant(base):
                yield f"{terms.of(base)} <> 0"
        elif not _is_positive(base):
            yield f"0 < {terms.of(base)}"
    elif type(e) is Call:
        yield from _of_call(str(e.label), e, terms)


def _of_call(name: str, e: Expression, terms: Terms) -> Iterator[str]:
    u = e.arguments[0]
    t = terms.of(u)
    if name in _POSITIVE:
        if not _is_positive(u):
            yield f"0 < {t}"
        if name == "log" and symbols(e.arguments[1]):
            yield f"0 < {terms.of(e.arguments[1])}"
            yield f"ln {terms.of(e.arguments[1])} <> 0"
    elif name in _NOT_ZERO:
        yield f"{t} <> 0"
    elif name in _WITHIN:
        yield f"-1 < {t} < 1"
    elif name == "acosh":
        yield f"1 < {t}"
    elif name in ("tan", "sec"):
        yield f"(cos {t}) <> 0"
    elif name in ("cot", "csc"):
        yield f"(sin {t}) <> 0"


def _is_constant(e: Expression) -> bool:
    value = rational_value(e)
    return (value is not None and value != 0) or type(e) is Constant


def _is_positive(e: Expression) -> bool:
    value = rational_value(e)
    return (value is not None and value > 0) or type(e) is Constant
