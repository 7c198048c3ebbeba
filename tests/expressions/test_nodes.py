"""Nodes: faithful, frozen, equal by structure, refused when their parts make no sense."""

from __future__ import annotations

import copy
import pickle
from fractions import Fraction

import pytest
from hypothesis import given

import derive
from derive.expressions import (
    KINDS,
    ONE,
    TWO,
    Constant,
    Equation,
    Expression,
    Matrix,
    Number,
    Power,
    Sum,
    Symbol,
    call,
    derivative,
    is_decimal,
    make,
    negation,
    power,
    product_of,
    quotient,
    rational,
    rational_value,
    sum_of,
    symbol,
)  # fmt: skip
from tests.strategies import expressions

X, Y = symbol("x"), symbol("y")


@pytest.mark.parametrize(
    ("kind", "arguments", "label", "complaint"),
    [
        ("sum", (X,), None, "two terms"),
        ("product", (X,), None, "two factors"),
        ("quotient", (X,), None, "denominator"),
        ("power", (X, Y, X), None, "exponent"),
        ("negation", (), None, "operand"),
        ("number", (), -3, "never negative"),
        ("number", (), True, "int"),
        ("number", (), "1/2", "decimal"),
        ("symbol", (), "", "name"),
        ("constant", (), "tau", "one of"),
        ("call", (), "sin", "argument"),
        ("call", (X,), ("f", (0,)), "not all zero"),
        ("call", (X,), ("f", (1, 1)), "one order per argument"),
        ("derivative", (X, ONE, ONE), False, "symbols"),
        ("derivative", (X, X), False, "variable and an order"),
        ("limit", (X, X, ONE), "up", "direction"),
        ("substitution", (X, ONE, ONE), None, "symbols"),
        ("matrix", (X, Y, X), 2, "equal length"),
        ("equation", (X, Y), "~", "relation"),
        ("piecewise", (X, Y), None, "relations"),
    ],
)
def test_parts_that_make_no_sense_are_refused(
    kind: str, arguments: tuple[Expression, ...], label: object, complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        KINDS[kind](arguments, label)  # type: ignore[call-arg]


def test_parts_must_be_expressions() -> None:
    with pytest.raises(ValueError, match="instance of Expression"):
        Sum((1, 2))  # type: ignore[arg-type]


def test_nodes_are_frozen() -> None:
    with pytest.raises(AttributeError):
        X.label = "y"  # type: ignore[misc]


@given(expressions())
def test_the_validating_constructor_keeps_the_shape(e: Expression) -> None:
    again = KINDS[e.kind](e.arguments, e.label)  # type: ignore[call-arg]
    assert again == e
    assert hash(again) == hash(e)
    assert (again.depth, again.open) == (e.depth, e.open)


@given(expressions())
def test_copies_and_pickles_are_equal(e: Expression) -> None:
    assert copy.deepcopy(e) is e
    assert pickle.loads(pickle.dumps(e)) == e


def test_shapes_stay_as_they_are_written() -> None:
    assert sum_of([TWO, ONE]) != rational(3)
    assert quotient(X, TWO) != product_of([rational(Fraction(1, 2)), X])
    assert call("sqrt", X) != power(X, rational(Fraction(1, 2)))
    assert make(Number, (), "0.50") != make(Number, (), "0.5")
    assert make(Number, (), 1) != make(Number, (), "1.0")


def test_equality_looks_at_all_of_a_label() -> None:
    assert derivative(X, X) != derivative(X, X, partial=True)
    assert make(Equation, (X, Y), "<") != make(Equation, (X, Y), "<=")
    assert make(Symbol, (), "e") != make(Constant, (), "e")


def test_open_tells_of_operators() -> None:
    assert not call("sin", X).open
    assert derivative(X, X).open
    assert sum_of([ONE, power(derivative(X, X), TWO)]).open
    assert call("gradient", X, X).open


def test_matrices_have_rows() -> None:
    m = make(Matrix, (X, Y, ONE, TWO), 2)
    assert isinstance(m, Matrix)
    assert m.rows == ((X, Y), (ONE, TWO))


@pytest.mark.parametrize(
    ("text", "value"),
    [("3", 3), ("-3", -3), ("3/4", Fraction(3, 4)), ("-3/4", Fraction(-3, 4)), ("0.25", Fraction(1, 4))],
)
def test_rational_literals_have_values(text: str, value: Fraction) -> None:
    assert rational_value(derive.parse(text)) == value


@pytest.mark.parametrize("text", ["x", "1/0", "2*3", "pi", "1/(2/3)"])
def test_nothing_else_has_one(text: str) -> None:
    assert rational_value(derive.parse(text)) is None


def test_numbers_that_cannot_be_written_are_refused() -> None:
    with pytest.raises(derive.LimitError):
        rational(10**5000)


@pytest.mark.parametrize(
    ("spelling", "decimal"), [("0.5", True), (".5", True), ("1e-3", True), ("5", False), ("1e", False), ("٣.٥", False)]
)
def test_decimals(spelling: str, decimal: bool) -> None:
    assert is_decimal(spelling) is decimal


def test_a_deep_expression_is_made_compared_and_dropped() -> None:
    def nest() -> Expression:
        e: Expression = X
        for _ in range(100_000):
            e = negation(e)
        return e

    a, b = nest(), nest()
    assert a == b
    assert a.depth == 100_001
    assert isinstance(make(Power, (a, b)), Power)
