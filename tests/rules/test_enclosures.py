"""Enclosures of constants contain the value that ball arithmetic finds, and are narrow."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derive.expressions import Call, Constant, Expression, Negation, Number, Power, Product, Quotient, Sum, rational
from derive.notation import parse
from derive.numeric import Undefined, Unsure, ball
from derive.rules.enclosures import enclosure, sign_of_constant

leaves = st.sampled_from([Constant((), "e"), Constant((), "pi")]) | st.integers(0, 9).map(lambda n: Number((), n))


def _node(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    pair = st.tuples(inner, inner)
    exponent = st.sampled_from([Fraction(n, d) for n in (-2, -1, 1, 2, 3) for d in (1, 2, 3)]).map(rational)
    return st.one_of(
        pair.map(Sum), pair.map(Product), pair.map(Quotient), inner.map(lambda u: Negation((u,))),
        st.tuples(inner, exponent).map(Power),
        st.tuples(st.sampled_from("sqrt cbrt exp ln sin cos abs".split()), inner).map(lambda t: Call((t[1],), t[0])),
    )  # fmt: skip


@given(st.recursive(leaves, _node, max_leaves=6))
def test_the_value_lies_inside(e: Expression) -> None:
    found = enclosure(e)
    if found is None:
        return
    try:
        value = ball(e, {}, 300)
    except (Undefined, Unsure):
        return
    assert not value < ball(rational(found.low), {}, 300)
    assert not value > ball(rational(found.high), {}, 300)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("e - 2.718281828459045235", 1), ("22/7 - pi", 1), ("355/113 - pi", 1), ("sqrt(2) - 1.414213562373095049", -1),
        ("e^pi - pi^e", 1), ("sin(22)", -1), ("ln(2) - 0.693147180559945309", 1), ("cos(1)^2 + sin(1)^2 - 1", None),
        ("sqrt(-2)", None), ("1/(pi - pi)", None), ("atan(1)", None), ("e^100000", None),
    ],
)  # fmt: skip
def test_signs(text: str, sign: int | None) -> None:
    assert sign_of_constant(parse(text)) == sign
