"""How books write derivatives of several variables: ∂f/∂x₁, df/d(s, t), ∂(x₁, x₂)/∂(s, t), ∇f, Mᵀ.

A form is a list of pieces that every printer draws in its own way; these forms are for people and are not read back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from derive.expressions import (
    OPERATORS, Call, Derivative, Expression, Matrix, Number, Substitution, Symbol, postorder,
)  # fmt: skip
from derive.functions import FUNCTIONS


class Sign(NamedTuple):
    """A sign as it stands: ∂, d, ∇, Δ, div."""

    text: str


class Name(NamedTuple):
    """The name of a variable or function."""

    name: str


class Part(NamedTuple):
    """A child of the node, as it was drawn; in brackets where `bracketed`."""

    child: int
    bracketed: bool = False


class Fraction(NamedTuple):
    top: tuple[Piece, ...]
    bottom: tuple[Piece, ...]


class Raised(NamedTuple):
    base: Piece
    power: str


class Lowered(NamedTuple):
    base: Piece
    names: tuple[str, ...]


class Names(NamedTuple):
    """(x₁, x₂); a single name without brackets."""

    names: tuple[str, ...]


Piece = Sign | Name | Part | Fraction | Raised | Lowered | Names
Form = tuple[Piece, ...]


def form(node: Expression) -> Form | None:
    """The pieces of a node that books write in a way of their own, None for the others."""
    if type(node) is Derivative:
        return _derivative(node)
    if type(node) is Substitution:
        return (Part(0),) if all(is_dependence(x, value) for x, value in node.assignments) else None
    write = _CALLS.get(str(node.label)) if type(node) is Call and node.label in OPERATORS else None
    return write(node) if write else None


def is_dependence(x: Expression, value: Expression) -> bool:
    """Whether x = x(s, t): it only says on what x depends."""
    return type(value) is Call and value.label == x.label


def function_name(e: Expression) -> str | None:
    """The name of f(x, y), when it is not a known function and its arguments are different letters."""
    if type(e) is not Call or not isinstance(e.label, str) or e.label in FUNCTIONS or e.label in OPERATORS:
        return None
    plain = all(type(a) is Symbol for a in e.arguments) and len(set(e.arguments)) == len(e.arguments)
    return e.label if plain else None


def _derivative(node: Derivative) -> Form | None:
    """∂f/∂x, ∂²f/∂x∂y, dx/dt"""
    f = node.operand
    name = function_name(f)
    if name is None or not all(x in f.arguments for x in node.arguments[1::2]):
        return None
    orders = [n.label for n in node.arguments[2::2] if type(n) is Number and isinstance(n.label, int)]
    if len(orders) != len(node.arguments) // 2:
        return None
    d = Sign("∂" if node.label else "d")
    bottom: list[Piece] = []
    for x, n in zip(node.arguments[1::2], orders, strict=True):
        variable = Name(str(x.label))
        bottom += (d, variable if n == 1 else Raised(variable, str(n)))
    total = sum(orders)
    return (Fraction((d if total == 1 else Raised(d, str(total)), Name(name)), tuple(bottom)),)


def _symbols(nodes: Sequence[Expression]) -> tuple[str, ...]:
    return tuple(str(x.label) for x in nodes)


def _gradient(node: Expression) -> Form:
    f, *xs = node.arguments
    name = function_name(f)
    if name is None or not all(x in f.arguments for x in xs):
        return (Lowered(Sign("∇"), _symbols(xs)), Part(0, True))
    d = Sign("d" if len(f.arguments) == len(xs) == 1 else "∂")
    return (Fraction((d, Name(name)), (d, Names(_symbols(xs)))),)


def _jacobian(node: Expression) -> Form:
    f, *xs = node.arguments
    inside = f.arguments if type(f) is Matrix else (f,)
    names = [function_name(u) for u in inside]
    d = Sign("d" if len(xs) == 1 and _only(f, xs) else "∂")
    below = (d, Names(_symbols(xs)))
    if any(n is None for n in names):
        return (Fraction((d,), below), Part(0, type(f) is not Matrix))
    return (Fraction((d, Names(tuple(str(n) for n in names))), below),)


def _only(e: Expression, xs: Sequence[Expression]) -> bool:
    """Whether no other letter than xs stands in e."""
    return all(n in xs for n in postorder(e) if type(n) is Symbol)


def _hessian(node: Expression) -> Form:
    return (Lowered(Raised(Sign("∇"), "2"), _symbols(node.arguments[1:])), Part(0, True))


def _worded(word: str) -> Callable[[Expression], Form]:
    return lambda node: (Sign(word), Part(0, True))


def _laplacian(node: Expression) -> Form:
    return (Lowered(Sign("Δ"), _symbols(node.arguments[1:])), Part(0, True))


def _transpose(node: Expression) -> Form:
    return (Raised(Part(0, type(node.arguments[0]) is not Matrix), "⊤"),)


def _chain(node: Expression) -> Form | None:
    """df/d(s, t) of an abstract f; of a given one d/dt(…), with what the letters in it stand for."""
    f, *rest = node.arguments
    count = len([a for a in rest if type(a) is Matrix])
    xs, names, values = rest[count:], rest[0:count:2], rest[1:count:2]
    if not xs or len(names) != len(values) or not all(type(x) is Symbol for x in xs):
        return None
    single = len(xs) == 1 and not all(_only(v, [*xs, *[n for m in names for n in m.arguments]]) for v in values)
    d = Sign("∂" if single else "d")
    below = (d, Names(_symbols(xs)))
    name = function_name(f)
    head: Form = (Fraction((d, Name(name)), below),) if name else (
        Fraction((d,), below), Part(0, type(f) is not Matrix),
    )  # fmt: skip
    told: list[Piece] = []
    for i, (left, right) in enumerate(zip(names, values, strict=True)):
        pairs = list(zip(left.arguments, right.arguments, strict=False))
        if not all(x == v or is_dependence(x, v) for x, v in pairs):
            told += (Sign(",  "), Part(2 * i + 1), Sign(" = "), Part(2 * i + 2))
    return (*head, *told)


_CALLS: dict[str, Callable[[Expression], Form | None]] = {
    "gradient": _gradient, "jacobian": _jacobian, "hessian": _hessian, "divergence": _worded("div"),
    "curl": _worded("curl"), "laplacian": _laplacian, "transpose": _transpose, "chain": _chain,
}  # fmt: skip
