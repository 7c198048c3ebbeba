"""Exponents that are numbers: x^(3 - 1) is the natural power x^2, x^(4/2) too."""

from __future__ import annotations

from fractions import Fraction

from derive.expressions import Expression, Negation, Number, Product, Quotient, Sum, postorder

MOST_NODES = 60  # 3/2 - 1 has 5


def closed_value(e: Expression) -> Fraction | None:
    """The value of a tree of numbers with + - * /: (3 - 1)/4 → 1/2; None where there is anything else."""
    values: dict[Expression, Fraction] = {}
    for count, node in enumerate(postorder(e)):
        if count > MOST_NODES:
            return None
        a = [values[c] for c in node.arguments] if node.arguments else []
        match node:
            case Number():
                values[node] = Fraction(node.value)
            case Negation():
                values[node] = -a[0]
            case Sum():
                values[node] = sum(a, Fraction(0))
            case Product():
                product = Fraction(1)
                for factor in a:
                    product *= factor
                values[node] = product
            case Quotient():
                if not a[1]:
                    return None
                values[node] = a[0] / a[1]
            case _:
                return None
    return values[e]
