"""Expressions: the nodes, walks over them, sharing, and the flat table that stores them."""

from derive.expressions.base import Expression, Label, is_operator, make
from derive.expressions.binders import BINDERS, Integral, Summation, fresh, put_in, symbols
from derive.expressions.build import (
    ONE, PI, TWO, ZERO, E, call, derivative, equation, integer_value, natural, negation, power, product_of, quotient,
    rational, rational_value, sum_of, symbol,
)  # fmt: skip
from derive.expressions.interner import Interner
from derive.expressions.kinds import KINDS
from derive.expressions.nodes import (
    OPERATORS, Call, Constant, Negation, Number, Power, Product, Quotient, Sum, Symbol, is_decimal,
)  # fmt: skip
from derive.expressions.numbering import Parts
from derive.expressions.places import Places
from derive.expressions.structures import Derivative, Equation, Limit, Matrix, Piecewise, Substitution
from derive.expressions.table import from_rows, nodes_from_rows, to_rows
from derive.expressions.traversal import (
    Path, at, fold, occurrences, open_parts, postorder, reached, rebuild, replace, replace_all, replace_at, tree_size,
    walk,
)  # fmt: skip

__all__ = [
    "BINDERS", "KINDS", "ONE", "PI", "TWO", "ZERO", "Call", "Constant", "Derivative", "E", "Equation", "Expression",
    "Integral", "Interner", "Label", "Limit", "Matrix", "Negation", "Number", "OPERATORS", "Parts", "Path", "Piecewise",
    "Places", "Power", "Product", "Quotient", "Substitution", "Sum", "Summation", "Symbol", "at", "call", "derivative",
    "equation", "fold", "fresh", "from_rows", "integer_value", "is_decimal", "is_operator", "make", "natural",
    "negation", "nodes_from_rows", "occurrences", "open_parts", "postorder", "power", "product_of", "put_in",
    "quotient", "rational", "rational_value", "reached", "rebuild", "replace", "replace_all", "replace_at", "sum_of",
    "symbol", "symbols", "to_rows", "tree_size", "walk",
]  # fmt: skip
