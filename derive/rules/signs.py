"""The signs of a product: of its factors, and of the factors of brackets in it, however deep they are nested."""

from __future__ import annotations

from derive.expressions import Expression, Negation, Product, Sum, make, negation, product_of, sum_of


def sign_of_all(product: Expression) -> Expression | None:
    """x*(-y)  →  -(x*y),   x*(-(y*(-z)))  →  x*(y*z); None where no factor has a sign."""
    if not any(type(f) is Negation for f in product.arguments):
        return None
    known: dict[Expression, tuple[bool, Expression]] = {}  # bracket → (whether a sign comes out of it, what is left)
    stack = [product]
    while stack:
        bracket = stack[-1]
        minus, factors = False, []
        for f in bracket.arguments:
            while type(f) is Negation:
                minus, f = not minus, f.arguments[0]
            if type(f) is Product:
                if f in known:
                    negative, f = known[f]
                    minus = minus is not negative
                else:
                    stack.append(f)
            factors.append(f)
        if stack[-1] is bracket:
            known[bracket] = minus, make(Product, tuple(factors))
            stack.pop()
    minus, left = known[product]
    return negation(left) if minus else left


def sign_of_sums(product: Expression) -> Expression | None:
    """x*(-y - z)  →  -(x*(y + z)); None where no factor is a sum of negative terms alone."""
    minus, found = False, False
    factors = []
    for f in product.arguments:
        if type(f) is Sum and all([type(t) is Negation for t in f.arguments]):
            minus, found = not minus, True
            f = sum_of([t.arguments[0] for t in f.arguments])
        factors.append(f)
    if not found:
        return None
    return negation(product_of(factors)) if minus else product_of(factors)
