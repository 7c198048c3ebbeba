"""Walks: distinct nodes once, children first; paths, occurrences, replacement; the interner and the flat table."""

from __future__ import annotations

import pytest
from hypothesis import given

import derive
from derive.errors import TraceError
from derive.expressions import (
    Expression,
    Interner,
    at,
    fold,
    from_rows,
    nodes_from_rows,
    occurrences,
    postorder,
    replace,
    replace_all,
    replace_at,
    symbol,
    symbols,
    to_rows,
    tree_size,
    walk,
)  # fmt: skip
from derive.expressions.interner import COMMON
from tests.strategies import expressions

_COMMON = {id(leaf) for leaf in COMMON}
X, Y = symbol("x"), symbol("y")


def twice(n: int) -> Expression:
    """x doubled n times: 2^n leaves, n + 1 distinct nodes."""
    e: Expression = X
    for _ in range(n):
        e = derive.parse("u + u").replace("u", e)
    return e


@given(expressions())
def test_children_come_before_parents_and_once(e: Expression) -> None:
    order = postorder(e)
    place = {node: i for i, node in enumerate(order)}
    assert len(place) == len(order)
    assert order[-1] == e
    assert all(place[a] < place[node] for node in order for a in node.arguments)


def test_a_fold_costs_distinct_nodes() -> None:
    seen: list[Expression] = []
    fold(twice(60), lambda node, values: seen.append(node))
    assert len(seen) == 61
    assert tree_size(twice(60)) == 2**61 - 1


@given(expressions())
def test_every_place_is_found_by_its_path(e: Expression) -> None:
    places = list(walk(e))
    assert len(places) == tree_size(e)
    for path, node in places[:50]:
        assert at(e, path) == node
        first, count = occurrences(e, node)
        assert first is not None
        assert at(e, first) == node
        assert count == sum(other == node for _, other in places)


def test_paths_that_lead_nowhere() -> None:
    e = derive.parse("x + 1")
    assert e.at((1,)) == derive.parse("1")
    for path in ((2,), (0, 0), (-1,)):
        with pytest.raises(IndexError):
            e.at(path)


def test_replacing_is_done_everywhere_at_once() -> None:
    e = derive.parse("x + x*y + sin(x)")
    assert str(e.replace("x", "y + 1")) == "(y + 1) + (y + 1)*y + sin(y + 1)"
    assert str(replace_all(e, {X: Y, Y: X})) == "y + y*x + sin(y)"
    assert replace(e, symbol("z"), X) == e
    assert str(replace_at(e, (1, 0), Y)) == "x + y*y + sin(x)"


def test_symbols_are_names() -> None:
    assert symbols(derive.parse("x_1*sin(y) + pi")) == {"x_1", "y"}


@given(expressions())
def test_an_interner_hands_out_one_object(e: Expression) -> None:
    interner = Interner()
    kept = interner.intern(e)
    assert kept == e
    assert interner.intern(from_rows(to_rows([e])[0])) is kept
    assert len({id(node) for _, node in walk(kept)}) == len(postorder(e))
    assert len(interner) == len([node for node in postorder(e) if node not in COMMON])


@given(expressions())
def test_what_one_interner_keeps_another_copies(e: Expression) -> None:
    first, second = Interner(), Interner()
    mine = first.intern(e)
    yours = second.intern(mine)
    assert yours == mine
    assert yours is mine or not {id(n) for n in postorder(yours)} & {id(n) for n in postorder(mine)} - _COMMON
    assert second.intern(mine) is yours
    assert first.intern(yours) is mine


@given(expressions())
def test_the_table_goes_round(e: Expression) -> None:
    rows, (root,) = to_rows([e])
    assert nodes_from_rows(rows)[root] == e
    assert len(rows) == len(postorder(e))


@pytest.mark.parametrize(
    "rows",
    [
        [("monster", None, ())],
        [("symbol", "x", ()), ("sum", None, (0, 5))],
        [("symbol", "x", ()), ("sum", None, (0, -1))],
        [("symbol", "x", ()), ("sum", None, (0,))],
        [("number", -3, ())],
    ],
)
def test_a_broken_table_is_refused(rows: list[tuple[str, object, tuple[int, ...]]]) -> None:
    with pytest.raises(TraceError, match=r"row \d"):
        nodes_from_rows(rows)
