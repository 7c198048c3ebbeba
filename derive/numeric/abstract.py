"""Bodies for abstract functions: f(g(x)) is judged with random smooth f and g, the same wherever they occur."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from random import Random
from typing import TypeAlias

from derive.expressions import (
    Call, Derivative, Expression, Number, Substitution, Symbol, call, make, natural, negation, product_of, sum_of,
)  # fmt: skip

Body: TypeAlias = tuple[tuple[str, ...], Expression]
"""The names of the slots, and an expression in them."""


def as_substitution(node: Expression, functions: Mapping[str, Body]) -> Expression:
    """A call as its body at its arguments, differentiated: `f'(g(x))  →  at(d/du(body), u = g(x))`."""
    if isinstance(node.label, str):
        name, orders = node.label, (0,) * len(node.arguments)
    else:
        name, orders = node.label  # type: ignore[misc]
    slots, body = _body(str(name), len(node.arguments), functions)
    variables = [make(Symbol, (), slot) for slot in slots]
    operators: list[Expression] = []
    for x, n in zip(variables, orders, strict=True):
        if n:
            operators += [x, natural(n)]
    if operators:
        body = make(Derivative, (body, *operators), len(operators) > 2)
    pairs = [e for pair in zip(variables, node.arguments, strict=True) for e in pair]
    return make(Substitution, (body, *pairs))


def _body(name: str, arity: int, functions: Mapping[str, Body]) -> Body:
    from derive.functions import FUNCTIONS

    if name in functions:
        return functions[name]
    slots = tuple([f"slot{i + 1}" for i in range(arity)])
    if name in FUNCTIONS:
        return slots, make(Call, tuple([make(Symbol, (), s) for s in slots]), name)
    return slots, random_body(name, arity)


@cache
def random_body(name: str, arity: int) -> Expression:
    """A small polynomial with sines in slot1, slot2, …, fixed by the name and the number of slots."""
    rng = Random(f"{name}/{arity}")  # noqa: S311  # repeatable, not secret
    slots = [make(Symbol, (), f"slot{i + 1}") for i in range(arity)]

    def coefficient() -> Expression:
        value = make(Number, (), str((rng.randrange(3, 29) * 2 + 1) / 16))
        return value if rng.random() < 0.6 else negation(value)

    terms: list[Expression] = [coefficient()]
    for x in slots:
        terms.append(product_of([coefficient(), x]))
        terms.append(product_of([coefficient(), call("sin", sum_of([product_of([coefficient(), x]), coefficient()]))]))
    for i, x in enumerate(slots):
        y = slots[(i + 1) % arity]
        terms.append(product_of([make(Number, (), str(rng.randrange(3, 8) / 16)), x, y]))
    if arity > 1:
        inner = sum_of([product_of([coefficient(), x]) for x in slots])
        terms.append(product_of([coefficient(), call("cos", inner)]))
    return sum_of(terms)
