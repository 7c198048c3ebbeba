"""Random expressions for property tests: the whole node set, and differentiable real functions."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from derive.expressions import (
    ONE,
    Call,
    Constant,
    Derivative,
    Equation,
    Expression,
    Integral,
    Limit,
    Matrix,
    Negation,
    Number,
    Piecewise,
    Power,
    Product,
    Quotient,
    Substitution,
    Sum,
    Summation,
    Symbol,
)  # fmt: skip
from derive.functions import FUNCTIONS

PLAIN_NAMES = (
    "x y z t a n f g h d D i F phi psi gamma Gamma alpha theta x_1 y_12 theta_ab f_1 d_1 omicron Alpha".split()
)
ODD_NAMES = (
    "speed e pi sin log arcsin infinity D_x D_1 e_1 xy dx x1 x__1 foo_bar alpha2 at lim piecewise Speed max if".split()
)
DECIMALS = "0.5 .5 5. 0.50 1e-3 2E5 1.5e+2 3.25".split()

names = st.sampled_from(PLAIN_NAMES) | st.sampled_from(ODD_NAMES)
symbols = names.map(lambda name: Symbol((), name))
naturals = st.integers(0, 12) | st.integers(0, 10**30)
numbers = naturals.map(lambda n: Number((), n)) | st.sampled_from(DECIMALS).map(lambda s: Number((), s))
constants = st.sampled_from(["e", "pi", "infinity"]).map(lambda name: Constant((), name))
leaves = symbols | numbers | constants


def expressions(max_leaves: int = 12) -> st.SearchStrategy[Expression]:
    """Any expression that the constructors allow."""
    return st.recursive(leaves, _node, max_leaves=max_leaves)


def _node(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    """A node of any kind over children from `inner`."""
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    pair = st.tuples(inner, inner)
    return st.one_of(
        several.map(Sum),
        several.map(Product),
        pair.map(Quotient),
        pair.map(Power),
        inner.map(lambda u: Negation((u,))),
        _table_calls(inner),
        _abstract_calls(inner),
        _derivatives(inner),
        st.tuples(inner, symbols, inner, st.sampled_from(["", "+", "-"])).map(lambda t: Limit(t[:3], t[3])),
        st.tuples(inner, st.lists(st.tuples(symbols, inner), min_size=1, max_size=2)).map(
            lambda t: Substitution((t[0], *[e for pair in t[1] for e in pair]))
        ),
        st.integers(1, 3).flatmap(
            lambda n: st.lists(st.tuples(*[inner] * n), min_size=1, max_size=2).map(
                lambda rows: Matrix(tuple(e for row in rows for e in row), n)
            )
        ),
        _equations(inner),
        _piecewise(inner),
        st.tuples(inner, symbols, inner, inner).map(Integral),
        st.tuples(inner, symbols, inner, inner).map(Summation),
    )


def _table_calls(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    shapes = [(name, n) for name, row in FUNCTIONS.items() for n in row.arity[:2]]
    return st.sampled_from(shapes).flatmap(
        lambda shape: st.tuples(*[inner] * shape[1]).map(lambda arguments: Call(arguments, shape[0]))
    )


def _abstract_calls(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    def call(parts: tuple[str, list[tuple[Expression, int]]]) -> Expression:
        name, places = parts
        arguments = tuple(a for a, _ in places)
        orders = tuple(n for _, n in places)
        return Call(arguments, (name, orders) if any(orders) else name)

    orders = st.just(0) | st.integers(0, 4)
    arguments = st.lists(st.tuples(inner, orders), min_size=1, max_size=3)
    return st.tuples(names, arguments).map(call)


def _derivatives(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    order = st.just(ONE) | st.integers(1, 4).map(lambda n: Number((), n)) | st.just(Symbol((), "n")) | inner
    pairs = st.lists(st.tuples(symbols, order), min_size=1, max_size=3)
    return st.tuples(inner, pairs, st.booleans()).map(
        lambda t: Derivative((t[0], *[e for pair in t[1] for e in pair]), t[2])
    )


def _equations(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    relations = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
    return st.tuples(inner, inner, relations).map(lambda t: Equation(t[:2], t[2]))


def _piecewise(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    pieces = st.lists(st.tuples(inner, _equations(inner)), min_size=1, max_size=2)
    return st.tuples(pieces, st.none() | inner).map(
        lambda t: Piecewise((*[e for pair in t[0] for e in pair], *([t[1]] if t[1] is not None else [])))
    )


SMOOTH = (
    "sin cos tan sec csc cot asin acos atan sinh cosh tanh sech asinh acosh atanh exp ln sqrt cbrt abs erf sinc "
    "logistic softplus gamma".split()
)
"""Functions of one argument with a formula for their derivative, often enough defined."""


def differentiable(
    variables: Sequence[str] = ("x",),
    *,
    parameters: Sequence[str] = (),
    abstract: Sequence[str] = (),
    functions: Sequence[str] = tuple(SMOOTH),
    max_leaves: int = 8,
) -> st.SearchStrategy[Expression]:
    """Real functions of `variables` as students meet them; `abstract` names functions of one argument, f(u)."""
    letters = st.sampled_from([Symbol((), v) for v in variables])
    small = st.integers(1, 9).map(lambda n: Number((), n))
    others = [Symbol((), p) for p in parameters] + [Constant((), "e"), Constant((), "pi"), Number((), "0.5")]
    leaf = letters | letters | small | st.sampled_from(others)
    calls = [*functions, *abstract]

    def node(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        exponent = small | small.map(lambda n: Negation((n,))) | st.just(Quotient((ONE, Number((), 2))))
        return st.one_of(
            several.map(Sum),
            several.map(Product),
            st.tuples(inner, inner).map(lambda t: Sum((t[0], Negation((t[1],))))),
            st.tuples(inner, inner).map(Quotient),
            st.tuples(inner, exponent).map(Power),
            st.tuples(small | st.just(Constant((), "e")), inner).map(Power),
            st.tuples(inner, inner).map(Power),
            inner.map(lambda u: Negation((u,))),
            st.tuples(st.sampled_from(calls), inner).map(lambda t: Call((t[1],), t[0])),
            st.tuples(st.sampled_from(calls), inner).map(lambda t: Call((t[1],), t[0])),
        )

    return st.recursive(leaf, node, max_leaves=max_leaves)
