"""Random instances of a rule: its left side filled with expressions, and its examples with other leaves."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from derive.expressions import (
    BINDERS,
    Call,
    Derivative,
    Expression,
    Limit,
    Negation,
    Number,
    Product,
    Quotient,
    Substitution,
    Sum,
    Summation,
    Symbol,
    make,
    postorder,
    product_of,
    sum_of,
)
from derive.notation import parse, parse_pattern
from derive.rules import Rule
from tests.strategies import differentiable

X = Symbol((), "x")
_NAMES = ("x",)
_FUNCTIONS = ("sin", "cos", "exp", "ln", "sqrt", "atan", "abs", "f")

small = st.integers(1, 6).map(lambda n: Number((), n))
whole = st.integers(0, 5).map(lambda n: Number((), n))
signed = whole | small.map(lambda n: Negation((n,)))
rationals = (
    signed | st.tuples(small, small).map(Quotient) | st.tuples(small, small).map(lambda t: Negation((Quotient(t),)))
)
parameters = st.sampled_from(["a", "y"]).map(lambda name: Symbol((), name))
constants = (
    rationals
    | parameters
    | st.tuples(small, parameters).map(Product)
    | st.tuples(parameters, small).map(Sum)
    | st.tuples(parameters).map(lambda t: Call(t, "cos"))
)
functions_of_x = differentiable(_NAMES, parameters=("a",), functions=_FUNCTIONS, max_leaves=3)
anything = functions_of_x | functions_of_x | constants

_SORTS: dict[str, st.SearchStrategy[Expression]] = {
    "depends on": functions_of_x,
    "does not contain": constants,
    "is a rational number": rationals,
    "is not a rational number": parameters | st.tuples(small, parameters).map(Product),
    "is a whole number": signed,
    "is not zero": functions_of_x.map(lambda u: Sum((Call((u,), "exp"), Number((), 1)))),
    "is positive": functions_of_x.map(lambda u: Call((u,), "exp")),
}
"""What a metavariable stands for, by the words of what is given about it."""

_SORT = re.compile(r"(\w+) (depends on|does not contain|is (?:not )?(?:a )?(?:\w+ number|zero|positive))")


def instances(rule: Rule) -> st.SearchStrategy[Expression]:
    """Expressions that the rule should often match; the caller has to ask whether it does."""
    before = [parse(b) for b, after in rule.examples if after is not None]
    pattern = parse_pattern(rule.lhs)
    written = _written_out(rule, pattern)
    if not before:
        return written
    varied = st.sampled_from(before).flatmap(_varied)
    return varied if pattern.kind == "symbol" else written | varied


def _written_out(rule: Rule, pattern: Expression) -> st.SearchStrategy[Expression]:
    """The left side with an expression of the right sort for every metavariable."""
    sorts = _sorts(rule)
    nodes = postorder(pattern)
    variables = {n.arguments[1].label for n in nodes if type(n) is Derivative}
    wanted: dict[str, st.SearchStrategy[object]] = {}
    heads = {n.name for n in nodes if type(n) is Call}
    bound = {n.arguments[1].label for n in nodes if type(n) in BINDERS}
    counted = {a.label for n in nodes if type(n) is Summation for a in n.arguments[2:]}
    for name in _metavariables(nodes):
        if name.startswith("??"):
            wanted[name] = st.lists(anything, min_size=1, max_size=2)
        elif name in variables:
            wanted[name] = st.just(X)
        elif name in bound:
            wanted[name] = st.sampled_from([Symbol((), "t"), Symbol((), "k"), X])
        elif name in counted:
            wanted[name] = whole | st.just(Symbol((), "n"))
        elif name in heads:
            wanted[name] = st.sampled_from(["f", "g"])
        else:
            wanted[name] = sorts.get(name[1:], anything)
    return st.fixed_dictionaries({**wanted, "partial": st.booleans()}).map(lambda chosen: _filled(nodes, chosen))


def _metavariables(nodes: list[Expression]) -> list[str]:
    found = [str(n.label) for n in nodes if type(n) is Symbol and str(n.label).startswith("?")]
    return found + [n.name for n in nodes if type(n) is Call and n.name.startswith("?")]


def _sorts(rule: Rule) -> dict[str, st.SearchStrategy[Expression]]:
    sorts = {}
    for given in rule.given:
        found = re.match(
            r"(\w+) (depends on|does not contain|is (?:not )?(?:a )?(?:\w+ number|zero|positive))", given.words
        )
        if found and found[2] in _SORTS:
            sorts[found[1]] = _SORTS[found[2]]
    if rule.id == "derivative.higher-order":
        sorts["n"] = st.integers(2, 3).map(lambda n: Number((), n))
    return sorts


def _filled(nodes: list[Expression], chosen: dict[str, object]) -> Expression:
    made: dict[Expression, object] = {}
    for node in nodes:
        name = node.label if type(node) is Symbol else None
        if name in chosen:
            made[node] = chosen[str(name)]
            continue
        arguments: list[Expression] = []
        for a in node.arguments:
            value = made[a]
            arguments.extend(value if isinstance(value, list) else [value])  # type: ignore[list-item]
        if type(node) is Sum:
            made[node] = sum_of(arguments)
        elif type(node) is Product:
            made[node] = product_of(arguments)
        elif type(node) is Derivative:
            made[node] = make(Derivative, tuple(arguments), chosen["partial"])  # type: ignore[arg-type]
        elif type(node) is Call and str(node.label) in chosen:
            made[node] = make(Call, tuple(arguments), str(chosen[str(node.label)]))
        else:
            made[node] = make(type(node), tuple(arguments), node.label)
    return made[nodes[-1]]  # type: ignore[return-value]


@st.composite
def _varied(draw: st.DrawFn, example: Expression) -> Expression:
    """The example with some of its letters and numbers replaced; variables of operators stay."""
    nodes = postorder(example)
    bound = {
        n.arguments[i]
        for n in nodes
        if type(n) in (Derivative, Limit, Substitution)
        for i in range(1, len(n.arguments), 2)
    }
    running = {n.arguments[1] for n in nodes if type(n) in BINDERS}
    ends = {a for n in nodes if type(n) is Summation for a in n.arguments[2:]}
    table: dict[Expression, Expression] = {}
    for leaf in nodes:
        if leaf in running:
            continue
        if leaf in ends:
            table[leaf] = draw(st.just(leaf) | whole)
        elif type(leaf) is Symbol and draw(st.booleans()):
            table[leaf] = draw(functions_of_x if leaf in bound else anything)
        elif type(leaf) is Number and draw(st.integers(0, 3)) == 0:
            table[leaf] = draw(whole)
    made: dict[Expression, Expression] = {}
    for node in nodes:
        if type(node) in (Derivative, Limit, Substitution):
            first, *others = node.arguments
            made[node] = make(type(node), (made[first], *others), node.label)
        elif not node.arguments:
            made[node] = table.get(node, node)
        else:
            made[node] = make(type(node), tuple(made[a] for a in node.arguments), node.label)
    return made[example]
